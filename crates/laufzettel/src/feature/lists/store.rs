//! SQL of the lists. The tables differ in a few columns, so their statements are put together from
//! fixed pieces.

mod uses;

use db::{Query, Reading, Result, Tx, View, from_row, params, sql};

use super::{AnswerFields, Fields, List};
use crate::record::{AgentId, AreaId, SenderId};

pub use uses::{COUNTED_MAX, CountUses, Use};

from_row! {
    /// An entry of any list, with what only some lists have.
    #[derive(Clone, Debug, Default)]
    pub struct Row {
        /// The entry.
        pub id: i64,
        /// Its name for programs.
        pub key: String,
        /// Its name for people.
        pub name: String,
        /// Its English name.
        pub name_en: Option<String>,
        /// Its place in the list.
        pub position: i64,
        /// Whether it can be chosen.
        pub active: bool,
        /// Grows with each change.
        pub version: i64,
        /// The colour of an area or a priority.
        pub hue: Option<i64>,
        /// The group of an area; without one it is the general one.
        pub group_name: Option<String>,
        /// What an area is for.
        pub description: Option<String>,
        /// The short name of a queue.
        pub short_name: Option<String>,
        /// Who distributes the tickets of a queue; without anybody people take them.
        pub responsible: Option<AgentId>,
        /// The area's own mask of ticket numbers.
        pub number_mask: Option<String>,
        /// As whom answers of the area leave.
        pub sender: Option<SenderId>,
        /// How much of the conversation stands below an answer: `none`, `last`, `all`.
        pub quote: Option<String>,
        /// The status after an answer: `keep`, or the kind of one.
        pub on_answer: Option<String>,
        /// The status after a customer wrote: `by_assignee`, `unread`, `in_progress`.
        pub on_customer_answer: Option<String>,
        /// What a customer's mail to a closed ticket does: `as_new`, `as_open`, `linked`.
        pub after_closing: Option<String>,
        /// For `linked`: so many days after closing.
        pub linked_after_days: Option<i64>,
        /// Whether the customer is told that a ticket is closed: `ask`, `send`, `none`.
        pub closing_mail: Option<String>,
        /// Whether closing asks first.
        pub confirm_closing: Option<bool>,
        /// Whether a new assignee is told: `ask`, `always`, `never`.
        pub inform_assignee: Option<String>,
        /// Whether the requester of a new ticket is told of it.
        pub notify_requester: Option<bool>,
        /// The words above the text of mails, as HTML.
        pub mail_header: Option<String>,
        /// The words at the end of mails, as HTML.
        pub mail_footer: Option<String>,
        /// What the mail says that a ticket is closed.
        pub closing_text: Option<String>,
        /// Addresses that hear of each new ticket.
        pub told_new: Option<String>,
        /// What that mail says above its facts.
        pub told_new_text: Option<String>,
        /// What a status means.
        pub kind: Option<String>,
        /// The only area of a status.
        pub area: Option<i64>,
        /// Whether new tickets get it.
        pub is_default: Option<bool>,
        /// The category it belongs to.
        pub parent: Option<i64>,
        /// The priority that a category gives to its tickets.
        pub priority: Option<i64>,
        /// Whether customers see the category.
        pub is_public: Option<bool>,
    }
}

impl Row {
    /// Takes the fields that are named.
    pub fn take(&mut self, list: List, fields: &Fields) {
        self.version += 1;
        if let Some(name) = &fields.name {
            self.name.clone_from(name);
        }
        if let Some(name) = &fields.name_en {
            self.name_en.clone_from(name);
        }
        self.position = fields.position.unwrap_or(self.position);
        self.active = fields.active.unwrap_or(self.active);
        match list {
            List::Areas => {
                self.hue = fields.hue.flatten().or(self.hue).or(Some(1));
                take_text(&mut self.group_name, &fields.group_name);
                take_text(&mut self.description, &fields.description);
                take_text(&mut self.number_mask, &fields.number_mask);
                self.take_answers(&fields.answers);
            }
            List::Statuses => {
                self.kind = fields.kind.map(|kind| kind.code().to_owned()).or(self.kind.take());
                self.area = fields.area.unwrap_or(self.area);
            }
            List::RequestTypes | List::Priorities => {
                self.is_default = fields.is_default.or(self.is_default).or(Some(false));
                self.hue = fields.hue.unwrap_or(self.hue);
            }
            List::Categories => {
                self.parent = fields.parent.unwrap_or(self.parent);
                self.priority = fields.priority.unwrap_or(self.priority);
                self.is_public = fields.is_public.or(self.is_public).or(Some(true));
            }
            List::Queues => {
                take_text(&mut self.short_name, &fields.short_name);
                self.responsible = fields.responsible.unwrap_or(self.responsible);
            }
        }
    }

