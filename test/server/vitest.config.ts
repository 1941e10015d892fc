import { defineConfig } from 'vitest/config';

// Tests of the built server; they run after the build.
export default defineConfig({ test: { include: ['test/server/**/*.test.ts'], environment: 'node', testTimeout: 30_000, hookTimeout: 30_000, fileParallelism: false } });
