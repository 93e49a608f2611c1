//! The discs of others in the bar of a ticket.

use maud::{Markup, html};
use values::Language;

use super::State;
use crate::record::frame::Person;
use crate::texts;

/// Somebody else in a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Who it is.
    pub person: Person,
    /// What he does.
    pub state: State,
}

/// The place of the discs. The script gives signs of life to its address and puts the answer here.
pub fn place(language: Language, number: &str, live_id: &str, others: &[Other]) -> Markup {
    let words = texts::presence(language);
    let address = format!("/tickets/{number}/presence");
    let is_typing = |other: &&Other| other.state == State::Typing;
    let typing: Vec<&str> =
        others.iter().filter(is_typing).map(|other| other.person.name.as_str()).collect();
    html! {
        div class="row" id="presence" role="status" data-presence=(address) data-live-id=(live_id) {
            @if let Some(first) = typing.first() {
                span class="typing wide-only" {
                    i {} i {} i {} " "
                    @if typing.len() == 1 { (words.writes(first)) } @else { (words.several_write()) }
                }
            }
            @if !others.is_empty() {
                span class="av-row only-wide" { @for other in others { (disc(language, other)) } }
            }
        }
    }
}

fn disc(language: Language, other: &Other) -> Markup {
    let words = texts::presence(language);
    let (name, is_typing) = (&other.person.name, other.state == State::Typing);
    let label = if is_typing { words.is_writing(name) } else { words.is_looking(name) };
    html! {
        span class="av" style={ "--h:" (other.person.hue) } role="img" title=(label)
            data-typing[is_typing] data-here[!is_typing] { (other.person.initials) }
    }
}
