// Three small crates that use each other in the ways that facts have to carry: traits and their default methods, generics with associated types, exported
// macros, re-exports, conversions chosen by the caller, dyn calls, async functions, counted fields.
import type { EngineEnvironment, FactsStore, LanguageEngine, LanguageOptions, Sources, UnitFacts } from '../../server/src/analysis/language.js';
import { rustPlugin } from '../../server/src/languages/rust/plugin.js';
import { noFacts, parserOf, testOptions } from './engine.js';

/** Files of a workspace with the packages `base`, `middle` and `app`. */
export const CRATES: Readonly<Record<string, string>> = {
  'Cargo.toml': '[workspace]\nmembers = ["base", "middle", "app"]\n',
  'base/Cargo.toml': '[package]\nname = "base-lib"\nversion = "0.1.0"\nedition = "2021"\n',
  'base/src/lib.rs': `//! Shapes.
mod shapes;
pub mod names;
pub use shapes::{Area, Shape, Square as Quad};

#[macro_export]
macro_rules! make_tag {
    ($name:ident) => {
        pub struct $name { pub text: String }
        impl $name { pub fn tag(&self) -> String { self.text.clone() } }
    };
}

make_tag!(BaseTag);

pub struct Failure(pub Box<str>);
impl From<&str> for Failure { fn from(text: &str) -> Self { Failure(text.into()) } }

pub fn owned(text: impl Into<String>) -> String { text.into() }
pub fn quiet(n: usize) -> usize { n + 1 }
pub fn maybe(n: usize) -> Vec<u8> { if n > 3 { vec![1; n] } else { Vec::new() } }
pub async fn later(n: usize) -> String { format!("{n}") }
pub fn boxed() -> impl Iterator<Item = String> { (0..3).map(|n| n.to_string()) }
`,
  'base/src/shapes.rs': `use std::sync::{Arc, Mutex};

pub trait Area {
    type Unit;
    fn area(&self) -> u32;
    fn unit(&self) -> Self::Unit;
    fn label(&self) -> String { format!("area {}", self.area()) }
    fn plain(&self) -> u32 { self.area() + 1 }
}

#[derive(Clone, Debug, Default)]
pub struct Shape { pub sides: Vec<u32>, pub name: String, hidden: Option<Arc<Mutex<u8>>> }

#[derive(Clone, Copy)]
pub struct Square(pub u32);

impl Area for Shape {
    type Unit = String;
    fn area(&self) -> u32 { self.sides.iter().sum() }
    fn unit(&self) -> String { self.name.clone() }
}
impl Area for Square {
    type Unit = u8;
    fn area(&self) -> u32 { self.0 * self.0 }
    fn unit(&self) -> u8 { 1 }
}
impl Shape {
    pub fn new(name: &str) -> Self { Shape { sides: Vec::new(), name: name.to_owned(), hidden: None } }
    pub fn count(&self) -> usize { self.sides.len() }
    pub fn with(mut self, side: u32) -> Self { self.sides.push(side); self }
}
pub fn named(shape: &dyn Area<Unit = String>) -> String { shape.unit() }
`,
  'base/src/names.rs': `/// A list of names.
pub struct Names<T> { items: Vec<T> }
impl<T: Clone> Names<T> {
    pub fn all(&self) -> Vec<T> { self.items.clone() }
    pub fn first(&self) -> Option<&T> { self.items.first() }
}
impl<T> IntoIterator for Names<T> { type Item = T; type IntoIter = std::vec::IntoIter<T>; fn into_iter(self) -> Self::IntoIter { self.items.into_iter() } }
impl<T> FromIterator<T> for Names<T> { fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self { Names { items: iter.into_iter().collect() } } }
`,
  'base/tests/check.rs': 'use base_lib::Area;\nstruct Odd;\nimpl Area for Odd { type Unit = String; fn area(&self) -> u32 { 1 } fn unit(&self) -> String { "odd".to_string() } }\n#[test]\nfn odd() { assert_eq!(Odd.label(), String::from("area 1")); }\n',
  'middle/Cargo.toml': '[package]\nname = "middle"\nversion = "0.2.0"\nedition = "2021"\n[dependencies]\nbase = { package = "base-lib", path = "../base" }\n',
  'middle/src/lib.rs': `pub use base::{names::Names, Area};
base::make_tag!(MiddleTag);
pub struct Tile { pub shape: base::Shape }
impl Area for Tile {
    type Unit = base::Quad;
    fn area(&self) -> u32 { self.shape.area() }
    fn unit(&self) -> base::Quad { base::Quad(2) }
    fn label(&self) -> String { String::new() }
}
pub fn tile(name: &str) -> Tile { Tile { shape: base::Shape::new(name) } }
pub fn relabel(tile: &Tile) -> u32 { tile.shape.label().len() as u32 }
pub fn tag() -> MiddleTag { MiddleTag { text: "m".to_string() } }
pub fn total<A: Area>(all: &[A]) -> u32 { all.iter().map(|a| a.plain()).sum() }
`,
  'app/Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nbase-lib = { path = "../base" }\nmiddle = { path = "../middle" }\n',
  'app/src/main.rs': `mod work;
use base_lib::{make_tag, Area, Failure, Quad, Shape};
use middle::{tile, Names};

make_tag!(AppTag);

struct Holder { shape: Shape, quad: Quad }

fn fallible() -> Result<u32, Failure> {
    let names: Names<String> = ["a", "b"].iter().map(|s| s.to_string()).collect();
    let held = Holder { shape: Shape::new("x").with(3), quad: Quad(2) };
    let copy = held.shape.clone();
    let label = copy.label();
    let other = held.quad.label();
    let tiled = tile("t").label();
    let all = names.all();
    let text = base_lib::shapes_named(&copy);
    if label.len() + other.len() + tiled.len() + all.len() + text > 9 { return Err("too long")?; }
    Ok(middle::relabel(&tile("y")) + middle::total(&[held.quad]) + held.quad.plain())
}

fn main() {
    let tag = AppTag { text: String::from("t") };
    let _ = tag.tag();
    let _ = middle::tag().tag();
    let _ = base_lib::owned("a");
    let _ = base_lib::owned(String::new());
    let _ = base_lib::quiet(1);
    let _ = base_lib::maybe(2);
    let _ = base_lib::boxed().count();
    let _ = fallible();
    let _ = work::run(1);
}
`,
  'app/src/work.rs': `use base_lib::Area;
pub async fn run(n: usize) -> usize { let text = base_lib::later(n).await; text.len() }
pub fn unit(area: &dyn Area<Unit = String>) -> usize { area.unit().len() + area.label().len() }
pub fn generic<A: Area>(area: &A) -> A::Unit { area.unit() }
pub fn used(shape: &base_lib::Shape) -> usize { generic(shape).len() + generic(&base_lib::Quad(1)) as usize + shape.count() }
pub struct Own { pub next: Option<std::rc::Rc<std::cell::RefCell<Own>>>, pub tile: middle::Tile }
`,
};

