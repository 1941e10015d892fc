use shapes::shape;

fn main() {
    let square = shape("square", &[1, 1, 1, 1]);
    let copies: Vec<_> = (0..3).map(|_| square.clone()).collect();
    for copy in &copies {
        println!("{} {}", copy.describe(), copy.around());
    }
}
