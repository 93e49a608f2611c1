//! vCards of versions 2.1, 3 and 4 (RFC 2426, RFC 6350) as a table: one row for each card. Only what a
//! contact has is read. Pure.

use super::column::Column;
use super::table::{Form, NoTable, ROWS_MAX, Row, Table};

/// Values of one kind that a card may have.
const VALUES_MAX: usize = 10;

/// Whether a text is a file of vCards.
pub fn is_vcard(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(11).collect();
    start.eq_ignore_ascii_case("BEGIN:VCARD")
}

#[derive(Default)]
struct Card {
    line: u64,
    name: String,
    parts: String,
    job: String,
    company: String,
    notes: String,
    language: String,
    addresses: Vec<String>,
    phones: Vec<String>,
    is_whole: bool,
}

/// Reads all cards. One whose end is missing is a row that says so.
pub fn read(text: &str) -> Result<Table, NoTable> {
    let mut cards = Vec::new();
    let mut open: Option<Card> = None;
    let mut agent = Agent::None;
    for (line, content) in unfolded(text) {
        let Some(property) = Property::parse(&content) else { continue };
        agent = agent.after(&property);
        match (property.name.as_str(), &mut open) {
            _ if matches!(agent, Agent::Inside | Agent::Over) => {}
            ("BEGIN", _) => cards.extend(open.replace(Card { line, ..Card::default() })),
            ("END", _) => cards.extend(open.take().map(|card| Card { is_whole: true, ..card })),
            (_, Some(card)) => card.take(&property),
            (_, None) => {}
        }
    }
    cards.extend(open);
    match cards.len() {
        0 => Err(NoTable::NoRows),
        1..=ROWS_MAX => Ok(table(&cards)),
        _ => Err(NoTable::TooLarge),
    }
}

/// A card within a card, as version 2.1 has it for somebody's assistant (`AGENT:`). It is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Agent {
    None,
    Announced,
    Inside,
    Over,
}

impl Agent {
    fn after(self, property: &Property) -> Self {
        match (self, property.name.as_str()) {
            (_, "AGENT") if property.value.trim().is_empty() => Self::Announced,
            (Self::Announced, "BEGIN") => Self::Inside,
            (Self::Inside, "END") => Self::Over,
            (Self::Inside, _) => Self::Inside,
            _ => Self::None,
        }
    }
}

fn table(cards: &[Card]) -> Table {
    let most = |count: fn(&Card) -> usize| cards.iter().map(count).max().unwrap_or(0);
    let addresses = most(|card| card.addresses.len()).clamp(1, VALUES_MAX);
    let phones = most(|card| card.phones.len()).clamp(1, VALUES_MAX);
    let columns =
        |column: Column, count: usize| std::iter::repeat_n(column.code().to_owned(), count);
    let fixed = [Column::Name, Column::Job, Column::Company, Column::Language, Column::Notes];
    let header = fixed.into_iter().map(|column| column.code().to_owned());
    let header = header.chain(columns(Column::Address, addresses));
    let header = header.chain(columns(Column::Phone, phones)).collect();
    let row = |card: &Card| {
        let name = if card.name.is_empty() { &card.parts } else { &card.name };
        let fixed = [name, &card.job, &card.company, &card.language, &card.notes];
        let mut cells: Vec<String> = fixed.into_iter().cloned().collect();
        let filled = |values: &[String], count: usize| {
            (0..count).map(|at| values.get(at).cloned().unwrap_or_default()).collect::<Vec<_>>()
        };
        cells.extend(filled(&card.addresses, addresses));
        cells.extend(filled(&card.phones, phones));
        Row { line: card.line, cells, is_whole: card.is_whole }
    };
    Table { header, rows: cards.iter().map(row).collect(), all: cards.len(), form: Form::VCard }
}

impl Card {
    fn take(&mut self, property: &Property) {
        let first = || unescaped(&property.value);
        match property.name.as_str() {
            "FN" => self.name = first(),
            "N" => self.parts = name_of(&property.value),
            "TITLE" | "ROLE" if self.job.is_empty() => self.job = first(),
            "ORG" => self.company = parts(&property.value).into_iter().next().unwrap_or_default(),
            "NOTE" => self.notes = first(),
            "LANG" | "LANGUAGE" => self.language = first(),
            "EMAIL" => {
                let value = first();
                let value = value.trim_start_matches("mailto:").to_owned();
                put(&mut self.addresses, value, property.is_preferred());
            }
            "TEL" => {
                let value = first();
                let value = value.trim_start_matches("tel:").to_owned();
                put(&mut self.phones, value, property.is_preferred());
            }
            _ => {}
        }
    }
}

fn put(values: &mut Vec<String>, value: String, is_preferred: bool) {
    if value.is_empty() || values.contains(&value) {
        return;
    }
    match is_preferred {
        true => values.insert(0, value),
        false => values.push(value),
    }
}