/** Options with another registry than none. */
export const rustOptions = (registry: string | null = null): LanguageOptions => ({ ...testOptions, rust: { registry } });

/** A Rust engine over sources and facts. */
export async function rustEngine(sources: Sources, facts: FactsStore = noFacts, registry: string | null = null): Promise<LanguageEngine> {
  const parser = await parserOf('rust');
  const environment: EngineEnvironment = { sources, facts, options: rustOptions(registry), parseFragment: (_, text) => parser.parseOnce(text) };
  return rustPlugin.createEngine(environment);
}

/** A store of these facts, by unit and by name; what is saved is added. */
export function factsStore(...all: readonly (UnitFacts | null)[]): FactsStore & { readonly saved: UnitFacts[] } {
  const known = new Map<string, UnitFacts>();
  const saved: UnitFacts[] = [];
  const add = (facts: UnitFacts): void => {
    known.set(facts.unit, facts);
    if (facts.name !== undefined) known.set(facts.name, facts);
  };
  for (const facts of all) if (facts !== null) add(facts);
  return { saved, load: (_, unit) => known.get(unit) ?? null, save: (facts) => { saved.push(facts); add({ ...facts, body: facts.body }); } };
}

/** The files below a directory, and the manifest of the workspace. */
export function filesBelow(files: Readonly<Record<string, string>>, directory: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(`${directory}/`)));
}
