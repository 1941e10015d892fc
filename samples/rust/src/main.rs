//! A tour of what allocates in Rust, and of what only looks as if it did.

mod graph;
mod text;
mod work;

use std::sync::Arc;

#[tokio::main]
async fn main() {
    let a = Arc::new(2);
    tokio::task::spawn(work::show(a));

    let b = 2;
    work::show_borrowed(&b).await;

    println!("{}", text::headline(&["heap", "light"]));
    println!("{}", graph::total(&graph::grow(4)));
    println!("{}", work::in_threads(vec![1, 2, 3]));
}
