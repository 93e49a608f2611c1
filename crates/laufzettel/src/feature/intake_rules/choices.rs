//! What can be chosen in the rows of a rule's form.

use rules::filter::{Dialect, Field, State, class_name};
use rules::intake::MailClass;
use rules::intake::rule::{Action, ActionField, Entry, Join, Mark, Verdict, print_actions};
use rules::text::fold_text;
use values::Language;

use super::form::{ActionRow, ConditionRow, Rows, WORDS};
use super::page::{ActionLine, ConditionLine, Face, Inputs};
use super::row_value::is_id;
use super::words;
use crate::feature::ticket::page::mark_name;
use crate::record::directory::{Directory, Listed};
use crate::record::frame::mail_class;
use crate::record::intake_rule::NoNames;
use crate::texts;

type Choices = Vec<(String, String)>;

/// The rows as the form shows them; one empty row where there is none.
pub fn face(directory: &Directory, language: Language, rows: &Rows) -> Face {
    let (empty_condition, empty_action) = (ConditionRow::default(), ActionRow::default());
    let or_empty = |is_empty: bool| usize::from(is_empty);
    let conditions = rows.conditions.iter();
    let conditions = conditions
        .chain(std::iter::once(&empty_condition).take(or_empty(rows.conditions.is_empty())));
    let actions = rows.actions.iter();
    let actions =
        actions.chain(std::iter::once(&empty_action).take(or_empty(rows.actions.is_empty())));
    Face::Rows {
        all: rows.all,
        conditions: conditions.map(|row| condition(directory, language, row)).collect(),
        actions: actions.map(|row| action(directory, language, row)).collect(),
        goes_on: rows.goes_on,
    }
}

/// The fields of a mail, by their English names.
pub fn fields(language: Language) -> Choices {
    let texts = texts::intake_rules(language);
    let none = (String::new(), texts.choose_field().to_owned());
    let all = Field::all_in(Dialect::Mails);
    let all = all.map(|one| {
        (one.name(Language::English).to_owned(), words::field(language, one).to_owned())
    });
    let anywhere = (WORDS.to_owned(), texts.words().to_owned());
    std::iter::once(none).chain(all).chain([anywhere]).collect()
}

/// The actions, by their English names.
pub fn actions(language: Language) -> Choices {
    let none = (String::new(), texts::intake_rules(language).choose_action().to_owned());
    let all = ActionField::all().filter(|one| *one != ActionField::End);
    let all = all.map(|one| {
        (one.name(Language::English).to_owned(), words::action(language, one).to_owned())
    });
    std::iter::once(none).chain(all).collect()
}

fn condition(directory: &Directory, language: Language, row: &ConditionRow) -> ConditionLine {
    let texts = texts::intake_rules(language);
    let field = Field::from_name_in(&row.field, Dialect::Mails);
    let codes: &[(&str, &str)] = match field {
        Some(Field::Size) => &[
            ("more", texts.op_more()),
            ("least", texts.op_least()),
            ("less", texts.op_less()),
            ("most", texts.op_most()),
        ],
        Some(Field::Is | Field::Class | Field::Mailbox | Field::Company | Field::Attachment) => {
            &[("is", texts.op_is_one()), ("not", texts.op_is_none())]
        }
        _ => &[("is", texts.op_is()), ("not", texts.op_not())],
    };
    let comparisons =
        codes.iter().map(|(code, words)| ((*code).to_owned(), (*words).to_owned())).collect();
    let choices = field.and_then(|field| values(directory, language, field));
    let value = match choices.filter(|_| !row.value.contains(',')) {
        Some(choices) => chosen(row.value.trim_matches('"'), choices, texts.gone(), is_id),
        None => Inputs::Line(row.value.clone()),
    };
    ConditionLine {
        field: row.field.clone(),
        comparison: (row.comparison.clone(), comparisons),
        value,
    }
}

/// The choices with the one that a value means. A value that is `real` and none of them, as that of an
/// entry that is gone, is one more: otherwise another one would be sent in its place.
fn chosen(value: &str, mut choices: Choices, gone: &str, is_real: impl Fn(&str) -> bool) -> Inputs {
    let value = value.trim();
    let same = choices.iter().find(|(one, _)| fold_text(one) == fold_text(value));
    let known = same.map(|(one, _)| one.clone());
    if known.is_none() && is_real(value) {
        let words = if is_id(value) { gone } else { value };
        choices.push((value.to_owned(), words.to_owned()));
    }
    Inputs::Choice(known.unwrap_or_else(|| value.to_owned()), choices)
}

