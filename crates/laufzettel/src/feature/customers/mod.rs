//! Customers as pages: companies and the people who work for them, what they asked, and what became
//! of their record (F-HIST-01, F-REL-01, F-REL-02, F-REL-03).

mod history;
mod links;
mod naming;
mod page;
mod read;
mod show;
mod store;
mod typed;
mod web;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

pub use links::{company_href, contact_href};
pub use page::parts;
pub use show::language_name;
pub use store::count_tickets_of as count_tickets;

/// The addresses of the customers.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/customers", get(web::list::list))
        .route("/customers/company-choices", get(web::list::company_choices))
        .route("/customers/contacts/new", get(web::contact::new).post(web::contact::add))
        .route("/customers/contacts/{id}", get(web::contact::show))
        .route("/customers/contacts/{id}/edit", get(web::contact::edit).post(web::contact::save))
        .route("/customers/contacts/{id}/company", post(web::contact::take_company))
        .route("/customers/contacts/{id}/delete", post(web::contact::delete))
        .route("/customers/companies/new", get(web::company::new).post(web::company::add))
        .route("/customers/companies/{id}", get(web::company::show))
        .route("/customers/companies/{id}/edit", get(web::company::edit).post(web::company::save))
        .route("/customers/companies/{id}/delete", post(web::company::delete))
}
