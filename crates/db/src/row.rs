//! Rows that come out of a statement, read straight from the driver's own memory.

use std::cell::Cell;

use crate::{Failure, Result, sqlite};

/// A value in a row, borrowed from the driver. The same five kinds on both engines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// A 64-bit float.
    Real(f64),
    /// Text in UTF-8.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

/// One row of a result, valid while the statement stands on it.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    row: EngineRow<'a>,
    order: &'a Order,
}

#[derive(Clone, Copy)]
pub(crate) enum EngineRow<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

/// Whether the columns of a result stand in the order in which its rows are read. The first row
/// shows it: to compare all names in each row took a tenth of the time of a list.
#[derive(Default)]
pub(crate) struct Order {
    differs: Cell<bool>,
    is_known: Cell<bool>,
}

impl Order {
    /// Reads a row.
    pub(crate) fn read<T: FromRow>(&self, row: EngineRow<'_>) -> Result<T> {
        let read = T::from_row(Row { row, order: self })?;
        self.is_known.set(!self.differs.get());
        Ok(read)
    }
}

impl Row<'_> {
    /// Reads the column with this name. A missing column or another type is a [`Failure`].
    pub fn get<T: FromColumn>(&self, column: &str) -> Result<T> {
        converted(self.row.named(column)?, column)
    }

    /// Reads the column with this name, which probably stands at this place; the next one probably
    /// stands behind it. All rows of a result are read in the same order.
    pub fn next<T: FromColumn>(&self, place: &mut usize, column: &str) -> Result<T> {
        let stands_there = self.order.is_known.get() || self.row.name_at(*place) == Some(column);
        let value = match stands_there {
            true => self.row.at(*place)?,
            false => {
                self.order.differs.set(true);
                self.row.named(column)?
            }
        };
        *place += 1;
        converted(value, column)
    }
}

fn converted<T: FromColumn>(value: Value<'_>, column: &str) -> Result<T> {
    T::from_value(value).ok_or_else(|| {
        let wanted = std::any::type_name::<T>();
        Failure::other(format!("column {column}: {value:?} is not a {wanted}"))
    })
}

impl<'a> EngineRow<'a> {
    fn name_at(self, place: usize) -> Option<&'a str> {
        match self {
            Self::Sqlite(row) => row.as_ref().column_name(place).ok(),
            Self::Postgres(row) => row.columns().get(place).map(tokio_postgres::Column::name),
        }
    }

    fn at(self, place: usize) -> Result<Value<'a>> {
        match self {
            Self::Sqlite(row) => sqlite::value(row.get_ref(place)?),
            Self::Postgres(row) => Ok(row.try_get(place)?),
        }
    }

    fn named(self, column: &str) -> Result<Value<'a>> {
        match self {
            Self::Sqlite(row) => sqlite::value(row.get_ref(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }
}

/// A type that stands in one column. Own ids and enums implement it, so that a query returns them.
pub trait FromColumn: Sized {
    /// Converts the value, or `None` if it is of another type or outside the allowed values.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

/// A struct that is one row. Implemented by [`from_row!`](crate::from_row!).
pub trait FromRow: Sized {
    /// Reads all fields from the row.
    fn from_row(row: Row<'_>) -> Result<Self>;
}

/// Declares a struct that is read from a row: every field from the column of its own name.
///
/// A macro by example is enough here; a derive macro would need a crate of its own.
#[macro_export]
macro_rules! from_row {
    (
        $(#[$attribute:meta])*
        $visibility:vis struct $name:ident {
            $($(#[$field_attribute:meta])* $field_visibility:vis $field:ident: $type:ty),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        $visibility struct $name {
            $($(#[$field_attribute])* $field_visibility $field: $type),*
        }

        impl $crate::FromRow for $name {
            fn from_row(row: $crate::Row<'_>) -> $crate::Result<Self> {
                let mut place = 0;
                Ok(Self { $($field: row.next(&mut place, stringify!($field))?),* })
            }
        }
    };
}

macro_rules! from_column {
    ($($type:ty: $pattern:pat => $value:expr;)*) => {$(
        impl FromColumn for $type {
            fn from_value(value: Value<'_>) -> Option<Self> {
                match value {
                    $pattern => Some($value),
                    _ => None,
                }
            }
        }
    )*};
}

from_column! {
    i64: Value::Int(value) => value;
    bool: Value::Int(value @ (0 | 1)) => value == 1;
    f64: Value::Real(value) => value;
    String: Value::Text(value) => value.to_owned();
    Vec<u8>: Value::Blob(value) => value.to_vec();
}

macro_rules! from_int_column {
    ($($type:ty),*) => {$(
        impl FromColumn for $type {
            fn from_value(value: Value<'_>) -> Option<Self> {
                i64::from_value(value).and_then(|value| Self::try_from(value).ok())
            }
        }
    )*};
}

from_int_column!(i32, u16, u32, u64);

impl<const LENGTH: usize> FromColumn for [u8; LENGTH] {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Blob(bytes) => bytes.try_into().ok(),
            _ => None,
        }
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}
