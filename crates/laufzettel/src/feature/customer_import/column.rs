//! What the columns of a file are: recognised by what stands above them. Pure.

use rules::text::fold_text;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Nothing that is taken over.
    Nothing,
    /// The whole name.
    Name,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// An address, or several.
    Address,
    /// A telephone number.
    Phone,
    /// What the person does.
    Job,
    /// The name of the company.
    Company,
    /// The customer number of the company.
    CustomerNumber,
    /// The domain of the company.
    Domain,
    /// The language.
    Language,
    /// Notes.
    Notes,
}

impl Column {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 12] = [
        Self::Nothing,
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::Address,
        Self::Phone,
        Self::Job,
        Self::Company,
        Self::CustomerNumber,
        Self::Domain,
        Self::Language,
        Self::Notes,
    ];

    /// The word for it in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Name => "name",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Job => "job",
            Self::Company => "company",
            Self::CustomerNumber => "customer_number",
            Self::Domain => "domain",
            Self::Language => "language",
            Self::Notes => "notes",
        }
    }

    /// The column with this word.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|column| column.code() == code).unwrap_or(Self::Nothing)
    }

    /// What a column is, by what stands above it: in German and English, and as address books of
    /// other programs write it.
    fn of_header(header: &str) -> Self {
        let letters = fold_text(header);
        let letters: String = letters.chars().filter(|c| c.is_alphanumeric()).collect();
        let letters = letters.trim_end_matches(|c: char| c.is_ascii_digit());
        let begins = |words: &[&str]| words.iter().any(|word| letters.starts_with(word));
        match letters {
            "name" | "anzeigename" | "displayname" | "vollstandigername" | "fullname"
            | "kontakt" | "contact" | "ansprechpartner" => Self::Name,
            "vorname" | "firstname" | "givenname" => Self::FirstName,
            "nachname" | "lastname" | "familyname" | "surname" | "familienname" => Self::LastName,
            "firma" | "company" | "organisation" | "organization" | "organizationname"
            | "kunde" | "unternehmen" | "customer" | "firmenname" | "companyname" => Self::Company,
            "kundennummer" | "kundennr" | "kdnr" | "customernumber" | "customerno"
            | "customerid" | "kundenid" => Self::CustomerNumber,
            "funktion" | "position" | "job" | "jobtitle" | "organizationtitle" | "abteilung"
            | "rolle" => Self::Job,
            "domain" | "domane" => Self::Domain,
            "sprache" | "language" => Self::Language,
            "notiz" | "notizen" | "note" | "notes" | "bemerkung" | "bemerkungen" | "comment"
            | "kommentar" => Self::Notes,
            _ if letters.ends_with("label") || letters.ends_with("type") => Self::Nothing,
            _ if begins(&["email", "mail", "adressemail"]) => Self::Address,
            "adresse" | "adressen" | "address" | "addresses" => Self::Address,
            _ if begins(&[
                "telefon",
                "tel",
                "phone",
                "mobil",
                "handy",
                "businessphone",
                "homephone",
            ]) =>
            {
                Self::Phone
            }
            _ => Self::Nothing,
        }
    }
}

/// What the columns are, as far as it can be told.
pub fn recognise(header: &[String]) -> Vec<Column> {
    let known = |text: &String| match Column::from_code(text) {
        Column::Nothing => Column::of_header(text),
        column => column,
    };
    header.iter().map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_many_names() {
        let header = [
            "Vorname",
            "Nachname",
            "E-Mail-Adresse",
            "E-mail 2 - Value",
            "E-mail 1 - Label",
            "Firma",
            "Telefon geschäftlich",
            "Mobiltelefon",
            "Kd.-Nr.",
            "Position",
            "Notizen",
            "Lieblingsfarbe",
            "Phone 1 - Value",
            "first_name",
            "Organization Name",
        ];
        let header: Vec<String> = header.into_iter().map(str::to_owned).collect();
        assert_eq!(
            recognise(&header),
            [
                Column::FirstName,
                Column::LastName,
                Column::Address,
                Column::Address,
                Column::Nothing,
                Column::Company,
                Column::Phone,
                Column::Phone,
                Column::CustomerNumber,
                Column::Job,
                Column::Notes,
                Column::Nothing,
                Column::Phone,
                Column::FirstName,
                Column::Company,
            ]
        );
    }
}
