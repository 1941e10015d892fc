// Writes what follows from the tables in protocol/: the manifest's sections in package.json, docs/settings.md and docs/protocol.md.
// `--check` writes nothing and fails when one of them is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = `export * from './protocol/src/settings.ts'; export * from './protocol/src/readSettings.ts'; export * from './protocol/src/messages.ts';`;
const bundled = await build({ stdin: { contents: entry, resolveDir: root, loader: 'ts' }, bundle: true, format: 'esm', write: false, logLevel: 'error' });
const { SETTINGS, MESSAGES, defaultOf } = await import(`data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].text).toString('base64')}`);

const property = (key, row) => {
  const base = { scope: row.scope, markdownDescription: row.description };
  switch (row.type) {
    case 'toggle': return { type: 'boolean', default: row.default, ...base };
    case 'number': return { type: 'integer', default: row.default, minimum: row.minimum, maximum: row.maximum, ...base };
    case 'text': return { type: 'string', default: '', ...base };
    case 'choice': return { type: 'string', default: row.default, enum: Object.keys(row.choices), markdownEnumDescriptions: Object.values(row.choices), ...base };
    case 'switches': return {
      type: 'object', additionalProperties: false, default: defaultOf(row),
      properties: Object.fromEntries(Object.entries(row.switches).map(([name, one]) => [name, { type: 'boolean', default: one.default, description: one.description }])), ...base,
    };
  }
};

const COMMANDS = [
  ['showAllocations', 'Show Allocations', '$(list-tree)'], ['showWorkspaceAllocations', 'Show Allocations of Workspace', '$(root-folder)'], ['toggleHints', 'Toggle Allocation Hints'],
  ['nextAllocation', 'Next Allocation'], ['previousAllocation', 'Previous Allocation'], ['explainAllocation', 'Explain Allocation at Cursor'],
  ['groupAllocations', 'Group Allocations', '$(group-by-ref-type)'], ['filterAllocations', 'Filter Allocations', '$(filter)'],
  ['copyAllocations', 'Copy Allocations as Markdown', '$(copy)'], ['exportAllocations', 'Export Allocations as JSON or SARIF', '$(export)'], ['restartServer', 'Restart Server'],
];
const EDITOR_ONLY = ['toggleHints', 'nextAllocation', 'previousAllocation', 'explainAllocation'];
const LANGUAGES = 'editorLangId == rust || editorLangId == go';
const inView = (command, group) => ({ command: `heaplight.${command}`, when: 'view == heaplight.allocations', group });

const sections = {
  main: './dist/client/node.cjs',
  browser: './dist/client/browser.cjs',
  categories: ['Programming Languages', 'Linters', 'Other'],
  keywords: ['rust', 'go', 'heap', 'allocation', 'performance'],
  activationEvents: ['onLanguage:rust', 'onLanguage:go'],
  capabilities: {
    untrustedWorkspaces: {
      supported: 'limited', description: 'Everything works from the source text; folders of toolchains that the workspace names are not read.',
      restrictedConfigurations: Object.entries(SETTINGS).filter(([, row]) => row.restricted).map(([key]) => `heaplight.${key}`),
    },
    virtualWorkspaces: { supported: 'limited', description: 'Open documents are analysed; other files of the workspace are not read.' },
  },
  contributes: {
    commands: COMMANDS.map(([name, title, icon]) => ({ command: `heaplight.${name}`, title, category: 'Heaplight', ...(icon ? { icon } : {}) })),
    viewsContainers: { activitybar: [{ id: 'heaplight', title: 'Heaplight', icon: 'media/heaplight.svg' }] },
    views: { heaplight: [{ id: 'heaplight.allocations', name: 'Allocations', icon: 'media/heaplight.svg' }] },
    viewsWelcome: [{ view: 'heaplight.allocations', contents: 'Open a Rust or Go file to see where it allocates.\n[Show Allocations of Workspace](command:heaplight.showWorkspaceAllocations)' }],
    menus: {
      'view/title': [
        inView('showAllocations', 'navigation@1'), inView('showWorkspaceAllocations', 'navigation@2'), inView('groupAllocations', 'navigation@3'), inView('filterAllocations', 'navigation@4'),
        inView('copyAllocations', '2_export@1'), inView('exportAllocations', '2_export@2'),
      ],
      commandPalette: EDITOR_ONLY.map((name) => ({ command: `heaplight.${name}`, when: LANGUAGES })),
    },
    configuration: { title: 'Heaplight', properties: Object.fromEntries(Object.entries(SETTINGS).map(([key, row]) => [`heaplight.${key}`, property(key, row)])) },
  },
};

const settingsPage = () => {
  const out = ['# Settings', '', 'Generated from `protocol/src/settings.ts`. Every key starts with `heaplight.`.', ''];
  for (const [key, row] of Object.entries(SETTINGS)) {
    out.push(`## \`heaplight.${key}\``, '', row.description, '');
    if (row.type === 'choice') out.push('| value | meaning |', '|---|---|', ...Object.entries(row.choices).map(([name, text]) => `| \`${name}\`${name === row.default ? ' (default)' : ''} | ${text} |`), '');
    else if (row.type === 'switches') out.push('| switch | default | meaning |', '|---|---|---|', ...Object.entries(row.switches).map(([name, one]) => `| \`${name}\` | ${one.default ? 'on' : 'off'} | ${one.description} |`), '');
    else out.push(`Default: \`${JSON.stringify(row.default)}\`${row.type === 'number' ? `, from ${row.minimum} to ${row.maximum}` : ''}.`, '');
    if (row.restricted) out.push('A workspace that is not trusted cannot set it.', '');
  }
  return `${out.join('\n').trimEnd()}\n`;
};

const protocolPage = () => ['# Messages between editor and server', '', 'Beside the language server protocol, generated from `protocol/src/messages.ts`, where the types are.', '',
  '| method | kind | from | parameters | result | meaning |', '|---|---|---|---|---|---|',
  ...MESSAGES.map((row) => `| \`${row.method}\` | ${row.kind} | ${row.from} | \`${row.params}\` | ${row.result === null ? '' : `\`${row.result.replaceAll('|', '\\|')}\``} | ${row.description} |`), ''].join('\n');

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const files = { 'package.json': `${JSON.stringify({ ...manifest, ...sections }, null, 2)}\n`, 'docs/settings.md': settingsPage(), 'docs/protocol.md': protocolPage() };
const stale = Object.entries(files).filter(([name, text]) => { try { return readFileSync(root + name, 'utf8') !== text; } catch { return true; } });
if (process.argv.includes('--check')) {
  for (const [name] of stale) console.error(`${name} is stale: run node scripts/generate-manifest.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else for (const [name, text] of stale) writeFileSync(root + name, text);
