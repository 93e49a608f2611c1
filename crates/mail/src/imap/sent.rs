//! Looks for mails that left: the folder where an account keeps them, and a mail by its Message-ID.

use imap_proto::{MailboxDatum, NameAttribute, Response};

use super::name::{quoted_text, readable_folder};
use super::problem::ImapProblem;
use super::response::Incoming;
use super::session::{Session, finished};
use super::wire::Command;

impl Session {
    /// The folder for mails that were sent, if the server says which one it is (RFC 6154).
    pub async fn sent_folder(&mut self) -> Result<Option<String>, ImapProblem> {
        let offers = |name: &str| self.offered.iter().any(|offered| offered == name);
        // Who does not know the long form may still tell it in the short one.
        let line = match offers("SPECIAL-USE") && offers("LIST-EXTENDED") {
            true => "LIST \"\" \"*\" RETURN (SPECIAL-USE)",
            false => "LIST \"\" \"*\"",
        };
        let mut folder = None;
        let line = self
            .run(Command::new(line, "listing the folders"), |data| {
                if let Incoming::Data(Response::MailboxData(MailboxDatum::List(list))) = data
                    && list.name_attributes.contains(&NameAttribute::Sent)
                    && !list.name_attributes.contains(&NameAttribute::NoSelect)
                {
                    folder.get_or_insert_with(|| readable_folder(&list.name));
                }
            })
            .await?;
        finished(&line).map(|()| folder)
    }

    /// The UIDs of mails with this Message-ID in the selected folder. `message_id` is without angle
    /// brackets; one that is no printable ASCII is found nowhere.
    pub async fn with_message_id(&mut self, message_id: &str) -> Result<Vec<u32>, ImapProblem> {
        let Some(wanted) = quoted_text(&format!("<{message_id}>")) else { return Ok(Vec::new()) };
        self.look_again().await?;
        self.search(&format!("HEADER Message-ID {wanted}")).await
    }
}
