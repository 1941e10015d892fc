// Strict type-aware linting, and the import graph of ARCHITECTURE.md where the compiler cannot see it.
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const pure = ['server/src/{analysis,syntax,languages,features}/**/*.ts', 'protocol/src/**/*.ts'];

/** Restriction of every layer that knows of languages. */
const PARSER = { group: ['web-tree-sitter', 'node:*', 'vscode', 'vscode-*'], message: 'Syntax nodes of the parser stay in syntax/.' };

/** Folders of a language, in the order in which the stages run. */
const STAGES = ['declare', 'resolve', 'solve', 'rules'];

export default tseslint.config(
  { ignores: ['dist/', '.tsbuild/', 'node_modules/', 'test/e2e/node_modules/', '**/*.generated.ts', 'test/fixtures/**/*.{rs,go}', 'samples/', 'coverage/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*', 'fs', 'path', 'vscode', 'vscode-*', 'worker_threads'], message: 'The pure layers do no I/O and know no editor.' }] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document', 'fetch', 'setTimeout', 'console', 'Date', 'performance'],
    },
  },
  { files: ['server/src/{analysis,languages}/**/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [PARSER] }] } },
  ...STAGES.slice(0, -1).map((stage, index) => ({
    files: [`server/src/languages/*/${stage}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [PARSER, { group: STAGES.slice(index + 1).map((later) => `**/${later}/**`), message: 'A stage knows nothing of the stages after it.' }] }] },
  })),
  { files: ['*.config.ts', '**/vitest.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['scripts/**/*.mjs', '*.mjs', 'test/**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', fetch: 'readonly', AbortSignal: 'readonly', performance: 'readonly' } } },
);
