//! Values that go into a statement.

/// A bound value. A missing value keeps its type, because PostgreSQL must know the type of a NULL
/// before it can plan `$1 is null` or `coalesce($1, …)`.
///
/// There is no boolean and no time: a flag is `0` or `1`, a time is UTC milliseconds, so that a
/// column reads and compares alike on both engines.
#[derive(Clone, Debug, PartialEq)]
pub enum Param {
    /// A 64-bit integer.
    Int(Option<i64>),
    /// A 64-bit float.
    Real(Option<f64>),
    /// Text in UTF-8, without NUL characters (PostgreSQL cannot store them).
    Text(Option<String>),
    /// Bytes.
    Blob(Option<Vec<u8>>),
}

/// Makes the list of parameters of a statement: `params![ticket, "open", None::<i64>]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        [$($crate::IntoParam::into_param($value)),*]
    };
}

/// A type that can be bound. Own ids and enums implement it.
///
/// It is a trait of its own and not `Into<Param>`, because another crate may not implement that
/// for an `Option` of its id.
pub trait IntoParam {
    /// The value.
    fn into_param(self) -> Param;

    /// The missing value of this type.
    fn null() -> Param;
}

impl<T: IntoParam> IntoParam for Option<T> {
    fn into_param(self) -> Param {
        self.map_or_else(T::null, T::into_param)
    }

    fn null() -> Param {
        T::null()
    }
}

macro_rules! into_param {
    ($($type:ty => $variant:ident, $convert:expr;)*) => {$(
        impl IntoParam for $type {
            fn into_param(self) -> Param {
                Param::$variant(Some($convert(self)))
            }

            fn null() -> Param {
                Param::$variant(None)
            }
        }
    )*};
}

into_param! {
    i64 => Int, std::convert::identity;
    i32 => Int, i64::from;
    u32 => Int, i64::from;
    u16 => Int, i64::from;
    u64 => Int, saturated;
    bool => Int, i64::from;
    f64 => Real, std::convert::identity;
    String => Text, std::convert::identity;
    &String => Text, String::clone;
    &str => Text, str::to_owned;
    Vec<u8> => Blob, std::convert::identity;
    &Vec<u8> => Blob, Vec::clone;
    &[u8] => Blob, <[u8]>::to_vec;
}

impl<const LENGTH: usize> IntoParam for [u8; LENGTH] {
    fn into_param(self) -> Param {
        Param::Blob(Some(self.to_vec()))
    }

    fn null() -> Param {
        Param::Blob(None)
    }
}

/// What is counted in 64 unsigned bits are sizes; none reaches the largest signed number.
fn saturated(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
