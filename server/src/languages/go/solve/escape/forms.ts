// The constructs that may allocate, as the escape walk finds them, and what it may already know about one when it sees it.

/** What a location of the escape graph stands for. Rules are dispatched by it. */
export const enum Form {
  /** A temporary of the analysis; no construct. */
  None = 0,
  /** A local variable. */
  Variable,
  Parameter,
  Result,
  /** `new(T)` and, from Go 1.26, `new(value)`. */
  New,
  /** `&T{…}`. */
  AddressedLiteral,
  SliceLiteral,
  MapLiteral,
  MakeSlice,
  MakeMap,
  MakeChannel,
  Append,
  /** A chain of `+` over strings. */
  Concatenation,
  /** `s += x` over strings. */
  ConcatenationAssignment,
  BytesToString,
  RunesToString,
  RuneToString,
  StringToBytes,
  StringToRunes,
  /** A value put into an interface. */
  Box,
  /** The slice that holds the arguments of a variadic parameter. */
  VariadicSlice,
  Closure,
  MethodValue,
  GoStatement,
  DeferStatement,
  RangeOverFunction,
  MapAssignment,
  /** A call whose callee allocates inside. */
  Call,
  /** A call through an interface (detail: its SelectionId) or through a package variable (detail: minus its object). */
  DynamicCall,
  Count,
}

/** Why a construct is known not to allocate, whatever becomes of its value. */
export const enum Free {
  No = 0,
  /** A constant: it lives in read-only data. */
  Constant,
  /** A composite literal of constants, or a zero value: read-only data. */
  ConstantComposite,
  /** The value is a pointer, map, channel or function, which an interface holds itself. */
  PointerShaped,
  ZeroSized,
  /** Fits a table of one-byte values. */
  OneByte,
  /** Initialises a package variable with data that the linker lays out. */
  StaticData,
  /** Folded at compile time. */
  Folded,
  /** Captures nothing: one static function value. */
  NoCapture,
  /** Called where it is written. */
  CalledAtOnce,
  /** Key of a map lookup, a comparison, a switch, a range, a length, an operand of `+`: the bytes are read in place. */
  ReadInPlace,
  /** Becomes part of the append around it. */
  Fused,
  /** No elements. */
  Empty,
  /** Between interfaces only the method table changes. */
  InterfaceToInterface,
  /** The deferred call is kept in the stack frame. */
  StackRecord,
  /** A known iterator that keeps its body to itself. */
  KnownIterator,
  /** The compiler drops code that never runs. */
  DeadCode,
  /** A read-only package variable. */
  ReadOnly,
  /** Compared with a value: only the bits are looked at. */
  Compared,
  /** Part of the string that an assignment with `+=` makes. */
  Joined,
  /** Converted to bytes that are a copy: the parts are joined in them. */
  JoinedAsBytes,
  /** The slice is known to have room for what is appended. */
  Fits,
}

/** Sentences for the hover, by reason. */
export const FREE_REASONS: Readonly<Record<number, string>> = {
  [Free.Constant]: 'A constant lives in read-only data; the interface points to it there.',
  [Free.ConstantComposite]: 'All its parts are constants, so the value lives in read-only data.',
  [Free.PointerShaped]: 'The value is a single pointer, which the interface holds directly.',
  [Free.ZeroSized]: 'A value without size needs no memory; all such values share one address.',
  [Free.OneByte]: 'A one-byte value is taken from a table that the runtime keeps.',
  [Free.StaticData]: 'The linker lays out this value; nothing is allocated when the program runs.',
  [Free.Folded]: 'The compiler evaluates it to a constant.',
  [Free.NoCapture]: 'It captures no variable, so the function value is static.',
  [Free.CalledAtOnce]: 'It is called where it is written, so no function value is made.',
  [Free.ReadInPlace]: 'The bytes are only read here, so they are not copied.',
  [Free.Fused]: 'The compiler grows the slice in place instead of making this one.',
  [Free.Empty]: 'It has no elements, so no memory is needed.',
  [Free.InterfaceToInterface]: 'From interface to interface only the method table changes.',
  [Free.StackRecord]: 'A defer outside of loops is kept in the stack frame.',
  [Free.KnownIterator]: 'The iterator is known and does not keep the loop body, which therefore stays on the stack.',
  [Free.DeadCode]: 'The compiler drops this code: it never runs.',
  [Free.ReadOnly]: 'The variable is read-only data already.',
  [Free.Compared]: 'For a comparison the value is looked at where it is.',
  [Free.Joined]: 'The assignment joins all parts at once into one new string.',
  [Free.JoinedAsBytes]: 'The conversion around it joins the parts in its own bytes, so no string is made in between.',
  [Free.Fits]: 'The slice is known to have room for what is appended.',
};

/** Whether a reason that the context of a node gives is one for this form: a node may be several. */
export function applies(reason: Free, form: Form): boolean {
  switch (reason) {
    case Free.Compared: return form === Form.Box;
    // Of runes only the number is ever wanted without a copy (`len([]rune(s))`): a string is made of them before it is compared or looked up.
    case Free.ReadInPlace: return form === Form.BytesToString || form === Form.StringToBytes || form === Form.StringToRunes;
    case Free.Fused: return form === Form.MakeSlice;
    case Free.CalledAtOnce: return form === Form.Closure;
    default: return false;
  }
}
