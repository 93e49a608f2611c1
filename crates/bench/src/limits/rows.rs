//! What a help desk must write for a mail at least: a ticket for six of ten, a message with its
//! words in the index, a file for two of ten.

use crate::chance::Chance;
use crate::text::{self, Planted};

/// Bytes of a file.
pub const FILE_BYTES: usize = 50 * 1024;

/// The texts of one mail.
pub struct Texts {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Texts of so many mails.
pub fn texts(count: usize) -> Vec<Texts> {
    let mut chance = Chance::new(0x4C69_6D69);
    let mut one = || {
        let paragraphs = text::paragraphs(&mut chance, Planted::Nothing);
        let subject = text::subject(&mut chance);
        let html = text::html(&paragraphs, &text::person(&mut chance), "utf-8");
        Texts { subject, text: paragraphs.join("\n\n"), html }
    };
    (0..count).map(|_| one()).collect()
}
