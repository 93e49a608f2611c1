//! The text blocks of the sample company.

use db::{Failure, Result};
use maud::html;
use values::{Language, Timestamp};

use super::{BadData, Read, bad, fields, lines};
use crate::App;
use crate::feature::text_blocks::{Ended, Fields, SaveBlock, Which};
use crate::record::actor::Actor;
use crate::record::administration::By;
use crate::record::directory::{Directory, by_name};

const BLOCKS: &str = include_str!("data/text_blocks.txt");

/// A text block as the data file names it.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// Its name.
    pub name: &'static str,
    /// The key of the only area that offers it.
    pub area: Option<&'static str>,
    /// The language it is written in.
    pub language: Language,
    /// Its paragraphs.
    pub paragraphs: Vec<&'static str>,
}

/// Reads the data file.
pub fn all() -> Read<Vec<Block>> {
    let (mut blocks, mut head) = (Vec::new(), None);
    let mut paragraphs = Vec::new();
    for line in lines(BLOCKS).filter(|line| !line.is_empty()) {
        match (head, line) {
            (None, _) => head = Some(line),
            (Some(named), "---") => {
                blocks.push(block(named, std::mem::take(&mut paragraphs))?);
                head = None;
            }
            (Some(_), _) => paragraphs.push(line),
        }
    }
    match head {
        Some(named) => bad("a text block without an end", named),
        None => Ok(blocks),
    }
}

fn block(head: &'static str, paragraphs: Vec<&'static str>) -> Read<Block> {
    let [name, area, language] = *fields(head).as_slice() else {
        return bad("a text block", head);
    };
    let language = Language::from_code(language).ok_or_else(|| BadData(head.to_owned()))?;
    Ok(Block { name, area: (area != "*").then_some(area), language, paragraphs })
}

/// Makes the blocks for all, by the hand of an administrator.
pub async fn add(app: &App, directory: &Directory, actor: &Actor, now: Timestamp) -> Result<()> {
    for block in all().map_err(Failure::other)? {
        let area = block.area.map(|key| {
            let area = by_name(&directory.areas, key);
            area.map(|area| area.id).ok_or_else(|| Failure::other(format!("no area {key}")))
        });
        let fields = Fields {
            name: Some(block.name.to_owned()),
            area: Some(area.transpose()?),
            language: Some(Some(block.language.code())),
            html: Some(html! { @for text in &block.paragraphs { p { (text) } } }.into_string()),
            ..Fields::default()
        };
        let save = SaveBlock {
            actor,
            which: Which::NewShared,
            version: None,
            fields: &fields,
            by: By::command(&app.ids, now),
        };
        match app.db.write(&save).await? {
            Ended::Done(_) => {}
            _ => return Err(Failure::other(format!("not taken: text block {}", block.name))),
        }
    }
    Ok(())
}
