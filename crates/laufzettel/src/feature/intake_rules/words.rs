//! Rules as sentences, and what is wrong with them.

use rules::filter::{Field, Names, State, Tree, print};
use rules::intake::rule::{
    Action, ActionField, Entry, Join, Verdict, parse_actions, print_actions,
};
use values::Language;
use web::Form;

use super::clause::when;
use super::form::{self, Half};
use super::save::Refused;
use crate::feature::ticket::page::mark_name;
use crate::record::MailboxId;
use crate::record::directory::Directory;
use crate::record::filter_names::{KnownNames, Lookup};
use crate::record::intake_rule::NoNames;
use crate::texts;

/// How a field of a mail is called.
pub fn field(language: Language, field: Field) -> &'static str {
    let texts = texts::intake_rules(language);
    match field {
        Field::From => texts.field_from(),
        Field::FromName => texts.field_from_name(),
        Field::To => texts.field_to(),
        Field::Cc => texts.field_cc(),
        Field::Bcc => texts.field_bcc(),
        Field::Recipient => texts.field_recipient(),
        Field::ReplyTo => texts.field_reply_to(),
        Field::Subject => texts.field_subject(),
        Field::Body => texts.field_text(),
        Field::Header => texts.field_header(),
        Field::Attachment => texts.field_attachment(),
        Field::AttachmentType => texts.field_attachment_type(),
        Field::Size => texts.field_size(),
        Field::Class => texts.field_class(),
        Field::Mailbox => texts.mailbox(),
        Field::Company => texts.field_company(),
        Field::Is => texts.field_is(),
        field => field.name(language),
    }
}

/// How an action is called.
pub fn action(language: Language, action: ActionField) -> &'static str {
    let texts = texts::intake_rules(language);
    match action {
        ActionField::Set(Entry::Area) => texts.action_area(),
        ActionField::Set(Entry::Queue) => texts.action_queue(),
        ActionField::Set(Entry::Category) => texts.action_category(),
        ActionField::Set(Entry::RequestType) => texts.action_request_type(),
        ActionField::Set(Entry::Priority) => texts.action_priority(),
        ActionField::Set(Entry::Status) => texts.action_status(),
        ActionField::Set(Entry::Assignee) => texts.action_assignee(),
        ActionField::Tag => texts.action_tag(),
        ActionField::Mark => texts.action_mark(),
        ActionField::Company => texts.action_company(),
        ActionField::MakeCompany => texts.action_make_company(),
        ActionField::Requester => texts.action_requester(),
        ActionField::Subject => texts.action_subject(),
        ActionField::Extract => texts.action_extract(),
        ActionField::Ticket => texts.action_ticket(),
        ActionField::Mail => texts.action_mail(),
        ActionField::End => texts.action_end(),
    }
}

/// A rule as one sentence.
pub fn sentence(language: Language, tree: &Tree, actions: &[Action], names: &impl Names) -> String {
    let texts = texts::intake_rules(language);
    let does = match actions {
        [Action::End] => texts.only_end().to_owned(),
        all => all.iter().map(|one| does(language, one, names)).collect::<Vec<_>>().join(", "),
    };
    match *tree == Tree::everything() {
        true => texts.sentence_always(&does),
        false => texts.sentence_when(&when(language, tree, names, true), &does),
    }
}

fn does(language: Language, one: &Action, names: &impl Names) -> String {
    let texts = texts::intake_rules(language);
    let printed = print_actions(std::slice::from_ref(one), language, names);
    let value = printed.split_once(':').map_or("", |(_, value)| value);
    let (value, only_empty) = match value.strip_prefix('?') {
        Some(value) => (value, true),
        None => (value, false),
    };
    let value = match one {
        Action::Set { what, to, .. } if names.name(what.field(), *to).is_none() => {
            texts.gone().to_owned()
        }
        _ => value.replace('"', ""),
    };
    let text = match one {
        Action::End => texts.action_end().to_owned(),
        Action::Extract(extract) => texts.does_extract(&extract.variable),
        Action::Mail(wanted) => verdict(language, *wanted).to_owned(),
        Action::Ticket(wanted) => join(language, *wanted).to_owned(),
        Action::Mark(mark) => texts.does(action(language, one.field()), mark_name(language, *mark)),
        one => texts.does(action(language, one.field()), &value),
    };
    if only_empty { texts.only_empty(&text) } else { text }
}

/// Whether a mail becomes a ticket, as the sentence and the form say it.
pub fn verdict(language: Language, verdict: Verdict) -> &'static str {
    let texts = texts::intake_rules(language);
    match verdict {
        Verdict::Spam => texts.mail_spam(),
        Verdict::Reject => texts.mail_reject(),
        Verdict::Take => texts.mail_take(),
    }
}

