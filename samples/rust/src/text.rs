//! Text: copies, growth, and the forms that borrow.

use std::borrow::Cow;
use std::num::ParseIntError;

/// A title; cloning it copies the text.
#[derive(Clone, Debug, Default)]
pub struct Title {
    pub words: Vec<String>,
    pub width: usize,
}

/// Joins words; the result is one new String.
pub fn headline(words: &[&str]) -> String {
    let mut line = String::new();
    for word in words {
        line.push_str(word);
        line.push(' ');
    }
    format!("{} ({})", line.trim_end(), words.len())
}

/// The room is made once, so that pushing never has to.
pub fn doubled(numbers: &[u32]) -> Vec<u32> {
    let mut all = Vec::with_capacity(numbers.len());
    for number in numbers {
        all.push(number * 2);
    }
    all
}

/// Copies only when there is something to replace.
pub fn tidy(text: &str) -> Cow<'_, str> {
    if text.contains('\t') {
        Cow::Owned(text.replace('\t', " "))
    } else {
        Cow::Borrowed(text)
    }
}

/// A deep copy, field by field.
pub fn twice(title: &Title) -> (Title, Title) {
    (title.clone(), title.clone())
}

/// The message is built although it is needed only on failure.
pub fn first(words: &[String]) -> Result<&String, String> {
    words.first().ok_or(format!("no word among {}", words.len()))
}

/// A typed error needs no memory; behind `Box<dyn Error>` it does.
pub fn sum(numbers: &str) -> Result<u32, Box<dyn std::error::Error>> {
    let mut sum = 0;
    for part in numbers.split(',') {
        sum += part.trim().parse::<u32>()?;
    }
    Ok(sum)
}

/// The same with the error as it is.
pub fn sum_typed(numbers: &str) -> Result<u32, ParseIntError> {
    numbers.split(',').map(|part| part.trim().parse::<u32>()).sum()
}
