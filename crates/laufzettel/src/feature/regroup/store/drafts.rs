//! SQL of drafts in tickets that are merged. Those of the ticket that goes stay in it, so that they
//! are there when it is separated; the other ticket gets a copy, below what there is already.

use db::{Result, Tx, from_row, params, sql};
use values::Timestamp;

use crate::feature::regroup::way_back::DraftThere;
use crate::record::draft::Draft;
use crate::record::message::json;
use crate::record::{AgentId, TicketId};

from_row! {
    struct Row {
        agent: AgentId,
        kind: String,
        content: String,
        present: Option<String>,
    }
}

/// Brings drafts along; says what the other ticket had before and has now.
pub async fn join_drafts(
    tx: &mut Tx<'_>,
    source: TicketId,
    target: TicketId,
    now: Timestamp,
) -> Result<Vec<DraftThere>> {
    let rows: Vec<Row> = tx
        .all(
            sql!(
                "select d.agent, d.kind, d.content, o.content as present
                 from draft d
                 left join draft o on o.ticket = $1 and o.agent = d.agent and o.kind = d.kind
                 where d.ticket = $2 and d.kind in ('reply', 'note', 'forward')
                 order by d.agent, d.kind limit 1000"
            ),
            params![target, source],
        )
        .await?;
    let mut there = Vec::new();
    for row in rows {
        let after = match &row.present {
            Some(present) => together(present, &row.content),
            None => row.content.clone(),
        };
        write(tx, target, row.agent, &row.kind, &after, now).await?;
        let agent = row.agent.number();
        there.push(DraftThere { agent, kind: row.kind, before: row.present, after });
    }
    Ok(there)
}

/// One draft below the other. What cannot be read is left alone.
fn together(present: &str, other: &str) -> String {
    let (Ok(mut draft), Ok(more)) =
        (serde_json::from_str::<Draft>(present), serde_json::from_str::<Draft>(other))
    else {
        return present.to_owned();
    };
    draft.text = format!("{}\n\n{}", draft.text.trim_end(), more.text).trim_start().to_owned();
    if !draft.html.is_empty() && !more.html.is_empty() {
        draft.html = format!("{}{}", draft.html, more.html);
    } else {
        // The text holds both; what has no text as HTML is made of it.
        draft.html = String::new();
    }
    draft.files.extend(more.files);
    json(&draft)
}

async fn write(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    agent: AgentId,
    kind: &str,
    content: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into draft (ticket, agent, kind, content, saved_at) values ($1, $2, $3, $4, $5)
             on conflict (ticket, agent, kind) do update
             set content = excluded.content, saved_at = excluded.saved_at"
        ),
        params![ticket, agent, kind, content, now],
    )
    .await
    .map(drop)
}

/// Takes what came along away again, unless somebody has gone on writing.
pub async fn remove_drafts(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    drafts: &[DraftThere],
    now: Timestamp,
) -> Result<()> {
    for draft in drafts {
        let agent = AgentId::from_number(draft.agent);
        let removed = tx
            .execute(
                sql!(
                    "delete from draft
                     where ticket = $1 and agent = $2 and kind = $3 and content = $4"
                ),
                params![ticket, agent, draft.kind.as_str(), draft.after.as_str()],
            )
            .await?;
        if let (1, Some(before)) = (removed, &draft.before) {
            write(tx, ticket, agent, &draft.kind, before, now).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_drafts_stand_one_below_the_other() {
        let draft = |text: &str, html: &str| {
            json(&Draft { text: text.to_owned(), html: html.to_owned(), ..Draft::default() })
        };
        let read = |text: &str| {
            let draft: Draft = serde_json::from_str(text).unwrap();
            (draft.text, draft.html)
        };
        let both = together(&draft("Eins\n", "<p>Eins</p>"), &draft("Zwei", "<p>Zwei</p>"));
        assert_eq!(read(&both), ("Eins\n\nZwei".to_owned(), "<p>Eins</p><p>Zwei</p>".to_owned()));
        let text = together(&draft("Eins", "<p>Eins</p>"), &draft("Zwei", ""));
        assert_eq!(read(&text), ("Eins\n\nZwei".to_owned(), String::new()));
        assert_eq!(together("kaputt", &draft("Zwei", "")), "kaputt");
    }
}
