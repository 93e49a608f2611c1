//! The text blocks that are offered while somebody writes in a ticket, filled in for it.

use axum::response::IntoResponse;
use db::{Reading, Result, View};
use mail::text::text_from_html;
use maud::{Markup, html};
use rules::right::Right;
use rules::text::fold_text;
use serde::Deserialize;
use values::Language;
use web::Query;

use super::may_see;
use super::store::{self, Block};
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::actor::{Actor, Denied};
use crate::record::outgoing::Filling;
use crate::record::ticket::{self, Ticket};
use crate::texts;

/// Blocks that are offered at once.
const CHOICES_MAX: usize = 20;
/// Letters of the preview.
const PREVIEW_LETTERS: usize = 80;
/// Letters that are looked for.
const LETTERS_MAX: usize = 200;

/// What the address says. What the block is for makes no difference yet.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    ticket: Option<String>,
    q: Option<String>,
}

/// The blocks for what was typed behind the slash.
pub async fn choices(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    let number = asked.ticket.unwrap_or_default().replace('\0', "");
    let read = ReadChoices { actor: &screen.actor, number: &number };
    let (ticket, language, blocks) = screen.app.db.read(&read).await??;
    let typed: String = asked.q.unwrap_or_default().chars().take(LETTERS_MAX).collect();
    let blocks = fitting(&screen, (&ticket, language), &typed, blocks);
    let is_search = !typed.trim().is_empty();
    Ok(print(&screen, &ticket, language, (&blocks, is_search)).into_response())
}

struct ReadChoices<'a> {
    actor: &'a Actor,
    number: &'a str,
}

/// The ticket, the contact's language, and the blocks.
type Found = (Ticket, Option<Language>, Vec<Block>);

impl Reading for ReadChoices<'_> {
    type Outcome = std::result::Result<Found, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let ticket = match ticket::open(view, self.actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let language = match ticket.contact {
            Some(contact) => store::language_of(view, contact).await?,
            None => None,
        };
        let blocks = store::of_agent(view, self.actor.agent).await?;
        Ok(Ok((ticket, language, blocks)))
    }
}

/// The blocks that may be chosen for a ticket: those of its area first, those in another language than the
/// contact's last.
fn fitting(
    screen: &Screen,
    (ticket, customer): (&Ticket, Option<Language>),
    typed: &str,
    blocks: Vec<Block>,
) -> Vec<Block> {
    let wanted = fold_text(typed);
    let is_said = |block: &Block| {
        let said = fold_text(&format!("{} {}", block.name, text_from_html(&block.html)));
        wanted.split_whitespace().all(|word| said.contains(word))
    };
    let is_offered = |block: &Block| {
        let is_here = block.area.is_none_or(|area| area == ticket.area);
        block.active && is_here && may_see(&screen.actor, block) && is_said(block)
    };
    let mut offered: Vec<Block> = blocks.into_iter().filter(is_offered).collect();
    let customer = customer.unwrap_or(screen.app.config.language);
    let is_foreign =
        |block: &Block| block.language.as_deref().is_some_and(|code| code != customer.code());
    offered.sort_by_key(|block| (is_foreign(block), block.area != Some(ticket.area)));
    offered.truncate(CHOICES_MAX);
    offered
}

/// The blocks. Whoever searches and finds nothing goes on writing undisturbed.
fn print(
    screen: &Screen,
    ticket: &Ticket,
    customer: Option<Language>,
    (blocks, is_search): (&[Block], bool),
) -> Markup {
    let texts = texts::text_blocks(screen.language);
    html! {
        @for block in blocks {
            @let written = block.language.as_deref().and_then(Language::from_code);
            @let customer = customer.or(written).unwrap_or(screen.app.config.language);
            @let filled = Filling::of(&screen.actor, &screen.directory, ticket, customer).html(&block.html);
            @let text = text_from_html(&filled);
            div role="option" id={ "text-block-" (block.id) } data-html=(filled) data-text=(text.trim()) {
                b { (block.name) } " " span class="muted" { (preview(&text)) }
            }
        }
        @if blocks.is_empty() && !is_search { p class="muted" { (texts.no_choice()) } }
    }
}

/// The beginning of a text on one line.
fn preview(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(PREVIEW_LETTERS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}
