//! Merging several tickets in one step.

use rules::number::fold_number;
use rules::regroup::{Hindrance, several};

use super::{Ended, MergeBody, ended, sentence, shown};
use crate::api::{Call, Post, invalid, settle, unknown};
use crate::feature::regroup::{MergeSeveral, Merged, Standing};
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::service::idempotency::Reply;

/// Merges the ticket of the address and those of the body.
pub async fn merge(call: &Call, source: String, post: &Post<MergeBody>) -> Answer {
    let into = &post.body.into;
    several(2 + post.body.also.len()).map_err(|why| refusal("also", why))?;
    let mut sources = vec![source];
    for (place, number) in post.body.also.iter().enumerate() {
        let field = format!("also[{place}]");
        let is_same = |known: &String| fold_number(known) == fold_number(number);
        if is_same(into) || sources.iter().any(is_same) {
            return Err(refusal(&field, Hindrance::SameTicket));
        }
        if number.contains('\0') {
            return Err(unknown(&field).into());
        }
        sources.push(number.clone());
    }
    let merge = MergeSeveral { acting: call.acting(), sources: &sources, target: into };
    let settled = settle(call, &post.repeat, &merge, |merged| answered(call, merged)).await?;
    ended(call, settled)
}

fn refusal(field: &str, why: Hindrance) -> HttpError {
    invalid(field, why.code(), sentence(why.code())).into()
}

fn answered(call: &Call, merged: Merged) -> Result<Reply, Ended> {
    let refused = |error: HttpError| Err(Ended::Refused(error));
    match merged {
        Merged::Done(_, ticket) => Ok(shown(call, &ticket)),
        Merged::Hindered(why) => {
            let field = if why == Hindrance::SameTicket { "into" } else { "also" };
            refused(refusal(field, why))
        }
        Merged::InTheWay(standings) => {
            let found = standings.into_iter().enumerate();
            let mut in_the_way = found.filter(|(_, (_, one))| one.ready().is_none());
            match in_the_way.next() {
                Some((place, (_, standing))) => Err(why(place, standing)),
                None => refused(Denied::NotFound.into()),
            }
        }
    }
}

/// Why one of the tickets cannot be merged: that which stays is the first of them, that of the address
/// the second.
fn why(place: usize, standing: Standing) -> Ended {
    match (standing, place) {
        (Standing::Unknown, 0) => Ended::Refused(unknown("into").into()),
        (Standing::Unknown, 1) => Ended::Refused(Denied::NotFound.into()),
        (Standing::Unknown, _) => Ended::Refused(unknown(&format!("also[{}]", place - 2)).into()),
        (Standing::MergedBefore(ticket), _) => Ended::Lost("merged_before", ticket),
        (Standing::InTrash(ticket), 0) => Ended::Lost("target_in_trash", ticket),
        (Standing::InTrash(ticket), _) => Ended::Lost("in_trash", ticket),
        (Standing::Ready(_) | Standing::NotAllowed(_), _) => {
            Ended::Refused(Denied::NotAllowed.into())
        }
    }
}