/// `N:Müller;Zoë;;Dr.;` is `Dr. Zoë Müller`.
fn name_of(value: &str) -> String {
    let parts = parts(value);
    let part = |at: usize| parts.get(at).map(String::as_str).unwrap_or_default();
    let words = [part(3), part(1), part(2), part(0), part(4)];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// One line of a card.
struct Property {
    name: String,
    parameters: Vec<String>,
    value: String,
}

impl Property {
    fn parse(line: &str) -> Option<Self> {
        let at = end_of_head(line)?;
        let (head, value) = line.split_at(at);
        let mut head = head.split(';');
        let name = head.next()?.rsplit('.').next()?.trim().to_uppercase();
        let parameters: Vec<String> = head.map(str::to_uppercase).collect();
        let value = value.get(1..).unwrap_or_default();
        let is_quoted = parameters.iter().any(|one| one.ends_with("QUOTED-PRINTABLE"));
        let value = if is_quoted { quoted_printable(value) } else { value.to_owned() };
        Some(Self { name, parameters, value })
    }

    fn is_preferred(&self) -> bool {
        let is_it = |one: &String| {
            one.starts_with("PREF") || one.contains("=PREF") || one.contains(",PREF")
        };
        self.parameters.iter().any(is_it)
    }
}

/// The colon behind the name and its parameters, some of which are quoted.
fn end_of_head(line: &str) -> Option<usize> {
    let mut is_quoted = false;
    let found = line.char_indices().find(|(_, c)| {
        is_quoted ^= *c == '"';
        *c == ':' && !is_quoted
    });
    found.map(|(at, _)| at)
}

/// The lines, each with those that continue it, and where it begins.
fn unfolded(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for (number, line) in (1_u64..).zip(text.lines()) {
        let continues = |before: &str| {
            before.ends_with('=') && before.to_uppercase().contains("QUOTED-PRINTABLE")
        };
        let is_end = line.trim_end().eq_ignore_ascii_case("END:VCARD");
        match (lines.last_mut(), line.strip_prefix([' ', '\t'])) {
            (Some((_, before)), Some(rest)) => before.push_str(rest),
            (Some((_, before)), None) if !is_end && continues(before) => {
                before.pop();
                before.push_str(line);
            }
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

/// The parts of a structured value.
fn parts(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for c in value.chars() {
        match (c, parts.last_mut()) {
            (';', _) if !is_escaped => parts.push(String::new()),
            (c, Some(part)) => {
                part.push(c);
                is_escaped = c == '\\' && !is_escaped;
                continue;
            }
            (_, None) => {}
        }
        is_escaped = false;
    }
    parts.iter().map(|part| unescaped(part)).collect()
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            c => text.push(c),
        }
    }
    text.trim().to_owned()
}

/// Quoted-printable of version 2.1 (RFC 2045 section 6.7), in UTF-8.
fn quoted_printable(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (first, byte) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            (first, _) => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Müller;Zoë;;Dr.;\r\nFN:Dr. Zoë Müller\r\n\
        ORG:Stadtwerke\\, Lindenau;Einkauf\r\nTITLE:Leitung\r\nEMAIL;TYPE=INTERNET:zoe@priv\r\n at.example\r\n\
        item1.EMAIL;TYPE=WORK,PREF:z.mueller@sw.example\r\nTEL;TYPE=CELL:0171 2\r\nNOTE:Eins\\nZwei\\; drei\r\n\
        END:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nN:Brandt;Katrin;;;\r\nTEL;VALUE=uri;PREF=1;TYPE=\"voice,home\":tel:+49-341-1\r\n\
        LANG:de\r\nEND:VCARD\r\n";

    #[test]
    fn cards_become_rows() {
        let table = read(CARDS).unwrap();
        assert_eq!(
            table.header,
            ["name", "job", "company", "language", "notes", "address", "address", "phone"]
        );
        assert_eq!(
            table.rows[0].cells,
            [
                "Dr. Zoë Müller",
                "Leitung",
                "Stadtwerke, Lindenau",
                "",
                "Eins\nZwei; drei",
                "z.mueller@sw.example",
                "zoe@privat.example",
                "0171 2",
            ]
        );
        assert_eq!((table.rows[0].line, table.rows[1].line), (1, 13));
        assert_eq!(table.rows[1].cells[0], "Katrin Brandt");
        assert_eq!(table.rows[1].cells[7], "+49-341-1");
        assert_eq!(table.rows[1].cells[3], "de");
    }

    #[test]
    fn old_and_broken_cards_are_read_as_far_as_they_can_be() {
        let old = "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB =\nM=\nEND:VCARD\n";
        assert_eq!(read(old).unwrap().rows[0].cells[0], "Zoë M=");
        let open = "BEGIN:VCARD\nFN:Ann\nnoch etwas\n:::\n";
        assert_eq!(read(open).unwrap().rows[0].cells[0], "Ann");
        assert!(!read(open).unwrap().rows[0].is_whole);
        let two = read(&format!("{open}BEGIN:VCARD\nFN:Ben\nEND:VCARD\n")).unwrap();
        let whole: Vec<(u64, bool)> = two.rows.iter().map(|row| (row.line, row.is_whole)).collect();
        assert_eq!(whole, [(1, false), (5, true)]);
        let agent =
            "BEGIN:VCARD\nFN:Ann\nAGENT:\nBEGIN:VCARD\nFN:Eva\nEND:VCARD\nTEL:0341 1\nEND:VCARD\n";
        let [row] = read(agent).unwrap().rows.try_into().unwrap();
        assert!(row.is_whole && row.cells.contains(&"Ann".to_owned()));
        assert!(row.cells.contains(&"0341 1".to_owned()));
        assert!(is_vcard("  begin:vcard\n") && !is_vcard("Name;BEGIN:VCARD"));
    }
}
