//! One's own password and sessions on the page.

use maud::{Markup, html};
use values::Language;

use super::{ProfilePage, SessionRow};
use crate::record::frame::fields::{Labelled, Typed, line};
use crate::record::frame::moment;
use crate::texts;

/// The present password.
const CURRENT: Typed = Typed { kind: "password", required: true, autocomplete: "current-password" };
/// The new one.
const NEW: Typed = Typed { kind: "password", required: true, autocomplete: "new-password" };

/// The form that changes the password.
pub fn password(language: Language, page: &ProfilePage) -> Markup {
    let (texts, rules) = (texts::profile(language), texts::passwords(language));
    let form = &page.password;
    let new = Labelled::new("password", rules.password()).with(rules.password_hint());
    html! {
        h2 id="h-password" { (texts.password()) }
        form class="stack" method="post" action="/profile/password" aria-labelledby="h-password" {
            input type="hidden" name="username" value=(page.email) autocomplete="username";
            (line(form, &Labelled::new("current", texts.current()), CURRENT))
            div class="fields" {
                (line(form, &new, NEW))
                (line(form, &Labelled::new("again", rules.again()), NEW))
            }
            p class="muted fine" { (texts.password_ends()) }
            div class="row" {
                button class="btn" { (texts.change_password()) }
                a class="linked" href="/signin/forgotten" { (texts::signin(language).forgotten()) }
            }
        }
    }
}

/// Where one is signed in.
pub fn sessions(language: Language, sessions: &[SessionRow]) -> Markup {
    let texts = texts::profile(language);
    let has_others = sessions.iter().any(|one| !one.is_here);
    html! {
        h2 id="sessions" { (texts.sessions()) }
        p class="soft" { (texts.sessions_about()) }
        ul class="card sessions" aria-labelledby="sessions" {
            @for one in sessions { (session(language, one)) }
        }
        @if has_others {
            form method="post" action="/profile/sign-out" {
                button class="btn" { (texts.sign_out_elsewhere()) }
            }
        } @else { p class="muted" { (texts.nowhere_else()) } }
    }
}

fn session(language: Language, one: &SessionRow) -> Markup {
    let texts = texts::profile(language);
    html! {
        li {
            div class="grow" {
                b { (one.browser) }
                @if one.is_here { " " span class="soft" { (texts.this_one()) } }
                p class="muted fine" {
                    (texts.began()) " " (moment(&one.began))
                    @if !one.is_here { " · " (texts.seen()) " " (moment(&one.seen)) }
                }
            }
            @if !one.is_here {
                form method="post" action={ "/profile/sessions/" (one.mark) "/end" } {
                    button class="btn btn-sm" aria-label=(texts.end_session_of(&one.browser)) { (texts.end_session()) }
                }
            }
        }
    }
}
