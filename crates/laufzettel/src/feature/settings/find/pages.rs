//! All pages of the settings with their fields and entries.

use values::Language;

use super::places::{Name, Place, Places, both, values};
use crate::feature::lists::{List, words};
use crate::feature::mailboxes::{Tab, words as mailboxes};
use crate::feature::oauth;
use crate::feature::senders::words as senders;
use crate::feature::settings::mails;
use crate::feature::settings::words::required;
use crate::record::directory::Directory;
use crate::record::new_tickets::Field;
use crate::texts;

/// Fields that every entry of a list has.
const COMMON_FIELDS: [&str; 3] = ["name", "name_en", "active"];
/// Fields of an area.
const AREA_FIELDS: [&str; 19] = [
    "group_name",
    "hue",
    "description",
    "sender",
    "quote",
    "mail_header",
    "mail_footer",
    "on_answer",
    "on_customer_answer",
    "after_closing",
    "linked_after_days",
    "closing_mail",
    "closing_text",
    "told_new",
    "told_new_text",
    "confirm_closing",
    "inform_assignee",
    "notify_requester",
    "number_mask",
];
/// Fields of a sender.
const SENDER_FIELDS: [&str; 11] = [
    "address",
    "name",
    "active",
    "is_default",
    "server",
    "host",
    "port",
    "tls",
    "user",
    "oauth",
    "password",
];
/// Fields of the registration at a provider of mailboxes.
const CLIENT_FIELDS: [&str; 6] =
    ["client_id", "client_secret", "tenant", "secret_ends_at", "authorize_url", "token_url"];

/// Everything that a reader may find.
pub fn all(language: Language, directory: &Directory, administrates: bool) -> Vec<Place> {
    let mut places = Places::of(language);
    for list in List::ALL {
        places.list(list);
    }
    places.pages(administrates);
    places.numbers_and_new_tickets();
    places.mails();
    places.hints();
    places.senders(directory);
    places.rules(directory);
    places.text_blocks();
    places.tokens();
    places.own_account();
    if administrates {
        places.people(directory);
        places.mailboxes(directory);
        places.clients();
    }
    let href = |list: List| list.href();
    places.entries(|one| List::Areas.title(one), &href(List::Areas), &directory.areas);
    places.entries(|one| List::Queues.title(one), &href(List::Queues), &directory.queues);
    places.entries(|one| List::Statuses.title(one), &href(List::Statuses), &directory.statuses);
    places.entries(
        |one| List::Priorities.title(one),
        &href(List::Priorities),
        &directory.priorities,
    );
    let types = &directory.request_types;
    places.entries(|one| List::RequestTypes.title(one), &href(List::RequestTypes), types);
    places.entries(
        |one| List::Categories.title(one),
        &href(List::Categories),
        &directory.categories,
    );
    places.places
}

/// The fields that entries of this list have beside the common ones.
fn own_fields(list: List) -> &'static [&'static str] {
    match list {
        List::Areas => &AREA_FIELDS,
        List::Queues => &["short_name", "responsible"],
        List::Statuses => &["kind", "area"],
        List::RequestTypes => &["is_default"],
        List::Priorities => &["hue", "is_default"],
        List::Categories => &["parent", "priority", "is_public"],
    }
}

impl Places {
    fn list(&mut self, list: List) {
        self.page(|language| list.title(language), &list.href(), "");
        for field in COMMON_FIELDS.iter().chain(own_fields(list)) {
            let name = |language| words::field(language, field).unwrap_or_default();
            let values = values(|language| words::choices(language, field));
            let none = both(|language| texts::lists(language).hue_none().to_owned());
            let also = if *field == "hue" { format!("{values} {none}") } else { values };
            self.field(name, |language| list.title(language), &list.href(), &also);
        }
    }

    fn pages(&mut self, administrates: bool) {
        let pages: [(Name, &str); 7] = [
            (|language| texts::settings(language).changes(), "/settings/history"),
            (|language| texts::settings(language).mailboxes(), "/mailboxes"),
            (|language| texts::settings(language).journal(), "/mails"),
            (|language| texts::settings(language).outbox(), "/mails/out"),
            (|language| texts::settings(language).api(), "/api/docs"),
            (|language| texts::senders(language).senders(), "/settings/senders"),
            (|language| texts::intake_rules(language).rules_of_mails(), "/settings/rules"),
        ];
        for (name, href) in pages {
            self.page(name, href, "");
        }
        if administrates {
            self.page(|language| texts::common(language).background(), "/jobs", "");
        }
    }

    fn numbers_and_new_tickets(&mut self) {
        let numbers: Name = |language| texts::settings(language).numbers();
        let also = both(|language| texts::settings(language).also_numbers().to_owned());
        self.page(numbers, "/settings/numbers", &also);
        self.field(
            |language| texts::settings(language).mask(),
            numbers,
            "/settings/numbers",
            &also,
        );
        let rules: Name = |language| texts::settings(language).new_tickets();
        self.page(rules, "/settings/new-tickets", "");
        let fields: [Name; 3] = [
            |language| texts::settings(language).starts_read(),
            |language| texts::settings(language).assigns_creator(),
            |language| texts::settings(language).preselects_type(),
        ];
        for name in fields {
            self.field(name, rules, "/settings/new-tickets", "");
        }
        let needed = both(|language| Field::ALL.map(|field| required(language, field)).join(" "));
        let name: Name = |language| texts::settings(language).required();
        self.field(name, rules, "/settings/new-tickets", &needed);
    }

