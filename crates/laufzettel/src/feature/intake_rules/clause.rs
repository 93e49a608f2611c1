//! A condition as words: what stands between "if" and "then".

use rules::filter::{Comparison, Field, Names, State, Tree, Value, print};
use values::Language;

use super::words::field;
use crate::record::frame::mail_class;
use crate::texts;

/// A condition as words. Below the top, several of them stand in parentheses.
pub fn when(language: Language, tree: &Tree, names: &impl Names, is_top: bool) -> String {
    Teller { language, names }.tree(tree, true, is_top)
}

struct Teller<'a, N> {
    language: Language,
    names: &'a N,
}

/// Each clause says by itself that it holds, or that it does not: "not" before several of them would be
/// no sentence.
impl<N: Names> Teller<'_, N> {
    fn tree(&self, tree: &Tree, holds: bool, is_top: bool) -> String {
        let each =
            |trees: &[Tree]| trees.iter().map(|tree| self.tree(tree, holds, false)).collect();
        let texts = texts::intake_rules(self.language);
        match tree {
            Tree::All(trees) => self.list(each(trees), !holds, is_top),
            Tree::Any(trees) => self.list(each(trees), holds, is_top),
            Tree::Not(inner) => self.tree(inner, !holds, is_top),
            Tree::Word(text) | Tree::Phrase(text) if holds => texts.has_words(text),
            Tree::Word(text) | Tree::Phrase(text) => texts.has_not_words(text),
            Tree::Field { field, values } => self.field(*field, values, holds, is_top),
        }
    }

    fn list(&self, parts: Vec<String>, is_or: bool, is_top: bool) -> String {
        let texts = texts::intake_rules(self.language);
        let between = if is_or { texts.or() } else { texts.and() };
        let text = parts.join(&format!(" {between} "));
        if is_top || parts.len() == 1 { text } else { format!("({text})") }
    }

    /// What a field says, or does not say.
    fn field(&self, of: Field, values: &[Value], holds: bool, is_top: bool) -> String {
        let each = |one: &dyn Fn(&Value) -> String| {
            self.list(values.iter().map(one).collect(), holds, is_top)
        };
        match of {
            Field::Is => each(&|value| self.state(value, holds)),
            Field::Size => each(&|value| self.size(value, holds)),
            Field::Attachment => each(&|value| self.attachment(value, holds)),
            Field::AttachmentType => each(&|value| self.attachment_type(value, holds)),
            Field::Header => each(&|value| self.header(value, holds)),
            of => self.contained(of, values, holds),
        }
    }

    /// That a field has one of these values, or none of them.
    fn contained(&self, of: Field, values: &[Value], holds: bool) -> String {
        let texts = texts::intake_rules(self.language);
        let between = if holds { texts.or() } else { texts.nor() };
        let said: Vec<String> = values.iter().map(|value| self.value(of, value)).collect();
        let value = said.join(&format!(" {between} "));
        let is_one = matches!(of, Field::Class | Field::Mailbox | Field::Company);
        let name = called(self.language, of);
        match (is_one, holds, values.len()) {
            (true, true, _) => texts.is(name, &value),
            (true, false, 1) => texts.is_not(name, &value),
            (true, false, _) => texts.is_neither(name, &value),
            (false, true, _) => texts.contains(name, &value),
            (false, false, 1) => texts.contains_not(name, &value),
            (false, false, _) => texts.contains_neither(name, &value),
        }
    }

    /// A value: names and texts in quotes, all else as people say it.
    fn value(&self, field: Field, value: &Value) -> String {
        let texts = texts::intake_rules(self.language);
        let text = self.written(field, value);
        match value {
            Value::Text(_) | Value::Id(_) | Value::Name(_) => texts.quoted(&text),
            Value::Class(class) => texts.quoted(mail_class(self.language, class.code())),
            _ => text.replace('_', " "),
        }
    }

    /// A value as it is written behind its field, without quotes.
    fn written(&self, field: Field, value: &Value) -> String {
        let tree = Tree::Field { field, values: vec![value.clone()] };
        let printed = print(&tree, self.language, self.names);
        printed.split_once(':').map_or("", |(_, text)| text).trim_matches('"').to_owned()
    }

    fn state(&self, value: &Value, holds: bool) -> String {
        let texts = texts::intake_rules(self.language);
        let Value::State(state) = value else { return String::new() };
        let (yes, no) = match state {
            State::Known => (texts.is_known(), texts.is_not_known()),
            State::Unknown => (texts.is_unknown(), texts.is_not_unknown()),
            State::Answer => (texts.is_answer(), texts.is_no_answer()),
            State::Forwarded => (texts.is_forwarded(), texts.is_not_forwarded()),
            State::Automatic => (texts.is_automatic(), texts.is_not_automatic()),
            State::StartedHere => (texts.is_started_here(), texts.is_not_started_here()),
            State::NamesTicket => (texts.names_ticket(), texts.names_no_ticket()),
            State::Seen => (texts.was_seen(), texts.was_not_seen()),
            State::Answered => (texts.was_answered(), texts.was_not_answered()),
            other => (other.name(self.language), ""),
        };
        if holds { yes.to_owned() } else { no.to_owned() }
    }

    /// That there is an attachment, or none, or one of this name.
    fn attachment(&self, value: &Value, holds: bool) -> String {
        let texts = texts::intake_rules(self.language);
        let name = || self.value(Field::Attachment, value);
        match (value, holds) {
            (Value::Some, true) | (Value::Nothing, false) => texts.attached().to_owned(),
            (Value::Some, false) | (Value::Nothing, true) => texts.unattached().to_owned(),
            (_, true) => texts.attached_named(&name()),
            (_, false) => texts.unattached_named(&name()),
        }
    }

    fn attachment_type(&self, value: &Value, holds: bool) -> String {
        let texts = texts::intake_rules(self.language);
        let name = self.value(Field::AttachmentType, value);
        if holds { texts.attached_of_type(&name) } else { texts.unattached_of_type(&name) }
    }

    fn header(&self, value: &Value, holds: bool) -> String {
        let texts = texts::intake_rules(self.language);
        let text = self.value(Field::Header, value);
        if holds { texts.has_header(&text) } else { texts.has_no_header(&text) }
    }

    /// A size as people say it: `>5mb` as "larger than 5 MB".
    fn size(&self, value: &Value, holds: bool) -> String {
        let texts = texts::intake_rules(self.language);
        let Value::Size(comparison, _) = value else { return String::new() };
        let written = self.written(Field::Size, value);
        let written = written.trim_start_matches(['<', '>', '=']);
        let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = written.strip_prefix(digits).filter(|unit| !unit.is_empty()).unwrap_or("B");
        let size = format!("{digits} {}", unit.to_uppercase());
        match (comparison, holds) {
            (Comparison::At, true) => texts.size_is(&size),
            (Comparison::At, false) => texts.size_is_not(&size),
            (Comparison::Less, true) | (Comparison::AtLeast, false) => texts.less_than(&size),
            (Comparison::AtMost, true) | (Comparison::Greater, false) => texts.at_most(&size),
            (Comparison::Greater, true) | (Comparison::AtMost, false) => texts.more_than(&size),
            (Comparison::AtLeast, true) | (Comparison::Less, false) => texts.at_least(&size),
        }
    }
}