    /// Takes the fields of an area that say something about answers.
    fn take_answers(&mut self, fields: &AnswerFields) {
        self.sender = fields.sender.unwrap_or(self.sender);
        keep_or(&mut self.quote, &fields.quote, "last");
        keep_or(&mut self.on_answer, &fields.on_answer, "in_progress");
        keep_or(&mut self.on_customer_answer, &fields.on_customer_answer, "by_assignee");
        keep_or(&mut self.after_closing, &fields.after_closing, "as_new");
        self.linked_after_days = fields.linked_after_days.unwrap_or(self.linked_after_days);
        keep_or(&mut self.closing_mail, &fields.closing_mail, "ask");
        self.confirm_closing = fields.confirm_closing.or(self.confirm_closing).or(Some(false));
        keep_or(&mut self.inform_assignee, &fields.inform_assignee, "ask");
        self.notify_requester = fields.notify_requester.or(self.notify_requester).or(Some(false));
        take_text(&mut self.mail_header, &fields.mail_header);
        take_text(&mut self.mail_footer, &fields.mail_footer);
        take_text(&mut self.closing_text, &fields.closing_text);
        take_text(&mut self.told_new, &fields.told_new);
        take_text(&mut self.told_new_text, &fields.told_new_text);
    }

    /// Binds the value of a column that only some lists have.
    fn bind(&self, query: &mut Query, column: &str) {
        match column {
            "hue" => query.bind(self.hue),
            "group_name" => query.bind(self.group_name.as_deref()),
            "description" => query.bind(self.description.as_deref()),
            "short_name" => query.bind(self.short_name.as_deref()),
            "responsible" => query.bind(self.responsible),
            "number_mask" => query.bind(self.number_mask.as_deref()),
            "sender" => query.bind(self.sender),
            "quote" => query.bind(self.quote.as_deref()),
            "on_answer" => query.bind(self.on_answer.as_deref()),
            "on_customer_answer" => query.bind(self.on_customer_answer.as_deref()),
            "after_closing" => query.bind(self.after_closing.as_deref()),
            "linked_after_days" => query.bind(self.linked_after_days),
            "closing_mail" => query.bind(self.closing_mail.as_deref()),
            "confirm_closing" => query.bind(self.confirm_closing),
            "inform_assignee" => query.bind(self.inform_assignee.as_deref()),
            "notify_requester" => query.bind(self.notify_requester),
            "mail_header" => query.bind(self.mail_header.as_deref()),
            "mail_footer" => query.bind(self.mail_footer.as_deref()),
            "closing_text" => query.bind(self.closing_text.as_deref()),
            "told_new" => query.bind(self.told_new.as_deref()),
            "told_new_text" => query.bind(self.told_new_text.as_deref()),
            "kind" => query.bind(self.kind.as_deref()),
            "area" => query.bind(self.area),
            "is_default" => query.bind(self.is_default),
            "parent" => query.bind(self.parent),
            "priority" => query.bind(self.priority),
            _ => query.bind(self.is_public),
        };
    }
}

/// Takes a text that is named.
fn take_text(text: &mut Option<String>, named: &Option<Option<String>>) {
    if let Some(named) = named {
        text.clone_from(named);
    }
}

/// Takes a word that is named, and else leaves the one that is there.
fn keep_or(word: &mut Option<String>, named: &Option<String>, usual: &str) {
    if named.is_some() {
        word.clone_from(named);
    } else if word.is_none() {
        *word = Some(usual.to_owned());
    }
}

impl List {
    /// Its table.
    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Areas => "area",
            Self::Queues => "queue",
            Self::RequestTypes => "request_type",
            Self::Categories => "category",
            Self::Priorities => "priority",
            Self::Statuses => "status",
        }
    }

    /// The columns that it has besides those of all lists.
    fn own_columns(self) -> &'static [&'static str] {
        match self {
            Self::Areas => &[
                "hue",
                "group_name",
                "description",
                "number_mask",
                "sender",
                "quote",
                "on_answer",
                "on_customer_answer",
                "after_closing",
                "linked_after_days",
                "closing_mail",
                "confirm_closing",
                "inform_assignee",
                "notify_requester",
                "mail_header",
                "mail_footer",
                "closing_text",
                "told_new",
                "told_new_text",
            ],
            Self::Queues => &["short_name", "responsible"],
            Self::RequestTypes => &["is_default"],
            Self::Priorities => &["hue", "is_default"],
            Self::Categories => &["parent", "priority", "is_public"],
            Self::Statuses => &["kind", "area"],
        }
    }
}

