//! The form of a rule and its text: two faces of one thing. Rows of the form become a text that is
//! read like any other; a text becomes rows where it has that shape.

use rules::filter::{Dialect, Field, Names, Tree, parse_in, print};
use rules::intake::rule::{Action, ActionField, print_actions};
use values::Language;
use web::Form;

/// A row of the conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConditionRow {
    /// The field by its English name; `words` for words anywhere.
    pub field: String,
    /// `is`, `not`, `more` or `less`.
    pub comparison: String,
    /// The values, separated by commas.
    pub value: String,
}

/// A row of the actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActionRow {
    /// The action by its English name.
    pub action: String,
    /// Whether it is only for what is empty.
    pub only_empty: bool,
    /// Its values: one for most, address and name, or source, pattern and variable.
    pub values: [String; 3],
}

/// A rule as the form shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Whether all conditions have to hold, or one of them.
    pub all: bool,
    /// The conditions.
    pub conditions: Vec<ConditionRow>,
    /// The actions.
    pub actions: Vec<ActionRow>,
    /// Whether the rules below are looked at afterwards.
    pub goes_on: bool,
}

/// The name of words anywhere among the fields.
pub const WORDS: &str = "words";

/// The rows of a rule; `None` if its condition has a shape that rows cannot show.
pub fn rows(
    tree: &Tree,
    actions: &[Action],
    language: Language,
    names: &impl Names,
) -> Option<Rows> {
    let (all, parts) = match tree {
        Tree::All(trees) => (true, trees.as_slice()),
        Tree::Any(trees) => (false, trees.as_slice()),
        one => (true, std::slice::from_ref(one)),
    };
    let conditions = parts.iter().map(|part| condition(part, language, names));
    let is_end = |action: &&Action| matches!(action, Action::End);
    Some(Rows {
        all,
        conditions: conditions.collect::<Option<_>>()?,
        actions: actions
            .iter()
            .filter(|action| !is_end(action))
            .map(|action| action_row(action, language, names))
            .collect(),
        goes_on: !actions.iter().any(|action| is_end(&action)),
    })
}

fn condition(tree: &Tree, language: Language, names: &impl Names) -> Option<ConditionRow> {
    let (tree, is_negated) = match tree {
        Tree::Not(inner) => (inner.as_ref(), true),
        tree => (tree, false),
    };
    let printed = print(tree, language, names);
    let field = match tree {
        Tree::Field { field, .. } => field.name(Language::English).to_owned(),
        Tree::Word(_) | Tree::Phrase(_) => WORDS.to_owned(),
        _ => return None,
    };
    let values = match tree {
        Tree::Field { .. } => printed.split_once(':').map_or("", |(_, values)| values),
        _ => printed.as_str(),
    };
    let (comparison, value) = match (is_negated, values.chars().next()) {
        (false, Some('>')) => ("more", values.trim_start_matches(['>', '='])),
        (false, Some('<')) => ("less", values.trim_start_matches(['<', '='])),
        (true, _) => ("not", values),
        (false, _) => ("is", values),
    };
    Some(ConditionRow { field, comparison: comparison.to_owned(), value: plain(value) })
}

