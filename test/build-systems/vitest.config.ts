import { defineConfig } from 'vitest/config';

// Tests of examples/; run.mjs sees to it that the build systems are there.
export default defineConfig({ test: { include: ['test/build-systems/**/*.test.ts'], environment: 'node', testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } });
