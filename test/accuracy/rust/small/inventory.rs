// Collections: what fills, copies and converts them.
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    pub name: String,
    pub count: u32,
    pub tags: Vec<String>,
}

impl Item {
    pub fn new(name: &str, count: u32) -> Self {
        Item { name: name.to_string(), count, tags: Vec::new() }
    }

    pub fn tagged(mut self, tag: &str) -> Self {
        self.tags.push(tag.into());
        self
    }

    pub fn first_tag(&self) -> Option<&str> {
        self.tags.first().map(|tag| tag.as_str())
    }
}

#[derive(Default)]
pub struct Inventory {
    items: BTreeMap<String, Item>,
    recent: VecDeque<String>,
}

impl Inventory {
    pub fn add(&mut self, item: Item) {
        self.recent.push_back(item.name.clone());
        if self.recent.len() > 3 {
            self.recent.pop_front();
        }
        self.items.insert(item.name.clone(), item);
    }

    pub fn restock(&mut self, name: &str) {
        let item = self.find(name).unwrap_or_else(|| Item::new(name, 0));
        self.add(item);
    }

    pub fn is_low(&self) -> bool {
        self.total() < 2
    }

    pub fn total(&self) -> u32 {
        self.items.values().map(|item| item.count).sum()
    }

    pub fn find(&self, name: &str) -> Option<Item> {
        self.items.get(name).cloned()
    }

    pub fn names(&self) -> Vec<&str> {
        self.items.keys().map(|name| name.trim()).collect()
    }

    pub fn by_tag(&self) -> HashMap<&str, Vec<u32>> {
        let mut groups: HashMap<&str, Vec<u32>> = HashMap::new();
        for item in self.items.values() {
            if let Some(tag) = item.first_tag() {
                groups.entry(tag).or_default().push(item.count);
            }
        }
        groups
    }

    pub fn recent(&self) -> impl Iterator<Item = &String> + '_ {
        self.recent.iter().rev()
    }
}

pub fn unique(numbers: &[u32]) -> usize {
    let seen: HashSet<u32> = numbers.iter().copied().collect();
    seen.len()
}

pub fn doubled(numbers: Vec<u32>) -> Vec<u32> {
    numbers.into_iter().map(|n| n * 2).collect()
}

pub fn reserved(count: usize) -> Vec<usize> {
    let mut list = Vec::with_capacity(count);
    for i in 0..count {
        list.push(i * i);
    }
    list.sort_unstable();
    list.retain(|n| n % 2 == 0);
    list
}

pub fn pair<T: Clone>(value: &T) -> (T, T) {
    (value.clone(), value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs() {
        let mut inventory = Inventory::default();
        inventory.add(Item::new("nail", 4).tagged("iron"));
        assert_eq!(inventory.total(), 4);
        inventory.restock("nail");
        inventory.restock("bolt");
        assert!(!inventory.is_low());
        assert_eq!(inventory.find("nail").map(|item| item.count), Some(4));
        assert_eq!(inventory.names().len() + inventory.by_tag().len() + inventory.recent().count(), 6);
        assert_eq!(unique(&[1, 1, 2]) + doubled(vec![1]).len() + reserved(3).len(), 5);
        assert_eq!(pair(&1u8).0, 1);
        assert_eq!(pair(&Item::default()).1.count, 0);
    }
}
