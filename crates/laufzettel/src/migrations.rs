//! The steps that build the tables, in order. A step is never edited once it was released.

use db::Step;

macro_rules! step {
    ($name:literal) => {
        Step::new($name, include_str!(concat!("../migrations/", $name, ".sql")))
    };
}

/// All steps.
pub fn steps() -> Vec<Step> {
    vec![
        step!("0001_team"),
        step!("0002_lists"),
        step!("0003_contacts"),
        step!("0004_tickets"),
        step!("0005_mail"),
        Step::for_search(
            "0006_search",
            include_str!("../migrations/0006_search.sqlite.sql"),
            include_str!("../migrations/0006_search.postgres.sql"),
        ),
        step!("0007_delivered"),
        step!("0008_counts"),
        step!("0009_sending"),
        step!("0010_presence"),
        step!("0011_sandbox"),
        step!("0012_sent_copies"),
        step!("0013_actions"),
        step!("0014_customers"),
        step!("0015_settings"),
        step!("0016_background"),
        step!("0017_oauth"),
        step!("0018_uses"),
        step!("0019_begun_tickets"),
        step!("0020_blob_objects"),
        step!("0021_density"),
        step!("0023_status_areas"),
        step!("0024_intake_rules"),
        step!("0025_automatic"),
        step!("0026_regrouping"),
        step!("0027_journal"),
        step!("0028_sources"),
        step!("0029_oauth_application"),
        step!("0030_marks"),
    ]
}
