//! A row as a person with a company, or what is wrong with it. Pure.

use values::{EmailAddress, Language};

use super::column::Column;
use super::table::Row;
use crate::api::{line, written};
use crate::feature::companies::{self, NUMBER_LETTERS_MAX};
use crate::feature::contacts::{Fields, LINE_LETTERS_MAX, NOTES_LETTERS_MAX, PHONE_LETTERS_MAX};

/// A person as a row describes it. What is empty in the file says nothing.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The fields but the company, addresses and telephone numbers as the row has them.
    pub fields: Fields,
    /// The company.
    pub company: Option<Firm>,
}

/// The company of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firm {
    /// The name; empty if the row has only a number.
    pub name: String,
    /// The customer number.
    pub number: Option<String>,
    /// The domain.
    pub domain: Option<String>,
}

/// Why a row cannot be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has so many values, and the header so many columns.
    Cells(usize, usize),
    /// Its end is missing.
    Cut,
    /// It has neither a name nor an address nor a company.
    Nobody,
    /// This is no address.
    NoAddress(String),
    /// A value of this column is too long.
    TooLong(Column),
    /// This is no domain.
    NoDomain(String),
    /// Anybody can have an address in this domain.
    DomainOfEverybody(String),
    /// A mailbox or a sender of ours has this domain.
    DomainOurs(String),
    /// Another company has this domain.
    DomainTaken(String),
    /// Another company has this customer number.
    NumberTaken(String),
    /// Its addresses belong to two contacts.
    TwoContacts,
    /// An address belongs to a mailbox of ours.
    Ours(String),
    /// A contact with one of its addresses cannot be changed by the reader.
    Hidden,
    /// Several companies have the name.
    SeveralCompanies(String),
    /// No company has the number, and there is no name to make one.
    UnknownNumber(String),
}

/// Reads a row.
pub fn read(row: &Row, columns: &[Column]) -> Result<Person, Fault> {
    if !row.is_whole {
        return Err(Fault::Cut);
    }
    if row.cells.len() != columns.len() {
        return Err(Fault::Cells(row.cells.len(), columns.len()));
    }
    let mut person = Person::default();
    let name = name(row, columns)?;
    let company = company(row, columns)?;
    person.fields.name = name;
    person.fields.job = one(row, columns, Column::Job, LINE_LETTERS_MAX)?.map(Some);
    let language = one(row, columns, Column::Language, LINE_LETTERS_MAX)?;
    let language = language.as_deref().and_then(self::language);
    person.fields.language = language.map(|language| Some(language.code()));
    let notes = values(row, columns, Column::Notes).map(written).collect::<Vec<_>>().join("\n");
    if notes.chars().count() > NOTES_LETTERS_MAX {
        return Err(Fault::TooLong(Column::Notes));
    }
    person.fields.notes = Some(notes).filter(|notes| !notes.is_empty()).map(Some);
    person.fields.addresses = Some(addresses(row, columns)?);
    person.fields.phones = Some(phones(row, columns)?);
    person.company = company;
    let is_somebody = person.fields.name.is_some()
        || person.fields.addresses.as_ref().is_some_and(|all| !all.is_empty());
    match is_somebody || person.company.is_some() {
        true => Ok(person),
        false => Err(Fault::Nobody),
    }
}

fn values<'a>(
    row: &'a Row,
    columns: &'a [Column],
    wanted: Column,
) -> impl Iterator<Item = &'a str> {
    let pairs = row.cells.iter().zip(columns);
    let named = pairs.filter(move |(_, column)| **column == wanted);
    named.map(|(cell, _)| cell.as_str()).filter(|cell| !cell.is_empty())
}

fn one(
    row: &Row,
    columns: &[Column],
    wanted: Column,
    letters_max: usize,
) -> Result<Option<String>, Fault> {
    match values(row, columns, wanted).next() {
        Some(text) if text.chars().count() > letters_max => Err(Fault::TooLong(wanted)),
        Some(text) => Ok(line(text)),
        None => Ok(None),
    }
}

