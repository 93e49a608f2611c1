//! What joining says and answers in the API, whichever customers are joined.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::{invalid, unknown};
use crate::feature::contacts::{Ended, From};
use crate::http::error::HttpError;
use crate::record::actor::Denied;

/// Which other customer, and whose values count where both have one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Join)]
pub struct JoinBody {
    /// The customer that goes into this one.
    pub other: String,
    /// Fields whose value is the other's: of a contact `name`, `job`, `company`, `language`; of a company
    /// `name`, `customer_number`, `domain`, `phone`, `postal_address`.
    #[serde(default)]
    of_other: Vec<String>,
}

impl JoinBody {
    /// Notes whose values count.
    pub fn choose(&self, fields: &mut [(&str, &mut From)]) -> Result<(), HttpError> {
        let names: Vec<String> = fields.iter().map(|(name, _)| (*name).to_owned()).collect();
        for (place, wanted) in self.of_other.iter().enumerate() {
            let Some((_, from)) = fields.iter_mut().find(|(name, _)| name == wanted) else {
                let field = format!("of_other[{place}]");
                return Err(invalid(&field, "unknown", &names.join(", ")).into());
            };
            **from = From::Gone;
        }
        Ok(())
    }
}

/// The number of the customer that stayed, or why nothing was joined.
pub fn stayed(ended: Ended) -> Result<i64, HttpError> {
    match ended {
        Ended::Done(kept) => Ok(kept),
        Ended::Same => Err(unknown("other").into()),
        Ended::NotFound => Err(Denied::NotFound.into()),
        Ended::NotAllowed => Err(Denied::NotAllowed.into()),
    }
}
