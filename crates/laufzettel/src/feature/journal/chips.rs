//! The chips above the journal: what it is limited to, and what else it could be limited to.

use rules::intake::MailClass;

use super::asked::Asked;
use super::narrow::{OUTCOMES, Period, classes};
use super::page::{Chip, Field, Offer};
use super::read::readable_ones;
use crate::http::screen::Screen;
use crate::record::frame::{Current, Link, mail_class};

/// One chip for each limit.
pub fn chips(screen: &Screen, asked: &Asked) -> Vec<Chip> {
    let present = Field::ALL.into_iter().filter_map(|field| {
        let links = values(screen, asked, field);
        let value = links.iter().find(|link| link.state == Current::Yes)?.label.clone();
        let remove = with(asked, field, None).href();
        Some(Chip { field, value, choices: links, remove })
    });
    present.collect()
}

/// What can be added: the fields that limit nothing yet, with their values.
pub fn offers(screen: &Screen, asked: &Asked) -> Vec<Offer> {
    let all =
        Field::ALL.into_iter().map(|field| Offer { field, values: values(screen, asked, field) });
    let is_free = |offer: &Offer| offer.values.iter().all(|link| link.state != Current::Yes);
    all.filter(|offer| !offer.values.is_empty() && is_free(offer)).collect()
}

/// The values of a field with the address of the list that has each.
fn values(screen: &Screen, asked: &Asked, field: Field) -> Vec<Link> {
    let language = screen.language;
    let link = |code: &str, label: String, is_present: bool| Link {
        label,
        href: with(asked, field, Some(code)).href(),
        state: if is_present { Current::Yes } else { Current::No },
    };
    match field {
        Field::Period => Period::ALL
            .into_iter()
            .map(|one| {
                link(one.code(), field.value(language, one.code()), asked.period() == Some(one))
            })
            .collect(),
        Field::Mailbox => {
            let mailboxes = readable_ones(&screen.actor, &screen.directory);
            let is_asked = |name: &str| asked.mailbox.as_deref() == Some(name);
            let links = mailboxes
                .into_iter()
                .map(|one| link(&one.name, one.label.clone(), is_asked(&one.name)));
            links.collect()
        }
        Field::Outcome => {
            let present = asked.narrow().outcome;
            let links = OUTCOMES
                .into_iter()
                .map(|code| link(code, field.value(language, code), present == Some(code)));
            links.collect()
        }
        Field::Class => {
            let present = asked.narrow().class;
            let name = |class: MailClass| mail_class(language, class.code()).to_owned();
            classes().map(|one| link(one.code(), name(one), present == Some(one))).collect()
        }
    }
}

/// The list with another value of a field.
fn with(asked: &Asked, field: Field, value: Option<&str>) -> Asked {
    let (value, begun) = (value.map(str::to_owned), asked.begun());
    match field {
        Field::Period => Asked { period: value, ..begun },
        Field::Mailbox => Asked { mailbox: value, ..begun },
        Field::Class => Asked { class: value, ..begun },
        // A tab says what became of its mails, too: the filter goes before it.
        Field::Outcome => Asked { tab: None, outcome: value, ..begun },
    }
}
