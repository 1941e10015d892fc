// Glob patterns of the command line, for shells that hand them on: `*`, `**`, `?`, `[…]`, `{a,b}`.

/** Whether a text has a character that makes it a pattern. */
export function isGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** The directory that a pattern can only match below. */
export function globBase(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(isGlob);
  return parts.slice(0, first < 0 ? parts.length - 1 : first).join('/') || (pattern.startsWith('/') ? '/' : '');
}

/** Matches whole paths. An unclosed bracket stands for itself. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const expression = new RegExp(`^${translate(pattern)}$`, 'u');
  return (path) => expression.test(path);
}

function translate(pattern: string): string {
  let out = '';
  let braces = 0;
  for (let at = 0; at < pattern.length; at++) {
    const unit = pattern.charAt(at);
    if (unit === '*' && pattern.startsWith('**/', at) && (at === 0 || pattern.charAt(at - 1) === '/')) {
      out += '(?:[^/]*/)*';
      at += 2;
    } else if (unit === '*' && pattern.startsWith('**', at)) {
      out += '.*';
      at += 1;
    } else if (unit === '*') out += '[^/]*';
    else if (unit === '?') out += '[^/]';
    else if (unit === '[' && pattern.indexOf(']', at + 2) > 0) {
      const close = pattern.indexOf(']', at + 2);
      const set = pattern.slice(at + 1, close).replace(/[\\[\]&~|]/g, '\\$&').replace(/^!/, '^').replace(/(?<=^\^?)\^(?!$)/, (caret, offset: number) => (offset === 0 ? caret : '\\^'));
      out += `[${set}]`;
      at = close;
    } else if (unit === '{' && pattern.indexOf('}', at) > 0) {
      out += '(?:';
      braces++;
    } else if (unit === '}' && braces > 0) {
      out += ')';
      braces--;
    } else if (unit === ',' && braces > 0) out += '|';
    else out += unit.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replace('\\-', '-').replace('\\/', '\\/');
  }
  return out + ')'.repeat(braces);
}
