//! A file as a table: encoding and separator recognised, each row with its line. Pure.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::vcard;

/// Columns of a table.
pub const COLUMNS_MAX: usize = 100;
/// Rows of a table.
pub const ROWS_MAX: usize = 200_000;
/// Lines at which the separator is looked for.
const LINES_LOOKED_AT: usize = 5;

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What stands above the columns.
    pub header: Vec<String>,
    /// The rows that were wanted.
    pub rows: Vec<Row>,
    /// How many rows there are.
    pub all: usize,
    /// How it was read.
    pub form: Form,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line at which it begins, from 1.
    pub line: u64,
    /// The values.
    pub cells: Vec<String>,
    /// Whether its end is there.
    pub is_whole: bool,
}

/// How a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As CSV, with this separator and in this encoding.
    Csv(char, &'static str),
    /// As vCards.
    VCard,
}

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTable {
    /// There is nothing in it.
    Empty,
    /// It has other things than text in it: a spreadsheet, a picture.
    NoText,
    /// There is a header, but no row.
    NoRows,
    /// It has more rows or columns than can be taken.
    TooLarge,
}

/// Reads a file, and keeps only these of its rows: whoever takes over a large one step by step would
/// else pay for all rows at each step.
pub fn read(bytes: &[u8], wanted: Range<usize>) -> Result<Table, NoTable> {
    let (text, encoding) = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(NoTable::Empty);
    }
    if vcard::is_vcard(&text) {
        let table = vcard::read(&text)?;
        let rows = table.rows.into_iter().skip(wanted.start).take(wanted.len()).collect();
        return Ok(Table { rows, ..table });
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let separator = separator(&text);
    let mut reader = ReaderBuilder::new();
    let reader = reader.delimiter(separator).flexible(true).has_headers(false);
    let mut reader = reader.from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    reader.read_record(&mut record).map_err(|_| NoTable::Empty)?;
    let header = cells(&record);
    if header.len() > COLUMNS_MAX {
        return Err(NoTable::TooLarge);
    }
    let (mut rows, mut all) = (Vec::new(), 0);
    let mut lines = Lines { text: &text, line: 1, at: 0 };
    while reader.read_record(&mut record).unwrap_or(false) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if all == ROWS_MAX {
            return Err(NoTable::TooLarge);
        }
        if wanted.contains(&all) {
            let at = record.position().map_or(0, csv::Position::byte);
            let line = lines.line_at(usize::try_from(at).unwrap_or_default());
            rows.push(Row { line, cells: cells(&record), is_whole: true });
        }
        all += 1;
    }
    match all {
        0 => Err(NoTable::NoRows),
        _ => Ok(Table { header, rows, all, form: Form::Csv(char::from(separator), encoding) }),
    }
}

/// Counts lines, forwards. The reader's own count stands before the empty lines that it skips.
struct Lines<'a> {
    text: &'a str,
    line: u64,
    at: usize,
}

impl Lines<'_> {
    fn line_at(&mut self, begin: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let empty = bytes.get(begin..).unwrap_or_default();
        let empty = empty.iter().take_while(|byte| **byte == b'\n').count();
        let between = bytes.get(self.at..begin + empty).unwrap_or_default();
        let ends = between.iter().filter(|byte| **byte == b'\n').count();
        self.line += u64::try_from(ends).unwrap_or_default();
        self.at = begin + empty;
        self.line
    }
}

fn cells(record: &StringRecord) -> Vec<String> {
    record.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The text and the name of its encoding: what a mark says, else UTF-8, else Windows-1252, which most
/// spreadsheets of Western Europe write.
fn decode(bytes: &[u8]) -> Result<(String, &'static str), NoTable> {
    if bytes.is_empty() {
        return Err(NoTable::Empty);
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => without_mark(bytes),
    };
    let (text, _, _) = encoding.decode(bytes);
    match text.contains('\0') {
        true => Err(NoTable::NoText),
        false => Ok((text.into_owned(), encoding.name())),
    }
}

/// UTF-16 without a mark has a zero in every other byte.
fn without_mark(bytes: &[u8]) -> &'static Encoding {
    let zeros = |parity: usize| {
        let every = bytes.iter().skip(parity).step_by(2).take(200);
        every.filter(|byte| **byte == 0).count()
    };
    match (zeros(0), zeros(1)) {
        (even, _) if even > 50 => UTF_16BE,
        (_, odd) if odd > 50 => UTF_16LE,
        _ => WINDOWS_1252,
    }
}

