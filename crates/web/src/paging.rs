//! Pages of lists: how many rows, and whether more follow.

use http::StatusCode;

use crate::Problem;

/// The most rows a client may ask for.
pub const LIMIT_MAX: u32 = 200;

/// The number of rows a client asks for, or `usual` without a wish.
///
/// # Errors
/// A problem with status 422 naming the field `limit` when it is not between 1 and 200.
pub fn limit(asked: Option<u32>, usual: u32) -> Result<u32, Problem> {
    match asked {
        None => Ok(usual),
        Some(asked) if (1..=LIMIT_MAX).contains(&asked) => Ok(asked),
        Some(_) => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid").with_field(
            "limit",
            "out_of_range",
            "1..=200",
        )),
    }
}

/// The rows of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<T> {
    /// The rows to show.
    pub rows: Vec<T>,
    /// Whether more rows follow.
    pub more: bool,
}

impl<T> Paged<T> {
    /// A page of `limit` rows from a query that asked for one more, just to see whether there is one.
    pub fn from_rows(mut rows: Vec<T>, limit: u32) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        Self { rows, more }
    }

    /// The cursor behind the last row, if more rows follow.
    pub fn next(&self, cursor: impl FnOnce(&T) -> String) -> Option<String> {
        self.rows.last().filter(|_| self.more).map(cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_too_many_is_not_shown_but_says_that_more_follow() {
        let page = Paged::from_rows(vec![1, 2, 3], 2);
        assert_eq!(page, Paged { rows: vec![1, 2], more: true });
        assert_eq!(page.next(ToString::to_string), Some("2".to_owned()));
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        assert_eq!(Paged::from_rows(vec![1, 2], 2).next(ToString::to_string), None);
        assert_eq!(Paged::<i32>::from_rows(vec![], 2).next(ToString::to_string), None);
    }

    #[test]
    fn a_client_may_ask_for_one_to_two_hundred_rows() {
        assert_eq!(limit(None, 50), Ok(50));
        assert_eq!(limit(Some(200), 50), Ok(200));
        assert_eq!(limit(Some(0), 50).unwrap_err().problems[0].field, "limit");
        assert_eq!(limit(Some(201), 50).unwrap_err().status, 422);
    }
}
