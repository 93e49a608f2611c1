//! Recipients as a program names them.

use serde::Deserialize;
use utoipa::ToSchema;
use values::EmailAddress;
use web::Problem;

use crate::api::{invalid, line};
use crate::service::outbox::{Field, Recipient};

/// Recipients of one field.
const RECIPIENTS_MAX: usize = 200;

/// A recipient: an address, or an address with a name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum NewAddress {
    /// Only the address.
    Plain(String),
    /// With a name.
    Named(NamedAddress),
}

/// An address with a name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedAddress {
    /// The name.
    #[serde(default)]
    name: String,
    /// The address.
    email: String,
}

/// The recipients of one field, or the first that is no address.
pub fn recipients(field: Field, list: &[NewAddress]) -> Result<Vec<Recipient>, Problem> {
    let called = field.code();
    if list.len() > RECIPIENTS_MAX {
        return Err(invalid(called, "too_long", "at most 200 recipients"));
    }
    let mut recipients = Vec::with_capacity(list.len());
    for (place, address) in list.iter().enumerate() {
        let (name, email) = match address {
            NewAddress::Plain(email) => ("", email),
            NewAddress::Named(named) => (named.name.as_str(), &named.email),
        };
        let address = EmailAddress::parse(email).map_err(|_| {
            let field = format!("{called}[{place}]");
            invalid(&field, "invalid_email", "an address like ann@example.de")
        })?;
        recipients.push(Recipient { field, name: line(name).unwrap_or_default(), address });
    }
    Ok(recipients)
}
