//! Words for the lists, their fields and the values that fields can have.

use rules::status::StatusKind;
use values::Language;

use super::List;
use crate::texts;

/// A value of a field with its words.
pub type Choice = (String, String);

impl List {
    /// Its name on the screen.
    pub fn title(self, language: Language) -> &'static str {
        let texts = texts::lists(language);
        match self {
            Self::Areas => texts.areas(),
            Self::Queues => texts.queues(),
            Self::RequestTypes => texts.request_types(),
            Self::Categories => texts.categories(),
            Self::Priorities => texts.priorities(),
            Self::Statuses => texts.statuses(),
        }
    }

    /// What it is for.
    pub fn about(self, language: Language) -> &'static str {
        let texts = texts::lists(language);
        match self {
            Self::Areas => texts.about_areas(),
            Self::Queues => texts.about_queues(),
            Self::RequestTypes => texts.about_request_types(),
            Self::Categories => texts.about_categories(),
            Self::Priorities => texts.about_priorities(),
            Self::Statuses => texts.about_statuses(),
        }
    }
}

/// The words for a kind of status.
pub fn kind(language: Language, kind: StatusKind) -> &'static str {
    let texts = texts::lists(language);
    match kind {
        StatusKind::Unread => texts.kind_unread(),
        StatusKind::Read => texts.kind_read(),
        StatusKind::Assigned => texts.kind_assigned(),
        StatusKind::InProgress => texts.kind_in_progress(),
        StatusKind::WaitingRequester => texts.kind_waiting_requester(),
        StatusKind::WaitingInternal => texts.kind_waiting_internal(),
        StatusKind::ToClarify => texts.kind_to_clarify(),
        StatusKind::OnHold => texts.kind_on_hold(),
        StatusKind::Done => texts.kind_done(),
        StatusKind::Cancelled => texts.kind_cancelled(),
        StatusKind::Trash => texts.kind_trash(),
    }
}

/// The label of a field, by its name in forms and in the history.
pub fn field(language: Language, name: &str) -> Option<&'static str> {
    let texts = texts::lists(language);
    Some(match name {
        "name" => texts.name(),
        "name_en" => texts.name_english(),
        "active" => texts.active(),
        "kind" => texts.kind(),
        "area" => texts.only_in(),
        "hue" => texts.hue(),
        "group_name" => texts.group(),
        "description" => texts.description(),
        "short_name" => texts.short_name(),
        "responsible" => texts.responsible(),
        "is_default" => texts.default(),
        "parent" => texts.parent(),
        "priority" => texts.gives_priority(),
        "is_public" => texts.public(),
        _ => return area_field(language, name),
    })
}

fn area_field(language: Language, name: &str) -> Option<&'static str> {
    let texts = texts::lists(language);
    Some(match name {
        "number_mask" => texts.number_mask(),
        "sender" => texts.sender(),
        "quote" => texts.quote(),
        "on_answer" => texts.on_answer(),
        "on_customer_answer" => texts.on_customer_answer(),
        "after_closing" => texts.after_closing(),
        "linked_after_days" => texts.linked_after_days(),
        "closing_mail" => texts.closing_mail(),
        "confirm_closing" => texts.confirm_closing(),
        "inform_assignee" => texts.inform_assignee(),
        "notify_requester" => texts.notify_requester(),
        "mail_header" => texts.mail_header(),
        "mail_footer" => texts.mail_footer(),
        "closing_text" => texts.closing_text(),
        "told_new" => texts.told_new(),
        "told_new_text" => texts.told_new_text(),
        _ => return None,
    })
}

/// The values that a field can have with their words, if they are fixed.
pub fn choices(language: Language, name: &str) -> Vec<Choice> {
    let texts = texts::lists(language);
    let fixed: &[(&str, &str)] = match name {
        "hue" => &[
            ("1", texts.hue_1()),
            ("2", texts.hue_2()),
            ("3", texts.hue_3()),
            ("4", texts.hue_4()),
            ("5", texts.hue_5()),
            ("6", texts.hue_6()),
        ],
        "quote" => &[
            ("none", texts.quote_none()),
            ("last", texts.quote_last()),
            ("all", texts.quote_all()),
        ],
        "on_answer" => &[
            ("keep", texts.on_answer_keep()),
            ("in_progress", texts.on_answer_in_progress()),
            ("waiting_requester", texts.on_answer_waiting_requester()),
            ("done", texts.on_answer_done()),
        ],
        "on_customer_answer" => &[
            ("by_assignee", texts.on_customer_by_assignee()),
            ("unread", texts.on_customer_unread()),
            ("in_progress", texts.on_customer_in_progress()),
        ],
        "after_closing" => &[
            ("as_new", texts.after_closing_as_new()),
            ("as_open", texts.after_closing_as_open()),
            ("linked", texts.after_closing_linked()),
        ],
        "closing_mail" => &[
            ("ask", texts.closing_mail_ask()),
            ("send", texts.closing_mail_send()),
            ("none", texts.closing_mail_none()),
        ],
        "inform_assignee" => &[
            ("ask", texts.inform_ask()),
            ("always", texts.inform_always()),
            ("never", texts.inform_never()),
        ],
        "kind" => return StatusKind::ALL.map(|one| choice(one.code(), kind(language, one))).into(),
        _ => &[],
    };
    fixed.iter().map(|(value, words)| choice(value, words)).collect()
}

/// A value with its words.
pub fn choice(value: &str, words: &str) -> Choice {
    (value.to_owned(), words.to_owned())
}