/// What becomes of a mail that names a ticket in its subject.
pub fn join(language: Language, join: Join) -> &'static str {
    let texts = texts::intake_rules(language);
    match join {
        Join::Move => texts.ticket_move(),
        Join::Copy => texts.ticket_copy(),
    }
}

/// A state of a mail, as it follows "the mail is".
pub fn state(language: Language, state: State) -> &'static str {
    let texts = texts::intake_rules(language);
    match state {
        State::Known => texts.state_known(),
        State::Unknown => texts.state_unknown(),
        State::Answer => texts.state_answer(),
        State::Forwarded => texts.state_forwarded(),
        State::Automatic => texts.state_automatic(),
        State::StartedHere => texts.state_started_here(),
        State::NamesTicket => texts.state_names_ticket(),
        State::Seen => texts.state_seen(),
        State::Answered => texts.state_answered(),
        state => state.name(language),
    }
}

/// What the history of the administration says of a field of a rule: names in place of ids. A company
/// stands there by its id.
pub fn said_of(
    language: Language,
    directory: &Directory,
    field: &str,
    text: &str,
) -> Option<String> {
    let known = KnownNames::default();
    let names = Lookup { directory, known: &known, language };
    match field {
        "condition" => Some(print(&form::tree(text), language, &names)),
        "actions" => {
            let actions = parse_actions(text, &NoNames).ok()?;
            Some(print_actions(&actions, language, &names))
        }
        "mailbox" => {
            let mailbox = MailboxId::parse(text).and_then(|id| directory.mailbox_by_id(id));
            Some(mailbox.map_or(text, |one| one.label.as_str()).to_owned())
        }
        _ => None,
    }
}

/// Refuses a form with a row that is filled in by half; `false` if there is none.
pub fn refuse_half(language: Language, typed: &mut Form) -> bool {
    let Some(found) = form::half(typed) else { return false };
    let (field, sentence) = half(language, found);
    typed.refuse(field, sentence);
    true
}

/// What is missing in a row: the field of the form, and a sentence.
fn half(language: Language, half: Half) -> (&'static str, String) {
    let texts = texts::intake_rules(language);
    match half {
        Half::ValueWithoutField(place) => {
            ("condition", texts.row_without_field(&place.to_string()))
        }
        Half::FieldWithoutValue(place) => {
            ("condition", texts.row_without_value(&place.to_string()))
        }
        Half::ValueWithoutAction(place) => {
            ("actions", texts.row_without_action(&place.to_string()))
        }
        Half::ActionWithoutValue(place) => {
            ("actions", texts.row_without_action_value(&place.to_string()))
        }
    }
}

/// Why a rule is refused: the field of the form, and a sentence.
pub fn refused(
    language: Language,
    refused: &Refused,
    condition: &str,
    actions: &str,
) -> (&'static str, String) {
    let texts = texts::intake_rules(language);
    let place = |text: &str, at: &std::ops::Range<usize>| {
        text.get(at.clone()).unwrap_or_default().chars().take(60).collect::<String>()
    };
    match refused {
        Refused::Name => ("name", texts.refused_name().to_owned()),
        Refused::TooMany => ("name", texts.refused_too_many().to_owned()),
        Refused::Condition(at, reason) => {
            let place = place(condition, at);
            (
                "condition",
                match reason.code() {
                    "unknown_field" => texts.refused_unknown_field(&place),
                    "missing_value" => texts.refused_missing_value(&place),
                    "unbalanced" | "too_deep" => texts.refused_unbalanced(&place),
                    "too_long" => texts.refused_too_long().to_owned(),
                    _ => texts.refused_unknown_value(&place),
                },
            )
        }
        Refused::Actions(at, reason) => {
            let place = place(actions, at);
            (
                "actions",
                match reason.code() {
                    "unknown_action" => texts.refused_unknown_action(&place),
                    "missing_value" => texts.refused_missing_value(&place),
                    "too_many_values" => texts.refused_too_many_values(&place),
                    "bad_pattern" => texts.refused_bad_pattern(&place),
                    "pattern_too_long" | "too_long" => texts.refused_too_long().to_owned(),
                    "unknown_variable" => texts.refused_unknown_variable(&place),
                    "tag_too_long" => texts.refused_tag_too_long().to_owned(),
                    "bad_address" => texts.refused_bad_address(&place),
                    _ => texts.refused_unknown_value(&place),
                },
            )
        }
        Refused::NoActions => ("actions", texts.refused_no_actions().to_owned()),
        Refused::EverythingGone => ("condition", texts.refused_everything().to_owned()),
        Refused::Gone(field) => ("actions", texts.refused_gone(action(language, *field))),
        Refused::UndoesItself(field) => {
            ("actions", texts.refused_undoes_itself(action(language, *field)))
        }
        Refused::Undoes(name, field) => {
            ("actions", texts.refused_undoes(name, action(language, *field)))
        }
    }
}
