//! Actions as text again.

use values::Language;

use super::action::{Action, Word};
use crate::filter::Names;
use crate::filter::print::push_text;

/// The actions as text in this language. Read again, it gives the same actions, provided `names`
/// leads each printed name back to its id.
pub fn print_actions(actions: &[Action], language: Language, names: &impl Names) -> String {
    let mut out = String::new();
    for action in actions {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(action.field().name(language));
        out.push(':');
        push_values(action, language, names, &mut out);
    }
    out
}

fn push_values(action: &Action, language: Language, names: &impl Names, out: &mut String) {
    let word = |word: Word| word.name(language);
    match action {
        Action::Set { what, to, only_empty } => {
            push_only_empty(*only_empty, out);
            match names.name(what.field(), *to) {
                Some(name) => push_text(&name, out),
                None => out.push_str(&format!("#{to}")),
            }
        }
        Action::Tag(text) | Action::Subject(text) => push_text(text, out),
        Action::Mark(mark) => out.push_str(word(Word::Mark(*mark))),
        Action::Company { text, only_empty, .. } => {
            push_only_empty(*only_empty, out);
            push_text(text, out);
        }
        Action::Requester { address, name } => {
            push_text(address, out);
            if let Some(name) = name {
                out.push(',');
                push_text(name, out);
            }
        }
        Action::Extract(extract) => {
            out.push_str(word(Word::Source(extract.source)));
            out.push(',');
            push_text(extract.pattern.as_str(), out);
            out.push(',');
            push_text(&extract.variable, out);
        }
        Action::Ticket(join) => out.push_str(word(Word::Join(*join))),
        Action::Mail(verdict) => out.push_str(word(Word::Verdict(*verdict))),
        Action::End => out.push_str(match language {
            Language::German => "ja",
            Language::English => "yes",
        }),
    }
}

fn push_only_empty(only_empty: bool, out: &mut String) {
    if only_empty {
        out.push('?');
    }
}
