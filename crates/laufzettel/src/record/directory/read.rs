//! Reads all lists at one moment.

use db::{Reading, Result, Sql, View, sql};

use super::Directory;
use crate::record::new_tickets;
use crate::record::number::MASK_SETTING;
use crate::record::{actor, area, hints, intake_rule, mail_rules, mailbox, oauth, sender};
use crate::service::setting;

/// Reads all lists.
pub struct ReadDirectory;

impl Reading for ReadDirectory {
    type Outcome = Directory;

    async fn run(&self, view: &mut View<'_>) -> Result<Directory> {
        let mut directory = Directory {
            areas: area::all(view).await?,
            queues: view.all(QUEUES, []).await?,
            statuses: view.all(STATUSES, []).await?,
            priorities: view.all(PRIORITIES, []).await?,
            request_types: view.all(REQUEST_TYPES, []).await?,
            categories: view.all(CATEGORIES, []).await?,
            agents: view.all(AGENTS, []).await?,
            rights: actor::rights_of_all(view).await?,
            mailboxes: mailbox::all(view).await?,
            senders: sender::all(view).await?,
            oauth_clients: oauth::clients(view).await?,
            oauth_logins: oauth::logins(view).await?,
            tags: view.all(TAGS, []).await?,
            number_mask: setting::get(view, MASK_SETTING).await?.unwrap_or_default(),
            new_tickets: new_tickets::read(view).await?,
            mail_rules: mail_rules::read(view).await?,
            hints: hints::read(view).await?,
            intake_rules: intake_rule::all(view).await?,
            ready_rules: Vec::new(),
        };
        directory.ready_rules = intake_rule::ready(&directory.intake_rules, &directory);
        Ok(directory)
    }
}

const QUEUES: Sql = sql!(
    "select id, key, name, name_en, short_name, responsible, position, active, version
     from queue order by position, id"
);
const STATUSES: Sql = sql!(
    "select id, key, name, name_en, kind, area, position, active, version
     from status order by position, id"
);
const PRIORITIES: Sql = sql!(
    "select id, key, name, name_en, position, active, is_default, hue, version
     from priority order by position, id"
);
const REQUEST_TYPES: Sql = sql!(
    "select id, key, name, name_en, position, active, is_default, version
     from request_type order by position, id"
);
const CATEGORIES: Sql = sql!(
    "select id, key, name, name_en, parent, priority, position, active, is_public, version
     from category order by position, id"
);
const AGENTS: Sql =
    sql!("select id, name, email, active, phone, signature, notices from agent order by name, id");
const TAGS: Sql = sql!("select name from tag order by id desc limit 200");
