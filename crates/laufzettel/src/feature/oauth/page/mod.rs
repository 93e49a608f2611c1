//! The pages of signing in at a provider.

mod away;

use maud::{Markup, html};
use web::Form;

pub use away::{CallbackPage, Failed, callback, failed, go};

use crate::record::frame::fields::{Labelled, Typed, line, select};
use crate::record::frame::{self, Frame, Layout, icon};
use crate::record::oauth::{Provider, SignIn};
use crate::texts::{self, Oauth};

/// What makes the application known to Exchange Online, lets it read a mailbox, and lets it send as one.
const KNOWN: &str =
    "New-ServicePrincipal -AppId <CLIENT-ID> -ObjectId <OBJECT-ID> -DisplayName Laufzettel";
const READ: &str =
    "Add-MailboxPermission -Identity <MAILBOX> -User <OBJECT-ID> -AccessRights FullAccess";
const SEND: &str =
    "Add-RecipientPermission -Identity <MAILBOX> -Trustee <OBJECT-ID> -AccessRights SendAs";

/// The registration with a provider, and signing in to an account.
#[derive(Clone, Debug)]
pub struct RegistrationPage {
    /// The provider.
    pub provider: Provider,
    /// The account somebody wants to sign in to; empty for none.
    pub account: String,
    /// Where he goes afterwards.
    pub back: String,
    /// Where the provider sends people back to.
    pub redirect: String,
    /// Whether the provider will not do that, for want of https.
    pub lacks_https: bool,
    /// Whether Laufzettel is registered there.
    pub is_registered: bool,
    /// Whether Laufzettel itself opens mailboxes, and nobody signs in.
    pub is_application: bool,
    /// The registration.
    pub form: Form,
    /// Who signed in.
    pub logins: Vec<LoginRow>,
}

/// Somebody signed in to an account.
#[derive(Clone, Debug)]
pub struct LoginRow {
    /// The account.
    pub account: String,
    /// Since when, in words.
    pub since: String,
    /// Whether it works.
    pub works: bool,
    /// Where one signs in again.
    pub href: String,
}

/// Prints the page.
pub fn registration(frame: &Frame, page: &RegistrationPage) -> Markup {
    let language = frame.language;
    let texts = texts::oauth(language);
    let name = page.provider.name();
    let body = html! {
        header { p class="soft" { (texts.about(name)) } }
        @if page.lacks_https {
            p class="banner" data-tone="amber" role="status" { (icon("info")) span class="grow" { (texts.no_https(name)) } }
        }
        @if !page.account.is_empty() { p { (texts.for_account()) ": " b { (page.account) } } }
        @if page.is_registered && !page.account.is_empty() {
            form method="post" action=(action(page)) {
                (hidden(page))
                @if page.is_application { p class="soft" { (texts.ready_application(name)) } }
                @else { p class="soft" { (texts.ready(name)) } }
                div class="row wrap" {
                    button class="btn btn-primary" name="do" value="sign_in" autofocus {
                        (icon("key-round"))
                        @if page.is_application { (texts.try_application()) } @else { (texts.sign_in_at(name)) }
                    }
                    a class="btn" href=(page.back) { (texts.back()) }
                }
            }
        }
        (steps(texts, page))
        @if page.provider.application_scope().is_some() { (application_steps(texts, page)) }
        (register(texts, page))
        (without(texts))
        @if page.account.is_empty() && !page.is_application { (logins(texts, page)) }
    };
    let title = texts.title(name);
    let main = html! { (head(frame, &title)) (sheet(&title, &body)) };
    frame::page(frame, Layout::Overview, &title, &main)
}

fn action(page: &RegistrationPage) -> String {
    format!("/settings/oauth/{}", page.provider.code())
}

fn hidden(page: &RegistrationPage) -> Markup {
    html! {
        input type="hidden" name="account" value=(page.account);
        input type="hidden" name="back" value=(page.back);
    }
}

