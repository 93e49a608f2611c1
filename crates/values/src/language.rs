//! The languages of screens and mails.

/// A language in which Laufzettel speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// German, the language of most users.
    #[default]
    German,
    /// English.
    English,
}

impl Language {
    /// The code of ISO 639-1, for `lang` attributes and settings.
    pub fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
        }
    }

    /// The language with this code, whatever the region: `de`, `de-AT`, `EN`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.get(..2)?.to_ascii_lowercase().as_str() {
            "de" => Some(Self::German),
            "en" => Some(Self::English),
            _ => None,
        }
    }
}
