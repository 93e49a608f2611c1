//! The page of one person, and the form that invites somebody.

use maud::{Markup, html};
use rules::right::{Flag, Level, Role};
use values::Language;
use web::Form;

use super::bar;
use crate::feature::agents::words;
use crate::record::frame::fields::{
    Labelled, Typed, check, check_one, line, rich, select, trouble,
};
use crate::record::frame::{self, Frame, Layout, icon};
use crate::texts;

/// Variables of a signature.
const VARIABLES: &str = "{name}, {telefon}, {email}, {bereich}";
/// An address.
const ADDRESS: Typed = Typed { kind: "email", required: true, autocomplete: "off" };

/// The form that invites somebody.
#[derive(Clone, Debug)]
pub struct InvitePage {
    /// `name`, `email`, `role`, `language`.
    pub form: Form,
}

/// A person.
#[derive(Clone, Debug)]
pub struct PersonPage {
    /// Its id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Its version, as the form sends it back.
    pub version: i64,
    /// What the fields say.
    pub form: Form,
    /// The areas: field of the level, and name.
    pub areas: Vec<(String, String)>,
    /// How the person stands.
    pub standing: Standing,
    /// Who could take over the tickets.
    pub successors: Vec<(String, String)>,
    /// The last changes.
    pub changes: Markup,
}

/// How a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The person was invited and never chose a password.
    Invited,
    /// The person may sign in; so many open tickets are assigned.
    Active(u64),
    /// The access has ended.
    Left,
}

