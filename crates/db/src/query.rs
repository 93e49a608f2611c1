//! Lists whose filter is known only at run time, built without ever pasting a value into SQL.

use crate::{Engine, IntoParam, Param, Sql};

/// A statement put together from fixed pieces and numbered parameters.
///
/// Pieces are `&'static str` or [`Sql`], parameters are bound; there is no way in for other text.
/// A condition is built on its own and then added as one: parameters are numbered anew.
///
/// ```
/// # use db::Query;
/// let mut either = Query::new("status =");
/// either.bind("open").push("or assignee_id =").bind(7_i64);
///
/// let mut list = Query::new("select id from ticket where queue_id =");
/// list.bind(3_i64).push("and").group(&either).push("order by id limit").bind(50_i64);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Query {
    parts: Vec<Part>,
    params: Vec<Param>,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Text(Sql),
    Param { number: usize },
}

impl Query {
    /// Begins with a piece of SQL.
    pub fn new(text: &'static str) -> Self {
        Self::from(Sql { sqlite: text, postgres: text })
    }

    /// Adds a piece of SQL, set off by a space.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.push_sql(Sql { sqlite: text, postgres: text })
    }

    /// Adds a piece of SQL that is written differently on the two engines. It has no parameters
    /// of its own; those are added with [`Self::bind`].
    pub fn push_sql(&mut self, sql: Sql) -> &mut Self {
        self.parts.push(Part::Text(sql));
        self
    }

    /// Adds a value as the next numbered parameter.
    pub fn bind(&mut self, value: impl IntoParam) -> &mut Self {
        self.bind_param(value.into_param())
    }

    /// Adds a value that was converted before, as the next numbered parameter.
    pub fn bind_param(&mut self, param: Param) -> &mut Self {
        self.params.push(param);
        self.parts.push(Part::Param { number: self.params.len() });
        self
    }

    /// Adds all of another query, with its parameters after those that are there.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        let before = self.params.len();
        self.parts.extend(other.parts.iter().map(|part| match *part {
            Part::Param { number } => Part::Param { number: number + before },
            text @ Part::Text(_) => text,
        }));
        self.params.extend_from_slice(&other.params);
        self
    }

    /// Adds all of another query in brackets.
    pub fn group(&mut self, other: &Self) -> &mut Self {
        self.push("(").append(other).push(")")
    }

    /// Adds `column in (…)` for any number of ids, as one parameter: a JSON list of integers, as
    /// [`json_list`] makes it.
    ///
    /// One parameter, so the text and its prepared statement stay the same for every length.
    pub fn push_in_ids(&mut self, column: &'static str, ids_json: String) -> &mut Self {
        self.push(column)
            .push_sql(Sql {
                sqlite: "in (select value from json_each(",
                postgres: "in (select value::bigint from json_array_elements_text(",
            })
            .bind(ids_json)
            .push_sql(Sql { sqlite: "))", postgres: "::json))" })
    }

    /// Whether nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(crate) fn params(&self) -> &[Param] {
        &self.params
    }

    pub(crate) fn text(&self, engine: Engine) -> String {
        let mut text = String::new();
        for part in &self.parts {
            if !text.is_empty() {
                text.push(' ');
            }
            match *part {
                Part::Text(sql) => text.push_str(engine.text(sql)),
                Part::Param { number } => text.push_str(&format!("${number}")),
            }
        }
        text
    }
}

impl From<Sql> for Query {
    fn from(sql: Sql) -> Self {
        Self { parts: vec![Part::Text(sql)], params: Vec::new() }
    }
}

/// Ids as a JSON list of integers: the form in which a list of any length is one parameter.
///
/// A fixed statement reads it with `json_each($1)` on SQLite and `json_array_elements_text` on
/// PostgreSQL.
pub fn json_list(ids: impl IntoIterator<Item = i64>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_an_added_query_are_numbered_after_those_before() {
        let mut inner = Query::new("a =");
        inner.bind(1_i64).push("or b =").bind("x");
        let mut outer = Query::new("select id from t where c =");
        outer.bind(9_i64).push("and").group(&inner).push("limit").bind(50_i64);

        assert_eq!(
            outer.text(Engine::Sqlite),
            "select id from t where c = $1 and ( a = $2 or b = $3 ) limit $4"
        );
        let values = [9_i64.into_param(), 1_i64.into_param(), "x".into_param(), 50.into_param()];
        assert_eq!(outer.params(), values);
    }

    #[test]
    fn a_list_of_ids_is_one_parameter_on_both_engines() {
        let mut query = Query::default();
        assert!(query.is_empty());
        query.push_in_ids("id", json_list([3, -4]));

        assert_eq!(query.text(Engine::Sqlite), "id in (select value from json_each( $1 ))");
        assert_eq!(
            query.text(Engine::Postgres),
            "id in (select value::bigint from json_array_elements_text( $1 ::json))"
        );
        assert_eq!(query.params(), ["[3,-4]".into_param()]);
        assert_eq!(json_list([]), "[]");
    }
}
