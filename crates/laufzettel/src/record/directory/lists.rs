//! SQL of the lists that hardly change.

use db::{Sql, sql};

pub(super) const QUEUES: Sql = sql!(
    "select id, key, name, name_en, short_name, responsible, position, active, version
     from queue order by position, id"
);
pub(super) const STATUSES: Sql = sql!(
    "select id, key, name, name_en, kind, area, position, active, version
     from status order by position, id"
);
pub(super) const PRIORITIES: Sql = sql!(
    "select id, key, name, name_en, position, active, is_default, hue, version
     from priority order by position, id"
);
pub(super) const REQUEST_TYPES: Sql = sql!(
    "select id, key, name, name_en, position, active, is_default, version
     from request_type order by position, id"
);
pub(super) const CATEGORIES: Sql = sql!(
    "select id, key, name, name_en, parent, priority, position, active, is_public, version
     from category order by position, id"
);
pub(super) const AGENTS: Sql =
    sql!("select id, name, email, active, phone, signature, notices from agent order by name, id");
pub(super) const TAGS: Sql = sql!("select name from tag order by id desc limit 200");
