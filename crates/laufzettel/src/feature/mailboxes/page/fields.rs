//! The fields of a mailbox, tab by tab.

use maud::{Markup, html};
use values::Language;
use web::Form;

use super::edit::EditPage;
use crate::feature::mailboxes::words::choices;
use crate::feature::oauth::choice;
use crate::record::autoresponder::names_ticket;
use crate::record::frame::fields::{Labelled, Typed, check, line, lines, rich, select};
use crate::record::frame::icon;
use crate::texts;

/// Variables that are filled in below an answer.
const VARIABLES: &str = "{agent:name}, {agent:telefon}, {bereich}";

/// Variables that are filled in in an automatic answer.
const ANSWER_VARIABLES: &str = "{TICKET}, {BETREFF}, {kontakt:anrede}, {kontakt:name}, {bereich}";

fn labelled<'a>(name: &'a str, label: &'a str, hint: &'a str) -> Labelled<'a> {
    Labelled::new(name, label).with(hint)
}

/// Name, addresses, and where the tickets lie.
pub fn general(language: Language, page: &EditPage) -> Markup {
    let (texts, form) = (texts::mailboxes(language), &page.form);
    html! {
        (line(form, &Labelled::new("label", texts.label()), Typed::NEEDED))
        (lines(form, &labelled("addresses", texts.addresses(), texts.addresses_hint()), 3))
        div class="fields" {
            (select(form, &labelled("area", texts.area(), texts.area_hint()), &page.choices.areas))
            (select(form, &labelled("queue", texts.queue(), texts.queue_hint()), &page.choices.queues))
            (select(form, &labelled("category", texts.category(), texts.category_hint()), &page.choices.categories))
        }
        (check(form, &labelled("enabled", texts.enabled(), texts.enabled_hint())))
    }
}

/// The account, which mails are fetched from it, and what becomes of them.
pub fn receive(language: Language, page: &EditPage) -> Markup {
    let texts = texts::mailboxes(language);
    html! {
        h2 { (texts.account_heading()) }
        (account(language, page))
        // Of mails that other programs bring, nobody knows when a mail server took them.
        h2 class="of-account" { (texts.mails_heading()) }
        (mails(language, page))
        h2 { (texts.tickets_heading()) }
        (tickets(language, &page.form))
    }
}

fn account(language: Language, page: &EditPage) -> Markup {
    let (texts, form) = (texts::mailboxes(language), &page.form);
    let kept = form.raw("kept");
    let hint =
        if kept.is_empty() { texts.account_password_hint() } else { texts.account_password_kept() };
    let secret = Typed { kind: "password", autocomplete: "off", required: false };
    html! {
        (select(form, &labelled("source", texts.source(), texts.source_push_hint()), &choices(language, "source")))
        div class="fields of-account" {
            (line(form, &Labelled::new("host", texts.host()), Typed::OPTIONAL))
            (line(form, &labelled("port", texts.port(), texts.port_hint()), Typed::OPTIONAL))
            (select(form, &Labelled::new("tls", texts.tls()), &choices(language, "tls")))
        }
        div class="fields of-account" {
            (choice::field(language, form))
            (line(form, &labelled("user", texts.user(), texts.user_hint()), Typed::OPTIONAL))
            (line(form, &labelled("password", texts.account_password(), hint), secret))
        }
        div class="of-account" { (line(form, &labelled("oauth_account", texts.oauth_account(), texts.oauth_account_hint()), Typed::OPTIONAL)) }
        input type="hidden" name="kept" value=(kept);
        div class="row wrap of-account of-imap" {
            button class="btn" name="do" value="folders" formnovalidate { (icon("folder")) (texts.list_folders()) }
        }
        @if let Some(folders) = &page.choices.folders {
            p class="note-line" role="status" { (icon("folder")) span { (texts.folders_listed(folders.len() as u64)) } }
        }
        div class="of-account of-imap" { (folder(page, &labelled("folder", texts.read_folder(), texts.read_folder_hint()))) }
        div class="of-account of-imap" { (lines(form, &labelled("further_folders", texts.further_folders(), texts.further_folders_hint()), 2)) }
    }
}

/// A folder: chosen from those on the server once they were asked for, else typed.
fn folder(page: &EditPage, field: &Labelled<'_>) -> Markup {
    let (form, present) = (&page.form, page.form.raw(field.name));
    match &page.choices.folders {
        Some(folders) => {
            let is_there = present.is_empty() || folders.iter().any(|folder| folder == present);
            let own = (!is_there).then(|| present.to_owned());
            let none = (field.name != "folder").then(String::new);
            let all = none.into_iter().chain(own).chain(folders.iter().cloned());
            let choices: Vec<(String, String)> = all.map(|name| (name.clone(), name)).collect();
            select(form, field, &choices)
        }
        None => line(form, field, Typed::OPTIONAL),
    }
}

