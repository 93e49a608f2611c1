//! How much of a mail is looked at. The raw mail is kept whole; these bounds only protect the
//! reader, so that no mail costs more than a moment and a few megabytes.

/// Header fields looked at in one part; further ones are skipped.
pub(crate) const FIELDS_MAX: usize = 2_000;
/// Bytes looked at in the value of one header field.
pub(crate) const FIELD_BYTES_MAX: usize = 256 * 1024;
/// Header fields listed in [`crate::read::Mail::headers`].
pub(crate) const LISTED_FIELDS_MAX: usize = 400;
/// Bytes of one listed header value.
pub(crate) const LISTED_VALUE_BYTES_MAX: usize = 8 * 1024;
/// Addresses kept of one header field.
pub(crate) const ADDRESSES_MAX: usize = 1_000;
/// Bytes of an address header handed to the address parser.
pub(crate) const ADDRESS_BYTES_MAX: usize = 128 * 1024;
/// Message ids kept at the beginning of `References`: the thread's anchor is there.
pub(crate) const REFERENCES_FIRST: usize = 50;
/// Message ids kept at the end of `References`: the nearest ancestors are there.
pub(crate) const REFERENCES_LAST: usize = 150;
/// Longest message id that counts as one.
pub(crate) const MESSAGE_ID_BYTES_MAX: usize = 2_000;
/// Parts of a mail, multiparts included.
pub(crate) const PARTS_MAX: usize = 1_000;
/// Multiparts inside one another.
pub(crate) const DEPTH_MAX: usize = 50;
/// Bytes of text and of HTML that are shown; the part is listed as a file when it is longer.
pub(crate) const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Characters of a subject.
pub(crate) const SUBJECT_CHARS_MAX: usize = 2_000;
/// Oddities listed; a mail that is odd in thousand ways is odd enough after these.
pub(crate) const ODDITIES_MAX: usize = 50;
/// Characters of an attachment's name.
pub(crate) const FILE_NAME_CHARS_MAX: usize = 120;
/// Pieces of RFC 2231 parameters looked at in one field.
pub(crate) const PARAMETERS_MAX: usize = 500;