/// Prints the form that invites somebody.
pub fn invite_page(frame: &Frame, page: &InvitePage) -> Markup {
    let language = frame.language;
    let texts = texts::agents(language);
    let main = html! {
        header { (bar(language, texts.invite_title(), None, false)) (frame::banners(frame)) }
        div class="page" tabindex="0" role="region" aria-label=(texts.invite_title()) {
            form class="setpage setform" method="post" action="/settings/people" {
                header { p class="soft" { (texts.about_invite()) } }
                (trouble(&page.form, "form"))
                (who(language, &page.form))
                button class="btn btn-primary" { (icon("mail")) (texts.send_invitation()) }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.invite_title(), &main)
}

/// Name, address, role and language.
fn who(language: Language, form: &Form) -> Markup {
    let texts = texts::agents(language);
    let role = |role: Role| (role.code().to_owned(), words::role(language, role).to_owned());
    let roles: Vec<(String, String)> = Role::ALL.into_iter().map(role).collect();
    let languages = [
        (String::new(), texts.language_own().to_owned()),
        ("de".to_owned(), texts.german().to_owned()),
        ("en".to_owned(), texts.english().to_owned()),
    ];
    html! {
        div class="fields" {
            (line(form, &Labelled::new("name", texts.name()), Typed::NEEDED))
            (line(form, &Labelled::new("email", texts.email()).with(texts.email_hint()), ADDRESS))
        }
        div class="fields" {
            (select(form, &Labelled::new("role", texts.role()).with(texts.role_hint()), &roles))
            (select(form, &Labelled::new("language", texts.language()), &languages))
        }
    }
}

/// Prints the page of a person.
pub fn person_page(frame: &Frame, page: &PersonPage) -> Markup {
    let language = frame.language;
    let texts = texts::agents(language);
    let action = format!("/settings/people/{}", page.id);
    let signature = texts.signature_hint(VARIABLES);
    let main = html! {
        header { (bar(language, &page.name, None, false)) (frame::banners(frame)) }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(page.name) {
                form class="setpage setform" method="post" action=(action) {
                    (trouble(&page.form, "form"))
                    input type="hidden" name="version" value=(page.version);
                    (who(language, &page.form))
                    (rights(language, page))
                    h2 { (texts.signature()) }
                    (line(&page.form, &Labelled::new("phone", texts.phone()), Typed { kind: "tel", ..Typed::OPTIONAL }))
                    (rich(&page.form, &Labelled::new("signature", texts.signature()).with(&signature)))
                    button class="btn btn-primary" { (texts.save()) }
                }
            }
            aside class="pane pane-aside flow" aria-label=(texts.access()) {
                div class="testpanel" { (access(language, page, &action)) (page.changes) }
            }
        }
    };
    frame::page(frame, Layout::Overview, &page.name, &main)
}

/// Levels and flags. Whoever has the role that may do everything sees that instead; the style follows
/// the role that is chosen.
fn rights(language: Language, page: &PersonPage) -> Markup {
    let texts = texts::agents(language);
    html! {
        div class="note-line all-rights" { (icon("info")) span { (texts.all_rights()) } }
        div class="own-rights" {
            h2 { (texts.levels()) }
            p class="soft" { (texts.about()) }
            (levels(language, page))
            h2 { (texts.flags()) }
            (flags(language, &page.form))
        }
    }
}

fn levels(language: Language, page: &PersonPage) -> Markup {
    let texts = texts::agents(language);
    let level =
        |level: Level| (level.code().to_owned(), words::level(language, Some(level)).to_owned());
    let choices = |usual: &str| {
        let none = ("none".to_owned(), texts.level_none().to_owned());
        let first = [(String::new(), usual.to_owned()), none];
        first.into_iter().chain(Level::ALL.map(level)).collect::<Vec<_>>()
    };
    let in_area = choices(texts.level_as_elsewhere());
    let elsewhere = Labelled::new("elsewhere", texts.elsewhere());
    html! {
        div class="fields" {
            @for (field, name) in &page.areas { (select(&page.form, &Labelled::new(field, name), &in_area)) }
            (select(&page.form, &elsewhere, &choices(texts.level_of_role())))
        }
    }
}

fn flags(language: Language, form: &Form) -> Markup {
    let texts = texts::agents(language);
    html! {
        (check(form, &Labelled::new("flags_own", texts.flags_own()).with(texts.flags_hint())))
        fieldset class="stack stack-tight" {
            legend class="vh" { (texts.flags()) }
            @for flag in Flag::ALL { (check_one(form, "flags", flag.code(), words::flag(language, flag))) }
        }
    }
}

/// What is done with the access of a person.
fn access(language: Language, page: &PersonPage, action: &str) -> Markup {
    let texts = texts::agents(language);
    let button = |path: &str, label: &str, hint: &str| {
        html! {
            form class="stack stack-tight" method="post" action={ (action) (path) } {
                button class="btn btn-block" { (label) }
                p class="muted fine" { (hint) }
            }
        }
    };
    html! {
        h2 { (texts.access()) }
        @match page.standing {
            Standing::Left => (button("/access", texts.activate(), texts.about_invite())),
            Standing::Invited => {
                (button("/link", texts.invite_again(), texts.about_invite()))
                (deactivate(language, page, action, 0))
            },
            Standing::Active(tickets) => {
                (button("/link", texts.reset_password(), texts.reset_hint()))
                (button("/sign-out", texts.sign_out_everywhere(), texts.sign_out_hint()))
                (deactivate(language, page, action, tickets))
            },
        }
    }
}

fn deactivate(language: Language, page: &PersonPage, action: &str, tickets: u64) -> Markup {
    let texts = texts::agents(language);
    let is_open = page.form.problem("successor").is_some();
    html! {
        details class="delentry" open[is_open] {
            summary class="btn" { (texts.deactivate()) }
            form class="stack stack-tight" method="post" action={ (action) "/access" } {
                input type="hidden" name="end" value="yes";
                p { (texts.deactivate_hint()) " "
                    @if tickets == 0 { (texts.no_open_tickets()) } @else { (texts.open_tickets(tickets)) } }
                (select(&page.form, &Labelled::new("successor", texts.hand_over()), &page.successors))
                button class="btn btn-danger" { (texts.deactivate()) }
            }
        }
    }
}
