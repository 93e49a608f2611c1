//! Text blocks in the API.

use axum::extract::Path;
use axum::http::HeaderMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{IfMatch, Json, Query};

use super::{Block, Ended, Fields, ReadBlocks, RemoveBlock, SaveBlock, Which, may_edit, may_see};
use crate::App;
use crate::api::{
    Call, Caller, ListsRead, Page, Post, Problems, Settings, created, done, location, once, shown,
    stale, taken, versioned,
};
use crate::feature::lists::api::AskedPage;
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;

mod body;

use body::{Body, NewBody, ShownBlock};

/// The routes of text blocks.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list, create)).routes(routes!(read, change, delete))
}

/// Lists the text blocks
///
/// The shared ones in their order, then the agent's own, those that are switched off among them.
#[utoipa::path(
    get,
    path = "/api/v1/text_blocks",
    params(AskedPage),
    responses((status = 200, description = "A page", body = Page<ShownBlock>), Problems),
    security(
        ("token" = ["tickets:read"]),
        ("token" = ["tickets:write"]),
        ("token" = ["settings"])
    )
)]
async fn list(caller: Caller<ListsRead>, Query(asked): Query<AskedPage>) -> Answer {
    let blocks = visible(&caller).await?;
    let page =
        asked.cut("text_blocks", &blocks, |block| vec![block.position, block.id.number()])?;
    let items = page.rows.iter().map(|block| ShownBlock::of(&caller, block)).collect();
    Ok(shown(&Page { items, next: page.next }))
}

/// Makes a text block
///
/// Whoever works on tickets makes his own; shared ones need the right to set up the house.
#[utoipa::path(
    post,
    path = "/api/v1/text_blocks",
    request_body = NewBody,
    responses((status = 201, description = "The block", body = ShownBlock), Problems),
    security(("token" = ["settings"]))
)]
async fn create(caller: Caller<Settings>, post: Post<NewBody>) -> Answer {
    let (which, fields) = post.body.wanted(&caller)?;
    let save = save(&caller, which, None, &fields);
    once(&caller, &post.repeat, &save, |ended| {
        let block = ended_well(ended)?;
        let shown = ShownBlock::of(&caller, &block);
        Ok(created(&location("text_blocks", &block.key), Some(block.version), &shown))
    })
    .await
}

/// Reads a text block
#[utoipa::path(
    get,
    path = "/api/v1/text_blocks/{key}",
    params(("key" = String, Path, description = "The block's key")),
    responses((status = 200, description = "The block", body = ShownBlock), Problems),
    security(
        ("token" = ["tickets:read"]),
        ("token" = ["tickets:write"]),
        ("token" = ["settings"])
    )
)]
async fn read(caller: Caller<ListsRead>, Path(key): Path<String>) -> Answer {
    let block = find(&caller, &key).await?;
    Ok(versioned(&ShownBlock::of(&caller, &block), block.version))
}

/// Changes a text block
///
/// Whose it is never changes.
#[utoipa::path(
    patch,
    path = "/api/v1/text_blocks/{key}",
    params(("key" = String, Path, description = "The block's key")),
    request_body = Body,
    responses((status = 200, description = "The block", body = ShownBlock), Problems),
    security(("token" = ["settings"]))
)]
async fn change(
    caller: Caller<Settings>,
    Path(key): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Answer {
    let block = editable(&caller, &key).await?;
    let if_match = IfMatch::read(&headers);
    if_match.allow(block.version)?;
    let fields = body.fields(&caller)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(block.version);
    let save = save(&caller, Which::Existing(block.id), version, &fields);
    let block = ended_well(caller.app.db.write(&save).await?)?;
    Ok(versioned(&ShownBlock::of(&caller, &block), block.version))
}

/// Deletes a text block
#[utoipa::path(
    delete,
    path = "/api/v1/text_blocks/{key}",
    params(("key" = String, Path, description = "The block's key")),
    responses((status = 204, description = "It is gone"), Problems),
    security(("token" = ["settings"]))
)]
async fn delete(caller: Caller<Settings>, Path(key): Path<String>, headers: HeaderMap) -> Answer {
    let block = editable(&caller, &key).await?;
    let if_match = IfMatch::read(&headers);
    if_match.require(block.version)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(block.version);
    let remove = RemoveBlock { actor: &caller.actor, block: block.id, version, by: caller.by() };
    ended_well(caller.app.db.write(&remove).await?)?;
    Ok(done())
}

async fn visible(call: &Call) -> Result<Vec<Block>, HttpError> {
    let mut blocks = call.app.db.read(&ReadBlocks(call.actor.agent)).await?;
    blocks.retain(|block| may_see(&call.actor, block));
    Ok(blocks)
}

async fn find(call: &Call, key: &str) -> Result<Block, HttpError> {
    let key = key.to_lowercase();
    let found = visible(call).await?.into_iter().find(|block| block.key == key);
    found.ok_or_else(|| Denied::NotFound.into())
}

async fn editable(call: &Call, key: &str) -> Result<Block, HttpError> {
    let block = find(call, key).await?;
    match may_edit(&call.actor, &block) {
        true => Ok(block),
        false => Err(Denied::NotAllowed.into()),
    }
}

fn save<'a>(
    call: &'a Call,
    which: Which,
    version: Option<i64>,
    fields: &'a Fields,
) -> SaveBlock<'a> {
    SaveBlock { actor: &call.actor, which, version, fields, by: call.by() }
}

fn ended_well(ended: Ended) -> Result<Box<Block>, HttpError> {
    match ended {
        Ended::Done(block) => Ok(block),
        Ended::NotFound => Err(Denied::NotFound.into()),
        Ended::NotAllowed => Err(Denied::NotAllowed.into()),
        Ended::Stale => Err(stale().into()),
        Ended::KeyTaken => Err(taken("key").into()),
    }
}
