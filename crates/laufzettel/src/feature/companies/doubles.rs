//! What a company may not share with another one: its customer number and its domain. A name may be
//! shared, but then whoever writes it is told.

use db::{Result, View};

use super::store::{self, Detailed};
use crate::record::CompanyId;
use crate::record::actor::Actor;
use crate::record::contact::name_key;

/// Whether a company may have the name of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namesakes {
    /// Not before the writer has been told.
    AreTold,
    /// They are two companies.
    AreAllowed,
}

/// A field that a company cannot have so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The customer number.
    CustomerNumber,
    /// The domain.
    Domain,
}

impl Field {
    /// The name of the field in forms and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::CustomerNumber => "customer_number",
            Self::Domain => "domain",
        }
    }
}

/// Why a company cannot have a field so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// This company has it.
    Company(CompanyId),
    /// It is the domain of a mailbox or of a sender of ours.
    Ours,
    /// Anybody can have an address in the domain.
    Everybody,
}

/// A field that a company cannot have so, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Double {
    /// The field.
    pub field: Field,
    /// Why.
    pub why: Why,
}

/// What stands in the way of a change. What was so before is no matter.
pub async fn find(
    view: &mut View<'_>,
    actor: Option<&Actor>,
    (before, after): (&Detailed, &Detailed),
    namesakes: Namesakes,
) -> Result<Vec<Double>> {
    let mut found = Vec::new();
    let is_new_name = name_key(&after.name) != name_key(&before.name);
    if is_new_name && namesakes == Namesakes::AreTold {
        let other = store::by_name(view, actor, &after.name).await?;
        found.extend(other.map(|other| Double { field: Field::Name, why: Why::Company(other) }));
    }
    let number = after.customer_number.as_deref();
    if let Some(number) = number.filter(|_| after.customer_number != before.customer_number) {
        let other = store::by_number(view, number, after.id).await?.map(Why::Company);
        found.extend(other.map(|why| Double { field: Field::CustomerNumber, why }));
    }
    let domain = after.domain.as_deref().filter(|_| after.domain != before.domain);
    if let Some(domain) = domain {
        let why = match is_for_everybody(domain) {
            true => Some(Why::Everybody),
            false if store::our_domains(view).await?.iter().any(|our| our == domain) => {
                Some(Why::Ours)
            }
            false => store::by_domain(view, domain, after.id).await?.map(Why::Company),
        };
        found.extend(why.map(|why| Double { field: Field::Domain, why }));
    }
    Ok(found)
}

/// Whether people of all sorts have addresses in a domain, so that it is no company's.
pub fn is_for_everybody(domain: &str) -> bool {
    const PROVIDERS: [&str; 48] = [
        "a1.net",
        "aol.com",
        "aol.de",
        "aon.at",
        "arcor.de",
        "bluewin.ch",
        "email.de",
        "freenet.de",
        "gmail.com",
        "gmx.at",
        "gmx.ch",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.de",
        "icloud.com",
        "kabelmail.de",
        "live.com",
        "live.de",
        "mac.com",
        "mail.com",
        "mail.de",
        "mailbox.org",
        "me.com",
        "msn.com",
        "o2online.de",
        "online.de",
        "outlook.at",
        "outlook.com",
        "outlook.de",
        "pm.me",
        "posteo.de",
        "posteo.net",
        "proton.me",
        "protonmail.com",
        "t-online.de",
        "tuta.com",
        "tutanota.com",
        "tutanota.de",
        "unitybox.de",
        "vodafone.de",
        "vodafonemail.de",
        "web.de",
        "yahoo.com",
        "yahoo.de",
        "ymail.com",
    ];
    PROVIDERS.binary_search(&domain).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_of_mail_are_no_companies() {
        for domain in ["gmx.de", "web.de", "gmail.com", "t-online.de", "a1.net", "ymail.com"] {
            assert!(is_for_everybody(domain), "{domain}");
        }
        assert!(!is_for_everybody("hansen.example") && !is_for_everybody(""));
    }
}
