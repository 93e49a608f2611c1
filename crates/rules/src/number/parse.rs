//! Reading a mask.

use super::mask::{Counter, Mask, Piece, Reset};

/// What is wrong with a mask, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskProblem {
    /// The byte of the mask at which the problem begins.
    pub at: usize,
    /// What is wrong.
    pub kind: MaskProblemKind,
}

/// What is wrong with a mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MaskProblemKind {
    /// The mask is empty: not configured.
    NotConfigured,
    /// Blanks are not allowed.
    Blank,
    /// Only letters, digits and `-._` may stand around the tags.
    ForeignCharacter(char),
    /// A `{` without `}`, or the other way round.
    StrayBrace,
    /// There is no such tag.
    UnknownTag(String),
    /// Codes of companies and partner types, and names of users, need companies with codes.
    NeedsCompanies(String),
    /// A counter is missing; all numbers of a day would be the same.
    NoCounter,
    /// There is more than one counter.
    SecondCounter,
    /// After `@` only 0 to 12 and 99 are allowed.
    UnknownReset(String),
    /// The counter or its offset has more than 15 digits.
    CounterTooLong,
    /// The counter begins anew each year, so the mask needs `{yy}` or `{yyyy}`.
    NeedsYear,
    /// The counter begins anew within a year, so the mask needs `{mm}` and `{yy}` or `{yyyy}`.
    NeedsYearAndMonth,
    /// The numbers would have more than 40 characters.
    TooLong,
}

impl MaskProblemKind {
    /// The stable code, for the API and for looking up the sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConfigured => "not_configured",
            Self::Blank => "blank",
            Self::ForeignCharacter(_) => "foreign_character",
            Self::StrayBrace => "stray_brace",
            Self::UnknownTag(_) => "unknown_tag",
            Self::NeedsCompanies(_) => "needs_companies",
            Self::NoCounter => "no_counter",
            Self::SecondCounter => "second_counter",
            Self::UnknownReset(_) => "unknown_reset",
            Self::CounterTooLong => "counter_too_long",
            Self::NeedsYear => "needs_year",
            Self::NeedsYearAndMonth => "needs_year_and_month",
            Self::TooLong => "too_long",
        }
    }
}

/// The longest number, counted in characters with all its zeros.
const LENGTH_MAX: usize = 40;
/// More digits would not be safe in every client of the API.
const DIGITS_MAX: usize = 15;

pub(super) fn read(text: &str) -> Result<Mask, MaskProblem> {
    if text.is_empty() {
        return Err(problem(0, MaskProblemKind::NotConfigured));
    }
    let mut pieces = Vec::new();
    let mut counter: Option<(usize, Counter)> = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at = text.len() - rest.len();
        if first != '{' {
            let end = rest.find('{').unwrap_or(rest.len());
            let (plain, after) = rest.split_at(end);
            check_plain(plain, at)?;
            pieces.push(Piece::Text(plain.to_owned()));
            rest = after;
            continue;
        }
        let (tag, after) = rest
            .get(1..)
            .and_then(|inside| inside.split_once('}'))
            .ok_or_else(|| problem(at, MaskProblemKind::StrayBrace))?;
        match tag_of(tag).map_err(|kind| problem(at, kind))? {
            Tag::Date(piece) => pieces.push(piece),
            Tag::Counter(_) if counter.is_some() => {
                return Err(problem(at, MaskProblemKind::SecondCounter));
            }
            Tag::Counter(found) => {
                counter = Some((at, found));
                pieces.push(Piece::Counter);
            }
        }
        rest = after;
    }
    let (at, counter) = counter.ok_or_else(|| problem(0, MaskProblemKind::NoCounter))?;
    check_reset(&pieces, counter.reset).map_err(|kind| problem(at, kind))?;
    check_length(&pieces, counter.digits)?;
    Ok(Mask { pieces, counter })
}

fn problem(at: usize, kind: MaskProblemKind) -> MaskProblem {
    MaskProblem { at, kind }
}

