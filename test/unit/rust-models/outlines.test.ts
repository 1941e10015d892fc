// Crates that are not on disk: outlines that ship with Heaplight, and results that rows of heaplight.json name.
import { describe, expect, it } from 'vitest';
import { OUTLINED_CRATES, OUTLINES_ASSET } from '../../../server/src/languages/rust/models/outlined.js';
import { userOutlines } from '../../../server/src/languages/rust/models/userOutlines.js';
import { userRows } from '../../../server/src/languages/rust/models/userRows.js';
import { rustPlugin } from '../../../server/src/languages/rust/plugin.js';
import { readOutlines } from '../../../server/src/languages/rust/resolve/outlines.js';
import { SymbolTable } from '../../../server/src/syntax/symbolTable.js';
import { fragmentParser, memorySources, noFacts, testOptions } from '../../support/engine.js';

async function sitesOf(text: string, models: readonly unknown[] = [], more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const sources = await memorySources({ 'Cargo.toml': '[package]\nname = "own"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nre = { package = "regex", version = "1" }\n', 'src/lib.rs': text, ...more });
  const report = rustPlugin.createEngine({ sources, facts: noFacts, parseFragment: await fragmentParser(), options: { ...testOptions, models, rust: { registry: 'registry' } } }).report('src/lib.rs');
  return (report?.sites ?? []).map((site) => `${report?.text.slice(site.start, site.end) ?? ''}: ${site.rule} ${site.certainty}`);
}

describe('outlines that ship', () => {
  it('hold every crate of the list, with its version', async () => {
    const sources = await memorySources({});
    const outlines = readOutlines(sources.asset(OUTLINES_ASSET) ?? '', new SymbolTable());
    expect([...outlines.keys()]).toEqual(OUTLINED_CRATES);
    for (const outline of outlines.values()) expect(outline().version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('are not read when they are of another form', () => {
    expect(readOutlines('{"version":99,"names":[],"texts":[],"crates":[["a","1.0.0",2021,[]]]}', new SymbolTable()).size).toBe(0);
    expect(readOutlines('no JSON', new SymbolTable()).size).toBe(0);
  });

  it('stand in for a renamed package too', async () => {
    expect(await sitesOf('pub fn first(of: &re::Regex, text: &str) -> Option<String> { of.find(text).map(|m| m.as_str().to_owned()) }')).toContain('m.as_str().to_owned(): rust/to-owned always');
  });

  it('give way to the sources', async () => {
    const own = {
      'registry/index/regex-1.0.0/Cargo.toml': '[package]\nname = "regex"\nversion = "1.0.0"\nedition = "2021"\n',
      'registry/index/regex-1.0.0/src/lib.rs': 'pub struct Regex(u8);\nimpl Regex { pub fn find(&self, _: &str) -> Option<u8> { None } }\n',
    };
    expect(await sitesOf('pub fn first(of: &re::Regex, text: &str) -> Option<u8> { of.find(text).clone() }', [], own)).not.toContain('of.find(text).clone(): rust/clone always');
  });

  it('say what functions cost for which no row speaks', async () => {
    expect(await sitesOf('pub fn text(value: &serde_json::Number) -> String { value.to_string() }\npub async fn listen() { let _ = tokio::net::TcpListener::bind("localhost:0").await; }')).toEqual(expect.arrayContaining(['value.to_string(): rust/to-string always']));
  });
});

describe('results of rows of heaplight.json', () => {
  const models = [
    { path: 'store::Client::open', does: 'allocates', kind: 'buffer', what: 'connection', result: 'Result<store::Client, std::io::Error>' },
    { path: 'store::Client::name', does: 'nothing', result: 'String' },
    { path: 'store::admin::keys', does: 'allocates', kind: 'buffer', what: 'keys', result: 'store::Page<String>' },
    { path: 'store::Client::count', does: 'nothing', result: 'usize' },
  ];

  it('type what follows', async () => {
    expect(await sitesOf('pub fn name() -> std::io::Result<String> { let client = store::Client::open("x")?; let _ = client.count().clone(); Ok(client.name().clone()) }', models)).toEqual(['store::Client::open("x"): rust/library-call always', 'client.name().clone(): rust/clone always']);
    expect(await sitesOf('use store::admin; pub fn all() -> String { let page: store::Page<String> = admin::keys(); page.0.clone() }', models)).toEqual(['admin::keys(): rust/library-call always', 'page.0.clone(): rust/clone always']);
  });

  it('are written as Rust', () => {
    const texts = userOutlines(userRows(models).rows, new Set(['regex']));
    expect(texts.get('store')).toContain('pub struct Page<T0>(T0);');
    expect(texts.get('store')).toContain('impl crate::Client { pub fn name(&self) -> String; }');
    expect(userOutlines(userRows([{ path: 'regex::Regex::words', does: 'nothing', result: 'Vec<String>' }]).rows, new Set(['regex'])).get('regex')).toBe('impl crate::Regex { pub fn words(&self) -> Vec<String>; }\n');
  });

  it('add methods to types of outlined crates', async () => {
    expect(await sitesOf('pub fn words(of: &re::Regex) -> Vec<String> { of.words().clone() }', [{ path: 'regex::Regex::words', does: 'nothing', result: 'Vec<String>' }])).toEqual(['of.words().clone(): rust/clone always']);
  });

  it.each([
    [{ path: 'a::b', does: 'nothing', result: 'Vec<' }, 'models[0].result must be a type'],
    [{ path: 'a::b', does: 'nothing', result: 'let x = 1' }, 'models[0].result must be a type'],
    [{ path: 'a::b', does: 'nothing', result: 'a::' }, 'models[0].result must be a type'],
    [{ path: 'a::b', does: 'nothing', result: 7 }, 'models[0].result must be a text'],
    [{ path: '<a::B as Clone>::clone', does: 'nothing', result: 'a::B' }, 'models[0].result can be said of functions'],
  ])('are refused with the reason: %j', (row, message) => {
    const { rows, problems } = userRows([row]);
    expect(rows).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it.each(['&str', 'Option<&\'static [u8]>', '(String, u8)', 'Box<dyn Fn(u8) -> String + Send>', '[u8; 4]', '!'])('may be %s', (result) => {
    expect(userRows([{ path: 'a::b', does: 'nothing', result }]).problems).toEqual([]);
  });
});
