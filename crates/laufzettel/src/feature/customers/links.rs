//! Where customers stand.

use crate::record::{CompanyId, ContactId};

/// The address of a contact's page.
pub fn contact_href(contact: ContactId) -> String {
    format!("/customers/contacts/{contact}")
}

/// The address of a company's page.
pub fn company_href(company: CompanyId) -> String {
    format!("/customers/companies/{company}")
}