/// The values that a field can have, where they are few.
fn values(directory: &Directory, language: Language, field: Field) -> Option<Choices> {
    let named = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    Some(match field {
        Field::Is => State::of_mails()
            .map(|state| named(state.name(language), words::state(language, state)))
            .collect(),
        Field::Class => MailClass::ALL
            .into_iter()
            .map(|class| named(class_name(class, language), mail_class(language, class.code())))
            .collect(),
        Field::Mailbox => {
            directory.mailboxes.iter().map(|one| named(&one.label, &one.label)).collect()
        }
        _ => return None,
    })
}

fn action(directory: &Directory, language: Language, row: &ActionRow) -> ActionLine {
    let texts = texts::intake_rules(language);
    let [first, second, third] = &row.values;
    let unnamed = |value: Inputs| vec![(String::new(), value)];
    let named = |one: Action, words: &'static str| (word(&one, language), words.to_owned());
    let choice = |choices: Choices| unnamed(Inputs::Choice(first.clone(), choices));
    let action = ActionField::from_name(&row.action);
    let values = match action {
        Some(ActionField::Set(entry)) => {
            let (active, off) = entries(directory, language, entry);
            let is_real = |value: &str| is_id(value) || off.iter().any(|name| name == value);
            unnamed(chosen(first, active, texts.gone(), is_real))
        }
        Some(ActionField::Mark) if !first.contains(',') => choice(
            Mark::ALL.map(|mark| named(Action::Mark(mark), mark_name(language, mark))).into(),
        ),
        Some(ActionField::Ticket) => {
            let all = [Join::Move, Join::Copy];
            choice(all.map(|one| named(Action::Ticket(one), words::join(language, one))).into())
        }
        Some(ActionField::Mail) => {
            let all = [Verdict::Spam, Verdict::Reject, Verdict::Take];
            choice(all.map(|one| named(Action::Mail(one), words::verdict(language, one))).into())
        }
        Some(ActionField::Requester) => vec![
            (texts.requester_address().to_owned(), Inputs::Line(first.clone())),
            (texts.requester_name().to_owned(), Inputs::Line(second.clone())),
        ],
        Some(ActionField::Extract) => vec![
            (texts.source().to_owned(), Inputs::Choice(first.clone(), sources(language))),
            (texts.pattern().to_owned(), Inputs::Line(second.clone())),
            (texts.variable().to_owned(), Inputs::Line(third.clone())),
        ],
        _ => unnamed(Inputs::Line(first.clone())),
    };
    let can_be_empty = matches!(
        action,
        Some(ActionField::Set(_) | ActionField::Company | ActionField::MakeCompany)
    );
    let only_empty = can_be_empty.then_some(row.only_empty);
    ActionLine { action: row.action.clone(), only_empty, values }
}

/// The fixed word of an action.
fn word(action: &Action, language: Language) -> String {
    let printed = print_actions(std::slice::from_ref(action), language, &NoNames);
    printed.split_once(':').map_or(String::new(), |(_, word)| word.to_owned())
}

fn sources(language: Language) -> Choices {
    let names = match language {
        Language::German => ["betreff", "text", "kopfzeile"],
        Language::English => ["subject", "text", "header"],
    };
    names.into_iter().map(|name| (name.to_owned(), name.to_owned())).collect()
}

/// The names of the entries that are on, as choices, and of those that are off.
fn entries(directory: &Directory, language: Language, entry: Entry) -> (Choices, Vec<String>) {
    fn named<T: Listed>(list: &[T], language: Language) -> Vec<(bool, String)> {
        list.iter().map(|one| (one.is_active(), one.name(language).to_owned())).collect()
    }
    let all = match entry {
        Entry::Area => named(&directory.areas, language),
        Entry::Queue => named(&directory.queues, language),
        Entry::Category => named(&directory.categories, language),
        Entry::RequestType => named(&directory.request_types, language),
        Entry::Priority => named(&directory.priorities, language),
        Entry::Status => named(&directory.statuses, language),
        Entry::Assignee => {
            directory.agents.iter().map(|agent| (agent.active, agent.name.clone())).collect()
        }
    };
    let (on, off): (Vec<_>, Vec<_>) = all.into_iter().partition(|(is_on, _)| *is_on);
    let on = on.into_iter().map(|(_, name)| (name.clone(), name)).collect();
    (on, off.into_iter().map(|(_, name)| name).collect())
}
