//! What a mail says, read for a person who looks at it while it lies in no ticket. Nothing is kept.

use mail::read::read;
use mail::segments::segments;

use super::addressed::recipients;
use super::read::{bodies, clean};
use crate::record::message::{Recipients, Segment};

/// What a mail says.
#[derive(Clone, Debug)]
pub struct Glance {
    /// To whom it went.
    pub recipients: Recipients,
    /// The parts of its body.
    pub segments: Vec<Segment>,
    /// The names of its files; pictures inside the text and signatures are none.
    pub names: Vec<String>,
}

impl Glance {
    /// How many files it has.
    pub fn files(&self) -> u64 {
        self.names.len() as u64
    }
}

/// Reads a mail beside the others, because reading a large one takes a while. `None` for one that breaks the reader.
pub async fn glance(bytes: Vec<u8>) -> Option<Glance> {
    tokio::task::spawn_blocking(move || of(&bytes)).await.ok()
}

fn of(bytes: &[u8]) -> Glance {
    let mail = read(bytes);
    let (segments, _) = bodies(&segments(&mail));
    let files = mail.attachments.iter().filter(|file| !file.is_signature && !file.is_inline);
    let names = files.map(|file| clean(&file.name)).collect();
    Glance { recipients: recipients(&mail), segments, names }
}
