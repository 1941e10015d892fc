// What services read: SARIF 2.1.0 against its own schema, annotations against the documented form of workflow commands. The command line as a process.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Folder } from './cli.js';

const GO = 'package p\n\nvar kept *int\n\n// heaplight: no-alloc\nfunc F(n int) []int {\n\t/* 😀 */ _ = make([]byte, n)\n\treturn make([]int,\n\t\tn)\n}\n\nfunc G() {\n\tx := 1\n\tkept = &x\n}\n\nfunc Quiet() int { // heaplight: allow nothing here\n\treturn 1\n}\n';
const RUST = `use std::rc::Rc;\nuse std::cell::RefCell;\npub struct Node { next: RefCell<Option<Rc<Node>>> }\n/// Joins.\npub fn join(names: &[String]) -> Box<String> {\n    let all = names.join("%: ,");\n    Box::new(all)\n}\n// heaplight: no-alloc\npub fn quiet(n: u32) -> String { format!("{n}") }\n`;
const NAMES = ['go/plain.go', 'go/with space.go', 'go/100%,a:b#c?.go', 'go/grüße-😀.go'];

interface Region { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number }
interface Location { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region } }
interface Result {
  readonly ruleId: string; readonly ruleIndex: number; readonly level: string; readonly message: { readonly text: string }; readonly locations: readonly Location[];
  readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly { readonly location: Location }[] }[] }[];
}
interface Log { readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }; readonly results: readonly Result[] }[] }

/** The schema of the SARIF committee as Microsoft's matchers ship it. It is of draft 4, whose one difference that matters is the name of `$id`. */
function sarifSchema(): object {
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
  const whole = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== 'id' && name !== '$schema'));
}

const isReference = (text: string): boolean => /^(?:[!$&-;=?-Z_a-z~#[\]]|%[0-9A-F]{2})*$/.test(text) && !/^[^/]*:(?!\/\/)/.test(text);
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats: { uri: isReference, 'uri-reference': isReference, 'date-time': true } });
const valid = ajv.compile(sarifSchema());

let folder: Folder;
beforeAll(() => {
  folder = new Folder({ 'go/go.mod': 'module m\n', 'rust/Cargo.toml': '[package]\nname = "r"\nedition = "2021"\n', 'rust/src/lib.rs': RUST, 'heaplight.json': '{"budgets":[{"max":1}]}' });
  for (const [at, name] of NAMES.entries()) folder.write(name, GO.replaceAll('kept', `kept${at}`).replaceAll(/func (\w)/g, `func N${at}$1`));
});
afterAll(() => { folder.remove(); });

