//! The tabs of a mailbox's page: each saves its own fields and leaves the others as they are.

use values::Language;

use crate::texts;

/// A tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Name, addresses, and where its tickets lie.
    General,
    /// The account, which mails are fetched, and what becomes of them.
    Receive,
    /// As whom answers leave.
    Send,
    /// What stands below answers.
    Signature,
    /// What is answered automatically.
    Answer,
    /// What came last.
    Log,
}

impl Tab {
    /// All tabs, in their order.
    pub const ALL: [Self; 6] =
        [Self::General, Self::Receive, Self::Send, Self::Signature, Self::Answer, Self::Log];

    /// The last part of its address; the first tab has none.
    pub fn path(self) -> &'static str {
        match self {
            Self::General => "",
            Self::Receive => "receive",
            Self::Send => "send",
            Self::Signature => "signature",
            Self::Answer => "autoresponder",
            Self::Log => "log",
        }
    }

    /// The tab with this last part of its address.
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.path() == path)
    }

    /// The address of the tab of a mailbox.
    pub fn href(self, mailbox: &str) -> String {
        match self.path() {
            "" => format!("/mailboxes/{mailbox}/edit"),
            path => format!("/mailboxes/{mailbox}/edit/{path}"),
        }
    }

    /// Its name on the screen.
    pub fn title(self, language: Language) -> &'static str {
        let texts = texts::mailboxes(language);
        match self {
            Self::General => texts.general(),
            Self::Receive => texts.receive(),
            Self::Send => texts.send(),
            Self::Signature => texts.signature(),
            Self::Answer => texts.answer(),
            Self::Log => texts.log(),
        }
    }

    /// The fields that its form sends.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::General => &["label", "addresses", "area", "queue", "category", "enabled"],
            Self::Receive => &[
                "source",
                "host",
                "port",
                "tls",
                "user",
                "oauth",
                "oauth_account",
                "password",
                "folder",
                "after_import",
                "move_to",
                "from_date",
                "max_age_days",
                "unknown_sender",
                "domains",
                "stranger_with_number",
                "join_open_ticket",
                "similarity_percent",
                "customers_only",
                "completed",
                "without_emojis",
                "with_headers",
                "reads_reference",
                "reference_pattern",
                "further_folders",
                "mails_per_run",
                "mail_mebibytes_max",
                "tells_too_large",
            ],
            Self::Send => {
                &["sender", "answer_as_received", "plus_addressing", "sent_folder", "reads_sent"]
            }
            Self::Signature => &["signature"],
            Self::Answer => &["answer_enabled", "answer_subject", "answer_text", "answer_once"],
            Self::Log => &[],
        }
    }
}
