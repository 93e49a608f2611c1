//! Which customers somebody may see: those without tickets, and those who have one that he may see.
//! Whoever may enter no area sees none.

use db::{Query, Result, View, from_row};
use rules::right::Level;

use crate::record::actor::{Actor, Areas};
use crate::record::{CompanyId, ContactId};

/// Adds `and …` that keeps the contacts the actor may see. The contact is named `c`.
pub fn push_visible_contact(query: &mut Query, actor: &Actor) {
    match sight(actor) {
        Sight::All => {}
        Sight::None => drop(query.push("and 1 = 0")),
        Sight::Some => {
            query.push("and (not exists (select 1 from ticket t where t.contact = c.id)");
            query.push("or exists (select 1 from ticket t where t.contact = c.id");
            actor.push_visible(query);
            query.push("))");
        }
    }
}

/// Adds `and …` that keeps the companies the actor may see. The company is named `o`.
pub fn push_visible_company(query: &mut Query, actor: &Actor) {
    match sight(actor) {
        Sight::All => {}
        Sight::None => drop(query.push("and 1 = 0")),
        Sight::Some => {
            query.push("and (not exists (select 1 from ticket t where t.company = o.id)");
            query.push("or exists (select 1 from ticket t where t.company = o.id");
            actor.push_visible(query);
            query.push("))");
        }
    }
}

/// Adds the number of open tickets of the contact `c` that the actor may see.
pub fn push_open_of_contact(query: &mut Query, actor: &Actor) {
    query.push("(select count(*) from ticket t where t.contact = c.id and t.stage < 2");
    actor.push_visible(query);
    query.push(")");
}

/// Adds the number of open tickets of the company `o` that the actor may see.
pub fn push_open_of_company(query: &mut Query, actor: &Actor) {
    query.push("(select count(*) from ticket t where t.company = o.id and t.stage < 2");
    actor.push_visible(query);
    query.push(")");
}

enum Sight {
    All,
    Some,
    None,
}

fn sight(actor: &Actor) -> Sight {
    match actor.areas_with(Level::Read) {
        Areas::All => Sight::All,
        Areas::Some(_) if actor.areas_with(Level::Own) == Areas::Some(Vec::new()) => Sight::None,
        Areas::Some(_) => Sight::Some,
    }
}

from_row! {
    struct Seen {
        seen: i64,
    }
}

/// Whether there is such a contact that the actor may see.
pub async fn sees_contact(view: &mut View<'_>, actor: &Actor, contact: ContactId) -> Result<bool> {
    let mut query = Query::new("select 1 as seen from contact c where c.id =");
    query.bind(contact);
    push_visible_contact(&mut query, actor);
    query.push("limit 1");
    Ok(view.list::<Seen>(&query).await?.iter().any(|row| row.seen == 1))
}

/// Whether there is such a company that the actor may see.
pub async fn sees_company(view: &mut View<'_>, actor: &Actor, company: CompanyId) -> Result<bool> {
    let mut query = Query::new("select 1 as seen from company o where o.id =");
    query.bind(company);
    push_visible_company(&mut query, actor);
    query.push("limit 1");
    Ok(view.list::<Seen>(&query).await?.iter().any(|row| row.seen == 1))
}
