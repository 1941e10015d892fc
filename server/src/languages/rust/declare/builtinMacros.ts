// Item macros that are known by name: what they declare, as source text. Their real definitions are recursive matchers beyond "simple".

const STATIC = /((?:#\[[^\]]*\]\s*)*)((?:pub(?:\([^)]*\))?\s+)?)static\s+(ref\s+)?(\w+)\s*:\s*([\s\S]*)$/;

/** Names of the macros that {@link expandBuiltin} knows. */
export const BUILTIN_ITEM_MACROS: ReadonlySet<string> = new Set(['thread_local', 'lazy_static', 'cfg_if', 'pin_project', 'task_local', 'bitflags']);

/** Those of them that stand for statics wherever they stand, in bodies too. */
export const STATIC_MACROS: ReadonlySet<string> = new Set(['thread_local', 'lazy_static', 'task_local']);

/** The items that a known macro makes, as source; null when the input does not look as it should. `choose` judges a cfg text. */
export function expandBuiltin(name: string, input: string, choose: (cfg: string) => boolean): string | null {
  switch (name) {
    case 'thread_local': return statics(input, '::std::thread::LocalKey');
    case 'task_local': return statics(input, '::tokio::task::LocalKey');
    case 'lazy_static': return statics(input, '::std::sync::LazyLock');
    case 'cfg_if': return cfgIf(input, choose);
    case 'pin_project': return pinProject(input);
    case 'bitflags': return bitflags(input);
    default: return null;
  }
}

function statics(input: string, wrapper: string): string | null {
  const items: string[] = [];
  for (const part of splitTop(input, ';')) {
    const match = STATIC.exec(part);
    if (!match) continue;
    const [, attributes, visibility, , name, rest] = match;
    const equals = topLevel(rest as string, '=');
    const type = equals < 0 ? (rest as string) : (rest as string).slice(0, equals);
    const value = equals < 0 ? '' : (rest as string).slice(equals + 1).trim();
    items.push(`${attributes ?? ''}${visibility ?? ''}static ${name ?? ''}: ${wrapper}<${type.trim()}> = ${wrapper}::new(|| ${value.startsWith('const') ? value.slice(5) : value});`);
  }
  return items.length === 0 ? null : items.join('\n');
}

const FLAGS = /((?:#\[[^\]]*\]\s*)*)((?:pub(?:\([^)]*\))?\s+)?)(struct|impl)\s+(\w+)\s*:\s*([^{]+?)\s*\{/g;
const FLAG_OPERATORS: readonly (readonly [trait: string, method: string])[] = [['BitOr', 'bitor'], ['BitAnd', 'bitand'], ['BitXor', 'bitxor'], ['Sub', 'sub']];

/** Sets of flags as bitflags 1 and 2 make them: a copyable number with constants, set operations and operators, none of which allocates. */
function bitflags(input: string): string | null {
  const plain = withoutComments(input);
  const items: string[] = [];
  FLAGS.lastIndex = 0;
  for (let match = FLAGS.exec(plain); match; match = FLAGS.exec(plain)) {
    const [whole, attributes = '', visibility = '', what, name = '', bits = ''] = match;
    const open = match.index + whole.length - 1;
    const close = closing(plain, open);
    if (close < 0) return null;
    FLAGS.lastIndex = close;
    if (what === 'struct') items.push(`${attributes}${/\bderive\b[^\]]*\bClone\b/.test(attributes) ? '' : '#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]'} ${visibility}struct ${name} { bits: ${bits} }`);
    const flags = splitTop(plain.slice(open + 1, close), ';').flatMap((flag) => /^\s*((?:#\[[^\]]*\]\s*)*)const\s+(\w+)\s*=/.exec(flag) ?? []);
    const constants: string[] = [];
    for (let i = 0; i + 2 < flags.length; i += 3) if (flags[i + 2] !== '_') constants.push(`${flags[i + 1] ?? ''}pub const ${flags[i + 2] ?? ''}: Self = loop {};`);
    items.push(`impl ${name} { ${constants.join(' ')} ${setOperations(bits)} }`);
    for (const [trait, method] of FLAG_OPERATORS) {
      items.push(`impl ::core::ops::${trait} for ${name} { type Output = Self; fn ${method}(self, other: Self) -> Self { loop {} } }`);
      items.push(`impl ::core::ops::${trait}Assign for ${name} { fn ${method}_assign(&mut self, other: Self) {} }`);
    }
    items.push(`impl ::core::ops::Not for ${name} { type Output = Self; fn not(self) -> Self { loop {} } }`);
    items.push(`impl ::core::iter::Extend<Self> for ${name} { fn extend<T: IntoIterator<Item = Self>>(&mut self, flags: T) {} }`);
    items.push(`impl ::core::iter::FromIterator<Self> for ${name} { fn from_iter<T: IntoIterator<Item = Self>>(flags: T) -> Self { loop {} } }`);
  }
  return items.length === 0 ? null : items.join('\n');
}

function setOperations(bits: string): string {
  const made = (head: string): string => `pub const fn ${head} { loop {} }`;
  const binary = ['intersection', 'union', 'difference', 'symmetric_difference'].map((name) => made(`${name}(self, other: Self) -> Self`));
  const tests = ['intersects', 'contains'].map((name) => made(`${name}(&self, other: Self) -> bool`));
  const changes = ['insert', 'remove', 'toggle'].map((name) => `pub fn ${name}(&mut self, other: Self) {}`);
  return [
    ...binary, ...tests, ...changes, 'pub fn set(&mut self, other: Self, value: bool) {}', made('empty() -> Self'), made('all() -> Self'), made('complement(self) -> Self'), made(`bits(&self) -> ${bits}`),
    made(`from_bits(bits: ${bits}) -> Option<Self>`), made(`from_bits_truncate(bits: ${bits}) -> Self`), made(`from_bits_retain(bits: ${bits}) -> Self`), made('is_empty(&self) -> bool'), made('is_all(&self) -> bool'),
    'pub fn from_name(name: &str) -> Option<Self> { loop {} }', 'pub fn iter(&self) -> ::core::option::IntoIter<Self> { loop {} }',
  ].join(' ');
}

/** The text with blanks in the place of comments. */
function withoutComments(text: string): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const end = skipOpaque(text, i);
    if (text[i] === '/' && end > i) {
      out += `${text.slice(from, i)} `;
      from = end + 1;
    }
    i = end;
  }
  return out + text.slice(from);
}

function cfgIf(input: string, choose: (cfg: string) => boolean): string | null {
  let rest = input.trim();
  for (let guard = 0; guard < 40; guard++) {
    const match = /^(?:else\s+)?if\s+#\[cfg\(/.exec(rest);
    if (match) {
      const end = closing(rest, match[0].length - 1);
      if (end < 0) return null;
      const cfg = rest.slice(match[0].length, end);
      const open = rest.indexOf('{', end);
      const close = open < 0 ? -1 : closing(rest, open);
      if (close < 0) return null;
      if (choose(cfg)) return rest.slice(open + 1, close);
      rest = rest.slice(close + 1).trim();
      continue;
    }
    if (rest.startsWith('else')) {
      const open = rest.indexOf('{');
      const close = open < 0 ? -1 : closing(rest, open);
      return close < 0 ? null : rest.slice(open + 1, close);
    }
    return '';
  }
  return null;
}

/** The item itself and what `project` gives: pinned fields as `Pin<&mut T>`, others as `&mut T`. */
function pinProject(input: string): string | null {
  const plain = input.replace(/#\[pin\]|#\[project(?:_ref|_replace)?\s*(?:=\s*\w+)?\]|#\[project\([^)]*\)\]/g, (text) => ' '.repeat(text.length));
  const match = /\b(struct|enum)\s+(\w+)\s*(<[^{]*?>)?\s*(where[^{]*)?\{/.exec(input);
  if (!match) return plain;
  const dropAt = topLevelImpl(plain, match.index);
  const item = plain.slice(0, dropAt);
  const [, what, name, generics, where] = match;
  const open = match.index + match[0].length - 1;
  const close = closing(input, open);
  if (close < 0) return item;
  const parameters = generics === undefined ? '' : generics.slice(1, -1);
  const names = splitTop(parameters, ',').map((p) => p.trim()).filter((p) => p !== '').map((p) => p.replace(/^const\s+/, '').split(/[:=]/)[0]?.trim() ?? '');
  const bare = splitTop(parameters, ',').map((p) => p.split(/=(?!>)/)[0] ?? p).join(',');
  const named = /#\[project\s*=\s*(\w+)\]/.exec(input)?.[1] ?? `__${name as string}Projection`;
  const body = input.slice(open + 1, close);
  const project = what === 'struct' ? `{${projectFields(body)}}` : `{${splitTop(body, ',').map((variant) => {
    const brace = variant.indexOf('{');
    return brace < 0 ? variant : `${variant.slice(0, brace)}{${projectFields(variant.slice(brace + 1, variant.lastIndexOf('}')))}}`;
  }).join(',')}}`;
  const of = names.length === 0 ? '' : `<${names.join(', ')}>`;
  return `${item}
${what as string} ${named}<'__pin, ${bare}> ${where ?? ''} ${project}
impl<${bare}> ${name as string}${of} ${where ?? ''} { fn project<'__pin>(self: ::core::pin::Pin<&'__pin mut Self>) -> ${named}<'__pin, ${names.join(', ')}> { loop {} } fn project_ref<'__pin>(self: ::core::pin::Pin<&'__pin Self>) -> ${named}<'__pin, ${names.join(', ')}> { loop {} } }`;
}

function projectFields(body: string): string {
  return splitTop(body, ',').map((field) => {
    const match = /^((?:\s*(?:#\[[^\]]*\]|\/\/[^\n]*\n))*)\s*((?:pub(?:\([^)]*\))?\s+)?)(\w+)\s*:\s*([\s\S]+)$/.exec(field);
    if (!match) return '';
    const pinned = (match[1] ?? '').includes('#[pin]');
    return pinned ? `${match[3] as string}: ::core::pin::Pin<&'__pin mut ${(match[4] as string).trim()}>` : `${match[3] as string}: &'__pin mut ${(match[4] as string).trim()}`;
  }).filter((f) => f !== '').join(', ');
}

/** Start of a trailing `impl PinnedDrop …`, or the end. */
function topLevelImpl(text: string, from: number): number {
  const open = text.indexOf('{', from);
  const close = open < 0 ? -1 : closing(text, open);
  if (close < 0) return text.length;
  const at = text.indexOf('impl', close);
  return at < 0 ? text.length : at;
}

/** Offset of the bracket that closes the one at `open`, or -1. */
export function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 40 || c === 91 || c === 123) depth++;
    else if (c === 41 || c === 93 || c === 125) {
      if (--depth === 0) return i;
    } else i = skipOpaque(text, i);
  }
  return -1;
}

/** The last offset of the string, character or comment that starts at `i`; `i` itself when none does. */
export function skipOpaque(text: string, i: number): number {
  const c = text.charCodeAt(i);
  if (c === 34) {
    let at = i + 1;
    while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
    return at;
  }
  if (c === 47 && text.charCodeAt(i + 1) === 47) {
    const end = text.indexOf('\n', i);
    return end < 0 ? text.length - 1 : end;
  }
  if (c === 47 && text.charCodeAt(i + 1) === 42) {
    const end = text.indexOf('*/', i + 2);
    return end < 0 ? text.length - 1 : end + 1;
  }
  if (c === 39) {
    if (text.charCodeAt(i + 1) === 92) {
      const end = text.indexOf("'", i + 3);
      return end < 0 ? i : end;
    }
    if (text.charCodeAt(i + 2) === 39) return i + 2;
    if (text.charCodeAt(i + 3) === 39 && text.charCodeAt(i + 1) >= 0xd800) return i + 3;
  }
  if (c === 114 && (text.charCodeAt(i + 1) === 34 || text.charCodeAt(i + 1) === 35)) {
    const match = /^r(#*)"/.exec(text.slice(i, i + 12));
    if (match && !/\w/.test(text[i - 1] ?? ' ')) {
      const end = text.indexOf(`"${match[1] as string}`, i + match[0].length);
      return end < 0 ? text.length - 1 : end + (match[1] as string).length;
    }
  }
  return i;
}

/** Splits at a separator outside of brackets, angle brackets of types, strings and comments. */
export function splitTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let angle = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
    else if (c === '<' && separator === ',') angle++;
    else if (c === '>' && separator === ',' && text[i - 1] !== '-' && text[i - 1] !== '=') angle = Math.max(0, angle - 1);
    else if (c === separator && depth === 0 && angle === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    } else if (c === '"' || c === '/' || c === "'" || c === 'r') i = skipOpaque(text, i);
  }
  if (text.slice(from).trim() !== '') parts.push(text.slice(from));
  return parts;
}

/** Offset of a character outside of brackets, or -1; `=` does not match `==`, `=>`. */
function topLevel(text: string, wanted: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
    else if (c === wanted && depth === 0 && text[i + 1] !== '=' && text[i + 1] !== '>' && text[i - 1] !== '=') return i;
    else i = skipOpaque(text, i);
  }
  return -1;
}
