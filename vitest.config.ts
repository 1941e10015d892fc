import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,features,fixtures,server,cli}/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
  },
});
