//! The form of a rule and its text: two faces of one thing. Rows of the form become a text that is
//! read like any other; a text becomes rows where it has that shape.

use rules::filter::{Comparison, Dialect, Field, Names, Tree, Value, parse_in, print};
use rules::intake::rule::{Action, ActionField, parse_actions, print_actions};
use values::Language;
use web::Form;

use super::row_value::{RowValue, is_id, one_value, quoted, shown_of_field, shown_of_words, split};
use crate::record::intake_rule::NoNames;

/// A row of the conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConditionRow {
    /// The field by its English name; `words` for words anywhere.
    pub field: String,
    /// `is` or `not`; of a size `more`, `least`, `less` or `most`.
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

/// The comparisons of sizes that a row has.
const SIZES: [(&str, Comparison); 4] = [
    ("more", Comparison::Greater),
    ("least", Comparison::AtLeast),
    ("less", Comparison::Less),
    ("most", Comparison::AtMost),
];

/// The rows of a rule; `None` if rows cannot say exactly the same.
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
    let (ends, acts): (Vec<&Action>, Vec<&Action>) =
        actions.iter().partition(|action| matches!(action, Action::End));
    let rows = Rows {
        all,
        conditions: conditions.collect::<Option<_>>()?,
        actions: acts.iter().map(|action| action_row(action, language, names)).collect(),
        goes_on: ends.is_empty(),
    };
    let (condition, done) = rows.texts(language);
    let again = parse_actions(&done, names).ok()?;
    let wanted: Vec<Action> = acts.into_iter().chain(ends.into_iter().take(1)).cloned().collect();
    let is_same = print(&self::tree(&condition), language, names) == print(tree, language, names)
        && print_actions(&again, language, names) == print_actions(&wanted, language, names);
    is_same.then_some(rows)
}

fn condition(tree: &Tree, language: Language, names: &impl Names) -> Option<ConditionRow> {
    let (tree, is_negated) = match tree {
        Tree::Not(inner) => (inner.as_ref(), true),
        tree => (tree, false),
    };
    let (field, values) = match tree {
        Tree::Field { field: Field::Size, values } if !is_negated => return sizes(values),
        Tree::Field { field: Field::Size, .. } => return None,
        Tree::Field { field, values } => {
            let written = |value| written(*field, value, language, names);
            let values = values.iter().map(|value| shown_of_field(*field, &written(value)));
            (field.name(Language::English), values.collect::<Vec<_>>())
        }
        Tree::Any(words) => {
            (WORDS, words.iter().map(|word| words_of(word, language)).collect::<Option<_>>()?)
        }
        one => (WORDS, vec![words_of(one, language)?]),
    };
    let comparison = if is_negated { "not" } else { "is" };
    Some(ConditionRow {
        field: field.to_owned(),
        comparison: comparison.to_owned(),
        value: values.join(", "),
    })
}

/// A value as it stands behind its field.
fn written(field: Field, value: &Value, language: Language, names: &impl Names) -> String {
    let tree = Tree::Field { field, values: vec![value.clone()] };
    let printed = print(&tree, language, names);
    printed.split_once(':').map_or(String::new(), |(_, value)| value.to_owned())
}

fn words_of(tree: &Tree, language: Language) -> Option<String> {
    let is_words = matches!(tree, Tree::Word(_) | Tree::Phrase(_));
    is_words.then(|| shown_of_words(&print(tree, language, &NoNames)))
}

/// A row of sizes that are all compared alike. An exact size, or several comparisons, is no row.
fn sizes(values: &[Value]) -> Option<ConditionRow> {
    let mut sizes = values.iter().map(|value| match value {
        Value::Size(comparison, _) => {
            let written = written(Field::Size, value, Language::English, &NoNames);
            let size = written.trim_start_matches(comparison.operator()).to_owned();
            Some((*comparison, size))
        }
        _ => None,
    });
    let (comparison, first) = sizes.next()??;
    let (code, _) = SIZES.iter().find(|(_, one)| *one == comparison)?;
    let mut all = vec![first];
    for size in sizes {
        let (_, size) = size.filter(|(one, _)| *one == comparison)?;
        all.push(size);
    }
    Some(ConditionRow {
        field: Field::Size.name(Language::English).to_owned(),
        comparison: (*code).to_owned(),
        value: all.join(", "),
    })
}

