//! A question that stands over the page: before something that is hard to take back, or after
//! something that others may want to hear of. Leaving it (`Esc`) is a no.

use maud::{Markup, html};

/// A question with its form.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked.
    pub heading: String,
    /// Where a yes is sent to.
    pub action: String,
    /// Hidden fields: name and value.
    pub fields: Vec<(String, String)>,
    /// What can be chosen, or said about it.
    pub body: Markup,
    /// The verb of the yes.
    pub yes: String,
    /// The verb of the no.
    pub no: String,
    /// What the answer replaces, as a selector; `None` if it only says something.
    pub target: Option<&'static str>,
}

/// The place of the question, with or without one.
pub(super) fn place(question: Option<&Question>) -> Markup {
    html! { div id="question" hx-ext="morph" { @if let Some(question) = question { (print(question)) } } }
}

/// The place of the question beside another fragment: it comes, or the one before goes.
pub fn question_out_of_band(question: Option<&Question>) -> Markup {
    html! {
        div id="question" hx-ext="morph" hx-swap-oob="true" {
            @if let Some(question) = question { (print(question)) }
        }
    }
}

/// It stands open for readers without a script; with one it becomes modal.
fn print(question: &Question) -> Markup {
    let swap = if question.target.is_some() { "morph:outerHTML" } else { "none" };
    html! {
        dialog class="question" open aria-labelledby="question-title" {
            header { h2 id="question-title" { (question.heading) } }
            div class="body" {
                form class="stack stack-tight" id="question-form" method="post" action=(question.action)
                    hx-post=(question.action) hx-target=[question.target] hx-swap=(swap) {
                    @for (name, value) in &question.fields { input type="hidden" name=(name) value=(value); }
                    (question.body)
                }
            }
            footer {
                form method="dialog" { button class="btn" { (question.no) } }
                button class="btn btn-primary" form="question-form" data-close { (question.yes) }
            }
        }
    }
}
