//! The form of an entry: what it shows at first, and what was typed as fields, each problem with a
//! sentence beside its field.

use mail::text::text_from_html;
use rules::number::Mask;
use rules::status::StatusKind;
use values::Language;
use web::Form;

use super::store::Row;
use super::words::choices;
use super::{AnswerFields, Fields, List, SHORT_NAME_LETTERS_MAX, told};
use crate::api::line;
use crate::feature::notify::closing::TEXT_LETTERS_MAX;
use crate::feature::settings::mask_problem;
use crate::http::screen::Screen;
use crate::record::AgentId;
use crate::record::body::edited_piece;
use crate::record::directory::{Listed, by_id};
use crate::texts;

/// Letters of a text on one line.
const LINE_LETTERS_MAX: usize = 200;
/// Bytes of what stands around mails.
const PIECE_BYTES_MAX: usize = 64 * 1024;
/// Days after closing until a mail makes a new ticket.
const DAYS: std::ops::RangeInclusive<i64> = 0..=3650;

/// The form as it shows an entry at first.
pub fn values(row: &Row) -> Form {
    let number = |value: Option<i64>| value.map(|value| value.to_string());
    let piece = |html: &Option<String>| html.as_deref().map(text_from_html);
    let pieces = [piece(&row.mail_header), piece(&row.mail_footer)];
    let texts = [
        ("name", Some(row.name.clone())),
        ("name_en", row.name_en.clone()),
        ("kind", row.kind.clone()),
        ("area", number(row.area)),
        ("hue", number(row.hue)),
        ("group_name", row.group_name.clone()),
        ("description", row.description.clone()),
        ("short_name", row.short_name.clone()),
        ("responsible", row.responsible.map(|id| id.to_string())),
        ("number_mask", row.number_mask.clone()),
        ("sender", row.sender.map(|id| id.to_string())),
        ("parent", number(row.parent)),
        ("priority", number(row.priority)),
        ("quote", row.quote.clone()),
        ("on_answer", row.on_answer.clone()),
        ("on_customer_answer", row.on_customer_answer.clone()),
        ("after_closing", row.after_closing.clone()),
        ("linked_after_days", number(row.linked_after_days)),
        ("closing_mail", row.closing_mail.clone()),
        ("inform_assignee", row.inform_assignee.clone()),
        ("mail_header", pieces[0].as_deref().map(|text| text.trim().to_owned())),
        ("mail_header_html", row.mail_header.clone()),
        ("mail_footer", pieces[1].as_deref().map(|text| text.trim().to_owned())),
        ("mail_footer_html", row.mail_footer.clone()),
        ("closing_text", row.closing_text.clone()),
        ("told_new", row.told_new.as_ref().map(|list| list.replace(',', "\n"))),
        ("told_new_text", row.told_new_text.clone()),
    ];
    let flags = [
        ("active", Some(row.active)),
        ("is_default", row.is_default),
        ("is_public", row.is_public),
        ("confirm_closing", row.confirm_closing),
        ("notify_requester", row.notify_requester),
    ];
    let on =
        flags.into_iter().filter(|(_, flag)| *flag == Some(true)).map(|(name, _)| (name, "on"));
    let texts = texts.iter().filter_map(|(name, text)| Some((*name, text.as_deref()?)));
    Form::with_values(texts.chain(on))
}

/// A new entry as the form shows it at first.
pub fn of_new(list: List) -> Form {
    let mut row = Row { active: true, ..Row::default() };
    row.take(list, &Fields::default());
    values(&row)
}

/// What was typed, and where it is looked up.
struct Typed<'a> {
    screen: &'a Screen,
    form: &'a mut Form,
    before: Option<&'a Row>,
}

