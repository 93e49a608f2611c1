//! What bodies say of a text block, and how it is shown.

use mail::text::text_from_html;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::Problem;

use crate::api::{
    Call, Findings, Named, ShownAgent, agent_named, area, html, invalid, name, named, present,
};
use crate::feature::lists::is_key;
use crate::feature::text_blocks::{Block, Fields, Which};

/// Places in a list.
const POSITIONS: std::ops::RangeInclusive<i64> = 0..=1_000_000;

/// A new text block.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTextBlock)]
pub struct NewBody {
    /// Its name for programs: small letters, digits, `_` and `-`; without one it is made from the
    /// name. It never changes.
    key: Option<String>,
    /// Its name for people.
    name: String,
    /// Whether it is the agent's own; without a word it is shared by all.
    own: Option<bool>,
    /// The only area in whose tickets it is offered, by key or name.
    area: Option<String>,
    /// The language it is written in: `de` or `en`.
    language: Option<String>,
    /// What it says. Variables like `{contact:salutation}`, `{contact:name}`, `{ticket:number}`,
    /// `{ticket:subject}` and `{agent:name}` are filled in when it is chosen.
    body_html: String,
    /// Its place in the list; without one it is the last.
    position: Option<i64>,
    /// Whether it can be chosen; yes without a word.
    active: Option<bool>,
}

/// What is changed of a text block. A field that is missing stays, one that is `null` is cleared.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TextBlockChange)]
pub struct Body {
    /// Its name for people.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    name: Option<String>,
    /// The only area in whose tickets it is offered, by key or name.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    area: Option<Option<String>>,
    /// The language it is written in: `de` or `en`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    language: Option<Option<String>>,
    /// What it says.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    body_html: Option<String>,
    /// Its place in the list.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    position: Option<i64>,
    /// Whether it can be chosen.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    active: Option<bool>,
}

/// A text block.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TextBlock)]
pub struct ShownBlock {
    /// Its name for programs.
    key: String,
    /// Its name for people.
    name: String,
    /// The agent whose own it is; `null` if it is shared by all.
    owner: Option<ShownAgent>,
    /// The only area in whose tickets it is offered.
    area: Option<Named>,
    /// The language it is written in.
    language: Option<String>,
    /// What it says, with its variables.
    body_html: String,
    /// The same as text.
    body_text: String,
    /// Its place in the list.
    position: i64,
    /// Whether it can be chosen.
    active: bool,
    /// Grows with each change.
    version: i64,
}

impl ShownBlock {
    /// Shows a block.
    pub fn of(call: &Call, block: &Block) -> Self {
        let area = block.area.and_then(|area| named(&call.directory.areas, area.number()));
        Self {
            key: block.key.clone(),
            name: block.name.clone(),
            owner: agent_named(&call.directory, block.owner),
            area,
            language: block.language.clone(),
            body_html: block.html.clone(),
            body_text: text_from_html(&block.html).trim().to_owned(),
            position: block.position,
            active: block.active,
            version: block.version,
        }
    }
}

impl NewBody {
    /// The block that is wanted, or everything that is wrong with it.
    pub fn wanted(&self, call: &Call) -> Result<(Which, Fields), Problem> {
        let body = Body {
            name: Some(self.name.clone()),
            area: Some(self.area.clone()),
            language: Some(self.language.clone()),
            body_html: Some(self.body_html.clone()),
            position: self.position,
            active: self.active,
        };
        let mut fields = body.fields(call)?;
        if let Some(key) = &self.key {
            let key = key.trim().to_lowercase();
            if !is_key(&key) {
                let message = "1 to 40 small letters, digits, _ and -";
                return Err(invalid("key", "invalid_key", message));
            }
            fields.key = Some(key);
        }
        let which = if self.own == Some(true) { Which::NewOwn } else { Which::NewShared };
        Ok((which, fields))
    }
}

impl Body {
    /// The fields, or everything that is wrong with them.
    pub fn fields(&self, call: &Call) -> Result<Fields, Problem> {
        let mut findings = Findings::default();
        let named = self.name.as_deref().map(|text| name("name", text)).transpose();
        let area = self.area.as_ref();
        let area = area
            .map(|text| text.as_deref().map(|text| area_of(call, text)).transpose())
            .transpose();
        let language = self.language.as_ref().map(|code| language(code.as_deref())).transpose();
        let said = self.body_html.as_deref().map(said).transpose();
        if self.position.is_some_and(|position| !POSITIONS.contains(&position)) {
            findings.refuse("position", "out_of_range", "0..=1000000");
        }
        let fields = Fields {
            key: None,
            name: findings.keep(named).flatten(),
            area: findings.keep(area).flatten(),
            language: findings.keep(language).flatten(),
            html: findings.keep(said).flatten(),
            position: self.position,
            active: self.active,
        };
        findings.check()?;
        Ok(fields)
    }
}

fn area_of(call: &Call, text: &str) -> Result<crate::record::AreaId, Problem> {
    area(call, "area", text)
}

fn language(code: Option<&str>) -> Result<Option<&'static str>, Problem> {
    match code {
        None => Ok(None),
        Some("de") => Ok(Some("de")),
        Some("en") => Ok(Some("en")),
        Some(_) => Err(invalid("language", "unknown", "de or en")),
    }
}

fn said(text: &str) -> Result<String, Problem> {
    html("body_html", Some(text))?.ok_or_else(|| invalid("body_html", "empty", "a text is needed"))
}
