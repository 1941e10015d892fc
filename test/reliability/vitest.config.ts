import { defineConfig } from 'vitest/config';

// `npm run test:reliability` runs everything; `--mode short` is the part that `npm test` runs. Seeds are fixed: a failure comes back.
export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/reliability/**/*.test.ts'], environment: 'node', pool: 'forks', execArgv: ['--expose-gc'], fileParallelism: false,
    env: { HEAPLIGHT_EFFORT: mode === 'short' ? 'short' : 'full' }, testTimeout: mode === 'short' ? 60_000 : 3_600_000, hookTimeout: 120_000,
  },
}));
