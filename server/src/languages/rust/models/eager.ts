// Functions whose argument is evaluated although it is often not needed, and what to call instead.

const LAZY: Readonly<Record<string, string>> = {
  ok_or: 'ok_or_else', unwrap_or: 'unwrap_or_else', or: 'or_else', map_or: 'map_or_else', context: 'with_context', or_insert: 'or_insert_with', get_or_insert: 'get_or_insert_with', insert_or: 'insert_or_else', then_some: 'then', expect: 'unwrap_or_else', wrap_err: 'wrap_err_with',
};

/** The lazy form of a method, or undefined. */
export function lazyForm(method: string): string | undefined {
  return Object.hasOwn(LAZY, method) ? LAZY[method] : undefined;
}
