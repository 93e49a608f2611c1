//! Mails that somebody of the team sent with another program and that were found in the Sent folder of an account:
//! each becomes a message of the ticket that it answers.

use db::{Result, Tx};
use rules::answer::kind_after_answer;
use rules::intake::{Decided, Decision, Ruled, SeenEffect, StatusEffect, answered};
use serde_json::json;
use values::EmailAddress;

use super::apply::{Applied, ApplyMail, meant};
use super::facts::Gathered;
use super::store::{message as write, tickets};
use crate::record::area::Area;
use crate::record::directory::by_id;
use crate::record::{AgentId, MailId, TicketId};
use crate::service::live;

/// Why such a mail stays beside: it answers nothing that is here.
const ANSWERS_NOTHING: &str = "answers_nothing";

impl ApplyMail<'_> {
    /// Who of the team wrote the mail, by address.
    pub(super) fn sent_by(&self) -> Option<AgentId> {
        let from = self.read.from().filter(|_| self.waiting.is_sent).map(EmailAddress::as_str)?;
        let agents = self.directory.agents.iter();
        agents.filter(|agent| agent.email == from).map(|agent| agent.id).next()
    }

    /// The mail joins the ticket that it answers. No rule runs over it.
    pub(super) async fn sent(&self, tx: &mut Tx<'_>, gathered: &Gathered) -> Result<Applied> {
        let known = &gathered.known;
        if let Some(of) = known.same_octets.or(known.same_fingerprint) {
            let of = Some(MailId::from_number(of));
            return self.sent_aside(tx, gathered, "duplicate", None, of).await;
        }
        let Some((ticket, evidence)) = answered(known) else {
            return self.sent_aside(tx, gathered, "filtered", Some(ANSWERS_NOTHING), None).await;
        };
        let candidate = meant(gathered, ticket)?;
        let (status, seen) = (StatusEffect::Keep, SeenEffect::Keep);
        let decision = Decision::FollowUp { ticket, status, seen, class: self.read.class };
        let decided = Decided { decision, evidence: vec![evidence], notices: Vec::new() };
        let id: TicketId = candidate.id;
        write::message(tx, self, id, candidate.area, &decided).await?;
        let now = by_id(&self.directory.statuses, candidate.status.number());
        let area = by_id(&self.directory.areas, candidate.area.number());
        let wanted = area.and_then(Area::kind_after_answer);
        let kind = now.and_then(|now| kind_after_answer(now.kind.0, wanted));
        let becomes = kind.and_then(|kind| self.directory.status_of_kind(kind));
        tickets::touch_sent(tx, self, id, becomes).await?;
        tickets::add_recipients(tx, self, id, "cc").await?;
        if let Some(status) = becomes.filter(|status| status.id != candidate.status) {
            let detail = json!({
                "from": candidate.status.to_string(), "to": status.id.to_string(), "by": "mail",
            });
            self.record(tx, id, "status_changed", detail).await?;
        }
        live::announce(tx, live::TICKET, id);
        self.applied(tx, gathered, &Ruled::without_rules(decided), id).await
    }

    async fn sent_aside(
        &self,
        tx: &mut Tx<'_>,
        gathered: &Gathered,
        state: &'static str,
        problem: Option<&str>,
        of: Option<MailId>,
    ) -> Result<Applied> {
        let decision = match of {
            Some(of) => {
                Decision::Duplicate { of: of.number(), key: rules::intake::DuplicateKey::Content }
            }
            None => Decision::Filtered(rules::intake::FilterReason::OwnMail),
        };
        let decided = Decided { decision, evidence: Vec::new(), notices: Vec::new() };
        self.aside(tx, gathered, &Ruled::without_rules(decided), state, problem, of).await
    }
}