/// How a field is called within a sentence.
fn called(language: Language, of: Field) -> &'static str {
    let texts = texts::intake_rules(language);
    match of {
        Field::From => texts.the_from(),
        Field::FromName => texts.the_from_name(),
        Field::To => texts.the_to(),
        Field::Cc => texts.the_cc(),
        Field::Bcc => texts.the_bcc(),
        Field::Recipient => texts.the_recipient(),
        Field::ReplyTo => texts.the_reply_to(),
        Field::Subject => texts.the_subject(),
        Field::Body => texts.the_text(),
        Field::Class => texts.the_class(),
        Field::Mailbox => texts.the_mailbox(),
        Field::Company => texts.the_company(),
        of => field(language, of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::intake_rules::form;
    use crate::record::intake_rule::NoNames;

    const GERMAN: [(&str, &str); 22] = [
        (
            "betreff:mahnung,\"letzte Zahlung\"",
            "der Betreff „mahnung“ oder „letzte Zahlung“ enthält",
        ),
        ("-betreff:mahnung", "der Betreff „mahnung“ nicht enthält"),
        ("-von:a,b", "der Absender weder „a“ noch „b“ enthält"),
        ("an:a", "die Zeile „An“ „a“ enthält"),
        ("hallo welt", "die Mail „hallo“ enthält und die Mail „welt“ enthält"),
        ("-hallo", "die Mail „hallo“ nicht enthält"),
        ("anhang:ja", "die Mail einen Anhang hat"),
        ("-anhang:ja", "die Mail keinen Anhang hat"),
        (
            "betreff:x anhang:nein,rechnung",
            "der Betreff „x“ enthält und (die Mail keinen Anhang hat oder ein Anhang „rechnung“ im Namen hat)",
        ),
        (
            "-anhang:nein,rechnung",
            "die Mail einen Anhang hat und kein Anhang „rechnung“ im Namen hat",
        ),
        ("-anhangsart:application/pdf", "kein Anhang von der Art „application/pdf“ ist"),
        ("-kopfzeile:\"X: 1\"", "die Mail die Kopfzeile „X: 1“ nicht hat"),
        ("größe:>5mb", "die Mail größer als 5 MB ist"),
        ("-größe:<=20kb", "die Mail größer als 20 KB ist"),
        ("größe:500", "die Mail genau 500 B groß ist"),
        (
            "ist:bekannt,antwort",
            "die Mail von einem bekannten Absender kommt oder die Mail eine Antwort ist",
        ),
        (
            "-ist:antwort,automatisch",
            "die Mail keine Antwort ist und die Mail nicht automatisch verschickt wurde",
        ),
        ("ist:von_uns_begonnen", "die Mail zu einem Austausch gehört, den wir begonnen haben"),
        ("-ist:nennt_ticket", "der Betreff kein Ticket nennt"),
        ("-klasse:liste", "die Klasse nicht „Verteiler“ ist"),
        ("-(betreff:a von:b)", "der Betreff „a“ nicht enthält oder der Absender „b“ nicht enthält"),
        (
            "-(a oder b) c",
            "(die Mail „a“ nicht enthält und die Mail „b“ nicht enthält) und die Mail „c“ enthält",
        ),
    ];

    #[test]
    fn a_condition_reads_as_a_sentence() {
        for (condition, words) in GERMAN {
            let said = when(Language::German, &form::tree(condition), &NoNames, true);
            assert_eq!(said, words, "{condition}");
        }
        let table = [
            (
                "-anhang:nein größe:>5mb",
                "the mail has an attachment and the mail is larger than 5 MB",
            ),
            ("-ist:antwort hallo", "the mail is no reply and the mail contains “hallo”"),
            ("-betreff:a,b", "the subject contains neither “a” nor “b”"),
            ("-ist:gelesen", "the mail was unread on its server"),
        ];
        for (condition, words) in table {
            let said = when(Language::English, &form::tree(condition), &NoNames, true);
            assert_eq!(said, words, "{condition}");
        }
    }

    #[test]
    fn every_state_has_two_clauses() {
        for state in State::of_mails() {
            for language in [Language::German, Language::English] {
                let tree = Tree::Field { field: Field::Is, values: vec![Value::State(state)] };
                let yes = when(language, &tree, &NoNames, true);
                let no = when(language, &tree.negated(), &NoNames, true);
                assert!(yes.contains(' ') && no.contains(' ') && yes != no, "{yes} / {no}");
            }
        }
    }
}