/** Runs in `directory` below the folder and reads the log, which the schema has to accept. */
function sarif(command: 'show' | 'check', ...args: string[]): readonly Result[] {
  const { out, err } = folder.run(command, '--format', 'sarif', ...args);
  expect(err).toBe('');
  const log = JSON.parse(out) as Log;
  expect(valid(log), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
  const [run] = log.runs;
  for (const result of run?.results ?? []) expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
  return run?.results ?? [];
}

const fileOf = ({ physicalLocation }: Location): string => fileURLToPath(new URL(physicalLocation.artifactLocation.uri, `${pathToFileURL(folder.path).href}/`));

/** The text of a region, by one-based UTF-16 columns. */
function textAt(location: Location): string {
  const { startLine, startColumn, endLine, endColumn } = location.physicalLocation.region;
  const lines = readFileSync(fileOf(location), 'utf8').split('\n').slice(startLine - 1, endLine);
  expect(lines).toHaveLength(endLine - startLine + 1);
  expect(lines.at(-1)?.length).toBeGreaterThanOrEqual(endColumn - 1);
  return startLine === endLine ? (lines[0] ?? '').slice(startColumn - 1, endColumn - 1) : (lines[0] ?? '').slice(startColumn - 1);
}

describe('SARIF', () => {
  it('is what its schema says, for sites, notes and steps of both languages', () => {
    const results = sarif('show', '.');
    expect(new Set(results.map((result) => result.ruleId.split('/')[0]))).toEqual(new Set(['go', 'rust']));
    expect(results.some((result) => result.ruleId === 'rust/reference-cycle')).toBe(true);
    const flows = results.flatMap((result) => result.codeFlows ?? []).flatMap((flow) => flow.threadFlows).flatMap((thread) => thread.locations);
    expect(flows.length).toBeGreaterThan(NAMES.length);
    for (const location of [...results.flatMap((result) => result.locations), ...flows.map((step) => step.location)]) expect(existsSync(fileOf(location)), fileOf(location)).toBe(true);
  });

  it('names each file by a reference that leads to it, and the cause by UTF-16 columns', () => {
    const results = sarif('show', 'go');
    for (const name of NAMES) {
      const found = results.filter((result) => result.locations.every((location) => fileOf(location) === join(folder.path, name)));
      expect(found.map((result) => result.locations.map(textAt).join('')).sort()).toEqual(['make([]byte, n)', 'make([]int,', 'x']);
    }
  });

  it('gives references from the working directory whatever is named', () => {
    const [result] = sarif('show', 'go/plain.go');
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('go/plain.go');
  });

  it('tells broken contracts and budgets as errors, idle ones as warnings, and is valid without any result', () => {
    const results = sarif('check', '.');
    const levels = new Map(results.map((result) => [result.ruleId, result.level]));
    expect(levels.get('heaplight/no-alloc')).toBe('error');
    expect(levels.get('heaplight/budget')).toBe('error');
    expect(levels.get('heaplight/unused-contract')).toBe('warning');
    const empty = new Folder({ 'go.mod': 'module m\n', 'a.go': 'package a\n' });
    try {
      const log = JSON.parse(empty.run('show', '--format', 'sarif', '.').out) as Log;
      expect(valid(log)).toBe(true);
      expect(log.runs[0]?.results).toEqual([]);
    } finally {
      empty.remove();
    }
  });

  it('would be refused with a column of zero, an unescaped name or an unknown member', () => {
    const [result] = sarif('show', 'go/plain.go');
    const log = (uri: string, region: object, more: object = {}): object => ({ version: '2.1.0', runs: [{ tool: { driver: { name: 'heaplight' } }, results: [{ message: { text: result?.message.text ?? '' }, locations: [{ physicalLocation: { artifactLocation: { uri }, region } }], ...more }] }] });
    expect(valid(log('a.go', { startLine: 1, startColumn: 1 }))).toBe(true);
    expect(valid(log('a.go', { startLine: 1, startColumn: 0 }))).toBe(false);
    expect(valid(log('a b.go', { startLine: 1 }))).toBe(false);
    expect(valid(log('a.go', { startLine: 1 }, { severity: 'high' }))).toBe(false);
  });
});

interface Command { readonly level: string; readonly properties: ReadonlyMap<string, string>; readonly message: string }

/** Reads `::level name=value,name=value::message` as a runner does: escaped are `%`, CR and LF, in properties `:` and `,` too. */
function readCommand(line: string): Command {
  const match = /^::(\w+) ([^:]*)::(.*)$/.exec(line);
  if (!match) throw new Error(`no workflow command: ${line}`);
  const [, level = '', list = '', message = ''] = match;
  const data = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const properties = new Map(list.split(',').map((property): [string, string] => {
    const equals = property.indexOf('=');
    return [property.slice(0, equals), data(property.slice(equals + 1).replaceAll('%3A', ':').replaceAll('%2C', ','))];
  }));
  return { level, properties, message: data(message) };
}

const commands = (out: string): Command[] => out.split('\n').filter((line) => line !== '').map(readCommand);

describe('annotations of GitHub', () => {
  it('name files from the working directory, with every character, and the place of the cause', () => {
    const found = commands(folder.run('show', '--format', 'github', 'go').out);
    expect(new Set(found.map(({ level }) => level))).toEqual(new Set(['notice']));
    expect([...new Set(found.map(({ properties }) => properties.get('file')))].sort()).toEqual([...NAMES].sort());
    for (const { properties, message } of found) {
      expect([...properties.keys()]).toEqual(['file', 'line', 'col', 'title']);
      expect(message).not.toBe('');
      const line = readFileSync(join(folder.path, properties.get('file') ?? ''), 'utf8').split('\n')[Number(properties.get('line')) - 1] ?? '';
      expect(line.slice(Number(properties.get('col')) - 1)).toMatch(/^(?:make|x)/);
      expect(properties.get('title')).toMatch(/^go\//);
    }
  });

  it('escape what would end a command or a property', () => {
    const { out } = folder.run('check', '--format', 'github', '.');
    expect(out).toContain('file=go/100%25%2Ca%3Ab#c?.go,');
    const found = commands(out);
    expect(found.map(({ level }) => level)).toContain('error');
    expect(found.map(({ level }) => level)).toContain('warning');
    expect(found.some(({ properties }) => properties.get('title') === 'heaplight/no-alloc')).toBe(true);
  });
});
