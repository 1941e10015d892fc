// The settings table: manifest section, docs/settings.md, the server's reading of them and the types all come from here.
import type { SettingRow, SettingValue } from './settingTypes.js';

const on = (description: string): { readonly default: boolean; readonly description: string } => ({ default: true, description });
const off = (description: string): { readonly default: boolean; readonly description: string } => ({ default: false, description });

/** Every setting, by key without the prefix `heaplight.`, in the order in which they are shown. */
export const SETTINGS = {
  'hints.enabled': {
    type: 'toggle', default: true, scope: 'window',
    description: 'Show allocation hints in the editor. `editor.inlayHints.enabled` rules over this.',
  },
  'hints.style': {
    type: 'choice', default: 'short', scope: 'window',
    choices: { icon: 'The glyph alone: `⬢`.', short: 'Glyph and one or two words: `⬢ box 4 KiB`.', full: 'Glyph and what lands on the heap: `⬢ box of a Node, 4 KiB`.' },
    description: 'How much a hint says.',
  },
  'hints.certainties': {
    type: 'switches', scope: 'window',
    switches: {
      always: on('⬢ allocates each time it runs.'),
      conditional: on('⬡ depends on a value known only at run time.'),
      possible: off('◌ depends on something that cannot be seen in the source.'),
    },
    description: 'Which certainties get a hint.',
  },
  'hints.kinds': {
    type: 'switches', scope: 'window',
    switches: {
      box: on('A value placed on the heap.'),
      refcounted: on('An `Rc` or `Arc` that is made.'),
      buffer: on('Storage of a vector, string, slice or map.'),
      growth: on('Storage that may have to grow.'),
      copy: on('New memory with copied content.'),
      format: on('Formatted text.'),
      closure: on('A closure that lives on the heap.'),
      boxing: on('A value put into an interface or trait object.'),
      escape: on('A variable that moves to the heap.'),
      task: on('A goroutine, spawned future or thread.'),
      channel: on('A channel.'),
      error: on('An error value.'),
      callee: off('A called function that allocates inside.'),
      refcount: off('↻ a reference count that is bumped; nothing is allocated.'),
    },
    description: 'Which kinds of allocation get a hint.',
  },
  'hints.muted': {
    type: 'switches', scope: 'window',
    switches: {
      panic: off('On the way to a panic.'),
      error: off('While an error is built.'),
      test: off('In tests and benchmarks.'),
      static: off('In initialisers that run once.'),
      log: off('In log output.'),
      reserved: off('Growth after capacity was reserved in the same block.'),
      allowed: off('On a line with `heaplight: allow`.'),
    },
    description: 'Which muted places get a hint all the same.',
  },
  'codeLens.enabled': { type: 'toggle', default: false, scope: 'window', description: 'Show above each function how much it allocates.' },
  'statusBar.enabled': { type: 'toggle', default: true, scope: 'window', description: 'Show the number of allocations of the active editor in the status bar.' },
  'analysis.maxFileSize': {
    type: 'number', default: 8, minimum: 1, maximum: 256, scope: 'window',
    description: 'Largest file that is analysed, in MiB. A larger one is reported as a problem as a whole.',
  },
  'analysis.workers': {
    type: 'number', default: 0, minimum: 0, maximum: 64, scope: 'window',
    description: 'Threads for the analysis of a workspace. 0 stands for one fewer than there are cores.',
  },
  'go.goos': { type: 'text', default: '', scope: 'window', description: 'Operating system that Go files are selected for, as in `GOOS`. Empty: that of this machine.' },
  'go.goarch': { type: 'text', default: '', scope: 'window', description: 'Architecture that Go files are selected for, as in `GOARCH`. Empty: that of this machine.' },
  'go.goroot': {
    type: 'text', default: '', scope: 'machine-overridable', restricted: true,
    description: 'Folder of the Go installation whose sources are read. Empty: found by `GOROOT` or the `go` on `PATH`, without running it. `none`: the built-in facts only.',
  },
  'go.modcache': {
    type: 'text', default: '', scope: 'machine-overridable', restricted: true,
    description: 'Folder of Go’s module cache. Empty: found by `GOMODCACHE` or `GOPATH`. `none`: dependencies are not read.',
  },
  'go.toolchain': {
    type: 'choice', default: 'auto', scope: 'window',
    choices: { auto: 'That of the Go installation, else the newest known.', '1.24': 'Go 1.24.', '1.25': 'Go 1.25.', '1.26': 'Go 1.26.', '1.27': 'Go 1.27.' },
    description: 'Compiler version whose rules decide what escapes.',
  },
  'rust.registry': {
    type: 'text', default: '', scope: 'machine-overridable', restricted: true,
    description: 'Folder of cargo’s registry sources (`…/registry/src`). Empty: found by `CARGO_HOME`. `none`: dependencies are not read.',
  },
  'trace.server': {
    type: 'choice', default: 'off', scope: 'window',
    choices: { off: 'Nothing.', messages: 'Each message.', verbose: 'Each message with its content.' },
    description: 'What of the traffic between editor and server is written to the output channel.',
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

/** Key of a setting, without the prefix. */
export type SettingKey = keyof typeof SETTINGS;

/** All settings with their values, by key. */
export type Settings = { readonly [K in SettingKey]: SettingValue<(typeof SETTINGS)[K]> };

/** Prefix of every key in an editor's settings. */
export const SETTINGS_SECTION = 'heaplight';
