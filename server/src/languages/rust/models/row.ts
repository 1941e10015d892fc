// The form of Rust's model rows and the words they are written with. Rows say what a library function does to the heap; they hold no syntax
// and no control flow. What depends on types is a delegation: "costs what that other function costs for these types".
import type { ModelRow, Provenance } from '../../../analysis/model.js';
import type { AllocationKind, Certainty } from '../../../analysis/site.js';

/**
 * A type at a call, as a row names it: `self` (the receiver, or the type a path call names), `result`, `arg.N` (type of argument N, the receiver not counted),
 * `closure.N` (what the function or closure in argument N returns), each with `.0`, `.1` … for its generic arguments and `*` for the target of a reference.
 */
export type Slot = string;

/** Another function whose cost is part of a row's: a method of a trait for the types at hand, or a function value that is called. */
export type Delegation =
  | { readonly trait: string; readonly method: string; readonly on: Slot; readonly with: Slot | null }
  | { readonly calls: number };

/** What a Rust library function does to the heap. */
export type RustEffect =
  | { readonly does: 'nothing'; readonly reason: string }
  | { readonly does: 'allocates'; readonly kind: AllocationKind; readonly what: string; readonly certainty: Certainty; readonly when: string | null; readonly unless: string | null }
  | { readonly does: 'counts'; readonly atomic: boolean }
  /** Costs what `also` says, and nothing of its own. */
  | { readonly does: 'delegates' };

/** One fact about one function. */
export interface RustRow extends Omit<ModelRow, 'effect'> {
  readonly effect: RustEffect;
  /** Further functions it calls for the types at hand. */
  readonly also: readonly Delegation[];
  /** Whether `also` happens on some calls only. */
  readonly sometimes: boolean;
  /** Bytes that land on the heap: size of the type in `of`, plus `plus`. Null when it is not known from types. */
  readonly size: { readonly of: Slot; readonly plus: number } | null;
  /** Rust text of the result's type, for a function whose source is not on disk; null where the row says nothing of it. */
  readonly result: string | null;
  /** The allocation has no memory when this type has size zero. */
  readonly freeWhenZeroSized: Slot | null;
  /** The allocation has no memory when this type is a number, `bool` or `()`. */
  readonly freeForNumbers: Slot | null;
}

/** What a row may add to its plain meaning. */
export interface RowOptions {
  readonly when?: string;
  readonly unless?: string;
  readonly certainty?: Certainty;
  readonly rule?: string;
  readonly instead?: string;
  readonly also?: readonly Delegation[];
  /** `also` happens on some calls only. */
  readonly sometimes?: boolean;
  readonly size?: { readonly of: Slot; readonly plus: number };
  readonly freeWhenZeroSized?: Slot;
  readonly freeForNumbers?: Slot;
}

/** A row before its type is known. */
export type OpenRow = (prefix: string, provenance: Provenance) => readonly RustRow[];

const base = { also: [], sometimes: false, size: null, result: null, freeWhenZeroSized: null, freeForNumbers: null } as const;

function rows(names: string, make: (path: string, provenance: Provenance) => RustRow): OpenRow {
  return (prefix, provenance) => names.split(' ').map((name) => make(prefix === '' ? name : `${prefix}::${name}`, provenance));
}

/** Methods (several names apart by blanks) that allocate at each call with ordinary values. */
export function allocates(names: string, kind: AllocationKind, what: string, options: RowOptions = {}): OpenRow {
  const certainty = options.certainty ?? 'always';
  const effect = { does: 'allocates', kind, what, certainty, when: options.when ?? null, unless: options.unless ?? null } as const;
  return rows(names, (path, provenance) => ({
    ...base, path, provenance, effect, rule: options.rule ?? null, instead: options.instead ?? null, also: options.also ?? [], sometimes: options.sometimes ?? false, size: options.size ?? null,
    freeWhenZeroSized: options.freeWhenZeroSized ?? null, freeForNumbers: options.freeForNumbers ?? null,
  }));
}

/** Methods that need more room when what is there does not suffice. */
export function grows(names: string, what: string, when: string, options: RowOptions = {}): OpenRow {
  return allocates(names, 'growth', what, { certainty: 'conditional', when, rule: 'rust/growth', ...options });
}

/** Methods that copy content into new memory. */
export function copies(names: string, what: string, options: RowOptions = {}): OpenRow {
  return allocates(names, 'copy', what, options);
}

/** Methods that allocate or not, depending on a value: `when` says on what. */
export function mayAllocate(names: string, kind: AllocationKind, what: string, when: string, options: RowOptions = {}): OpenRow {
  return allocates(names, kind, what, { certainty: 'conditional', when, ...options });
}

/** Methods known to allocate nothing although they look as if they did; the hover says the reason. */
export function neutral(names: string, reason: string, options: RowOptions = {}): OpenRow {
  return rows(names, (path, provenance) => ({ ...base, path, provenance, effect: { does: 'nothing', reason }, rule: options.rule ?? null, instead: null }));
}

/** Methods that bump a reference count. */
export function counts(names: string, atomic: boolean): OpenRow {
  return rows(names, (path, provenance) => ({ ...base, path, provenance, effect: { does: 'counts', atomic }, rule: null, instead: null }));
}

/** Methods that cost what other functions cost. */
export function delegates(names: string, ...also: readonly Delegation[]): OpenRow {
  return rows(names, (path, provenance) => ({ ...base, path, provenance, effect: { does: 'delegates' }, also, rule: null, instead: null }));
}

/** The same, on some calls only (the value is missing, the entry is vacant). */
export function sometimes(names: string, ...also: readonly Delegation[]): OpenRow {
  return rows(names, (path, provenance) => ({ ...base, path, provenance, effect: { does: 'delegates' }, also, sometimes: true, rule: null, instead: null }));
}

/** `<on as trait<with>>::method`. */
export function via(on: Slot, method: `${string}::${string}`, argument: Slot | null = null): Delegation {
  const at = method.indexOf('::');
  return { trait: method.slice(0, at), method: method.slice(at + 2), on, with: argument };
}

/** Argument `index` is called. */
export function calls(index: number): Delegation {
  return { calls: index };
}

/** Rows of a type's own methods, a trait's methods, or (with a module's path) of functions. Modules may be left out of a path, order matters. */
export function modelsOf(path: string, provenance: Provenance, open: readonly OpenRow[]): readonly RustRow[] {
  return open.flatMap((row) => row(path, provenance));
}

/**
 * Rows of `impl trait for type`; the names are the trait's methods. The type is its path or a shape (`str`, `[]`, `&`, `char`); a shape of the trait's first
 * argument may follow the trait's name: `From<&str>`.
 */
export function implOf(type: string, trait: string, provenance: Provenance, open: readonly OpenRow[]): readonly RustRow[] {
  return open.flatMap((row) => row(`<${type} as ${trait}>`, provenance));
}
