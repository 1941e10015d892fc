// Facts that units hand to each other: a report that rests on facts of what is imported is the report that rests on its sources.
import { describe, expect, it } from 'vitest';
import type { FactsStore, LanguageEngine, UnitFacts } from '../../../server/src/analysis/language.js';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { memorySources, noFacts, testOptions, type MemorySources } from '../../support/engine.js';

const FILES: Readonly<Record<string, string>> = {
  'go.mod': 'module example.org/m\n\ngo 1.24\n',
  'store/store.go': `package store

import "fmt"

type item[K comparable] struct {
	key  K
	next *item[K]
}

// Set is a generic list.
type Set[K comparable] struct{ head *item[K] }

func (s *Set[K]) Add(key K) { s.head = &item[K]{key, s.head} }

var kept []*int

func keep(pointer *int) { kept = append(kept, pointer) }

// Keep goes through an unexported function of another file.
func Keep(value *int) { relay(value) }

func Name(n int) string { return name(n) }

func name(n int) string { return fmt.Sprintf("item %d", n) }

// Even and odd call each other.
func Even(n int) []byte {
	if n == 0 {
		return make([]byte, n)
	}
	return odd(n - 1)
}

func odd(n int) []byte { return Even(n - 1) }

const Limit = 64

type Option = func(*options)

type options struct{ size int }

func WithSize(n int) Option { return func(o *options) { o.size = n } }

// Node has unexported parts that decide its size.
type Node struct {
	inner
	Next *Node
}

type inner struct{ a, b, c int64 }

func (i inner) Sum() int64 { return i.a + i.b + i.c }

type sealed interface{ seal() }

func (Node) seal() {}

func Accept(s sealed) { kinds = append(kinds, s) }

var kinds []sealed

func Anonymous() any { return struct{ a int; b string }{1, "x"} }

func Free(a, b int) int { return a + b }
`,
  'store/relay.go': 'package store\n\nfunc relay(p *int) { keep(p) }\n',
  'api/v2/api.go': `package api

import (
	"errors"

	. "example.org/m/store"
)

var ErrNone = errors.New("none")

type Client struct {
	nodes Set[string]
	*Node
}

func (c *Client) Add(name string) *Client {
	c.nodes.Add(name)
	return c
}

func Call(n int) string {
	x := n
	Keep(&x)
	return Name(n)
}

func Through(pointer *int) { Keep(pointer) }

func New() *Client { return &Client{Node: &Node{}} }
`,
  'cmd/main.go': `package main

import (
	"example.org/m/api/v2"
	"example.org/m/store"
)

func main() {
	y := 1
	api.Through(&y)
	c := api.New().Add("x")
	c.nodes()
	store.Accept(*c.Node)
	println(api.Call(y), c.Sum(), store.Free(1, 2), len(store.Even(3)))
	var s store.Set[int]
	s.Add(3)
	_ = make([]byte, store.Limit)
	_ = store.WithSize(4)
	_ = store.Anonymous()
	_ = api.ErrNone
}
`,
  'store/store_test.go': 'package store\n\nimport "testing"\n\nfunc TestKeep(t *testing.T) { n := 1; Keep(&n) }\n',
  'store/outside_test.go': 'package store_test\n\nimport (\n\t"testing"\n\n\t"example.org/m/api/v2"\n\t"example.org/m/store"\n)\n\nfunc TestName(t *testing.T) { n := 1; api.Through(&n); store.Keep(&n) }\n',
};

/** A store over what units wrote, as bytes would carry it. */
function storeOf(written: ReadonlyMap<string, UnitFacts>): FactsStore {
  const find = (name: string): UnitFacts | undefined => written.get(name) ?? [...written.values()].find((facts) => facts.name === name);
  return { load: (_language, unit) => JSON.parse(JSON.stringify(find(unit) ?? null)) as UnitFacts | null, save: () => undefined };
}

const engineOver = (sources: MemorySources, facts: FactsStore): LanguageEngine => goPlugin.createEngine({ sources, facts, options: testOptions });
const only = (...prefixes: string[]): Record<string, string> => Object.fromEntries(Object.entries(FILES).filter(([path]) => path === 'go.mod' || prefixes.some((prefix) => path.startsWith(prefix))));
const plain = (engine: LanguageEngine, path: string): unknown => {
  const report = engine.report(path);
  expect(report).not.toBeNull();
  return JSON.parse(JSON.stringify({ ...report, text: '' }));
};

