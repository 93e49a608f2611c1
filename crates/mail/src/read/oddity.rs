//! What is odd about a mail. Odd mail is not an error: it is read as far as possible.

use crate::read::limits::ODDITIES_MAX;

/// One thing that is not as the standards say, or that was not read completely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// What is odd.
    pub code: OddityCode,
    /// Where, or what was found instead; a few words of the mail, shortened.
    pub detail: String,
}

macro_rules! oddity_codes {
    ($($(#[$meta:meta])* $name:ident = $code:literal,)+) => {
        /// The kinds of oddities; [`OddityCode::as_str`] is stable and may be stored.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum OddityCode { $($(#[$meta])* $name,)+ }

        impl OddityCode {
            /// The stable name, in snake case.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

oddity_codes! {
    /// Not a byte.
    Empty = "empty",
    /// No header field at all: the bytes are shown as text.
    NotAMail = "not_a_mail",
    /// No usable `From`.
    NoFrom = "no_from",
    /// Several `From` fields or addresses; the first counts.
    TwoFrom = "two_from",
    /// `From` is no address.
    InvalidFrom = "invalid_from",
    /// No `Message-ID`.
    NoMessageId = "no_message_id",
    /// `Message-ID` is empty, too long or has no angle brackets.
    InvalidMessageId = "invalid_message_id",
    /// No `Date`.
    NoDate = "no_date",
    /// `Date` is no date.
    InvalidDate = "invalid_date",
    /// `Date` lies far from the arrival and was not believed. Whoever knows the arrival finds it.
    ImplausibleDate = "implausible_date",
    /// Neither text nor HTML.
    NoText = "no_text",
    /// Text longer than is shown; it is listed as a file as well.
    TextCut = "text_cut",
    /// A character set nobody knows; it was guessed.
    UnknownCharset = "unknown_charset",
    /// The bytes are not in the declared character set; it was guessed.
    WrongCharset = "wrong_charset",
    /// An unknown transfer encoding; the bytes are kept as they are.
    UnknownEncoding = "unknown_encoding",
    /// Base64 with foreign characters or a missing end.
    BrokenBase64 = "broken_base64",
    /// A multipart without its end line.
    TruncatedMultipart = "truncated_multipart",
    /// A multipart whose boundary is missing or never occurs.
    MissingBoundary = "missing_boundary",
    /// Text behind the end of a multipart, which no mail program shows.
    TextAfterEnd = "text_after_end",
    /// More parts than are looked at.
    TooManyParts = "too_many_parts",
    /// Multiparts, or mails inside mails, nested deeper than is looked at.
    DepthLimit = "depth_limit",
    /// Header fields that were too many or too long.
    HeaderCut = "header_cut",
    /// A line among the header fields that is none.
    HeaderGarbage = "header_garbage",
    /// No empty line between header and text.
    MissingBlankLine = "missing_blank_line",
    /// More recipients than are kept.
    RecipientsCut = "recipients_cut",
    /// More `References` than are kept.
    ReferencesCut = "references_cut",
    /// NUL bytes, left out of the text.
    NulBytes = "nul_bytes",
    /// Lines that end with CR alone.
    BareCr = "bare_cr",
    /// Lines that end with LF alone, in a mail that otherwise uses CR LF.
    BareLf = "bare_lf",
}

/// Collects oddities up to a bound.
#[derive(Debug, Default)]
pub(crate) struct Oddities(Vec<Oddity>);

impl Oddities {
    pub(crate) fn add(&mut self, code: OddityCode, detail: &str) {
        let is_known = self.0.iter().any(|known| known.code == code && known.detail == detail);
        if self.0.len() < ODDITIES_MAX && !is_known {
            self.0.push(Oddity { code, detail: detail.chars().take(200).collect() });
        }
    }

    pub(crate) fn into_list(self) -> Vec<Oddity> {
        self.0
    }
}