    fn mails(&mut self) {
        let page: Name = |language| texts::settings(language).mails();
        self.page(page, mails::HREF, "");
        for field in mails::FIELDS {
            let name = |language| mails::label(language, field).unwrap_or_default();
            self.field(name, page, mails::HREF, "");
        }
    }

    fn hints(&mut self) {
        let page: Name = |language| texts::settings(language).hints();
        self.page(page, "/settings/hints", "");
        let fields: [Name; 2] = [
            |language| texts::settings(language).unplaced_mails(),
            |language| texts::settings(language).without_category(),
        ];
        for name in fields {
            self.field(name, page, "/settings/hints", "");
        }
    }

    fn senders(&mut self, directory: &Directory) {
        let page: Name = |language| texts::senders(language).senders();
        let also = both(|language| texts::settings(language).also_senders().to_owned());
        self.field(|language| texts::senders(language).add(), page, "/settings/senders/new", &also);
        for field in SENDER_FIELDS {
            let name = |language| senders::field(language, field).unwrap_or_default();
            let also = if field == "server" { &also } else { "" };
            self.field(name, page, "/settings/senders", also);
        }
        for sender in &directory.senders {
            let href = format!("/settings/senders/{}", sender.id);
            self.named(&sender.address, page, &href, &sender.name);
        }
    }

    fn rules(&mut self, directory: &Directory) {
        let page: Name = |language| texts::intake_rules(language).rules_of_mails();
        let fields: [Name; 3] = [
            |language| texts::intake_rules(language).name(),
            |language| texts::intake_rules(language).active(),
            |language| texts::intake_rules(language).goes_on(),
        ];
        for name in fields {
            self.field(name, page, "/settings/rules/new", "");
        }
        for rule in &directory.intake_rules {
            self.named(&rule.name, page, &format!("/settings/rules/{}", rule.id), "");
        }
    }

    fn text_blocks(&mut self) {
        let page: Name = |language| texts::settings(language).text_blocks();
        self.page(page, "/text-blocks", "");
        let fields: [Name; 5] = [
            |language| texts::text_blocks(language).new_shared(),
            |language| texts::text_blocks(language).new_own(),
            |language| texts::text_blocks(language).text(),
            |language| texts::text_blocks(language).area(),
            |language| texts::text_blocks(language).language(),
        ];
        for name in fields {
            self.field(name, page, "/text-blocks", "");
        }
    }

    /// The mailboxes, and the fields that people look for on the pages of the first one. Where there
    /// is none yet, they lead to the page that makes one.
    fn mailboxes(&mut self, directory: &Directory) {
        let page: Name = |language| texts::settings(language).mailboxes();
        for mailbox in &directory.mailboxes {
            let href = Tab::General.href(&mailbox.name);
            self.named(&mailbox.label, page, &href, &mailbox.addresses);
        }
        let first = directory.mailboxes.first();
        let also = both(|language| texts::settings(language).also_mailboxes().to_owned());
        for tab in Tab::ALL {
            let href = first.map_or("/mailboxes".to_owned(), |one| tab.href(&one.name));
            self.field(|language| tab.title(language), page, &href, "");
            for field in tab.fields() {
                let name = |language| mailboxes::field(language, field).unwrap_or_default();
                let values = values(|language| mailboxes::choices(language, field));
                let other = if *field == "source" { also.as_str() } else { "" };
                self.field(name, page, &href, &format!("{values} {other}"));
            }
        }
    }

    /// The registrations at the providers of mailboxes.
    fn clients(&mut self) {
        let also = both(|language| texts::settings(language).also_sign_in().to_owned());
        let pages: [(Name, &str); 2] = [
            (|language| texts::settings(language).microsoft(), "/settings/oauth/microsoft"),
            (|language| texts::settings(language).google(), "/settings/oauth/google"),
        ];
        for (page, href) in pages {
            self.page(page, href, &also);
            let redirect: Name = |language| texts::oauth(language).redirect();
            self.field(redirect, page, href, "");
            let permission: Name = |language| texts::oauth(language).permission();
            self.field(permission, page, href, "");
            if href.ends_with("microsoft") {
                let who: Name = |language| texts::oauth(language).who_signs_in();
                let also = both(|language| texts::oauth(language).by_application().to_owned());
                self.field(who, page, href, &also);
                let commands: [Name; 3] = [
                    |language| texts::oauth(language).command_known(),
                    |language| texts::oauth(language).command_read(),
                    |language| texts::oauth(language).command_send(),
                ];
                commands.into_iter().for_each(|name| self.field(name, page, href, "PowerShell"));
            }
            for field in CLIENT_FIELDS {
                let name = |language| oauth::field(language, field).unwrap_or_default();
                let id = both(|language| texts::oauth(language).client_id_microsoft().to_owned());
                let also = if field == "client_id" { id.as_str() } else { "" };
                self.field(name, page, href, also);
            }
        }
    }
}
