// Hostile files through the command line and the server as processes: each is answered, nothing crashes, and good files beside them are as ever.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportJson } from '../../server/src/features/report/document.js';
import { Folder } from '../cli/cli.js';
import { TestClient } from '../server/client.js';
import { effort } from './effort.js';
import { entries, hostileGo, hostileRust, type HostileFile } from './hostile.js';

const GOOD = {
  go: 'package p\n\nfunc Good(n int) []int {\n\t_ = "😀𝕏"; return make([]int, n)\n}\n',
  rust: 'pub fn good(n: u32) -> Box<u32> {\n    let _ = "😀𝕏"; Box::new(n)\n}\n',
};
/** Zero-based line and UTF-16 column of the site in {@link GOOD}. */
const PLACE = { go: { line: 3, character: 20 }, rust: { line: 1, character: 20 } };
/** Milliseconds for all hostile files of a language. */
const BOUND = effort(120_000, 600_000);

const pathOf = (language: 'go' | 'rust', name: string): string => (language === 'go' ? `${name}/p.go` : `${name}/src/lib.rs`);
const manifest = (language: 'go' | 'rust', name: string): readonly [string, string] => (language === 'go' ? ['go.mod', 'module w\n\ngo 1.26\n'] : [`${name}/Cargo.toml`, `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n`]);

describe.each(['go', 'rust'] as const)('hostile %s', (language) => {
  const hostile: readonly HostileFile[] = language === 'go' ? hostileGo() : hostileRust();
  let folder: Folder;
  let report: ReportJson;
  beforeAll(() => {
    folder = new Folder();
    for (const { name, content } of [...hostile, { name: 'good', content: GOOD[language] }, { name: 'mark', content: `\ufeff${GOOD[language]}` }, { name: 'crlf', content: GOOD[language].replaceAll('\n', '\r\n') }]) {
      folder.write(pathOf(language, name), content);
      folder.write(...manifest(language, name));
    }
    const started = Date.now();
    const { code, out, err } = folder.run('show', '--format', 'json', '--workers', '0', '--max-size', String(effort(1, 8)), '--goroot', 'none', '--cargo-home', 'none', '.');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(Date.now() - started).toBeLessThan(BOUND);
    report = JSON.parse(out) as ReportJson;
  }, BOUND);
  afterAll(() => { folder.remove(); });

  const fileOf = (name: string): ReportJson['files'][number] => {
    const file = report.files.find((one) => one.path === pathOf(language, name));
    if (!file) throw new Error(`${name} is missing from the report`);
    return file;
  };

  it.each(hostile.map(({ name }) => name))('lists %s, and the engine did not fail', (name) => {
    for (const { message } of fileOf(name).problems) expect(message).not.toMatch(/failed|overflow|call stack|undefined/i);
  });

  it.each(['nul', 'zeros', 'utf16', 'too-large', 'latin1', 'cut-character'])('says why %s was left out, or what of it', (name) => {
    const wanted = { 'nul': 'binary', 'zeros': 'binary', 'utf16': 'binary', 'too-large': 'larger than the limit', 'latin1': 'not UTF-8', 'cut-character': 'not UTF-8' }[name];
    expect(fileOf(name).problems.map(({ message }) => message).join()).toContain(wanted);
  });

  it.each(['blocks', 'ifs', 'loops', 'prefixes', 'closures', 'garbage', 'string-open', 'braces-open', 'closing', 'prose'])('says where %s could not be followed', (name) => {
    const { problems } = fileOf(name);
    // a parser that ran out of time is an answer too
    expect(problems.some(({ message, range }) => /^Parsing took longer/.test(message) || (/may be missing/.test(message) && (range.end.line > 0 || range.end.character > 0)))).toBe(true);
  });

  it.each(['good', 'mark', 'crlf'])('finds the site of %s at its UTF-16 column', (name) => {
    expect(fileOf(name).problems).toEqual([]);
    expect(fileOf(name).sites.map((site) => site.range.start)).toEqual([PLACE[language]]);
  });

  it('finds every site of a line of a megabyte', () => {
    expect(fileOf('one-line').sites).toHaveLength(entries);
  });

  it('is answered by the server, which then answers for good code', async () => {
    const client = await TestClient.start();
    try {
      for (const [at, { name, content }] of hostile.entries()) {
        if (typeof content !== 'string' || at % effort(4, 1) !== 0) continue;
        const uri = `file:///nowhere/${language}-${name}/${pathOf(language, name)}`;
        await client.open(uri, content, language);
        expect(Array.isArray(await client.hints(uri, 50)), name).toBe(true);
        await client.change(uri, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: ' ' });
        expect(await client.hover(uri, 0, 0), name).toBeNull();
        await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      }
      for (const [name, text] of [['good', GOOD[language]], ['cr', GOOD[language].replaceAll('\n', '\r')]] as const) {
        const uri = `file:///nowhere/${language}-${name}/${pathOf(language, name)}`;
        await client.open(uri, text, language);
        const [hint] = await client.hints(uri);
        expect(hint?.position, name).toEqual({ line: PLACE[language].line, character: PLACE[language].character + (language === 'go' ? 14 : 11) });
      }
      const uri = `file:///nowhere/${language}-lone/${pathOf(language, 'lone')}`;
      await client.open(uri, `// \ud83d \ude00\n${GOOD[language]}`, language);
      expect((await client.hints(uri))[0]?.position.line).toBe(PLACE[language].line + 1);
    } finally {
      await client.stop();
    }
  }, BOUND);
});
