// Definitions of the standard library that the language itself speaks of (lang items): the traits behind operators, closures, loops; `Box`, `Range`.
import { PathRoot } from '../declare/facts.js';
import type { Signatures } from '../resolve/signatures.js';
import { Space } from '../resolve/names.js';
import { PRIM_BASE, Prim, type DefId, type TypeId } from './typeTable.js';

/** What the language knows of a trait. */
export type TraitRole = 'fn' | 'future' | 'sized' | 'auto' | 'clone' | 'copy' | 'tuple' | 'pointee' | 'discriminant' | 'none';

const PATHS: Readonly<Record<string, string>> = {
  Deref: 'ops::Deref', DerefMut: 'ops::DerefMut', Index: 'ops::Index', IndexMut: 'ops::IndexMut', Fn: 'ops::Fn', FnMut: 'ops::FnMut', FnOnce: 'ops::FnOnce',
  Add: 'ops::Add', Sub: 'ops::Sub', Mul: 'ops::Mul', Div: 'ops::Div', Rem: 'ops::Rem', BitAnd: 'ops::BitAnd', BitOr: 'ops::BitOr', BitXor: 'ops::BitXor', Shl: 'ops::Shl', Shr: 'ops::Shr',
  AddAssign: 'ops::AddAssign', SubAssign: 'ops::SubAssign', MulAssign: 'ops::MulAssign', DivAssign: 'ops::DivAssign', RemAssign: 'ops::RemAssign', BitAndAssign: 'ops::BitAndAssign', BitOrAssign: 'ops::BitOrAssign',
  BitXorAssign: 'ops::BitXorAssign', ShlAssign: 'ops::ShlAssign', ShrAssign: 'ops::ShrAssign', Neg: 'ops::Neg', Not: 'ops::Not', PartialEq: 'cmp::PartialEq', PartialOrd: 'cmp::PartialOrd',
  Iterator: 'iter::Iterator', IntoIterator: 'iter::IntoIterator', Future: 'future::Future', IntoFuture: 'future::IntoFuture', Try: 'ops::Try', From: 'convert::From', Into: 'convert::Into',
  Clone: 'clone::Clone', Copy: 'marker::Copy', Sized: 'marker::Sized', Send: 'marker::Send', Sync: 'marker::Sync', Unpin: 'marker::Unpin', Tuple: 'marker::Tuple', Destruct: 'marker::Destruct', Freeze: 'marker::Freeze',
  UnwindSafe: 'panic::UnwindSafe', RefUnwindSafe: 'panic::RefUnwindSafe', Pointee: 'ptr::Pointee', DiscriminantKind: 'marker::DiscriminantKind', Drop: 'ops::Drop', Allocator: 'alloc::Allocator', Borrow: 'borrow::Borrow',
  AsyncFn: 'ops::AsyncFn', AsyncFnMut: 'ops::AsyncFnMut', AsyncFnOnce: 'ops::AsyncFnOnce', PointerLike: 'marker::PointerLike', MetaSized: 'marker::MetaSized', PointeeSized: 'marker::PointeeSized', Thin: 'ptr::Thin',
  Option: 'option::Option', Result: 'result::Result', Range: 'ops::Range', RangeInclusive: 'ops::RangeInclusive', RangeFrom: 'ops::RangeFrom', RangeTo: 'ops::RangeTo', RangeToInclusive: 'ops::RangeToInclusive', RangeFull: 'ops::RangeFull',
  Poll: 'task::Poll', ControlFlow: 'ops::ControlFlow', Arguments: 'fmt::Arguments', Pin: 'pin::Pin', Display: 'fmt::Display', Debug: 'fmt::Debug', CStr: 'ffi::CStr', Location: 'panic::Location', Pattern: 'str::pattern::Pattern',
};

const ROLES: Readonly<Record<string, TraitRole>> = {
  Fn: 'fn', FnMut: 'fn', FnOnce: 'fn', AsyncFn: 'fn', AsyncFnMut: 'fn', AsyncFnOnce: 'fn', Future: 'future', Sized: 'sized', Send: 'auto', Sync: 'auto', Unpin: 'auto', Destruct: 'auto', Freeze: 'auto', UnwindSafe: 'auto', RefUnwindSafe: 'auto',
  MetaSized: 'auto', PointeeSized: 'auto', Clone: 'clone', Copy: 'copy', Tuple: 'tuple', Pointee: 'pointee', Thin: 'auto', DiscriminantKind: 'discriminant',
};

/** Looks lang items up once. */
export class Known {
  readonly #defs = new Map<string, DefId>();
  readonly #roles = new Map<DefId, TraitRole>();
  #loaded = false;
  readonly target: number;
  readonly output: number;
  readonly item: number;
  readonly isize: TypeId = PRIM_BASE + Prim.Isize;

  constructor(readonly signatures: Signatures) {
    const { symbols } = signatures.world;
    this.target = symbols.intern('Target');
    this.output = symbols.intern('Output');
    this.item = symbols.intern('Item');
  }

  clear(): void {
    this.#defs.clear();
    this.#roles.clear();
    this.#loaded = false;
  }

  /** A trait (or type) by its short name; 0 when the standard library is not at hand. */
  trait(name: string): DefId {
    if (!this.#loaded) this.#load();
    return this.#defs.get(name) ?? 0;
  }

  traitRole(trait: DefId): TraitRole {
    if (!this.#loaded) this.#load();
    return this.#roles.get(trait) ?? 'none';
  }

  #load(): void {
    this.#loaded = true;
    const { world } = this.signatures;
    const core = world.load('core');
    if (core === null) return;
    for (const [name, path] of Object.entries(PATHS)) {
      const def = this.signatures.names.path(core.root, PathRoot.Crate, path.split('::').map((s) => world.symbols.intern(s)), Space.Type);
      if (def === 0) continue;
      this.#defs.set(name, def);
      const role = ROLES[name];
      if (role !== undefined) this.#roles.set(def, role);
    }
    const alloc = world.load('alloc');
    if (alloc !== null) {
      for (const [name, path] of [['Box', 'boxed::Box'], ['String', 'string::String'], ['Vec', 'vec::Vec'], ['Rc', 'rc::Rc'], ['Arc', 'sync::Arc'], ['Global', 'alloc::Global']] as const) {
        const def = this.signatures.names.path(alloc.root, PathRoot.Crate, path.split('::').map((s) => world.symbols.intern(s)), Space.Type);
        if (def !== 0) this.#defs.set(name, def);
      }
    }
  }
}
