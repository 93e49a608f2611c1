//! What came out of a test, in plain words: what failed, and what helps.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::icon;
use crate::texts;

/// What came out of a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Whether it works.
    pub works: bool,
    /// What it says in a few words.
    pub heading: String,
    /// The steps in order, and whether each worked.
    pub steps: Vec<(&'static str, bool)>,
    /// What was found out.
    pub sentences: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// What the server said, word for word.
    pub words: Option<String>,
}

/// Prints it.
pub fn trial(language: Language, trial: &Trial) -> Markup {
    let texts = texts::mailboxes(language);
    let (tone, role, symbol) = match trial.works {
        true => ("accent", "status", "circle-check"),
        false => ("red", "alert", "circle-x"),
    };
    html! {
        div class="probe" data-tone=(tone) role=(role) {
            (icon(symbol))
            div {
                b { (trial.heading) }
                @for sentence in &trial.sentences { span { (sentence) } }
                @if !trial.steps.is_empty() {
                    ul class="steps" {
                        @for (step, works) in &trial.steps {
                            li {
                                (icon(if *works { "check" } else { "x" })) span { (step) @if !works { ": " (texts.step_failed()) } }
                            }
                        }
                    }
                }
                @if let Some(help) = &trial.help {
                    div class="help" { span { b { (texts.what_helps()) } " " (help) } }
                }
                @if let Some(words) = &trial.words {
                    details { summary { (texts.words()) } code class="words" { (words) } }
                }
                small class="muted" { (texts.trial_changed_nothing()) }
            }
        }
    }
}