fn mails(language: Language, page: &EditPage) -> Markup {
    let (texts, form) = (texts::mailboxes(language), &page.form);
    let chosen = |name: &str, label: &str, hint: &str| {
        select(form, &labelled(name, label, hint), &choices(language, name))
    };
    let day = Typed { kind: "date", ..Typed::OPTIONAL };
    let days = Typed { kind: "number", ..Typed::OPTIONAL };
    html! {
        div class="fields of-account" {
            (line(form, &labelled("from_date", texts.from_date(), texts.from_date_hint()), day))
            (line(form, &labelled("max_age_days", texts.max_age(), texts.max_age_hint()), days))
        }
        div class="fields of-account" {
            (line(form, &labelled("mails_per_run", texts.mails_per_run(), texts.mails_per_run_hint()), days))
            (line(form, &labelled("mail_mebibytes_max", texts.mail_mebibytes(), texts.mail_mebibytes_hint()), days))
        }
        div class="of-account" { (check(form, &labelled("tells_too_large", texts.tells_too_large(), texts.tells_too_large_hint()))) }
        div class="fields of-account" {
            (chosen("after_import", texts.after_import(), texts.after_import_hint()))
            (folder(page, &labelled("move_to", texts.move_folder(), texts.move_folder_hint())))
        }
        p class="note-line of-account" data-tone="amber" { (icon("triangle-alert")) span { (texts.delete_warning()) } }
    }
}

fn tickets(language: Language, form: &Form) -> Markup {
    let texts = texts::mailboxes(language);
    let chosen = |name: &str, label: &str, hint: &str| {
        select(form, &labelled(name, label, hint), &choices(language, name))
    };
    let number = Typed { kind: "number", ..Typed::OPTIONAL };
    html! {
        div class="fields" {
            (chosen("unknown_sender", texts.unknown_sender(), texts.unknown_sender_hint()))
            (chosen("stranger_with_number", texts.stranger(), texts.stranger_hint()))
        }
        (lines(form, &labelled("domains", texts.domains(), texts.domains_hint()), 2))
        (check(form, &labelled("join_open_ticket", texts.join_open(), texts.join_open_hint())))
        (line(form, &labelled("similarity_percent", texts.similarity(), texts.similarity_hint()), number))
        (check(form, &labelled("customers_only", texts.customers_only(), texts.customers_only_hint())))
        (check(form, &labelled("completed", texts.completed(), texts.completed_hint())))
        (check(form, &labelled("without_emojis", texts.without_emojis(), texts.without_emojis_hint())))
        (check(form, &labelled("with_headers", texts.with_headers(), texts.with_headers_hint())))
        (check(form, &labelled("reads_reference", texts.reads_reference(), texts.reads_reference_hint())))
        (line(form, &labelled("reference_pattern", texts.reference_pattern(), texts.reference_pattern_hint()), Typed::OPTIONAL))
    }
}

/// As whom answers leave.
pub fn send(language: Language, page: &EditPage) -> Markup {
    let (texts, form) = (texts::mailboxes(language), &page.form);
    html! {
        (select(form, &labelled("sender", texts.sender(), texts.sender_hint()), &page.choices.senders))
        (check(form, &labelled("answer_as_received", texts.as_received(), texts.as_received_hint())))
        (check(form, &labelled("plus_addressing", texts.plus(), texts.plus_hint())))
        // Where mails are brought there is no account whose folder could get copies.
        @if page.has_account || !form.raw("sent_folder").is_empty() || form.problem("sent_folder").is_some() {
            (folder(page, &labelled("sent_folder", texts.sent_folder(), texts.sent_folder_hint())))
            (check(form, &labelled("reads_sent", texts.reads_sent(), texts.reads_sent_hint())))
        }
        @if page.has_account {
            div class="row wrap" {
                button class="btn" name="do" value="folders" formnovalidate { (icon("folder")) (texts.list_folders()) }
            }
        }
    }
}

/// What is answered automatically.
pub fn answer(language: Language, form: &Form) -> Markup {
    let texts = texts::mailboxes(language);
    let is_named = names_ticket(form.raw("answer_subject"));
    html! {
        (check(form, &labelled("answer_enabled", texts.answer_enabled(), texts.answer_enabled_hint())))
        (line(form, &labelled("answer_subject", texts.answer_subject(), texts.answer_subject_hint()), Typed::OPTIONAL))
        @if !is_named {
            p class="note-line" data-tone="amber" { (icon("triangle-alert")) span { (texts.answer_without_number("#{TICKET}")) } }
        }
        (rich(form, &labelled("answer_text", texts.answer_text(), &texts.answer_text_hint(ANSWER_VARIABLES))))
        (check(form, &labelled("answer_once", texts.answer_once(), texts.answer_once_hint())))
    }
}

/// What stands below answers.
pub fn signature(language: Language, form: &Form) -> Markup {
    let texts = texts::mailboxes(language);
    html! {
        (rich(form, &labelled("signature", texts.signature(), &texts.signature_hint(VARIABLES))))
    }
}