/// The separator that most of the first lines have most often, outside of quotes.
fn separator(text: &str) -> u8 {
    let count = |separator: char| -> usize {
        let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES_LOOKED_AT);
        lines.map(|line| outside_quotes(line, separator)).min().unwrap_or(0)
    };
    let first =
        |separator: char| text.lines().next().map_or(0, |line| outside_quotes(line, separator));
    let best = [';', ',', '\t', '|'].into_iter().rev();
    let best = best.max_by_key(|separator| (count(*separator), first(*separator)));
    best.and_then(|separator| u8::try_from(separator).ok()).unwrap_or(b';')
}

fn outside_quotes(line: &str, separator: char) -> usize {
    let mut is_quoted = false;
    let counts = |c: char| {
        is_quoted ^= c == '"';
        c == separator && !is_quoted
    };
    line.chars().map(counts).filter(|is_one| *is_one).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> Result<Table, NoTable> {
        read(bytes, 0..ROWS_MAX)
    }

    fn rows(bytes: &[u8]) -> Vec<(u64, String)> {
        let table = whole(bytes).unwrap();
        table.rows.into_iter().map(|row| (row.line, row.cells.join("|"))).collect()
    }

    #[test]
    fn separator_and_encoding_are_recognised() {
        let form = |bytes: &[u8]| whole(bytes).unwrap().form;
        assert_eq!(
            form("Name;E-Mail\nMüller, A.;a@b.example\n".as_bytes()),
            Form::Csv(';', "UTF-8")
        );
        assert_eq!(form(b"Name,Mail\nM\xfcller,a@b.example\n"), Form::Csv(',', "windows-1252"));
        assert_eq!(form(b"\xef\xbb\xbfName\tMail\nA\tb@c.example\n"), Form::Csv('\t', "UTF-8"));
        let wide: Vec<u8> = "\u{feff}Name;Mail\r\nZoë;z@b.example\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(form(&wide), Form::Csv(';', "UTF-16LE"));
        assert_eq!(rows(&wide), [(2, "Zoë|z@b.example".to_owned())]);
        assert_eq!(rows(b"Name,Mail\nM\xfcller,a\n"), [(2, "Müller|a".to_owned())]);
    }

    #[test]
    fn rows_know_their_lines() {
        let text = "Name;Notiz\n\nAnn;\"zwei\nZeilen; ja\"\n;\nBo;kurz;zu viel\nCy\n";
        assert_eq!(
            rows(text.as_bytes()),
            [
                (3, "Ann|zwei\nZeilen; ja".to_owned()),
                (6, "Bo|kurz|zu viel".to_owned()),
                (7, "Cy".to_owned()),
            ]
        );
    }

    #[test]
    fn a_part_has_its_own_rows_with_their_lines() {
        let text = "Name;Mail\nAnn;a\n\n;\nBo;\"b\nc\"\nCy;d\n";
        let part = |wanted| {
            let table = read(text.as_bytes(), wanted).unwrap();
            (table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), table.all)
        };
        assert_eq!(part(0..10), (vec![2, 5, 7], 3));
        assert_eq!(part(1..2), (vec![5], 3));
        assert_eq!(part(3..9), (vec![], 3));
        let cards = "BEGIN:VCARD\nFN:Ann\nEND:VCARD\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n";
        let table = read(cards.as_bytes(), 1..2).unwrap();
        assert_eq!((table.rows.len(), table.rows[0].line, table.all), (1, 4, 2));
    }

    #[test]
    fn lines_are_counted_however_they_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["Name;Notiz", "Ann;kurz", "Bo;\"zwei", "Zeilen\"", "Cy;"].join(end);
            let lines: Vec<u64> = rows(text.as_bytes()).iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [2, 3, 5], "{end:?}");
        }
    }

    #[test]
    fn what_is_no_table_is_said() {
        assert_eq!(whole(b""), Err(NoTable::Empty));
        assert_eq!(whole(b" \r\n\n"), Err(NoTable::Empty));
        assert_eq!(whole(b"Name;Mail\n"), Err(NoTable::NoRows));
        assert_eq!(whole(b"PK\x03\x04\x00\x00\x00\x00\xff\xfe\x00"), Err(NoTable::NoText));
        assert_eq!(whole("a;".repeat(200).as_bytes()), Err(NoTable::TooLarge));
    }
}
