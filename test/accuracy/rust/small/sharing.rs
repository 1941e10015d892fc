// Boxes, counted values, threads, channels, boxed errors.
use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;
use std::rc::Rc;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;

pub trait Shape {
    fn area(&self) -> f64;
    fn name(&self) -> String {
        String::from("shape")
    }
}

pub struct Square(pub f64);

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
}

pub fn shapes() -> Vec<Box<dyn Shape>> {
    vec![Box::new(Square(1.0)), Box::new(Square(2.0))]
}

pub fn areas(shapes: &[Box<dyn Shape>]) -> f64 {
    shapes.iter().map(|shape| shape.area()).sum()
}

pub fn named(shapes: &[Box<dyn Shape>]) -> usize {
    shapes.iter().map(|shape| shape.name().len()).sum()
}

pub fn counted(words: &'static [&'static str]) -> usize {
    let table = Arc::new(Mutex::new(HashMap::new()));
    let mut handles = Vec::new();
    for word in words {
        let table = Arc::clone(&table);
        handles.push(thread::spawn(move || {
            let mut table = table.lock().unwrap();
            *table.entry(word.len()).or_insert(0) += 1;
        }));
    }
    for handle in handles {
        handle.join().unwrap();
    }
    let table = table.lock().unwrap();
    table.len()
}

pub fn sent(count: usize) -> usize {
    let (sender, receiver) = mpsc::channel();
    for i in 0..count {
        sender.send(i).unwrap();
    }
    drop(sender);
    receiver.into_iter().sum()
}

pub struct Node {
    pub value: u32,
    pub children: RefCell<Vec<Rc<Node>>>,
}

pub fn tree() -> u32 {
    let leaf = Rc::new(Node { value: 1, children: RefCell::new(Vec::new()) });
    let root = Node { value: 2, children: RefCell::new(vec![Rc::clone(&leaf)]) };
    root.children.borrow_mut().push(leaf.clone());
    let sum: u32 = root.children.borrow().iter().map(|node| node.value).sum();
    sum + root.value
}

pub fn checked(text: &str) -> Result<u32, Box<dyn Error>> {
    let number: u32 = text.parse()?;
    if number > 9 {
        return Err("too large".into());
    }
    Ok(number)
}

pub fn shared_text(text: String) -> Arc<str> {
    Arc::from(text)
}

pub fn unit() -> Box<()> {
    Box::new(())
}

pub fn apply(f: &dyn Fn(u32) -> u32) -> u32 {
    f(1)
}

pub fn adders(by: u32) -> Vec<Box<dyn Fn(u32) -> u32>> {
    let mut list: Vec<Box<dyn Fn(u32) -> u32>> = Vec::new();
    list.push(Box::new(move |n| n + by));
    list.push(Box::new(|n| n + 1));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs() {
        assert_eq!(areas(&shapes()), 5.0);
        assert_eq!(named(&shapes()), 10);
        assert_eq!(counted(&["a", "bb"]), 2);
        assert_eq!(sent(3), 3);
        assert_eq!(tree(), 4);
        assert_eq!(checked("4").unwrap(), 4);
        assert!(checked("44").is_err());
        assert_eq!(shared_text("a".to_string()).len(), 1);
        assert_eq!(adders(2).iter().map(|f| apply(f)).sum::<u32>(), 5);
        assert_eq!(*unit(), ());
    }
}
