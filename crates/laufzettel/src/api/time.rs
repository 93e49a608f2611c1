//! Moments in the API: RFC 3339, in UTC when they are given out.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use values::Timestamp;

/// A moment as the API writes it: `2026-11-24T08:12:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time(pub Timestamp);

impl Time {
    /// The moment in RFC 3339, with milliseconds where there are any.
    pub fn print(self) -> String {
        let at = jiff::Timestamp::from_millisecond(self.0.millis()).unwrap_or_default();
        at.to_string()
    }

    /// Reads a moment with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        let at: jiff::Timestamp = text.parse().ok()?;
        Some(Self(Timestamp::from_millis(at.as_millisecond())))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.print())
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let expected = "a moment with its offset, like 2026-11-24T08:12:00Z";
        Self::parse(&text).ok_or_else(|| de::Error::custom(expected))
    }
}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}

impl ToSchema for Time {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_with_any_offset_and_printed_in_utc() {
        let time = Time::parse("2026-11-21T10:00:00+01:00").unwrap();
        assert_eq!(time.print(), "2026-11-21T09:00:00Z");
        assert_eq!(Time(time.0.plus_millis(250)).print(), "2026-11-21T09:00:00.25Z");
    }

    #[test]
    fn a_moment_without_an_offset_is_none() {
        for text in ["2026-11-21T10:00:00", "2026-11-21", "", "now", "1795251600"] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
    }
}
