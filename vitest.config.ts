import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,features,fixtures,cli}/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
  },
});
