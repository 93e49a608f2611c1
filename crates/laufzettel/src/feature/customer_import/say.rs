//! The sentences of the import.

use values::Language;

use super::column::Column;
use super::person::Fault;
use super::table::NoTable;
use crate::texts;

/// The name of a column's content.
pub fn column(language: Language, column: Column) -> &'static str {
    let (texts, words) = (texts::customer_import(language), texts::customers(language));
    match column {
        Column::Nothing => texts.nothing(),
        Column::Name => words.name(),
        Column::FirstName => texts.first_name(),
        Column::LastName => texts.last_name(),
        Column::Address => texts.address(),
        Column::Phone => words.phone(),
        Column::Job => words.job(),
        Column::Company => words.company(),
        Column::CustomerNumber => words.customer_number(),
        Column::Domain => words.domain(),
        Column::Language => words.language(),
        Column::Notes => words.notes(),
    }
}

/// Why a file cannot be read.
pub fn no_table(language: Language, why: NoTable) -> &'static str {
    let texts = texts::customer_import(language);
    match why {
        NoTable::Empty => texts.empty_file(),
        NoTable::NoText => texts.no_text(),
        NoTable::NoRows => texts.no_rows(),
        NoTable::TooLarge => texts.too_large(),
    }
}

/// Why a row cannot be taken over.
pub fn fault(language: Language, fault: &Fault) -> String {
    let texts = texts::customer_import(language);
    match fault {
        Fault::Cells(found, wanted) => texts.cells(&found.to_string(), &wanted.to_string()),
        Fault::Cut => texts.cut().to_owned(),
        Fault::Nobody => texts.nobody().to_owned(),
        Fault::NoAddress(text) => texts.no_address(text),
        Fault::TooLong(column) => texts.too_long(self::column(language, *column)),
        Fault::NoDomain(text) => texts.no_domain(text),
        Fault::DomainOfEverybody(domain) => texts.domain_of_everybody(domain),
        Fault::DomainOurs(domain) => texts.domain_ours(domain),
        Fault::DomainTaken(domain) => texts.domain_taken(domain),
        Fault::NumberTaken(number) => texts.number_taken(number),
        Fault::TwoContacts => texts.two_contacts().to_owned(),
        Fault::Ours(address) => texts.ours(address),
        Fault::Hidden => texts.hidden().to_owned(),
        Fault::SeveralCompanies(name) => texts.several_companies(name),
        Fault::UnknownNumber(number) => texts.unknown_number(number),
    }
}
