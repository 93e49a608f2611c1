//! Somebody who calls and leaves no address: found by name and telephone number, else made, so that the
//! next call finds him.

use db::{Result, Tx};
use rules::customer::phone_keys;

use super::Requester;
use super::store::{self, Namesake};
use crate::record::CompanyId;
use crate::record::actor::Acting;
use crate::record::contact::{self, Contact};

/// The person of a name and a number; nobody if neither is known.
///
/// Two people may have one name, and one number may be that of a whole house: only both together tell
/// that it is the same person. Without a number it is somebody of the name and the company of whom
/// nothing else is known either.
pub async fn find_or_make(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    requester: &Requester,
    company: Option<CompanyId>,
) -> Result<Option<Contact>> {
    let phone = requester.phone.as_deref();
    // As an address does, a number stands for a name that is not known.
    let Some(name) = requester.name.as_deref().or(phone) else { return Ok(None) };
    let namesakes = store::namesakes(tx, acting.actor, name).await?;
    if let Some(known) = namesakes.iter().find(|one| is_it(one, phone, company)) {
        return contact::by_id(tx, known.id).await;
    }
    let made = contact::make_unaddressed(tx, name, acting.ids, acting.now).await?;
    if let Some(phone) = phone {
        contact::add_phone(tx, &made, phone).await?;
    }
    if let Some(company) = company {
        contact::add_company(tx, &made, company).await?;
    }
    Ok(Some(made))
}

fn is_it(known: &Namesake, phone: Option<&str>, company: Option<CompanyId>) -> bool {
    match (phone, &known.phone) {
        (Some(phone), Some(one)) => is_same(one, phone),
        (None, None) => known.email.is_none() && known.company == company,
        _ => false,
    }
}

/// Whether somebody dials the same, however it is written.
fn is_same(one: &str, other: &str) -> bool {
    let whole = |number: &str| phone_keys(number).into_iter().next();
    one == other || whole(one).is_some_and(|key| Some(key) == whole(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        assert!(is_same("0561 1234", "+49 (0)561/12-34") && is_same("keine", "keine"));
        assert!(!is_same("0561 1234", "0561 12345") && !is_same("keine", "12"));
    }
}
