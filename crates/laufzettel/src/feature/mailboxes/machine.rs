//! "Was wäre geschehen?" for the settings of a mailbox: its mails of the last days, decided again with what
//! the form says. Nothing is saved.

use web::Form;

use super::tab::Tab;
use super::{MailboxForm, words};
use crate::feature::intake_rules::{Trial, TriedKind, TriedThing, trial};
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::directory::{Listed, by_name};
use crate::record::mailbox::Mailbox;
use crate::texts;

/// What the settings of a form would have done.
pub async fn answer(
    screen: &Screen,
    mailbox: &Mailbox,
    tab: Tab,
    wanted: &MailboxForm,
    typed: &Form,
) -> Answer {
    let changed = changed(screen, mailbox, wanted);
    let mut mailboxes = screen.directory.mailboxes.clone();
    for one in &mut mailboxes {
        if one.id == mailbox.id {
            one.clone_from(&changed);
        }
    }
    let href = tab.href(&mailbox.name);
    let tried = Trial {
        tried: TriedThing { kind: TriedKind::Mailbox, name: mailbox.label.clone() },
        action: href.clone(),
        back: href.clone(),
        apply: href,
        fields: sent(tab, typed),
        rules: &screen.directory.ready_rules,
        mailboxes: &mailboxes,
        mailbox: Some(mailbox.id),
        change: change(screen, mailbox, &changed),
    };
    trial(screen, &tried, typed).await
}

/// The mailbox as it would be, in everything that decides about mails.
fn changed(screen: &Screen, mailbox: &Mailbox, wanted: &MailboxForm) -> Mailbox {
    let lists = &screen.directory;
    let id = |name: &Option<String>, found: fn(&Screen, &str) -> Option<i64>| {
        name.as_deref()
            .and_then(|name| found(screen, name))
            .map(crate::record::EntryId::from_number)
    };
    Mailbox {
        area: by_name(&lists.areas, &wanted.area).map_or(mailbox.area, |area| area.id),
        queue: id(&wanted.queue, |screen, name| {
            by_name(&screen.directory.queues, name).map(Listed::number)
        }),
        category: id(&wanted.category, |screen, name| {
            by_name(&screen.directory.categories, name).map(Listed::number)
        }),
        from_date: wanted.from_date,
        max_age_days: wanted.max_age_days,
        unknown_sender: wanted.unknown_sender.clone(),
        stranger_with_number: wanted.stranger_with_number.clone(),
        join_open_ticket: wanted.join_open_ticket,
        similarity_percent: wanted.similarity_percent,
        domains: wanted.domains.join(","),
        ..mailbox.clone()
    }
}

/// Everything that was typed, but for the password.
fn sent(tab: Tab, typed: &Form) -> Vec<(String, String)> {
    let names = tab.fields().iter().copied().filter(|name| *name != "password");
    let names = names.chain(["version", "kept"]);
    let values = names.flat_map(|name| typed.all(name).map(move |value| (name, value)));
    values.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The settings that differ, so far and from now on.
fn change(screen: &Screen, was: &Mailbox, is: &Mailbox) -> (String, String) {
    let language = screen.language;
    let said = |mailbox: &Mailbox, other: &Mailbox| {
        let pairs = values(screen, mailbox).into_iter().zip(values(screen, other));
        let differing = pairs.filter(|(one, other)| one != other);
        let all: Vec<String> = differing
            .map(|((field, value), _)| {
                let name = words::field(language, field).unwrap_or(field);
                format!("{name}: {value}")
            })
            .collect();
        match all.is_empty() {
            true => texts::mailboxes(language).nothing_changed().to_owned(),
            false => all.join(", "),
        }
    };
    (said(was, is), said(is, was))
}

/// What decides about mails, in words.
fn values(screen: &Screen, mailbox: &Mailbox) -> Vec<(&'static str, String)> {
    let (lists, language) = (&screen.directory, screen.language);
    let texts = texts::mailboxes(language);
    let common = texts::settings(language);
    let yes = |is_set: bool| if is_set { common.yes() } else { common.no() };
    let none = || texts.none_chosen().to_owned();
    let name = |found: Option<&str>| found.map_or_else(none, str::to_owned);
    let area = lists.areas.iter().find(|one| one.id == mailbox.area);
    let queue = lists.queues.iter().find(|one| Some(one.id) == mailbox.queue);
    let category = lists.categories.iter().find(|one| Some(one.id) == mailbox.category);
    let chosen = |field: &'static str, code: &str| {
        words::value(language, field, code).unwrap_or_else(|| code.to_owned())
    };
    vec![
        ("area", name(area.map(|one| one.name(language)))),
        ("queue", name(queue.map(|one| one.name(language)))),
        ("category", name(category.map(|one| one.name(language)))),
        ("from_date", mailbox.from_date.map_or_else(none, |at| screen.times().date(at))),
        ("max_age_days", mailbox.max_age_days.map_or_else(none, |days| days.to_string())),
        ("unknown_sender", chosen("unknown_sender", &mailbox.unknown_sender)),
        ("domains", mailbox.domains.clone()),
        ("stranger_with_number", chosen("stranger_with_number", &mailbox.stranger_with_number)),
        ("join_open_ticket", yes(mailbox.join_open_ticket).to_owned()),
        ("similarity_percent", mailbox.similarity_percent.to_string()),
    ]
}
