//! Pages of lists that are short by nature: the whole list is read, and a page is cut out of it.

use serde::Deserialize;
use utoipa::IntoParams;
use web::{LIMIT_MAX, Problem, decode_cursor, encode_cursor, limit};

/// Which page of a list is wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AskedPage {
    /// Rows of a page, 1 to 200; without it 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A page of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Cut<'a, T> {
    /// The rows to show.
    pub rows: &'a [T],
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl AskedPage {
    /// Cuts the page out of a list. `keys` tells its rows apart; a row that is gone since the page
    /// before leads to the first row with greater keys.
    ///
    /// # Errors
    /// 422 for a limit that is not 1 to 200, 400 for a cursor that belongs to another list.
    pub fn cut<'a, T>(
        &self,
        list: &str,
        rows: &'a [T],
        keys: impl Fn(&T) -> Vec<i64>,
    ) -> Result<Cut<'a, T>, Problem> {
        let size = usize::try_from(limit(self.limit, LIMIT_MAX)?).unwrap_or(usize::MAX);
        let after = self.cursor.as_deref().map(|cursor| decode_cursor(list, cursor)).transpose()?;
        let begin = after.map_or(0, |after| begin_behind(&after, rows, &keys));
        let left = rows.get(begin..).unwrap_or_default();
        let page = left.get(..size).unwrap_or(left);
        let last = page.last().filter(|_| left.len() > page.len());
        Ok(Cut { rows: page, next: last.map(|row| encode_cursor(list, &keys(row))) })
    }
}

fn begin_behind<T>(after: &[i64], rows: &[T], keys: &impl Fn(&T) -> Vec<i64>) -> usize {
    let same = rows.iter().position(|row| keys(row) == after).map(|place| place + 1);
    let greater = || rows.iter().position(|row| keys(row).as_slice() > after);
    same.or_else(greater).unwrap_or(rows.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut<'a>(rows: &'a [i64], limit: Option<u32>, cursor: Option<&str>) -> Cut<'a, i64> {
        let asked = AskedPage { limit, cursor: cursor.map(str::to_owned) };
        asked.cut("numbers", rows, |row| vec![*row]).unwrap()
    }

    #[test]
    fn pages_follow_one_another_to_the_end() {
        let rows = [1, 2, 3, 4, 5];
        let first = cut(&rows, Some(2), None);
        assert_eq!(first.rows, [1, 2]);
        let second = cut(&rows, Some(2), first.next.as_deref());
        assert_eq!(second.rows, [3, 4]);
        let third = cut(&rows, Some(2), second.next.as_deref());
        assert_eq!(third, Cut { rows: &rows[4..], next: None });
        assert_eq!(cut(&rows, Some(5), None), Cut { rows: &rows, next: None });
        assert_eq!(cut(&rows, None, None).rows, rows);
    }

    #[test]
    fn a_row_that_is_gone_does_not_stop_the_reader() {
        let first = cut(&[1, 2, 3, 4], Some(2), None);
        assert_eq!(cut(&[1, 3, 4], Some(2), first.next.as_deref()).rows, [3, 4]);
        assert_eq!(cut(&[1], Some(2), first.next.as_deref()), Cut { rows: &[], next: None });
    }

    #[test]
    fn an_odd_wish_is_refused() {
        let refused = |limit: Option<u32>, cursor: Option<&str>| {
            let asked = AskedPage { limit, cursor: cursor.map(str::to_owned) };
            asked.cut("numbers", &[1, 2], |row| vec![*row]).unwrap_err().status
        };
        assert_eq!([refused(Some(0), None), refused(Some(201), None)], [422, 422]);
        let other = encode_cursor("letters", &[1]);
        assert_eq!(refused(None, Some(&other)), 400);
    }
}
