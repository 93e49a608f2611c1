//! Customers, contacts and companies alike: found by whatever is known of them, as far as the reader
//! may see them.

pub mod events;
mod find;
pub mod joined;
pub mod keys;
mod visible;

pub use find::{
    FindCustomers, Found, FoundCompany, FoundContact, push_companies_that_have,
    push_contacts_that_have,
};
pub use visible::{
    push_open_of_company, push_open_of_contact, push_visible_company, push_visible_contact,
    sees_company, sees_contact,
};