/// The columns that only some lists have, and how a list without one reads it.
const OWN_COLUMNS: [(&str, &str); 27] = [
    ("hue", "null as hue"),
    ("group_name", "null as group_name"),
    ("description", "null as description"),
    ("short_name", "null as short_name"),
    ("responsible", "null as responsible"),
    ("number_mask", "null as number_mask"),
    ("sender", "null as sender"),
    ("quote", "null as quote"),
    ("on_answer", "null as on_answer"),
    ("on_customer_answer", "null as on_customer_answer"),
    ("after_closing", "null as after_closing"),
    ("linked_after_days", "null as linked_after_days"),
    ("closing_mail", "null as closing_mail"),
    ("confirm_closing", "null as confirm_closing"),
    ("inform_assignee", "null as inform_assignee"),
    ("notify_requester", "null as notify_requester"),
    ("mail_header", "null as mail_header"),
    ("mail_footer", "null as mail_footer"),
    ("closing_text", "null as closing_text"),
    ("told_new", "null as told_new"),
    ("told_new_text", "null as told_new_text"),
    ("kind", "null as kind"),
    ("area", "null as area"),
    ("is_default", "null as is_default"),
    ("parent", "null as parent"),
    ("priority", "null as priority"),
    ("is_public", "null as is_public"),
];

/// Reads a list in its order.
pub struct ReadRows(pub List);

impl Reading for ReadRows {
    type Outcome = Vec<Row>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Row>> {
        rows(view, self.0).await
    }
}

/// A list in its order.
pub async fn rows(view: &mut View<'_>, list: List) -> Result<Vec<Row>> {
    let mut query = select(list);
    query.push("order by position, id limit 2000");
    view.list(&query).await
}

/// An entry, held against other changes until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, list: List, id: i64) -> Result<Option<Row>> {
    let mut query = select(list);
    query.push("where id =").bind(id).push_sql(sql!(sqlite: "", postgres: "for update"));
    Ok(tx.list(&query).await?.into_iter().next())
}

fn select(list: List) -> Query {
    let mut query = Query::new("select id, key, name, name_en, position, active, version");
    for (column, missing) in OWN_COLUMNS {
        query.push(",").push(if list.own_columns().contains(&column) { column } else { missing });
    }
    query.push("from").push(list.table());
    query
}

/// Makes the row, or says `false` if its key is taken.
pub async fn insert(tx: &mut Tx<'_>, list: List, row: &Row) -> Result<bool> {
    let mut query = Query::new("insert into");
    query.push(list.table()).push("(id, key, name, name_en, position, active, version");
    for column in list.own_columns() {
        query.push(",").push(column);
    }
    query.push(") values (").bind(row.id).push(",").bind(row.key.as_str());
    query.push(",").bind(row.name.as_str()).push(",").bind(row.name_en.as_deref());
    query.push(",").bind(row.position).push(",").bind(row.active);
    query.push(",").bind(row.version);
    for column in list.own_columns() {
        query.push(",");
        row.bind(&mut query, column);
    }
    query.push(") on conflict (key) do nothing");
    Ok(tx.execute_query(&query).await? == 1)
}

/// Writes the row.
pub async fn update(tx: &mut Tx<'_>, list: List, row: &Row) -> Result<()> {
    let mut query = Query::new("update");
    query.push(list.table()).push("set name =").bind(row.name.as_str());
    query.push(", name_en =").bind(row.name_en.as_deref());
    query.push(", position =").bind(row.position).push(", active =").bind(row.active);
    query.push(", version =").bind(row.version);
    // Tickets carry the stage of their status, so what a status means never changes.
    for column in list.own_columns().iter().filter(|column| **column != "kind") {
        query.push(",").push(column).push("=");
        row.bind(&mut query, column);
    }
    query.push("where id =").bind(row.id);
    tx.execute_query(&query).await.map(drop)
}

/// Makes this entry the only default.
pub async fn set_default(tx: &mut Tx<'_>, list: List, id: i64) -> Result<()> {
    let mut query = Query::new("update");
    query.push(list.table()).push("set is_default = 0, version = version + 1");
    query.push("where is_default = 1 and id <>").bind(id);
    tx.execute_query(&query).await.map(drop)
}

from_row! {
    struct MailboxRow {
        id: i64,
    }
}

/// Whether a mailbox makes tickets in an area.
pub async fn has_mailbox(tx: &mut Tx<'_>, area: i64) -> Result<bool> {
    let found: Option<MailboxRow> = tx
        .optional(
            sql!("select id from mailbox where area = $1 and enabled = 1 order by id limit 1"),
            params![area],
        )
        .await?;
    Ok(found.is_some_and(|row| row.id != 0))
}

/// Deletes the entry. It fails if something refers to it.
pub async fn delete(tx: &mut Tx<'_>, list: List, id: i64) -> Result<()> {
    if list == List::Areas {
        let area = AreaId::from_number(id);
        tx.execute(sql!("delete from area_right where area = $1"), params![area]).await?;
    }
    let mut query = Query::new("delete from");
    query.push(list.table()).push("where id =").bind(id);
    tx.execute_query(&query).await.map(drop)
}
