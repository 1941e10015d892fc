import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,features,fixtures,cli}/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
    testTimeout: 30_000, // tests of the command line start processes, and machines are busy
  },
});