fn check_plain(plain: &str, start: usize) -> Result<(), MaskProblem> {
    for (at, c) in plain.char_indices() {
        let kind = match c {
            '}' => MaskProblemKind::StrayBrace,
            c if c.is_whitespace() => MaskProblemKind::Blank,
            c if c.is_alphanumeric() || "-._".contains(c) => continue,
            c => MaskProblemKind::ForeignCharacter(c),
        };
        return Err(problem(start + at, kind));
    }
    Ok(())
}

enum Tag {
    Counter(Counter),
    Date(Piece),
}

/// The meaning of what stands between braces.
fn tag_of(tag: &str) -> Result<Tag, MaskProblemKind> {
    if tag.chars().any(char::is_whitespace) {
        return Err(MaskProblemKind::Blank);
    }
    match tag {
        "dd" => return Ok(Tag::Date(Piece::Day)),
        "mm" => return Ok(Tag::Date(Piece::Month)),
        "y" => return Ok(Tag::Date(Piece::Year(1))),
        "yy" => return Ok(Tag::Date(Piece::Year(2))),
        "yyyy" => return Ok(Tag::Date(Piece::Year(4))),
        _ => {}
    }
    let letters = tag.trim_end_matches('0');
    let is_code = |code: char| letters.chars().all(|c| c == code);
    if !letters.is_empty() && (['c', 'u', 't'].into_iter().any(is_code)) {
        return Err(MaskProblemKind::NeedsCompanies(tag.to_owned()));
    }
    let (zeros, reset) = match tag.split_once('@') {
        Some((zeros, month)) => (zeros, reset_of(month)?),
        None => (tag, Reset::Never),
    };
    let (zeros, offset) = zeros.split_once('+').unwrap_or((zeros, "0"));
    if zeros.is_empty() || !zeros.bytes().all(|byte| byte == b'0') || !is_number(offset) {
        return Err(MaskProblemKind::UnknownTag(tag.to_owned()));
    }
    if zeros.len() > DIGITS_MAX || offset.len() > DIGITS_MAX {
        return Err(MaskProblemKind::CounterTooLong);
    }
    let offset = offset.parse().map_err(|_| MaskProblemKind::CounterTooLong)?;
    Ok(Tag::Counter(Counter { digits: zeros.len(), offset, reset }))
}

fn reset_of(month: &str) -> Result<Reset, MaskProblemKind> {
    let unknown = || MaskProblemKind::UnknownReset(month.to_owned());
    if !is_number(month) || month.len() > 2 {
        return Err(unknown());
    }
    match month.parse::<i8>() {
        Ok(0) => Ok(Reset::FiscalYear),
        Ok(99) => Ok(Reset::Monthly),
        Ok(month @ 1..=12) => Ok(Reset::Yearly(month)),
        _ => Err(unknown()),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A counter that begins anew gives the same number twice, unless the date tells them apart. A
/// year of one digit does not: it comes again after ten years.
fn check_reset(pieces: &[Piece], reset: Reset) -> Result<(), MaskProblemKind> {
    let has_year = pieces.iter().any(|piece| matches!(piece, Piece::Year(2 | 4)));
    let has_month = pieces.contains(&Piece::Month);
    match reset {
        Reset::Never => Ok(()),
        Reset::Yearly(1) if has_year => Ok(()),
        Reset::Yearly(1) => Err(MaskProblemKind::NeedsYear),
        // The fiscal year may begin with any month, and that setting may change.
        Reset::Yearly(_) | Reset::FiscalYear | Reset::Monthly => match has_year && has_month {
            true => Ok(()),
            false => Err(MaskProblemKind::NeedsYearAndMonth),
        },
    }
}

fn check_length(pieces: &[Piece], digits: usize) -> Result<(), MaskProblem> {
    let length: usize = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.chars().count(),
            Piece::Counter => digits,
            Piece::Day | Piece::Month => 2,
            Piece::Year(digits) => usize::from(*digits),
        })
        .sum();
    match length <= LENGTH_MAX {
        true => Ok(()),
        false => Err(problem(0, MaskProblemKind::TooLong)),
    }
}
