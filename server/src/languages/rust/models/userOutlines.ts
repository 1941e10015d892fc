// Declarations for what rows of heaplight.json say about results: a crate that is not on disk becomes types and functions, so that a call's value
// is typed. Written as Rust text, read like any other. Not here: the checks of rows (userRows.ts) and what calls cost (the rows themselves).
import type { RustRow } from './row.js';

interface Scope {
  readonly modules: Map<string, Scope>;
  /** By name: number of generic parameters that the rows write. */
  readonly types: Map<string, number>;
  readonly functions: string[];
}

/** Texts by crate. Of crates in `outlined` only methods of their types can be added: their modules are there already. */
export function userOutlines(rows: readonly RustRow[], outlined: ReadonlySet<string>): ReadonlyMap<string, string> {
  const crates = new Map<string, { readonly root: Scope; readonly methods: string[] }>();
  const crateOf = (name: string): { readonly root: Scope; readonly methods: string[] } => {
    let crate = crates.get(name);
    if (crate === undefined) crates.set(name, (crate = { root: scope(), methods: [] }));
    return crate;
  };
  const named = rows.filter((row) => row.result !== null && !row.path.startsWith('<'));
  for (const row of named) {
    const segments = row.path.split('::');
    const [crate, name] = [segments[0] as string, segments[segments.length - 1] as string];
    const owner = segments[segments.length - 2] as string;
    if (/^[A-Z]/.test(owner)) {
      addType(crateOf(crate).root, segments.slice(1, -1), 0);
      crateOf(crate).methods.push(`impl crate::${segments.slice(1, -1).join('::')} { pub fn ${name}(&self) -> ${row.result ?? '()'}; }`);
    } else scopeAt(crateOf(crate).root, segments.slice(1, -1)).functions.push(`pub fn ${name}() -> ${row.result ?? '()'};`);
  }
  for (const row of named) {
    for (const match of (row.result ?? '').matchAll(/\b([a-z_]\w*(?:::\w+)+)(\s*<)?/g)) {
      const segments = (match[1] as string).split('::');
      const crate = crates.get(segments[0] as string);
      if (crate !== undefined) addType(crate.root, segments.slice(1), match[2] === undefined ? 0 : argumentCount(row.result ?? '', match.index + match[0].length));
    }
  }
  return new Map([...crates].map(([name, { root, methods }]) => [name, `${outlined.has(name) ? '' : scopeText(root)}${methods.join('\n')}\n`]));
}

function scope(): Scope {
  return { modules: new Map(), types: new Map(), functions: [] };
}

function scopeAt(root: Scope, path: readonly string[]): Scope {
  let at = root;
  for (const name of path) {
    let next = at.modules.get(name);
    if (next === undefined) at.modules.set(name, (next = scope()));
    at = next;
  }
  return at;
}

function addType(root: Scope, path: readonly string[], parameters: number): void {
  const name = path[path.length - 1];
  if (name === undefined) return;
  const { types } = scopeAt(root, path.slice(0, -1));
  types.set(name, Math.max(types.get(name) ?? 0, parameters));
}

function scopeText(at: Scope): string {
  const types = [...at.types].map(([name, count]) => {
    const parameters = Array.from({ length: count }, (_, i) => `T${String(i)}`);
    return count === 0 ? `pub struct ${name};\n` : `pub struct ${name}<${parameters.join(', ')}>(${parameters.join(', ')});\n`;
  });
  return types.join('') + at.functions.map((text) => `${text}\n`).join('') + [...at.modules].map(([name, inner]) => `pub mod ${name} {\n${scopeText(inner)}}\n`).join('');
}

/** Number of type arguments in a list that opens before `from`. */
function argumentCount(text: string, from: number): number {
  let depth = 0;
  let count = 1;
  for (let i = from; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '<' || c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']' || (c === '>' && text.charAt(i - 1) !== '-')) {
      if (depth-- === 0) return count;
    } else if (c === ',' && depth === 0) count++;
  }
  return count;
}