/// Values as people type them: without quotes where a comma separates them all the same.
fn plain(values: &str) -> String {
    split(values)
        .into_iter()
        .map(|(value, needs_quotes)| match needs_quotes {
            true => format!("\"{value}\""),
            false => value,
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// The values of a text, and whether each holds a comma.
fn split(values: &str) -> Vec<(String, bool)> {
    let (mut found, mut current, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut push = |text: &mut String| {
        let value = text.trim().to_owned();
        text.clear();
        if !value.is_empty() {
            let has_comma = value.contains(',');
            found.push((value, has_comma));
        }
    };
    for c in values.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => push(&mut current),
            c => current.push(c),
        }
    }
    push(&mut current);
    found
}

fn action_row(action: &Action, language: Language, names: &impl Names) -> ActionRow {
    let printed = print_actions(std::slice::from_ref(action), language, names);
    let values = printed.split_once(':').map_or("", |(_, values)| values);
    let only_empty = values.starts_with('?');
    let mut parts = split(values.trim_start_matches('?')).into_iter().map(|(value, _)| value);
    let mut next = || parts.next().unwrap_or_default();
    let values = match action {
        Action::Subject(text) | Action::Company { text, .. } => {
            [text.clone(), String::new(), String::new()]
        }
        Action::Extract(extract) => {
            [next(), extract.pattern.as_str().to_owned(), extract.variable.clone()]
        }
        _ => [next(), next(), next()],
    };
    ActionRow { action: action.field().name(Language::English).to_owned(), only_empty, values }
}

/// The rows that a form sends.
pub fn typed(form: &Form) -> Rows {
    let fields: Vec<&str> = form.all("cf").collect();
    let comparisons: Vec<&str> = form.all("co").collect();
    let values: Vec<&str> = form.all("cv").collect();
    let at = |list: &[&str], place: usize| (*list.get(place).unwrap_or(&"")).to_owned();
    let conditions = (0..fields.len()).map(|place| ConditionRow {
        field: at(&fields, place),
        comparison: at(&comparisons, place),
        value: at(&values, place),
    });
    let actions: Vec<&str> = form.all("af").collect();
    let only_empty: Vec<&str> = form.all("ao").collect();
    let lists: [Vec<&str>; 3] = ["av", "aw", "ax"].map(|name| form.all(name).collect());
    let actions = (0..actions.len()).map(|place| ActionRow {
        action: at(&actions, place),
        only_empty: at(&only_empty, place) == "empty",
        values: [at(&lists[0], place), at(&lists[1], place), at(&lists[2], place)],
    });
    Rows {
        all: form.text("all") != "any",
        conditions: conditions.collect(),
        actions: actions.collect(),
        goes_on: form.has("goes_on"),
    }
}

impl Rows {
    /// The texts that the rows mean, in a language.
    pub fn texts(&self, language: Language) -> (String, String) {
        let conditions: Vec<String> =
            self.conditions.iter().filter_map(|row| row.text(language)).collect();
        let or = match language {
            Language::German => " oder ",
            Language::English => " or ",
        };
        let condition = conditions.join(if self.all { " " } else { or });
        let mut actions: Vec<String> =
            self.actions.iter().filter_map(|row| row.text(language)).collect();
        if !self.goes_on && !actions.is_empty() {
            let yes = if language == Language::German { "ja" } else { "yes" };
            actions.push(format!("{}:{yes}", ActionField::End.name(language)));
        }
        (condition, actions.join(" "))
    }
}

impl ConditionRow {
    fn text(&self, language: Language) -> Option<String> {
        let values = split(&self.value);
        if values.is_empty() {
            return None;
        }
        let minus = if self.comparison == "not" { "-" } else { "" };
        if self.field == WORDS {
            let words: Vec<String> = values.iter().map(|(value, _)| quoted(value)).collect();
            return Some(format!("{minus}{}", words.join(" ")));
        }
        let field = Field::from_name_in(&self.field, Dialect::Mails)?;
        let operator = match self.comparison.as_str() {
            "more" => ">",
            "less" => "<",
            _ => "",
        };
        let values: Vec<String> =
            values.iter().map(|(value, _)| format!("{operator}{}", quoted(value))).collect();
        Some(format!("{minus}{}:{}", field.name(language), values.join(",")))
    }
}

impl ActionRow {
    fn text(&self, language: Language) -> Option<String> {
        let action = ActionField::from_name(&self.action)?;
        let mark = if self.only_empty { "?" } else { "" };
        let [first, second, third] = &self.values;
        if first.trim().is_empty() {
            return None;
        }
        let values = match action {
            ActionField::Extract => {
                format!(
                    "{},{},{}",
                    quoted(first),
                    quoted(&second.replace('"', "\\x22")),
                    quoted(third)
                )
            }
            ActionField::Requester if second.trim().is_empty() => quoted(first),
            ActionField::Requester => format!("{},{}", quoted(first), quoted(second)),
            ActionField::Tag | ActionField::Mark => {
                let values = split(first);
                values.iter().map(|(value, _)| quoted(value)).collect::<Vec<_>>().join(",")
            }
            _ => quoted(first),
        };
        Some(format!("{}:{mark}{values}", action.name(language)))
    }
}

/// A value in quotes, unless it is a plain word. A quote in it cannot be written and is left out.
fn quoted(value: &str) -> String {
    let value = value.trim().replace('"', "");
    let is_plain = |c: char| c.is_alphanumeric() || "_-.@*%+#{}".contains(c);
    let is_id = value.starts_with('#');
    match !value.is_empty() && value.chars().all(is_plain) && !is_id && !value.starts_with('-') {
        true => value,
        false => format!("\"{value}\""),
    }
}

/// The tree of a text in either language, with names as typed.
pub fn tree(condition: &str) -> Tree {
    parse_in(condition, Dialect::Mails).tree
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::intake_rule::NoNames;
    use rules::intake::rule::parse_actions;

    fn both_ways(condition: &str, actions: &str) -> Option<(String, String)> {
        let parsed = parse_actions(actions, &NoNames).unwrap();
        let rows = rows(&tree(condition), &parsed, Language::German, &NoNames)?;
        Some(rows.texts(Language::German))
    }

    #[test]
    fn rows_and_text_say_the_same() {
        let table = [
            ("", "schlagwort:mahnung"),
            ("betreff:mahnung,\"letzte Zahlung\" -ist:bekannt", "priorität:?#3 ende:ja"),
            ("von:@firma.de oder größe:>5mb", "merkmal:privat mail:spam"),
            (
                "kopfzeile:\"X-Nr: 1\" \"ganze Worte\"",
                "auslesen:text,\"Nr: (\\d+), x\",nr betreff:\"Nr. {nr}, neu\"",
            ),
            ("-klasse:liste", "anfragender:ann@kunde.de,\"Ann Groß\" ticket:kopieren"),
        ];
        for (condition, actions) in table {
            let (again, done) = both_ways(condition, actions).unwrap();
            assert_eq!(tree(&again), tree(condition), "{condition} / {again}");
            let parsed = |text: &str| format!("{:?}", parse_actions(text, &NoNames).unwrap());
            // An id is printed as such; a row keeps it as a name.
            assert_eq!(parsed(&done.replace("\"#3\"", "#3")), parsed(actions), "{done}");
        }
    }

    #[test]
    fn a_condition_of_another_shape_has_no_rows() {
        assert_eq!(both_ways("betreff:a (von:b oder von:c)", "schlagwort:x"), None);
        assert_eq!(both_ways("-(betreff:a von:b)", "schlagwort:x"), None);
    }

    #[test]
    fn empty_rows_are_left_out_and_quotes_do_no_harm() {
        let rows = Rows {
            all: true,
            conditions: vec![
                ConditionRow::default(),
                ConditionRow {
                    field: "subject".into(),
                    comparison: "is".into(),
                    value: "a \"b, c\", ,d".into(),
                },
            ],
            actions: vec![
                ActionRow::default(),
                ActionRow {
                    action: "extract".into(),
                    only_empty: false,
                    values: ["text".into(), "\"(.*)\"".into(), "x".into()],
                },
            ],
            goes_on: true,
        };
        let (condition, actions) = rows.texts(Language::English);
        assert_eq!(condition, "subject:\"a b, c\",d");
        assert_eq!(actions, "extract:text,\"\\x22(.*)\\x22\",x");
    }
}
