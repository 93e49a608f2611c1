//! How the words of the crate `values` are bound and read.

use values::{EmailAddress, Id, Timestamp};

use crate::{FromColumn, IntoParam, Param, Value};

impl<T: ?Sized> IntoParam for Id<T> {
    fn into_param(self) -> Param {
        self.number().into_param()
    }

    fn null() -> Param {
        i64::null()
    }
}

impl<T: ?Sized> FromColumn for Id<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(Self::from_number)
    }
}

impl IntoParam for Timestamp {
    fn into_param(self) -> Param {
        self.millis().into_param()
    }

    fn null() -> Param {
        i64::null()
    }
}

impl FromColumn for Timestamp {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(Self::from_millis)
    }
}

impl IntoParam for &EmailAddress {
    fn into_param(self) -> Param {
        self.as_str().into_param()
    }

    fn null() -> Param {
        <&str>::null()
    }
}

impl IntoParam for EmailAddress {
    fn into_param(self) -> Param {
        self.as_str().into_param()
    }

    fn null() -> Param {
        <&str>::null()
    }
}

impl FromColumn for EmailAddress {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Self::parse(text).ok(),
            _ => None,
        }
    }
}
