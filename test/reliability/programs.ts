// Small programs of several files and units that refer to each other, in both languages: where the property tests start. No expectations in here.
import { readFileSync } from 'node:fs';
import { textsBelow } from '../support/readers.js';
import { ROOT, type Files } from './workspaces.js';

const GO = {
  'go.mod': 'module example.com/w\n\ngo 1.26\n',
  'a.go': `package w

import (
	"fmt"
	"example.com/w/inner"
)

type ring struct {
	items []*inner.Item
	name  string
}

var kept *inner.Item

func (r *ring) add(name string, n int) *inner.Item {
	item := inner.New(name, n)
	r.items = append(r.items, item)
	return item
}

func fill(r *ring, count int) int {
	total := 0
	for i := 0; i < count; i++ {
		one := r.add(fmt.Sprintf("item %d", i), i)
		total += inner.Weigh(one)
	}
	return total
}

func even(n int) bool { if n == 0 { return true }; return odd(n - 1) }
func odd(n int) bool { if n == 0 { return false }; return even(n - 1) }
`,
  'b.go': `package w

import "example.com/w/inner"

type weigher interface{ weight() int }

func (r *ring) weight() int { return len(r.items) }

func heaviest(all []weigher) weigher {
	var best weigher
	for _, one := range all {
		if best == nil || one.weight() > best.weight() {
			best = one
		}
	}
	return best
}

func later(r *ring, done chan<- int) {
	start := 3
	go func() {
		done <- fill(r, start)
	}()
}

func local() int {
	item := inner.Item{Name: "x"}
	return inner.Weigh(&item)
}
`,
  'a_test.go': 'package w\n\nimport "testing"\n\nfunc TestFill(t *testing.T) {\n\tr := &ring{name: "t"}\n\tif fill(r, 3) == 0 {\n\t\tt.Fatal(r.name, len(r.items))\n\t}\n}\n',
  'inner/inner.go': `package inner

type Item struct {
	Name string
	Size [4]int
	next *Item
}

var last *Item

func New(name string, n int) *Item {
	made := &Item{Name: name}
	made.Size[0] = n
	return made
}

func Weigh(item *Item) int {
	return len(item.Name) + item.Size[0]
}

func Keep[T any](values []T, one T) []T {
	return append(values, one)
}
`,
};

const RUST = {
  'Cargo.toml': '[package]\nname = "w"\nversion = "0.1.0"\nedition = "2024"\n',
  'src/lib.rs': `mod inner;
mod shapes;
use inner::{Item, weigh};

/// Makes a name.
pub fn name(n: usize) -> String {
    format!("name {}", n)
}

pub fn fill(count: usize) -> Vec<Item> {
    let mut items = Vec::new();
    for i in 0..count {
        let one = Item::new(name(i), i);
        items.push(one.clone());
    }
    items
}

fn even(n: usize) -> bool { if n == 0 { true } else { odd(n - 1) } }
fn odd(n: usize) -> bool { if n == 0 { false } else { even(n - 1) } }

pub fn held(n: usize) -> usize {
    let shared = std::sync::Arc::new(Item::new(name(n), n));
    let other = shared.clone();
    weigh(&other)
}
`,
  'src/inner.rs': `use crate::shapes::Shape;

#[derive(Clone, Debug)]
pub struct Item { pub name: String, pub size: usize, next: Option<Box<Item>> }

impl Item {
    pub fn new(name: String, size: usize) -> Self { Self { name, size, next: None } }
    pub fn chain(self, rest: Item) -> Item { Item { next: Some(Box::new(rest)), ..self } }
}

pub fn weigh(item: &Item) -> usize {
    item.name.len() + item.size
}

pub fn area(s: &impl Shape) -> u32 { s.area() }
`,
  'src/shapes.rs': `use std::collections::HashMap;

pub trait Shape { fn area(&self) -> u32; fn label(&self) -> String { "shape".to_string() } }
pub struct Polygon { pub sides: Vec<u32> }
impl Shape for Polygon { fn area(&self) -> u32 { self.sides.iter().sum() } }

pub fn by_area(all: &[Polygon]) -> HashMap<u32, Vec<String>> {
    let mut found: HashMap<u32, Vec<String>> = HashMap::new();
    for one in all { found.entry(one.area()).or_default().push(one.label()); }
    found
}

pub fn boxed(all: Vec<Polygon>) -> Vec<Box<dyn Shape>> {
    all.into_iter().map(|one| Box::new(one) as Box<dyn Shape>).collect()
}
`,
};

/** A fresh copy of the programs: a Go module of two packages, a Rust crate of three modules, and the samples. */
export function programs(language: 'go' | 'rust'): Files {
  const files: Files = new Map(Object.entries(language === 'go' ? GO : RUST).map(([name, text]) => [`${ROOT}/${name}`, text]));
  const folder = new URL(`../../samples/${language}/`, import.meta.url).pathname;
  for (const { path, text } of textsBelow([folder], language === 'go' ? '.go' : '.rs')) files.set(`${ROOT}/sample/${path.slice(folder.length)}`, text);
  const manifest = language === 'go' ? 'go.mod' : 'Cargo.toml';
  files.set(`${ROOT}/sample/${manifest}`, readFileSync(`${folder}${manifest}`, 'utf8'));
  return files;
}

/** Statements and declarations to be typed in; some do not fit where they land, as when one types. */
export const SNIPPETS = {
  go: {
    statements: ['_ = make([]byte, 64)', 'kept = inner.New("k", 1)', 'var buffer [3]int; _ = buffer', 'defer func() { _ = recover() }()', 'x := new(int); *x = 2', 'if true { return }', 'go later(nil, nil)', 'for range 3 { _ = []string{"a", "b"} }'],
    declarations: ['func extra(n int) *int { return &n }', 'type pair struct{ a, b *ring }', 'func (r *ring) drop() { r.items = nil }', 'const limit = 1 << 10', 'var table = map[string]int{"a": 1}', 'func Generic[T any](x T) any { return x }'],
    head: 'package w\n\n',
  },
  rust: {
    statements: ['let more = Box::new(7u8);', 'let _ = name(3);', 'let v: Vec<u32> = (0..3).collect();', 'let s = String::from("s") + "t";', 'if true { return Default::default(); }', 'let shared = std::rc::Rc::new(1); let _ = shared.clone();', 'println!("{}", vec![1, 2].len());'],
    declarations: ['pub fn extra(n: usize) -> Box<usize> { Box::new(n) }', 'pub struct Pair { a: String, b: Vec<Pair> }', 'const LIMIT: usize = 1 << 10;', 'impl From<u8> for crate::inner::Item { fn from(n: u8) -> Self { Self::new(String::new(), n as usize) } }', 'macro_rules! twice { ($e:expr) => { ($e, $e) } }', 'fn pairs() -> Vec<String> { vec!["a".to_owned(), String::new()] }'],
    head: '',
  },
} as const;
