//! The second step: the mailbox, and whether fetching and sending work.

use maud::{Markup, html};
use values::Language;
use web::FieldProblem;

use super::super::form::{Side, Typed, TypedServer};
use super::super::providers::{Need, OTHER, PROVIDERS, Provider};
use super::{Around, Field, Step, head, id, part, sheet};
use crate::record::frame::icon;
use crate::texts;

/// What was tried and what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Fetching or sending.
    pub side: Side,
    /// What came out.
    pub outcome: Outcome,
}

/// What came out of trying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It works; a sentence about it.
    Works(String),
    /// It does not.
    Fails {
        /// What the matter is.
        text: String,
        /// What helps.
        help: String,
        /// What the server said.
        words: Option<String>,
    },
}

/// What stands in the step.
#[derive(Clone, Debug)]
pub struct MailboxStep {
    /// What was typed.
    pub typed: Typed,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
    /// What was tried.
    pub checks: Vec<Check>,
    /// How many mails there are before the first day, and since.
    pub counts: Option<(u64, u64)>,
    /// Provider and account, if somebody has signed in there.
    pub signed_in: Option<(&'static str, String)>,
    /// Whether it can be used for fetching though sending does not work.
    pub may_only_receive: bool,
}

/// Prints the page.
pub fn mailbox(around: &Around, step: &MailboxStep) -> Markup {
    let language = around.language;
    let texts = texts::setup(language);
    let form = html! {
        form class="step" method="post" action="/setup/mailbox" aria-labelledby=(id(Step::Mailbox)) data-once {
            (head(around, Step::Mailbox, texts.mailbox_about()))
            @if let Some(problem) = step.problems.iter().find(|problem| problem.field.is_empty()) {
                p class="banner" data-tone="red" role="alert" { (icon("circle-alert")) (problem.message) }
            }
            (part(texts.provider(), texts.provider_about(), &providers(language, step)))
            (part(texts.access(), texts.access_about(), &access(language, step)))
            @if !step.checks.is_empty() {
                (part(texts.check(), texts.check_about(), &html! { @for one in &step.checks { (probe(language, one)) } }))
            }
            (part(texts.from(), texts.from_about(), &from(language, step)))
            (part(texts.on_server(), texts.on_server_about(), &after(language, &step.typed)))
            (buttons(language, step))
        }
    };
    sheet(around, &form)
}

fn providers(language: Language, step: &MailboxStep) -> Markup {
    let texts = texts::setup(language);
    let chosen = step.typed.provider().map_or(step.typed.provider.as_str(), |known| known.code);
    let choice = |code: &str, name: &str| {
        html! { label class="choice" { input type="radio" name="provider" value=(code) checked[chosen == code]; " " (name) } }
    };
    html! {
        fieldset {
            legend class="vh" { (texts.provider()) }
            div class="choices" {
                @for one in &PROVIDERS { (choice(one.code, one.name)) }
                (choice(OTHER, texts.other_provider()))
            }
        }
        @for one in &PROVIDERS {
            @if let Some(words) = needs(language, one) {
                p class="plain need" data-provider=(one.code) { (icon("info")) span { (words) } }
            }
        }
    }
}

/// What an account with a provider needs first.
fn needs(language: Language, provider: &Provider) -> Option<String> {
    let texts = texts::setup(language);
    let name = provider.name;
    let needs = match provider.needs {
        Need::Password => None,
        Need::Allowed => Some(texts.needs_allowing(name)),
        Need::OwnPassword => Some(texts.needs_own_password(name)),
        Need::SignIn => Some(texts.needs_sign_in(name)),
    };
    let or = provider.sign_in.filter(|_| provider.needs != Need::SignIn);
    match or {
        Some(_) => needs.map(|needs| format!("{needs} {}", texts.or_sign_in(name))),
        None => needs,
    }
}

fn access(language: Language, step: &MailboxStep) -> Markup {
    let texts = texts::setup(language);
    let typed = &step.typed;
    let address = Field::new("address", texts.address(), &typed.address);
    let address = Field { kind: "email", is_first: typed.address.is_empty(), ..address };
    let has_kept = !typed.kept.is_empty();
    let password = Field::new("password", texts.mailbox_password(), "");
    let password = Field {
        kind: "password",
        hint: has_kept.then_some(texts.kept()),
        // Where people sign in, there is none; the server says where one is missing.
        is_required: false,
        ..password
    };
    html! {
        div class="fields" {
            (address.print(&step.problems))
            div class="by-password" { (password.print(&step.problems)) }
        }
        @if let Some((name, account)) = &step.signed_in {
            p class="plain" { (icon("circle-check")) span { (texts.signed_in(name, account)) } }
        }
        input type="hidden" name="kept" value=(typed.kept);
        details class="own-servers" open[is_own(step)] {
            summary { (texts.own_servers()) }
            p class="hint" { (texts.own_servers_about()) }
            (server(language, step, Side::Imap, &typed.imap))
            (server(language, step, Side::Smtp, &typed.smtp))
        }
    }
}

/// The servers stand open for another provider that was tried in vain, or where they were typed.
fn is_own(step: &MailboxStep) -> bool {
    let is_typed = !step.typed.imap.host.is_empty() || !step.typed.smtp.host.is_empty();
    let fails = step.checks.iter().any(|check| matches!(check.outcome, Outcome::Fails { .. }));
    is_typed || (step.typed.provider().is_none() && fails)
}

fn server(language: Language, step: &MailboxStep, side: Side, typed: &TypedServer) -> Markup {
    let texts = texts::setup(language);
    let (which, legend) = match side {
        Side::Imap => ("imap", texts.receiving()),
        Side::Smtp => ("smtp", texts.sending()),
    };
    let named = |field: &str| format!("{which}_{field}");
    let (host, port, user, tls) = (named("host"), named("port"), named("user"), named("tls"));
    let plain = |name, label, value| Field { is_required: false, ..Field::new(name, label, value) };
    html! {
        fieldset class="stack stack-tight" {
            legend class="flabel" { (legend) }
            div class="fields" {
                (plain(&host, texts.host(), &typed.host).print(&step.problems))
                (plain(&port, texts.port(), &typed.port).print(&step.problems))
                div class="field" {
                    label for=(tls) { (texts.protection()) }
                    select class="select" id=(tls) name=(tls) {
                        option value="implicit" selected[typed.tls == "implicit"] { (texts.implicit()) }
                        option value="starttls" selected[typed.tls == "starttls"] { "STARTTLS" }
                        option value="none" selected[typed.tls == "none"] { (texts.unprotected()) }
                    }
                }
                (plain(&user, texts.user(), &typed.user).print(&step.problems))
            }
        }
    }
}

fn probe(language: Language, check: &Check) -> Markup {
    let texts = texts::setup(language);
    let (works, fails) = match check.side {
        Side::Imap => (texts.receiving_works(), texts.receiving_fails()),
        Side::Smtp => (texts.sending_works(), texts.sending_fails()),
    };
    match &check.outcome {
        Outcome::Works(text) => html! {
            div class="probe" data-tone="accent" role="status" {
                (icon("circle-check")) div { b { (works) } span { (text) } }
            }
        },
        Outcome::Fails { text, help, words } => html! {
            div class="probe" data-tone="red" role="alert" {
                (icon("circle-x"))
                div {
                    b { (fails) }
                    span { (text) }
                    div class="help" { span { b { (texts.what_helps()) } " " (help) } }
                    @if let Some(words) = words {
                        details { summary { (texts.words()) } code class="words" { (words) } }
                    }
                }
            }
        },
    }
}

fn from(language: Language, step: &MailboxStep) -> Markup {
    let texts = texts::setup(language);
    let since = step.counts.map(|(_, since)| texts.mails_since(since));
    let day = Field::new("from_date", texts.from_day(), &step.typed.from_date);
    let day = Field { kind: "date", hint: since.as_deref(), ..day };
    html! {
        div class="fields" {
            (day.print(&step.problems))
            @if let Some((before, _)) = step.counts {
                div class="note-line" { (icon("archive")) span class="grow" { b class="num" { (texts.mails_before(before)) } } }
            }
        }
    }
}

fn after(language: Language, typed: &Typed) -> Markup {
    let texts = texts::setup(language);
    let row = |code: &str, name: &str, about: &str, is_risky: bool| {
        html! {
            label class="choice choice-row" {
                input type="radio" name="after_import" value=(code) checked[typed.after_import == code];
                span { b { (name) } small { @if is_risky { span class="t-red" { (about) } } @else { (about) } } }
            }
        }
    };
    html! {
        fieldset class="stack stack-tight" {
            legend class="vh" { (texts.on_server()) }
            (row("move", &texts.move_to(texts.folder()), texts.move_about(), false))
            (row("mark_read", texts.mark_read(), texts.mark_read_about(), false))
            (row("keep", texts.keep(), texts.keep_about(), false))
            (row("delete", texts.delete(), texts.delete_about(), true))
        }
    }
}

fn buttons(language: Language, step: &MailboxStep) -> Markup {
    let texts = texts::setup(language);
    html! {
        footer {
            button class="btn btn-lg btn-primary" name="do" value="take" { (icon("check")) (texts.take()) }
            button class="btn btn-lg" name="do" value="probe" { (texts.probe()) }
            @if step.may_only_receive {
                button class="btn btn-lg" name="do" value="receive" { (texts.only_receive()) }
            }
            span class="muted" { (texts.take_about()) }
        }
    }
}
