//! Shapes and what they are called.

/// A shape with a name of its own.
#[derive(Clone)]
pub struct Shape {
    pub name: String,
    pub sides: Vec<u32>,
}

/// Makes a shape.
pub fn shape(name: &str, sides: &[u32]) -> Shape {
    Shape { name: name.to_owned(), sides: sides.to_vec() }
}

impl Shape {
    /// Allocates nothing.
    pub fn around(&self) -> u32 {
        self.sides.iter().sum()
    }

    /// A text that describes the shape.
    pub fn describe(&self) -> String {
        format!("{} of {}", self.name, self.around())
    }
}
