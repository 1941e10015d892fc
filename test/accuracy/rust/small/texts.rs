// Text: what builds, converts and looks at it.
use std::borrow::Cow;
use std::fmt::{self, Write};

pub struct Point {
    pub x: i32,
    pub y: i32,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.x, self.y)
    }
}

pub fn label(point: &Point, name: Option<&str>) -> String {
    let place = point.to_string();
    match name {
        Some(name) => format!("{name} at {place}"),
        None => place,
    }
}

pub fn labels(points: &[Point]) -> usize {
    let mut length = 0;
    for point in points {
        let text = label(point, None);
        length += text.len() + usize::from(initial(&text) == '1');
    }
    length
}

pub fn cleaned(text: &str) -> Cow<'_, str> {
    if text.contains('\t') {
        Cow::Owned(text.replace('\t', " "))
    } else {
        Cow::Borrowed(text)
    }
}

pub fn joined(parts: &[&str]) -> String {
    let mut out = String::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push_str(part);
    }
    let _ = write!(out, " ({})", parts.len());
    out + ";"
}

pub fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

pub fn initial(text: &str) -> char {
    text.trim().chars().next().unwrap_or('-')
}

pub fn shout(text: &str) -> String {
    let upper = text.to_uppercase();
    let bytes = upper.clone().into_bytes();
    String::from_utf8_lossy(&bytes).into_owned()
}

pub fn number(text: &str) -> Result<i64, String> {
    text.trim().parse::<i64>().map_err(|error| error.to_string())
}

pub fn longest<'a>(texts: &[&'a str]) -> &'a str {
    texts.iter().copied().max_by_key(|text| text.len()).unwrap_or("")
}

pub fn fallback(text: Option<&str>) -> String {
    text.map_or_else(|| String::from("none"), |text| text.to_ascii_lowercase())
}

pub fn empty() -> String {
    String::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs() {
        assert_eq!(label(&Point { x: 1, y: 2 }, Some("home")), "home at 1,2");
        assert_eq!(label(&Point { x: 1, y: 2 }, None), "1,2");
        assert_eq!(labels(&[Point { x: 1, y: 2 }]), 4);
        assert_eq!(cleaned("a\tb"), "a b");
        assert_eq!(joined(&["a", "b"]), "a,b (2);");
        assert_eq!(words("a b").len() + shout("x").len() + fallback(None).len() + empty().len(), 7);
        assert_eq!(number("4"), Ok(4));
        assert_eq!(longest(&["a", "bb"]), "bb");
        assert_eq!(initial(" x"), 'x');
    }
}
