//! Signs beyond the basic plane before a site: its column is counted in UTF-16 units.
pub fn signs() -> (&'static str, Box<u8>) {
    let crab = "🦀🦀🦀"; let boxed = Box::new(1u8); // hint: ⬢ box 1 B
    (crab, boxed)
}
