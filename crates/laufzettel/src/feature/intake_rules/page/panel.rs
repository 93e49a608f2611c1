//! The panel that tries rules on a mail: what each rule says, and how the ticket would arrive.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::icon;
use crate::texts;

/// The panel.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Mails to choose from: id and words.
    pub mails: Vec<(String, String)>,
    /// What came out, if one is chosen.
    pub tried: Option<Tried>,
    /// Which rules it tries.
    pub tries: Tries,
}

/// Which rules are tried.
#[derive(Clone, Debug)]
pub enum Tries {
    /// Those that are stored, on this page.
    Stored(String),
    /// With the one in the form, which is sent there and keeps everything that was typed.
    Typed(String),
}

/// What rules make of a mail.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The chosen mail.
    pub mail: String,
    /// Its author.
    pub from: String,
    /// Its subject.
    pub subject: String,
    /// The beginning of its text.
    pub text: String,
    /// What each rule said.
    pub steps: Vec<Step>,
    /// How the ticket would arrive, one thing each; a sentence if there would be none.
    pub result: Vec<String>,
}

/// What a rule said.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its place and name.
    pub name: String,
    /// `ja`, `nein` or `aus`.
    pub state: &'static str,
    /// In words.
    pub words: String,
}

/// Prints the panel.
pub fn panel(language: Language, panel: &Panel) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        div class="testpanel" id="test" {
            header { h2 id="h-test" { (texts.trial()) } p class="soft" { (texts.trial_text()) } }
            @if panel.mails.is_empty() {
                p class="soft" { (texts.no_mails()) }
            } @else {
                @match &panel.tries {
                    Tries::Stored(page) => {
                        form class="stack stack-tight" method="get" action=(page) {
                            (mails(language, panel, None))
                            button class="btn" { (texts.show_trace()) }
                        }
                    }
                    Tries::Typed(action) => {
                        div class="stack stack-tight" {
                            (mails(language, panel, Some("rule")))
                            button class="btn" form="rule" name="do" value="try" formaction=(action) formnovalidate { (texts.show_trace()) }
                        }
                    }
                }
            }
            @if let Some(tried) = &panel.tried { (tried_on(language, tried)) }
        }
    }
}

/// The mails to choose from, as a field of the form with this id.
fn mails(language: Language, panel: &Panel, form: Option<&str>) -> Markup {
    let is_chosen = |id: &str| panel.tried.as_ref().is_some_and(|one| one.mail == id);
    html! {
        div class="field" {
            label for="mail" { (texts::intake_rules(language).choose_mail()) }
            select class="select" id="mail" name="mail" form=[form] {
                @for (id, words) in &panel.mails { option value=(id) selected[is_chosen(id)] { (words) } }
            }
        }
    }
}

fn tried_on(language: Language, tried: &Tried) -> Markup {
    let texts = texts::intake_rules(language);
    html! {
        div class="mailprev" {
            dl class="kv" {
                dt { (texts.from()) } dd { (tried.from) }
                dt { (texts.subject()) } dd { (tried.subject) }
            }
            @if !tried.text.is_empty() { p { (tried.text) } }
        }
        ol class="trace" aria-label=(texts.trace_of()) {
            @for step in &tried.steps {
                li data-r=(step.state) {
                    (icon(match step.state { "ja" => "check", "nein" => "minus", _ => "square" }))
                    div { b { (step.name) } small { (step.words) } }
                }
            }
        }
        div class="result" {
            span class="k" { (texts.would_arrive()) }
            div class="row wrap" { @for one in &tried.result { span class="tag" { (one) } } }
        }
    }
}