/** Facts of the units in order, each from its own files and the facts before it. */
async function factsOf(order: readonly string[]): Promise<Map<string, UnitFacts>> {
  const written = new Map<string, UnitFacts>();
  for (const unit of order) {
    const facts = engineOver(await memorySources(only(`${unit}/`)), storeOf(written)).factsOf(unit);
    expect(facts).not.toBeNull();
    if (facts) written.set(unit, facts);
  }
  return written;
}

describe('facts of Go units', () => {
  it('give the reports that sources give, whatever is asked first', async () => {
    const whole = engineOver(await memorySources(FILES), noFacts);
    const facts = storeOf(await factsOf(['store', 'api/v2']));
    for (const path of ['cmd/main.go', 'api/v2/api.go', 'store/store.go', 'store/relay.go']) {
      const own = engineOver(await memorySources(only(`${path.slice(0, path.lastIndexOf('/'))}/`)), facts);
      expect(plain(own, path), path).toEqual(plain(whole, path));
    }
    const main = whole.report('cmd/main.go');
    expect(main?.sites.length).toBeGreaterThan(8);
    expect(main?.sites.flatMap((site) => site.why.map((step) => step.path))).toContain('store/store.go');
    expect(main?.sites.flatMap((site) => site.callees.map((link) => link.function))).toContain('example.org/m/store.keep');
  });

  it('are the same bytes from any engine', async () => {
    const written = await factsOf(['store', 'api/v2']);
    const whole = engineOver(await memorySources(FILES), noFacts);
    for (const path of ['cmd/main.go', 'api/v2/api.go', 'store/outside_test.go']) whole.report(path);
    for (const [unit, facts] of written) expect(JSON.stringify(whole.factsOf(unit)), unit).toBe(JSON.stringify(facts));
  });

  it('are found by import path where the directory is not known', async () => {
    const written = await factsOf(['store']);
    const elsewhere = new Map([...written].map(([, facts]) => ['external/m/store', { ...facts, unit: 'external/m/store' }]));
    const files = { 'go.mod': 'module other\n', 'a.go': 'package a\n\nimport "example.org/m/store"\n\nfunc F() { n := 1; store.Keep(&n) }\n' };
    const sites = engineOver(await memorySources(files), storeOf(elsewhere)).report('a.go')?.sites ?? [];
    expect(sites.map((site) => `${site.rule} ${site.certainty}`)).toContain('go/moved-variable always');
  });

  it('of a unit make way for its sources when those are asked for', async () => {
    const engine = engineOver(await memorySources(FILES), storeOf(await factsOf(['store', 'api/v2'])));
    const whole = engineOver(await memorySources(FILES), noFacts);
    for (const path of ['cmd/main.go', 'store/store.go', 'store/store_test.go', 'store/outside_test.go', 'cmd/main.go']) expect(plain(engine, path), path).toEqual(plain(whole, path));
  });

  it('of another version, or damaged, are as good as none', async () => {
    const facts = (await factsOf(['store'])).get('store') as UnitFacts;
    const without = engineOver(await memorySources(only('cmd/')), noFacts);
    for (const wrong of [{ ...facts, version: facts.version + 1 }, { ...facts, body: '' }, { ...facts, body: facts.body.slice(0, 40) }]) {
      const engine = engineOver(await memorySources(only('cmd/')), storeOf(new Map([['store', wrong]])));
      expect(engine.report('cmd/main.go')?.problems).toEqual(without.report('cmd/main.go')?.problems);
    }
  });

  it('tell which imports lead nowhere', async () => {
    const engine = engineOver(await memorySources(only('cmd/')), storeOf(await factsOf(['store'])));
    expect(engine.missingImportsOf?.('cmd')).toEqual(['example.org/m/api/v2']);
  });

  it('are made of what others can import, and of nothing else', async () => {
    const engine = engineOver(await memorySources(FILES), noFacts);
    const tests = engine.unitOf('store/store_test.go') as string;
    expect(engine.factsOf(tests)).toBeNull();
    expect(engine.factsOf('cmd')).toBeNull();
    expect(engine.factsOf('store')).not.toBeNull();
    expect(engine.importsOf('cmd')).toEqual(['api/v2', 'store']);
    expect(engine.filesOf('store')).toEqual(['store/relay.go', 'store/store.go']);
  });
});