fn name(row: &Row, columns: &[Column]) -> Result<Option<String>, Fault> {
    if let Some(name) = one(row, columns, Column::Name, LINE_LETTERS_MAX)? {
        return Ok(Some(name));
    }
    let first = one(row, columns, Column::FirstName, LINE_LETTERS_MAX / 2)?;
    let last = one(row, columns, Column::LastName, LINE_LETTERS_MAX / 2 - 1)?;
    let parts: Vec<String> = first.into_iter().chain(last).collect();
    Ok(line(&parts.join(" ")))
}

fn company(row: &Row, columns: &[Column]) -> Result<Option<Firm>, Fault> {
    let name = one(row, columns, Column::Company, LINE_LETTERS_MAX)?;
    let number = one(row, columns, Column::CustomerNumber, NUMBER_LETTERS_MAX)?;
    let domain = match one(row, columns, Column::Domain, LINE_LETTERS_MAX)? {
        Some(text) => {
            let domain = companies::domain(text.trim_start_matches('@'));
            Some(domain.ok_or(Fault::NoDomain(text))?)
        }
        None => None,
    };
    let is_named = name.is_some() || number.is_some();
    Ok(is_named.then(|| Firm { name: name.unwrap_or_default(), number, domain }))
}

/// A cell may hold several, as some programs write them.
fn addresses(row: &Row, columns: &[Column]) -> Result<Vec<EmailAddress>, Fault> {
    let mut addresses = Vec::new();
    let cells = values(row, columns, Column::Address);
    let texts = cells.flat_map(|cell| cell.split([',', ';', ' ', '\n']));
    for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
        let address = EmailAddress::parse(text).map_err(|_| Fault::NoAddress(cut(text)))?;
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    Ok(addresses)
}

fn phones(row: &Row, columns: &[Column]) -> Result<Vec<String>, Fault> {
    let mut phones = Vec::new();
    for text in values(row, columns, Column::Phone) {
        if text.chars().count() > PHONE_LETTERS_MAX {
            return Err(Fault::TooLong(Column::Phone));
        }
        let number = line(text).filter(|number| number.chars().any(|c| c.is_ascii_digit()));
        phones.extend(number.filter(|number| !phones.contains(number)));
    }
    Ok(phones)
}

fn language(text: &str) -> Option<Language> {
    match text.to_lowercase().as_str() {
        "de" | "de-de" | "de-at" | "de-ch" | "deutsch" | "german" => Some(Language::German),
        "en" | "en-gb" | "en-us" | "englisch" | "english" => Some(Language::English),
        _ => None,
    }
}

fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 6] = [
        Column::FirstName,
        Column::LastName,
        Column::Address,
        Column::Phone,
        Column::Company,
        Column::Notes,
    ];

    fn row(cells: [&str; 6]) -> Result<Person, Fault> {
        let cells = cells.into_iter().map(str::to_owned).collect();
        read(&Row { line: 2, cells, is_whole: true }, &COLUMNS)
    }

    #[test]
    fn a_row_is_a_person_or_a_fault() {
        let ann = row(["Ann", "Hansen", "A@b.example, c@d.example", "0341 1", "", ""]).unwrap();
        assert_eq!(ann.fields.name.as_deref(), Some("Ann Hansen"));
        assert_eq!(ann.fields.addresses.unwrap().len(), 2);
        assert!(ann.fields.notes.is_none(), "what is empty says nothing");
        let fault = |cells| row(cells).unwrap_err();
        assert_eq!(fault(["", "", "", "0341", "", ""]), Fault::Nobody);
        assert_eq!(fault(["A", "", "kein", "", "", ""]), Fault::NoAddress("kein".to_owned()));
        let long = "x".repeat(10_001);
        assert_eq!(fault(["A", "", "", "", "", &long]), Fault::TooLong(Column::Notes));
        assert_eq!(fault(["A", "", "", &long, "", ""]), Fault::TooLong(Column::Phone));
        assert!(row(["", "", "", "", "Hansen KG", ""]).unwrap().company.is_some());
        let short = Row { line: 7, cells: vec!["A".to_owned()], is_whole: true };
        assert_eq!(read(&short, &COLUMNS).unwrap_err(), Fault::Cells(1, 6));
    }
}