/// What was typed as fields; what is wrong stands in the form afterwards.
pub fn read(screen: &Screen, list: List, form: &mut Form, before: Option<&Row>) -> Fields {
    let mut typed = Typed { screen, form, before };
    let fields = Fields {
        name: Some(typed.name()),
        name_en: Some(typed.line("name_en")),
        active: Some(typed.form.has("active")),
        ..Fields::default()
    };
    match list {
        List::Areas => typed.area(fields),
        List::Queues => Fields {
            short_name: Some(typed.short_name()),
            responsible: Some(typed.responsible()),
            ..fields
        },
        List::Statuses => Fields { kind: typed.kind(), area: Some(typed.only_area()), ..fields },
        List::RequestTypes => Fields { is_default: typed.default(), ..fields },
        List::Priorities => {
            Fields { is_default: typed.default(), hue: Some(typed.hue()), ..fields }
        }
        List::Categories => Fields {
            parent: Some(typed.category()),
            priority: Some(typed.priority()),
            is_public: Some(typed.form.has("is_public")),
            ..fields
        },
    }
}

impl Typed<'_> {
    fn language(&self) -> Language {
        self.screen.language
    }

    fn name(&mut self) -> String {
        let texts = texts::lists(self.language());
        let text = self.form.text("name").to_owned();
        if text.chars().count() > LINE_LETTERS_MAX {
            self.form.refuse("name", texts.name_long());
        }
        let name = line(&text);
        if name.is_none() {
            self.form.refuse("name", texts.name_missing());
        }
        name.unwrap_or_default()
    }

    fn line(&mut self, field: &str) -> Option<String> {
        let text = self.form.text(field).to_owned();
        if text.chars().count() > LINE_LETTERS_MAX {
            self.form.refuse(field, texts::lists(self.language()).line_long());
        }
        line(&text)
    }

    fn short_name(&mut self) -> Option<String> {
        let name = self.line("short_name");
        if name.as_ref().is_some_and(|name| name.chars().count() > SHORT_NAME_LETTERS_MAX) {
            self.form.refuse("short_name", texts::lists(self.language()).short_name_long());
        }
        name
    }

    /// Refuses a choice that is not offered.
    fn unknown(&mut self, field: &str) {
        self.form.refuse(field, texts::lists(self.language()).unknown_choice());
    }

    fn responsible(&mut self) -> Option<AgentId> {
        let text = self.form.text("responsible").to_owned();
        if text.is_empty() {
            return None;
        }
        let agent = AgentId::parse(&text).and_then(|id| self.screen.directory.agent(id));
        let is_there = agent.filter(|agent| {
            agent.active || self.before.is_some_and(|row| row.responsible == Some(agent.id))
        });
        if is_there.is_none() {
            self.unknown("responsible");
        }
        is_there.map(|agent| agent.id)
    }

    fn kind(&mut self) -> Option<StatusKind> {
        if self.before.is_some() {
            return None;
        }
        let kind = StatusKind::from_code(self.form.text("kind"));
        if kind.is_none() {
            self.form.refuse("kind", texts::lists(self.language()).kind_missing());
        }
        kind
    }

    fn only_area(&mut self) -> Option<i64> {
        let text = self.form.text("area").to_owned();
        let found = text.parse().ok().and_then(|id| by_id(&self.screen.directory.areas, id));
        if found.is_none() && !text.is_empty() {
            self.unknown("area");
        }
        found.map(Listed::number)
    }

    /// Nobody takes the default away; another entry becomes it.
    fn default(&self) -> Option<bool> {
        self.form.has("is_default").then_some(true)
    }

    fn hue(&mut self) -> Option<i64> {
        let text = self.form.text("hue").to_owned();
        let hue = text.parse().ok().filter(|hue| (1..=6).contains(hue));
        if hue.is_none() && !text.is_empty() {
            self.unknown("hue");
        }
        hue
    }

    fn category(&mut self) -> Option<i64> {
        let text = self.form.text("parent").to_owned();
        let found = text.parse().ok().and_then(|id| by_id(&self.screen.directory.categories, id));
        if found.is_none() && !text.is_empty() {
            self.unknown("parent");
        }
        found.map(Listed::number)
    }

    fn priority(&mut self) -> Option<i64> {
        let text = self.form.text("priority").to_owned();
        let found = text.parse().ok().and_then(|id| by_id(&self.screen.directory.priorities, id));
        if found.is_none() && !text.is_empty() {
            self.unknown("priority");
        }
        found.map(Listed::number)
    }

    fn area(&mut self, fields: Fields) -> Fields {
        Fields {
            group_name: Some(self.line("group_name")),
            description: Some(self.line("description")),
            hue: Some(self.hue()),
            number_mask: Some(self.mask()),
            answers: self.answers(),
            ..fields
        }
    }

    fn mask(&mut self) -> Option<String> {
        let text = self.form.text("number_mask").to_owned();
        if text.is_empty() {
            return None;
        }
        if let Err(problem) = Mask::parse(&text) {
            self.form.refuse("number_mask", mask_problem(self.language(), &problem));
        }
        Some(text)
    }

    /// One of the words that a field knows; a field that was not sent stays as it is.
    fn word(&mut self, field: &str) -> Option<String> {
        if !self.form.has(field) {
            return None;
        }
        let text = self.form.text(field).to_owned();
        if !choices(self.language(), field).iter().any(|(value, _)| *value == text) {
            self.unknown(field);
        }
        Some(text)
    }

    fn answers(&mut self) -> AnswerFields {
        let answers = AnswerFields {
            sender: Some(self.sender()),
            quote: self.word("quote"),
            on_answer: self.word("on_answer"),
            on_customer_answer: self.word("on_customer_answer"),
            after_closing: self.word("after_closing"),
            linked_after_days: Some(self.days()),
            closing_mail: self.word("closing_mail"),
            confirm_closing: Some(self.form.has("confirm_closing")),
            inform_assignee: self.word("inform_assignee"),
            notify_requester: Some(self.form.has("notify_requester")),
            mail_header: Some(self.piece("mail_header", |row| row.mail_header.as_deref())),
            mail_footer: Some(self.piece("mail_footer", |row| row.mail_footer.as_deref())),
            closing_text: Some(self.long_text("closing_text")),
            told_new: Some(self.told_new()),
            told_new_text: Some(self.long_text("told_new_text")),
        };
        let is_linked = answers.after_closing.as_deref() == Some("linked");
        if is_linked && answers.linked_after_days.flatten().is_none() {
            let sentence = texts::lists(self.language()).days_missing();
            self.form.refuse("linked_after_days", sentence);
        }
        answers
    }

    fn sender(&mut self) -> Option<crate::record::SenderId> {
        let text = self.form.text("sender").to_owned();
        let senders = &self.screen.directory.senders;
        let found = senders.iter().find(|sender| sender.id.to_string() == text);
        let found = found.map(|sender| sender.id);
        if found.is_none() && !text.is_empty() {
            self.unknown("sender");
        }
        found
    }

    fn days(&mut self) -> Option<i64> {
        let text = self.form.text("linked_after_days").to_owned();
        let days = text.parse().ok().filter(|days| DAYS.contains(days));
        if days.is_none() && !text.is_empty() {
            let sentence = texts::lists(self.language()).days_missing();
            self.form.refuse("linked_after_days", sentence);
        }
        days
    }

    /// A piece of HTML that was written as text.
    fn piece(&mut self, field: &str, stored: fn(&Row) -> Option<&str>) -> Option<String> {
        let html_field = format!("{field}_html");
        let (text, html) = (self.form.raw(field), self.form.raw(&html_field));
        let piece = edited_piece(text, html, self.before.and_then(stored));
        if piece.as_ref().is_some_and(|html| html.len() > PIECE_BYTES_MAX) {
            let letters = PIECE_BYTES_MAX.to_string();
            self.form.refuse(field, texts::lists(self.language()).text_long(&letters));
        }
        piece
    }

    /// Addresses that hear of new tickets, one a line.
    fn told_new(&mut self) -> Option<String> {
        match told::list(&self.screen.directory, self.form.raw("told_new")) {
            Ok(list) => list,
            Err(wrong) => {
                self.form.refuse("told_new", told::sentence(self.language(), &wrong));
                None
            }
        }
    }

    fn long_text(&mut self, field: &str) -> Option<String> {
        let text = self.form.raw(field).replace('\0', "").replace("\r\n", "\n");
        if text.chars().count() > TEXT_LETTERS_MAX {
            let letters = TEXT_LETTERS_MAX.to_string();
            self.form.refuse(field, texts::lists(self.language()).text_long(&letters));
        }
        (!text.trim().is_empty()).then_some(text)
    }
}
