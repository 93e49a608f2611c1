//! Archives of mails on disk: mbox, maildir, single files. Read one mail after the other, so that
//! an archive of any size needs little memory.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The mails of an archive, and how far they were read.
pub struct Mails {
    source: Source,
    bytes_read: u64,
    bytes_total: u64,
}

enum Source {
    Mbox { reader: BufReader<File>, has_begun: bool },
    Files(std::vec::IntoIter<PathBuf>),
}

/// The mails of an mbox file (RFC 4155): each after a line that begins with "From ". A line that
/// begins with ">From " loses the ">" that writing the archive put there.
pub fn mbox(path: &Path) -> io::Result<Mails> {
    let file = File::open(path)?;
    let bytes_total = file.metadata()?.len();
    let reader = BufReader::with_capacity(1 << 20, file);
    Ok(Mails { source: Source::Mbox { reader, has_begun: false }, bytes_read: 0, bytes_total })
}

/// The mails of a maildir: the files in `cur` and `new`.
pub fn maildir(path: &Path) -> io::Result<Mails> {
    let mut files = Vec::new();
    for folder in ["cur", "new"] {
        let folder = path.join(folder);
        if folder.is_dir() {
            add_files(&folder, &mut files)?;
        }
    }
    if files.is_empty() && !path.join("cur").is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "there is no folder cur in it"));
    }
    Ok(of_files(files))
}

/// One file, or all files of a folder.
pub fn eml(path: &Path) -> io::Result<Mails> {
    let mut files = Vec::new();
    match path.is_dir() {
        true => add_files(path, &mut files)?,
        false => files.push(path.to_owned()),
    }
    Ok(of_files(files))
}

fn add_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn of_files(mut files: Vec<PathBuf>) -> Mails {
    files.sort();
    let bytes_total = files.len() as u64;
    Mails { source: Source::Files(files.into_iter()), bytes_read: 0, bytes_total }
}

impl Mails {
    /// How much of the archive was read.
    pub fn done_percent(&self) -> u8 {
        let percent = self.bytes_read.saturating_mul(100).checked_div(self.bytes_total);
        u8::try_from(percent.unwrap_or(100).min(100)).unwrap_or(100)
    }
}

impl Iterator for Mails {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.source {
            Source::Files(files) => {
                let file = files.next()?;
                self.bytes_read += 1;
                Some(fs::read(file))
            }
            Source::Mbox { reader, has_begun } => {
                let mail = next_of_mbox(reader, has_begun, &mut self.bytes_read);
                mail.transpose()
            }
        }
    }
}

fn next_of_mbox(
    reader: &mut BufReader<File>,
    has_begun: &mut bool,
    bytes_read: &mut u64,
) -> io::Result<Option<Vec<u8>>> {
    let mut mail = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)?;
        *bytes_read += length as u64;
        if length == 0 {
            return Ok((!mail.is_empty()).then_some(mail));
        }
        if line.starts_with(b"From ") {
            if std::mem::replace(has_begun, true) && !mail.is_empty() {
                drop_blank_end(&mut mail);
                return Ok(Some(mail));
            }
            continue;
        }
        *has_begun = true;
        let quoted = line.iter().take_while(|byte| **byte == b'>').count();
        let is_quoted =
            quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
        mail.extend_from_slice(line.get(usize::from(is_quoted)..).unwrap_or_default());
    }
}

/// The blank line before the next "From " belongs to the archive, not to the mail.
fn drop_blank_end(mail: &mut Vec<u8>) {
    for end in [b"\r\n\r\n".as_slice(), b"\n\n"] {
        if mail.ends_with(end) {
            mail.truncate(mail.len() - end.len() / 2);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mbox");
        fs::write(&path, text).unwrap();
        let mails = mbox(&path).unwrap();
        mails.map(|mail| String::from_utf8(mail.unwrap()).unwrap()).collect()
    }

    #[test]
    fn mails_of_an_mbox_are_told_apart_by_their_from_lines() {
        assert_eq!(
            mails(
                "From a Mon\nSubject: 1\n\nx\n\nFrom b Tue\nSubject: 2\n\n>From here\n>>From y\n"
            ),
            ["Subject: 1\n\nx\n", "Subject: 2\n\nFrom here\n>From y\n"]
        );
    }

    #[test]
    fn a_file_without_a_from_line_is_one_mail_and_an_empty_file_none() {
        assert_eq!(mails("Subject: 1\n\nx\n"), ["Subject: 1\n\nx\n"]);
        assert_eq!(mails(""), Vec::<String>::new());
        assert_eq!(mails("From a\n"), Vec::<String>::new());
    }
}
