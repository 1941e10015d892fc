// Programs of our own for the accuracy harness: many forms in little space, each run by a test so that generic code is instantiated.
pub mod inventory;
pub mod sharing;
pub mod texts;
