//! Text blocks as the page shows them.

use mail::text::text_from_html;

use super::page::{BlockRow, Choice, Group, TextBlocksPage, Whose};
use super::store::Block;
use super::{may_edit, may_have_own, may_see, may_share};
use crate::http::screen::Screen;
use crate::record::directory::{Listed, by_id};

/// The page with these blocks. `open` is the key of the block that is being written.
pub fn page(screen: &Screen, blocks: &[Block], open: Option<&str>) -> TextBlocksPage {
    let group = |whose: Whose| {
        let is_in = |block: &&Block| block.owner.is_some() == (whose == Whose::Own);
        let seen = blocks.iter().filter(|block| may_see(&screen.actor, block)).filter(is_in);
        let rows = seen.map(|block| row(screen, block, open)).collect();
        let may_add = match whose {
            Whose::Own => may_have_own(&screen.actor),
            Whose::Shared => may_share(&screen.actor),
        };
        Group { whose, rows, may_add }
    };
    TextBlocksPage { groups: vec![group(Whose::Shared), group(Whose::Own)], areas: areas(screen) }
}

fn areas(screen: &Screen) -> Vec<Choice> {
    let entered = screen.directory.areas.iter();
    let entered = entered.filter(|area| screen.actor.level_in(area.id).is_some() && area.active);
    let choice = |key: &str, name: &str| Choice { key: key.to_owned(), name: name.to_owned() };
    entered.map(|area| choice(&area.key, area.name(screen.language))).collect()
}

fn row(screen: &Screen, block: &Block, open: Option<&str>) -> BlockRow {
    let area = block.area.and_then(|area| by_id(&screen.directory.areas, area.number()));
    BlockRow {
        key: block.key.clone(),
        name: block.name.clone(),
        area: area.map(|area| Choice {
            key: area.key.clone(),
            name: area.name(screen.language).to_owned(),
        }),
        language: block.language.clone(),
        html: block.html.clone(),
        text: text_from_html(&block.html).trim().to_owned(),
        active: block.active,
        editable: may_edit(&screen.actor, block),
        open: open == Some(block.key.as_str()),
    }
}
