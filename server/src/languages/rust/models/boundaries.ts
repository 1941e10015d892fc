// What a value crosses when it goes into a closure or future that runs elsewhere: what is spawned must be 'static, unless a scope waits for it.

/** Rules of calls that run what they are given as a task or thread of its own. */
const SPAWNS: ReadonlySet<string> = new Set(['rust/task-spawn', 'rust/thread-spawn']);

/** Spawns whose closure may borrow what outlives their scope. From the bounds `F: FnOnce(…) + Send + 'scope` in std/src/thread/scoped.rs and builder.rs, crossbeam-utils 0.8 src/thread.rs, rayon-core 1.13 src/scope/mod.rs. */
const SCOPED: ReadonlySet<string> = new Set([
  'std::thread::scoped::Scope::spawn', 'std::thread::builder::Builder::spawn_scoped', 'crossbeam_utils::thread::Scope::spawn', 'crossbeam_utils::thread::ScopedThreadBuilder::spawn',
  'rayon_core::scope::Scope::spawn', 'rayon_core::scope::Scope::spawn_broadcast', 'rayon_core::scope::ScopeFifo::spawn_fifo',
]);

/** Whether a call with this rule runs its argument as a task or thread of its own. */
export function isSpawn(rule: string | null): boolean {
  return rule !== null && SPAWNS.has(rule);
}

/** Whether what this function spawns may borrow. `path` is the canonical path of the function. */
export function isScopedSpawn(path: string): boolean {
  return SCOPED.has(path);
}
