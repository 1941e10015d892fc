// Derives that make other impls than their name says. A derive that is not listed makes an impl of the trait of its name, where there is one.
const TRAITS: Readonly<Record<string, readonly string[]>> = {
  // thiserror 1 and 2, src/lib.rs; displaydoc, derive_more, strum: `Display` is that of std
  Error: ['::std::error::Error', '::std::fmt::Display'],
  Display: ['::std::fmt::Display'],
};

/** Paths of the traits that a derive implements, by the path it is written with. */
export function derivedTraits(path: string): readonly string[] {
  const name = path.slice(path.lastIndexOf(':') + 1);
  return Object.hasOwn(TRAITS, name) ? (TRAITS[name] ?? []) : [path];
}

/** Whether a derive makes a conversion from each field marked `#[from]`. */
export function derivesConversions(path: string): boolean {
  return path.endsWith('Error');
}