/// The bar above a page of the settings.
fn head(frame: &Frame, title: &str) -> Markup {
    let common = texts::common(frame.language);
    html! {
        header {
            div class="bar" {
                (frame::navigation_button(frame.language))
                nav class="row row-tight trunc" aria-label=(common.settings()) {
                    a class="soft" href="/settings" { (common.settings()) }
                    span class="muted" aria-hidden="true" { "/" }
                }
                h1 { (title) }
            }
            (frame::banners(frame))
        }
    }
}

fn sheet(title: &str, body: &Markup) -> Markup {
    html! {
        div class="page" tabindex="0" role="region" aria-label=(title) {
            div class="setpage setform" { (body) }
        }
    }
}

/// What is done at the provider, with the address to copy.
fn steps(texts: Oauth, page: &RegistrationPage) -> Markup {
    let name = page.provider.name();
    let steps = match page.provider {
        Provider::Microsoft => [
            texts.microsoft_1(),
            texts.microsoft_2(),
            texts.microsoft_3(),
            texts.microsoft_4(),
            texts.microsoft_5(),
        ],
        Provider::Google => [
            texts.google_1(),
            texts.google_2(),
            texts.google_3(),
            texts.google_4(),
            texts.google_5(),
        ],
    };
    html! {
        details class="steps" open[!page.is_registered] {
            summary { (texts.steps(name)) }
            p class="soft" { (texts.steps_about()) }
            ol { @for step in steps { li { (step) } } }
            div class="stack" {
                (to_copy(texts, "redirect", texts.redirect(), &page.redirect))
                @for (place, value) in page.provider.permissions().iter().enumerate() {
                    (to_copy(texts, &format!("permission-{place}"), texts.permission(), value))
                }
            }
        }
    }
}

/// What is done at the provider besides, for Laufzettel to open mailboxes itself.
fn application_steps(texts: Oauth, page: &RegistrationPage) -> Markup {
    let steps = [
        texts.application_1(),
        texts.application_2(),
        texts.application_3(),
        texts.application_4(),
        texts.application_5(),
    ];
    let commands = [
        ("service-principal", texts.command_known(), KNOWN),
        ("mailbox-permission", texts.command_read(), READ),
        ("send-as", texts.command_send(), SEND),
    ];
    html! {
        details class="steps" open[page.is_application] {
            summary { (texts.application_steps()) }
            p class="soft" { (texts.application_about()) }
            ol { @for step in steps { li { (step) } } }
            div class="stack" {
                @for (place, value) in page.provider.application_permissions().iter().enumerate() {
                    (to_copy(texts, &format!("application-permission-{place}"), texts.permission(), value))
                }
                @for (id, label, value) in commands { (to_copy(texts, id, label, value)) }
            }
        }
    }
}

/// Who signs in: a person for each mailbox, or nobody.
fn who_signs_in(texts: Oauth, form: &Form) -> Markup {
    let choices =
        [(SignIn::Person, texts.by_person()), (SignIn::Application, texts.by_application())];
    let choices = choices.map(|(one, words)| (one.code().to_owned(), words.to_owned()));
    select(
        form,
        &Labelled::new("sign_in", texts.who_signs_in()).with(texts.who_signs_in_hint()),
        &choices,
    )
}

/// A value that has to stand at the provider.
fn to_copy(texts: Oauth, id: &str, label: &str, value: &str) -> Markup {
    html! {
        div class="field" {
            label for=(id) { (label) }
            div class="row" {
                input class="input secret grow" id=(id) readonly value=(value) spellcheck="false";
                button class="btn" type="button" data-copy=(id) data-done=(texts.copied()) hidden {
                    (icon("copy")) span role="status" { (texts.copy()) } span class="vh" { " " (label) }
                }
            }
        }
    }
}

