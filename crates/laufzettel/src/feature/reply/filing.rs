//! Filing a note that was written in the composer.

use db::{Operation, Tx};
use rules::right::Right;
use values::Timestamp;

use super::drafts::SaveDraft;
use super::form;
use super::refusal::Refusal;
use super::store::listed;
use super::store::news::{self, Own};
use crate::feature::change::store::hold;
use crate::feature::note::{AddNote, Added, NewNote, concerned};
use crate::feature::ticket::moment;
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::draft::{Draft, Kind};
use crate::record::message::Recipients;
use crate::record::ticket;
use crate::record::{AgentId, AttachmentId, MessageId, TicketId};
use crate::service::outbox::Field;
use crate::service::search::Visibility;
use crate::texts;

/// When a note was written and whom it concerns, if that is not now and its author.
pub type Circumstances = (Option<Timestamp>, Option<Vec<AgentId>>);

/// The circumstances as they were typed.
pub fn circumstances(screen: &Screen, draft: &Draft) -> Result<Circumstances, Refusal> {
    let at = moment(screen, draft.at.trim()).map_err(Refusal::At)?;
    if at.is_some_and(|at| at > screen.now) {
        return Err(Refusal::At(texts::reply(screen.language).refused_to_come().to_owned()));
    }
    // What is no id is nobody.
    let ids: Vec<AgentId> = (draft.concerns.iter())
        .map(|id| AgentId::from_number(id.parse().unwrap_or_default()))
        .collect();
    let concerns = concerned(&screen.directory, &ids, &[], Some(screen.actor.agent));
    Ok((at, concerns.map_err(|_| Refusal::NotConcerned)?))
}

/// To whom an answer was given elsewhere, as typed.
fn recipients(kind: Kind, draft: &Draft) -> Result<Recipients, Refusal> {
    if kind == Kind::Note {
        return Ok(Recipients::default());
    }
    Ok(listed(&form::recipients(&[
        (Field::To, draft.to.as_str()),
        (Field::Cc, draft.cc.as_str()),
        (Field::Bcc, draft.bcc.as_str()),
    ])?))
}

/// Files a note, or an answer that was given elsewhere; and throws its draft away.
pub async fn file(
    screen: &Screen,
    number: &str,
    kind: Kind,
    draft: &Draft,
    uploads: Vec<AttachmentId>,
) -> Result<Result<(), Refusal>, HttpError> {
    let (body, _) = form::body(draft);
    if body.is_empty() && uploads.is_empty() {
        return Ok(Err(Refusal::Empty));
    }
    let (at, concerns) = match circumstances(screen, draft) {
        Ok(circumstances) => circumstances,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let recipients = match recipients(kind, draft) {
        Ok(recipients) => recipients,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let at = at.unwrap_or(screen.now);
    let subject = form::subject(&draft.subject);
    let is_note = kind == Kind::Note;
    let new = NewNote {
        visibility: if is_note { Visibility::Internal } else { Visibility::External },
        channel: "web",
        body,
        subject: Some(subject).filter(|subject| is_note || !subject.is_empty()),
        recipients,
        uploads,
        at,
        concerns,
        status: None,
    };
    let id: MessageId = screen.app.ids.next_by_date(at);
    let acting = screen.acting();
    let add = AddNote { acting, directory: &screen.directory, number, id, new: &new };
    let seen = draft.seen.as_deref().and_then(MessageId::parse);
    let refusal = match screen.app.db.write(&FileDraft { add, kind, seen }).await? {
        None => Refusal::SentAlready,
        Some(Added::Done(_)) => return Ok(Ok(())),
        Some(Added::Denied(denied)) => Refusal::Denied(denied),
        Some(Added::Refused(refused)) => Refusal::Status(refused),
        Some(Added::UnknownUpload(place)) => Refusal::UnknownUpload(place),
    };
    Ok(Err(refusal))
}

/// Files what was written, and its draft goes. `None` if a click before this one has filed it.
struct FileDraft<'a> {
    add: AddNote<'a>,
    kind: Kind,
    seen: Option<MessageId>,
}

impl Operation for FileDraft<'_> {
    type Outcome = Option<Added>;

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<Self::Outcome> {
        let AddNote { acting, number, .. } = self.add;
        hold(tx, number).await?;
        let opened = ticket::open(tx, acting.actor, Right::WorkOnTicket, number).await?;
        if let Ok(ticket) = opened
            && self.is_filed(tx, ticket.id).await?
        {
            return Ok(None);
        }
        let added = self.add.run(tx).await?;
        if matches!(added, Added::Done(_)) {
            let forget = SaveDraft { acting, number, kind: self.kind, draft: None };
            if let Err(denied) = forget.run(tx).await? {
                return Ok(Some(Added::Denied(denied)));
            }
        }
        Ok(Some(added))
    }
}

impl FileDraft<'_> {
    /// Whether a click before this one has filed the same words.
    async fn is_filed(&self, tx: &mut Tx<'_>, ticket: TicketId) -> db::Result<bool> {
        let (new, agent) = (self.add.new, self.add.acting.actor.agent);
        let words = &new.body.segment.text;
        let Some(seen) = self.seen else {
            let file = new.uploads.first().copied();
            return news::is_sent_with(tx, ticket, agent, file, words).await;
        };
        let visibility = if self.kind == Kind::Note { "internal" } else { "external" };
        let own = Own { agent, visibility, mail_kind: "" };
        let news = news::since(tx, ticket, seen, own).await?;
        Ok(news.own.is_some_and(|own| own.says(words)))
    }
}
