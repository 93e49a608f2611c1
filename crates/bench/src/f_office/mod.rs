//! What an office does beside its tickets: settings, customers, several processes, moving (F1 to F4).

pub mod contacts;
pub mod moving;
pub mod pages;
pub mod two;