fn register(texts: Oauth, page: &RegistrationPage) -> Markup {
    let (form, name) = (&page.form, page.provider.name());
    let is_microsoft = page.provider == Provider::Microsoft;
    let id = if is_microsoft { texts.client_id_microsoft() } else { texts.client_id_google() };
    let secret = Typed { kind: "password", required: !page.is_registered, autocomplete: "off" };
    let hint = if page.is_registered { texts.secret_kept() } else { texts.secret_new() };
    let day = Typed { kind: "date", ..Typed::OPTIONAL };
    let go =
        if page.account.is_empty() { texts.save().to_owned() } else { texts.save_and_go(name) };
    let look = if page.is_registered { "btn" } else { "btn btn-primary" };
    let ends = Labelled::new("secret_ends_on", texts.secret_ends_on());
    let has_addresses = form.has("authorize_url") || form.has("token_url");
    html! {
        h2 { (texts.registration()) }
        form class="setfields" method="post" action=(action(page)) {
            (hidden(page))
            input type="hidden" name="version" value=(form.raw("version"));
            div class="stack" {
                @if is_microsoft || form.problem("sign_in").is_some() { (who_signs_in(texts, form)) }
                div class="fields" {
                    (line(form, &Labelled::new("client_id", id), Typed::NEEDED))
                    @if is_microsoft {
                        (line(form, &Labelled::new("tenant", texts.tenant()).with(texts.tenant_hint()), Typed::OPTIONAL))
                    }
                    (line(form, &Labelled::new("client_secret", texts.client_secret()).with(hint), secret))
                    (line(form, &ends.with(texts.secret_ends_on_hint()), day))
                }
            }
            details class="own-servers" open[has_addresses] {
                summary { (texts.other_addresses()) }
                p class="hint" { (texts.other_addresses_about()) }
                (line(form, &Labelled::new("authorize_url", texts.authorize_url()), Typed::OPTIONAL))
                (line(form, &Labelled::new("token_url", texts.token_url()), Typed::OPTIONAL))
            }
            div class="row wrap" {
                button class=(look) name="do" value="save" { (icon("check")) (go) }
                a class="btn" href=(page.back) { (texts.back()) }
            }
        }
    }
}

fn without(texts: Oauth) -> Markup {
    html! {
        details class="steps" {
            summary { (texts.without()) }
            ol { li { (texts.without_1()) } li { (texts.without_2()) } li { (texts.without_3()) } }
        }
    }
}

fn logins(texts: Oauth, page: &RegistrationPage) -> Markup {
    html! {
        h2 { (texts.logins()) }
        @if page.logins.is_empty() { p class="soft" { (texts.no_logins()) } } @else {
            div class="card tablewrap" tabindex="0" role="region" aria-label=(texts.logins()) {
                table class="table" {
                    caption class="vh" { (texts.logins()) }
                    thead {
                        tr {
                            th scope="col" { (texts.account()) }
                            th scope="col" { (texts.since()) }
                            th scope="col" { (texts.state()) }
                            td {}
                        }
                    }
                    tbody {
                        @for one in &page.logins {
                            tr {
                                th scope="row" { (one.account) }
                                td { (one.since) }
                                td { @if one.works { (texts.works()) } @else { span class="t-red" { (texts.ended()) } } }
                                td { a class="linked" href=(one.href) { (texts.sign_in_again()) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::Place;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    #[test]
    fn the_pages_are_printed_in_both_languages() {
        for language in LANGUAGES {
            for provider in Provider::ALL {
                for account in ["", "service@firma.example"] {
                    let page = RegistrationPage {
                        provider,
                        account: account.to_owned(),
                        back: "/mailboxes".to_owned(),
                        redirect: "https://tickets.example/oauth/google/callback".to_owned(),
                        lacks_https: account.is_empty(),
                        is_registered: !account.is_empty(),
                        is_application: provider == Provider::Microsoft,
                        form: Form::with_values([("client_id", "abc"), ("version", "1")]),
                        logins: vec![LoginRow {
                            account: "service@firma.example".to_owned(),
                            since: "24.11.2026".to_owned(),
                            works: account.is_empty(),
                            href: "/settings/oauth/google?account=a".to_owned(),
                        }],
                    };
                    check(language, &registration(&frame(language, Place::Settings), &page));
                }
            }
        }
    }
}
