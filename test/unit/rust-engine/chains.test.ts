// The chain of a call ends in what the call is said to allocate, also where types of the caller decide what that is.
import { expect, it } from 'vitest';
import { memorySources, noFacts } from '../../support/engine.js';
import { rustEngine } from '../../support/rustCrates.js';

const TEXT = `fn clean(text: &str) -> String { let mut out = String::new(); if text.len() > 3 { out.push('x'); } out }
pub fn say(text: impl Into<String>) -> usize { let text = text.into(); clean(&text).len() }
fn through(n: usize) -> usize { say(n.to_string()) }
pub fn owned() -> usize { say(String::new()) }
pub fn borrowed() -> usize { say("text") }
pub fn deep(n: usize) -> usize { through(n) }
pub fn shown<W: std::io::Write>(mut out: W) { let _ = writeln!(out, "x"); }
pub fn open<W: std::io::Write>(out: W) { shown(out) }
`;

it('chains end in what is said', async () => {
  const engine = await rustEngine(await memorySources({ 'Cargo.toml': '[package]\nname = "one"\nversion = "0.1.0"\nedition = "2021"\n', 'src/lib.rs': TEXT }), noFacts);
  const sites = (engine.report('src/lib.rs')?.sites ?? []).filter((site) => site.kind === 'callee');
  const told = sites.map((site) => [TEXT.slice(site.start, site.end), site.what, site.callees.map((link) => link.function.replace('one::', '')).join(' > '), site.callees.at(-1)?.what]);
  expect(told).toEqual([
    ['clean(&text)', 'text buffer', 'clean', 'text buffer'],
    ['say(n.to_string())', 'text buffer', 'say > clean', 'text buffer'],
    ['say(String::new())', 'text buffer', 'say > clean', 'text buffer'],
    ['say("text")', 'copied text', 'say', 'copied text'],
    ['through(n)', 'new String', 'through', 'new String'],
    ['shown(out)', 'new memory', 'shown', 'new memory'],
  ]);
  expect(sites.at(-1)?.when).toBe('a type that its caller chooses allocates');
});
