//! Tasks and threads: who must own what they use, and who may borrow it.

use std::rc::Rc;
use std::sync::Arc;
use std::thread;

/// A spawned future must be `'static`: it cannot borrow what its caller holds.
pub async fn show(a: Arc<u32>) {
    println!("{a}");
}

/// Awaited in place, a borrow is enough, and nothing is allocated.
pub async fn show_borrowed(a: &u32) {
    println!("{a}");
}

/// Each thread needs a handle of its own; the numbers themselves are shared.
pub fn in_threads(numbers: Vec<u32>) -> u32 {
    let shared = Arc::new(numbers);
    let mine = Arc::clone(&shared);
    let sum = thread::spawn(move || mine.iter().sum::<u32>());
    let most = shared.iter().max().copied().unwrap_or(0);
    sum.join().unwrap_or(0) + most
}

/// The scope ends before the function does: its threads may borrow.
pub fn in_scope(numbers: &[u32]) -> u32 {
    thread::scope(|scope| scope.spawn(|| numbers.iter().sum()).join().unwrap_or(0))
}

/// Nobody else ever holds this Rc.
pub fn alone() -> usize {
    let list = Rc::new(vec![1, 2, 3]);
    list.len()
}
