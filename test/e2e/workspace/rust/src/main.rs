//! What the editor must show: each `hint:` is the hint of its line, and every other line has none.
use std::rc::Rc;

fn main() {
    let number = Box::new(7u64); // hint: ⬢ box 8 B
    let mut words: Vec<String> = Vec::new();
    for word in ["heap", "light"] {
        words.push(word.to_string()); // hint: ⬢ copy ×loop | ⬡ grows ×loop
    }
    let shared = Rc::new(words); // hint: ⬢ refcounted 40 B
    let again = Rc::clone(&shared);
    let nothing = Box::new(());
    println!("{number} {} {nothing:?}", again.len());
    std::thread::spawn(move || println!("{number}")).join().unwrap(); // hint: ⬢ task
}
