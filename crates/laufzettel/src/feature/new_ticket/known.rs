//! What is known of who asks: the person, the company, and what they asked before.

use db::{Reading, Result, View};
use rules::status::Stage;
use rules::subject::similarity_percent;

use super::form::Typed;
use super::store::{self, Asked};
use crate::feature::create::company_name;
use crate::record::actor::Actor;
use crate::record::contact::{self, Contact};
use crate::record::customers::{sees_company, sees_contact};
use crate::record::{CompanyId, ContactId};

/// From so many percent on an open ticket is about the same.
const ALIKE_PERCENT: u8 = 60;

/// Reads a contact that the actor may see.
pub struct ReadCaller<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The contact.
    pub contact: ContactId,
}

impl Reading for ReadCaller<'_> {
    type Outcome = Option<Contact>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Contact>> {
        match sees_contact(view, self.actor, self.contact).await? {
            true => contact::by_id(view, self.contact).await,
            false => Ok(None),
        }
    }
}

/// Reads the name of a company that the actor may see.
pub struct ReadCompany<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The company.
    pub company: CompanyId,
}

impl Reading for ReadCompany<'_> {
    type Outcome = Option<String>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<String>> {
        match sees_company(view, self.actor, self.company).await? {
            true => company_name(view, self.company).await,
            false => Ok(None),
        }
    }
}

/// Reads what the customer of a form asked before.
pub struct ReadAsked<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The form.
    pub typed: &'a Typed,
}

impl Reading for ReadAsked<'_> {
    type Outcome = Vec<Asked>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Asked>> {
        let typed = self.typed;
        let email = typed.email.to_lowercase();
        let email = (!email.is_empty()).then_some(email.as_str());
        store::asked(view, self.actor, typed.contact, email, typed.company).await
    }
}

/// Open tickets that may be about the same, the likeliest first, and all others.
pub fn split(subject: &str, asked: Vec<Asked>) -> (Vec<Asked>, Vec<Asked>) {
    let likeness = |one: &Asked| similarity_percent(subject, &one.subject);
    let is_same = |one: &Asked| {
        matches!(one.stage.0, Stage::Open | Stage::Waiting) && likeness(one) >= ALIKE_PERCENT
    };
    let (mut same, others): (Vec<Asked>, Vec<Asked>) = asked.into_iter().partition(is_same);
    same.sort_by_key(|one| std::cmp::Reverse(likeness(one)));
    (same, others)
}
