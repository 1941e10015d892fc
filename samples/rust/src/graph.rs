//! Boxes, shared nodes, and a ring that never ends.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::{Rc, Weak};

/// A tree owns its children: one box each.
pub struct Tree {
    pub value: u32,
    pub left: Option<Box<Tree>>,
    pub right: Option<Box<Tree>>,
}

/// Grows a tree; each node is a heap block.
pub fn grow(depth: u32) -> Tree {
    if depth == 0 {
        return Tree { value: 0, left: None, right: None };
    }
    Tree { value: depth, left: Some(Box::new(grow(depth - 1))), right: None }
}

/// Adds up a tree without allocating.
pub fn total(tree: &Tree) -> u32 {
    tree.value + tree.left.as_deref().map_or(0, total) + tree.right.as_deref().map_or(0, total)
}

/// Neighbours hold each other: a ring of them is never freed.
pub struct Neighbour {
    pub name: &'static str,
    pub others: RefCell<Vec<Rc<Neighbour>>>,
}

/// The way back is weak: nothing keeps itself alive.
pub struct Member {
    pub team: RefCell<Weak<Member>>,
    pub below: RefCell<Vec<Rc<Member>>>,
}

/// An empty map owns nothing until its first entry.
pub fn count(words: &[&'static str]) -> HashMap<&'static str, usize> {
    let mut seen = HashMap::new();
    for word in words {
        *seen.entry(*word).or_insert(0) += 1;
    }
    seen
}

/// A value of size zero needs no heap block.
pub fn nothing() -> Box<()> {
    Box::new(())
}
