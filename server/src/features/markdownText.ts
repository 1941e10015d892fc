// Making text literal in Markdown. Code comes from strangers: no link, command, image or HTML of theirs may survive.

/** Text with everything that Markdown or HTML could read as markup made literal; line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s*\r?\n\s*/g, ' ').replace(/[\\`*_{}[\]()#+!|<>~&$]/g, (mark) => (mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : mark === '&' ? '&amp;' : `\\${mark}`));
}

/** A code span for any text: its fence is longer than any run of back-ticks inside. */
export function inlineCode(text: string): string {
  const flat = text.replace(/\s*\r?\n\s*/g, ' ');
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = flat.startsWith('`') || flat.endsWith('`') || flat.trim() === '' ? ' ' : '';
  return `${fence}${space}${flat}${space}${fence}`;
}

/** A sentence of ours with names of the code in back-ticks: the spans stay spans, all else is literal. */
export function proseMarkdown(text: string): string {
  const pieces = text.replace(/\s*\r?\n\s*/g, ' ').split('`');
  if (pieces.length % 2 === 0) return escapeMarkdown(text);
  return pieces.map((piece, at) => (at % 2 === 0 ? escapeMarkdown(piece) : piece === '' ? '' : inlineCode(piece))).join('');
}

/** A destination that cannot end early and runs nothing. */
export function safeUri(uri: string): string {
  return /^(command|javascript|vbscript|data):/i.test(uri) ? '#' : uri.replace(/[\s()<>\\[\]]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