fn action_row(action: &Action, language: Language, names: &impl Names) -> ActionRow {
    let printed = print_actions(std::slice::from_ref(action), language, names);
    let written = printed.split_once(':').map_or("", |(_, values)| values);
    let only_empty = matches!(
        action,
        Action::Set { only_empty: true, .. } | Action::Company { only_empty: true, .. }
    );
    let word = || written.trim_start_matches('?').trim_matches('"').to_owned();
    let only = |text: String| [text, String::new(), String::new()];
    let values = match action {
        Action::Subject(text) | Action::Company { text, .. } => only(text.clone()),
        Action::Tag(text) => only(one_value(text)),
        Action::Requester { address, name } => {
            [address.clone(), name.clone().unwrap_or_default(), String::new()]
        }
        Action::Extract(extract) => {
            let source = written.split(',').next().unwrap_or_default().to_owned();
            [source, extract.pattern.as_str().to_owned(), extract.variable.clone()]
        }
        _ => only(word()),
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
        let condition = conditions.join(if self.all { " " } else { or(language) });
        let mut actions: Vec<String> =
            self.actions.iter().filter_map(|row| row.text(language)).collect();
        if !self.goes_on {
            let yes = if language == Language::German { "ja" } else { "yes" };
            actions.push(format!("{}:{yes}", ActionField::End.name(language)));
        }
        (condition, actions.join(" "))
    }
}

/// A row that says something only by half, by its number: a rule without it would say something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// A condition with a value and no field.
    ValueWithoutField(usize),
    /// A condition with a field and no value.
    FieldWithoutValue(usize),
    /// A value, and nothing that is done with it.
    ValueWithoutAction(usize),
    /// An action without a value.
    ActionWithoutValue(usize),
}

/// The first row of a form that is filled in by half.
pub fn half(form: &Form) -> Option<Half> {
    if form.text("face") == "text" { None } else { typed(form).half() }
}

impl Rows {
    /// The first row that is filled in by half.
    pub fn half(&self) -> Option<Half> {
        let conditions = (1..).zip(&self.conditions).find_map(|(place, row)| {
            match (row.field.is_empty(), row.values().is_empty()) {
                (true, false) => Some(Half::ValueWithoutField(place)),
                (false, true) => Some(Half::FieldWithoutValue(place)),
                _ => None,
            }
        });
        let actions = (1..).zip(&self.actions).find_map(|(place, row)| {
            let is_blank = |value: &String| value.trim().is_empty();
            match (row.action.is_empty(), row.values.first().is_none_or(is_blank)) {
                (true, false) => Some(Half::ValueWithoutAction(place)),
                (false, true) => Some(Half::ActionWithoutValue(place)),
                _ => None,
            }
        });
        conditions.or(actions)
    }
}

impl ConditionRow {
    /// Its values. There are no words without a letter or a digit.
    fn values(&self) -> Vec<RowValue> {
        let mut values = split(&self.value);
        values.retain(|value| self.field != WORDS || value.text.contains(char::is_alphanumeric));
        values
    }

    fn text(&self, language: Language) -> Option<String> {
        let values = self.values();
        if values.is_empty() {
            return None;
        }
        let minus = if self.comparison == "not" { "-" } else { "" };
        if self.field == WORDS {
            let words: Vec<String> = values.iter().map(RowValue::of_words).collect();
            return Some(match words.as_slice() {
                [word] => format!("{minus}{word}"),
                words => format!("{minus}({})", words.join(or(language))),
            });
        }
        let field = Field::from_name_in(&self.field, Dialect::Mails)?;
        let name = field.name(language);
        let values = values.iter().map(|value| value.of_field(field));
        if field == Field::Size {
            let chosen = SIZES.iter().find(|(code, _)| *code == self.comparison);
            let operator = chosen.map_or(">", |(_, comparison)| comparison.operator());
            let values: Vec<String> = values.map(|value| format!("{operator}{value}")).collect();
            return Some(format!("{name}:{}", values.join(",")));
        }
        Some(format!("{minus}{name}:{}", values.collect::<Vec<_>>().join(",")))
    }
}

/// The word between alternatives.
fn or(language: Language) -> &'static str {
    match language {
        Language::German => " oder ",
        Language::English => " or ",
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
        let plain = |text: &str| quoted(&text.replace('"', ""));
        let values = match action {
            ActionField::Extract => {
                let pattern = second.replace('"', "\\x22");
                format!("{},\"{pattern}\",{}", plain(first), plain(third))
            }
            ActionField::Requester if second.trim().is_empty() => plain(first),
            ActionField::Requester => format!("{},{}", plain(first), plain(second)),
            ActionField::Tag | ActionField::Mark => {
                let values = split(first);
                values.iter().map(|value| quoted(&value.text)).collect::<Vec<_>>().join(",")
            }
            ActionField::Set(_) if is_id(first.trim()) => first.trim().to_owned(),
            _ => plain(first),
        };
        Some(format!("{}:{mark}{values}", action.name(language)))
    }
}

/// The tree of a text in either language, with names as typed.
pub fn tree(condition: &str) -> Tree {
    parse_in(condition, Dialect::Mails).tree
}

#[cfg(test)]
mod tests;
