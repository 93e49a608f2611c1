//! The header of a mail or of a part: its fields, and where the body begins (RFC 5322 section 2.2).

use std::ops::Range;

use crate::read::limits::{FIELD_BYTES_MAX, FIELDS_MAX};
use crate::read::lines::{Line, LineEnds, line_at, trimmed};
use crate::read::oddity::{Oddities, OddityCode};

/// A header field as it stands in the mail: the value is still folded and encoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) value: &'a [u8],
}

/// The fields of one header.
#[derive(Debug, Default)]
pub(crate) struct Header<'a> {
    pub(crate) fields: Vec<Field<'a>>,
    /// Where the body begins.
    pub(crate) body: usize,
}

impl<'a> Header<'a> {
    /// The values of all fields with this name, in their order.
    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a [u8]> + 's {
        let fields = self.fields.iter();
        fields.filter(|field| field.name.eq_ignore_ascii_case(name.as_bytes())).map(|f| f.value)
    }

    /// The value of the first field with this name.
    pub(crate) fn first(&self, name: &str) -> Option<&'a [u8]> {
        self.all(name).next()
    }
}

/// What a line of a header is.
enum Kind {
    End,
    Continuation,
    Field { name: Range<usize>, value: usize },
    Garbage,
}

/// Reads the header that begins at `start`.
pub(crate) fn read_header<'a>(
    bytes: &'a [u8],
    range: Range<usize>,
    ends: LineEnds,
    oddities: &mut Oddities,
) -> Header<'a> {
    let mut reader = Reader { bytes, end: range.end, ends, fields: Vec::new(), skipped: false };
    let body = reader.read(range.start, oddities);
    let Reader { fields, skipped, .. } = reader;
    let mut is_cut = skipped;
    let fields = fields
        .into_iter()
        .map(|(name, value)| {
            is_cut |= value.len() > FIELD_BYTES_MAX;
            let value = value.start..value.end.min(value.start + FIELD_BYTES_MAX);
            Field {
                name: bytes.get(name).unwrap_or_default(),
                value: bytes.get(value).unwrap_or_default(),
            }
        })
        .collect();
    if is_cut {
        oddities.add(OddityCode::HeaderCut, "");
    }
    Header { fields, body }
}

struct Reader<'a> {
    bytes: &'a [u8],
    end: usize,
    ends: LineEnds,
    fields: Vec<(Range<usize>, Range<usize>)>,
    skipped: bool,
}

impl Reader<'_> {
    /// Collects the fields; returns where the body begins.
    fn read(&mut self, start: usize, oddities: &mut Oddities) -> usize {
        let mut position = start;
        while let Some(line) = line_at(self.bytes, position, self.end, self.ends) {
            match self.kind(&line) {
                Kind::End => return line.next,
                Kind::Continuation => {
                    // Lines behind a skipped field belong to it.
                    if let Some((_, value)) = self.fields.last_mut().filter(|_| !self.skipped) {
                        value.end = line.text.end;
                    }
                }
                Kind::Field { name, value } if self.fields.len() < FIELDS_MAX => {
                    self.fields.push((name, value..line.text.end));
                }
                Kind::Field { .. } => self.skipped = true,
                Kind::Garbage => {
                    if !self.goes_on_after(&line) {
                        oddities.add(OddityCode::MissingBlankLine, "");
                        return position;
                    }
                    oddities.add(OddityCode::HeaderGarbage, &self.excerpt(&line));
                }
            }
            position = line.next;
        }
        self.end
    }

    fn kind(&self, line: &Line) -> Kind {
        let text = self.bytes.get(line.text.clone()).unwrap_or_default();
        if trimmed(text).is_empty() {
            return if self.is_fold(line) { Kind::Continuation } else { Kind::End };
        }
        if text.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            return if self.fields.is_empty() { Kind::Garbage } else { Kind::Continuation };
        }
        let is_name = |byte: &u8| matches!(byte, 33..=57 | 59..=126);
        let length = text.iter().take(200).take_while(|byte| is_name(byte)).count();
        let rest = text.get(length..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        match rest.get(blanks) {
            Some(b':') if length > 0 => Kind::Field {
                name: line.text.start..line.text.start + length,
                value: line.text.start + length + blanks + 1,
            },
            _ => Kind::Garbage,
        }
    }

    /// Whether a line of blanks stands between two lines of one field, which old programs wrote.
    fn is_fold(&self, line: &Line) -> bool {
        let begins_blank = |at: usize| matches!(self.bytes.get(at), Some(b' ' | b'\t'));
        !line.text.is_empty() && begins_blank(line.text.start) && begins_blank(line.next)
    }

    /// Whether the header goes on behind a line that is no field. A line of the body, or the
    /// delimiter of a part, shows that the empty line is missing.
    fn goes_on_after(&self, garbage: &Line) -> bool {
        let text = self.bytes.get(garbage.text.clone()).unwrap_or_default();
        if self.fields.is_empty() {
            return text.starts_with(b"From ") || text.starts_with(b">From ");
        }
        if text.starts_with(b"--") {
            return false;
        }
        // Only fields between here and the empty line: this is still the header.
        let mut position = garbage.next;
        for seen in 0..100 {
            let Some(line) = line_at(self.bytes, position, self.end, self.ends) else { break };
            match self.kind(&line) {
                Kind::End => return seen > 0,
                Kind::Garbage => break,
                Kind::Field { .. } | Kind::Continuation => position = line.next,
            }
        }
        false
    }

    fn excerpt(&self, line: &Line) -> String {
        let text = self.bytes.get(line.text.clone()).unwrap_or_default();
        String::from_utf8_lossy(text.get(..80).unwrap_or(text)).into_owned()
    }
}
