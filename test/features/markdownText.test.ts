import { describe, expect, it } from 'vitest';
import { escapeMarkdown, inlineCode } from '../../server/src/features/markdownText.js';

describe('text of strangers in Markdown', () => {
  it('stays literal', () => {
    expect(escapeMarkdown('a <b>[x](command:y)</b>\n`c`')).toBe('a &lt;b&gt;\\[x\\]\\(command:y\\)&lt;/b&gt; \\`c\\`');
  });

  it('fits into a code span whatever it holds', () => {
    expect(inlineCode('a`b')).toBe('``a`b``');
    expect(inlineCode('``')).toBe('``` `` ```');
    expect(inlineCode('a | b')).toBe('`a | b`');
  });
});
