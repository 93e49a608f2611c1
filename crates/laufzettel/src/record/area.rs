//! Areas: what they are called, what they say about answers, and who may do what in them.

use db::{Result, Tx, View, from_row, params, sql};
use rules::intake::{AfterClosing, OnCustomerAnswer};
use rules::right::Level;
use rules::status::StatusKind;

use super::{AgentId, AreaId, SenderId};

from_row! {
    /// An area.
    #[derive(Clone, Debug)]
    pub struct Area {
        /// The area.
        pub id: AreaId,
        /// Its name for programs.
        pub key: String,
        /// Its name for people.
        pub name: String,
        /// Its English name, if it has one.
        pub name_en: Option<String>,
        /// Its colour, 1 to 6.
        pub hue: i64,
        /// The group it lies in; without one the general one (F-TYPE-02).
        pub group_name: Option<String>,
        /// What it is for (F-TYPE-03).
        pub description: Option<String>,
        /// Its own mask of ticket numbers, if it has one.
        pub number_mask: Option<String>,
        /// As whom answers leave, where the mailbox says nothing (F-OUT-02).
        pub sender: Option<SenderId>,
        /// How much of the conversation stands below an answer: `none`, `last`, `all` (F-OUT-14).
        pub quote: String,
        /// The status after an answer: `keep`, or the kind of one (K-04).
        pub on_answer: String,
        /// The status after a customer wrote: `by_assignee`, `unread`, `in_progress` (K-03).
        pub on_customer_answer: String,
        /// What a customer's mail to a closed ticket does: `as_new`, `as_open`, `linked`.
        pub after_closing: String,
        /// For `linked`: so many days after closing.
        pub linked_after_days: Option<i64>,
        /// Whether the customer is told that a ticket is closed: `ask`, `send`, `none` (K-13).
        pub closing_mail: String,
        /// Whether closing asks first (F-CLOSE-04).
        pub confirm_closing: bool,
        /// Whether a new assignee is told: `ask`, `always`, `never` (K-14).
        pub inform_assignee: String,
        /// Whether the requester of a new ticket is told of it unless somebody says otherwise.
        pub notify_requester: bool,
        /// The words above the text of mails, as HTML (F-OUT-10).
        pub mail_header: Option<String>,
        /// The words at the end of mails, as HTML (F-OUT-10).
        pub mail_footer: Option<String>,
        /// What the mail says that a ticket is closed; nothing for the usual sentence (F-TPL-13).
        pub closing_text: Option<String>,
        /// Addresses that hear of each new ticket, separated by commas (F-MAIL-63).
        pub told_new: Option<String>,
        /// What that mail says above its facts; nothing for the usual sentence.
        pub told_new_text: Option<String>,
        /// Its place in the list.
        pub position: i64,
        /// Whether it can be chosen.
        pub active: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

impl Area {
    /// The kind of status that an answer gives its ticket; `None` leaves it as it is.
    pub fn kind_after_answer(&self) -> Option<StatusKind> {
        StatusKind::from_code(&self.on_answer)
    }

    /// Which status an open ticket gets when a customer answers (K-03).
    pub fn on_customer_answer(&self) -> OnCustomerAnswer {
        OnCustomerAnswer::from_code(&self.on_customer_answer).unwrap_or_default()
    }

    /// What a customer's mail to a closed ticket does (decision 23).
    pub fn after_closing(&self) -> AfterClosing {
        let days = self.linked_after_days.and_then(|days| u16::try_from(days).ok());
        match (self.after_closing.as_str(), days) {
            ("as_open", _) => AfterClosing::ReopenAsOpen,
            ("linked", Some(days)) => AfterClosing::NewTicketAfterDays(days),
            _ => AfterClosing::ReopenAsNew,
        }
    }
}

/// All areas by group, in their order. There are tens of them.
pub async fn all(view: &mut View<'_>) -> Result<Vec<Area>> {
    view.all(
        sql!(
            "select id, key, name, name_en, hue, group_name, description, number_mask, sender, quote, on_answer,
                    on_customer_answer, after_closing, linked_after_days, closing_mail,
                    confirm_closing, inform_assignee, notify_requester, mail_header, mail_footer,
                    closing_text, told_new, told_new_text, position, active, version
             from area
             order by case when group_name is null then 0 else 1 end, group_name, position, id"
        ),
        [],
    )
    .await
}

/// The stored word for no access.
pub const NO_ACCESS: &str = "none";

/// Gives an agent a level of his own in an area; `None` closes the area for him.
pub async fn set_right(
    tx: &mut Tx<'_>,
    agent: AgentId,
    area: AreaId,
    level: Option<Level>,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into area_right (agent, area, level) values ($1, $2, $3)
             on conflict (agent, area) do update set level = excluded.level"
        ),
        params![agent, area, level.map_or(NO_ACCESS, Level::code)],
    )
    .await
    .map(drop)
}

/// Takes the agent's own level in an area away; then that for all other areas holds.
pub async fn clear_right(tx: &mut Tx<'_>, agent: AgentId, area: AreaId) -> Result<()> {
    tx.execute(sql!("delete from area_right where agent = $1 and area = $2"), params![agent, area])
        .await
        .map(drop)
}

#[cfg(test)]
impl Area {
    /// An area as a new one is.
    pub fn for_tests(id: i64, key: &str) -> Self {
        Self {
            id: AreaId::from_number(id),
            key: key.to_owned(),
            name: key.to_owned(),
            name_en: None,
            hue: 1,
            group_name: None,
            description: None,
            number_mask: None,
            sender: None,
            quote: "last".to_owned(),
            on_answer: "in_progress".to_owned(),
            on_customer_answer: "by_assignee".to_owned(),
            after_closing: "as_new".to_owned(),
            linked_after_days: None,
            closing_mail: "ask".to_owned(),
            confirm_closing: false,
            inform_assignee: "ask".to_owned(),
            notify_requester: false,
            mail_header: None,
            mail_footer: None,
            closing_text: None,
            told_new: None,
            told_new_text: None,
            position: 1,
            active: true,
            version: 1,
        }
    }
}
