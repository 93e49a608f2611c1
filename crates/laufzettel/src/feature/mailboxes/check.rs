//! What is wrong with a mailbox before it is saved: a pure look at the form and the lists.

use rules::intake::{StrangerWithNumber, UnknownSender};
use values::EmailAddress;
use web::FieldProblem;

use super::MailboxForm;
use crate::config::is_loopback;
use crate::record::autoresponder::SUBJECT_LETTERS_MAX;
use crate::record::directory::{Directory, Listed, by_name};
use crate::record::mailbox::{Mailbox, Server, Source, Tls};
use crate::record::sender::by_address;

mod options;
mod sign_in;

pub use sign_in::gives_tokens_away;

/// Letters of a name for programs.
const NAME_LETTERS_MAX: usize = 60;
/// Letters of names, hosts, folders.
const TEXT_LETTERS_MAX: usize = 200;
/// Addresses of one mailbox.
const ADDRESSES_MAX: usize = 100;
/// Bytes of the text of an automatic answer.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// What can become of a mail on the server.
const AFTER_IMPORT: [&str; 4] = ["mark_read", "move", "delete", "keep"];

/// Everything that is wrong with a form. `allow_plain` is the configuration's word about mail
/// servers without TLS beyond the own machine.
pub fn check(form: &MailboxForm, directory: &Directory, allow_plain: bool) -> Vec<FieldProblem> {
    let mut found = Problems::default();
    names(form, &mut found);
    address_list(form, directory, &mut found);
    entries(form, directory, &mut found);
    source(form, directory, allow_plain, &mut found);
    found.0.extend(account_problems(form, &directory.mailboxes));
    settings(form, &mut found);
    options::options(form, &mut found);
    answers(form, directory, &mut found);
    autoresponder(form, &mut found);
    found.0
}

#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: &str, code: &str, message: impl Into<String>) {
        let (field, code) = (field.to_owned(), code.to_owned());
        self.0.push(FieldProblem { field, code, message: message.into() });
    }

    fn add_if(&mut self, is_wrong: bool, field: &str, code: &str, message: &str) {
        if is_wrong {
            self.add(field, code, message);
        }
    }
}

fn names(form: &MailboxForm, found: &mut Problems) {
    found.add_if(
        !is_slug(&form.name),
        "name",
        "invalid_name",
        "a name has small letters, digits and hyphens, and begins with a letter or digit",
    );
    found.add_if(
        !is_line(&form.label),
        "label",
        "invalid_label",
        "a label is one line of 1 to 200 letters",
    );
}

/// A name that can stand in an address: `support`, `shop-2`.
fn is_slug(name: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    !name.is_empty()
        && name.len() <= NAME_LETTERS_MAX
        && name.starts_with(is_plain)
        && name.chars().all(|letter| is_plain(letter) || letter == '-')
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= TEXT_LETTERS_MAX
        && !text.contains(char::is_control)
}

/// The addresses of a form, each once.
pub fn addresses(form: &MailboxForm) -> Vec<EmailAddress> {
    let mut all: Vec<EmailAddress> = Vec::new();
    for address in form.addresses.iter().filter_map(|text| EmailAddress::parse(text).ok()) {
        if !all.contains(&address) {
            all.push(address);
        }
    }
    all
}

fn address_list(form: &MailboxForm, directory: &Directory, found: &mut Problems) {
    found.add_if(
        form.addresses.is_empty(),
        "addresses",
        "missing",
        "a mailbox has at least one address; mails are written from the first one",
    );
    found.add_if(
        form.addresses.len() > ADDRESSES_MAX,
        "addresses",
        "too_many",
        "a mailbox has at most 100 addresses",
    );
    for (place, text) in form.addresses.iter().enumerate() {
        if EmailAddress::parse(text).is_err() {
            let message = format!("{text} is not an address; write it like support@example.de");
            found.add(&format!("addresses[{place}]"), "invalid_email", message);
        }
    }
    let others = directory.mailboxes.iter().filter(|mailbox| mailbox.name != form.name);
    let taken: Vec<(EmailAddress, String)> = others
        .flat_map(|mailbox| {
            let name = mailbox.name.clone();
            mailbox.addresses().into_iter().map(move |address| (address, name.clone()))
        })
        .collect();
    found.0.extend(taken_problems(form, &taken));
}

/// What is wrong with addresses that other mailboxes have, given with the names of those.
pub fn taken_problems(form: &MailboxForm, taken: &[(EmailAddress, String)]) -> Vec<FieldProblem> {
    owned(form, taken, "address_taken", |address, name| {
        format!("the mailbox {name} has the address {address} already")
    })
}

/// What is wrong with addresses that people sign in with, given with their names.
pub fn people_problems(form: &MailboxForm, people: &[(EmailAddress, String)]) -> Vec<FieldProblem> {
    owned(form, people, "address_of_person", |address, name| {
        format!("{name} signs in with {address}; give one of the two another address")
    })
}

/// What is wrong with addresses of customers, given with their names: what they write would look as if we had
/// written it ourselves.
pub fn customer_problems(
    form: &MailboxForm,
    customers: &[(EmailAddress, String)],
) -> Vec<FieldProblem> {
    owned(form, customers, "address_of_customer", |address, name| {
        format!(
            "the customer {name} has the address {address}; give one of the two another address"
        )
    })
}

/// What is wrong with an account that another mailbox fetches: each mail would come twice. One that is
/// switched off fetches nothing.
pub fn account_problems(form: &MailboxForm, all: &[Mailbox]) -> Vec<FieldProblem> {
    let mut found = Problems::default();
    if let Some(other) = same_account(form, all).filter(|other| other.enabled && form.enabled) {
        let message =
            format!("the mailbox {} fetches this folder of this account already", other.name);
        found.add("source.folder", "account_taken", message);
    }
    found.0
}

/// Another mailbox that fetches a folder of the same account that this one fetches, too.
pub fn same_account<'a>(form: &MailboxForm, all: &'a [Mailbox]) -> Option<&'a Mailbox> {
    let account = form.source.account()?;
    let folders = form.source.folders(&form.options);
    let is_same = |other: &&Mailbox| {
        let source = other.source();
        let theirs = source.folders(&other.options());
        other.name != form.name
            && source.account().as_ref() == Some(&account)
            && folders.iter().any(|folder| theirs.contains(folder))
    };
    let mut same = all.iter().filter(is_same);
    let first = same.next();
    first.filter(|first| first.enabled).or_else(|| same.find(|other| other.enabled)).or(first)
}

fn owned(
    form: &MailboxForm,
    owners: &[(EmailAddress, String)],
    code: &str,
    message: impl Fn(&EmailAddress, &str) -> String,
) -> Vec<FieldProblem> {
    let mut found = Problems::default();
    for (place, text) in form.addresses.iter().enumerate() {
        let address = EmailAddress::parse(text).ok();
        let owner = owners.iter().find(|(known, _)| Some(known) == address.as_ref());
        if let Some((address, name)) = owner {
            found.add(&format!("addresses[{place}]"), code, message(address, name));
        }
    }
    found.0
}

fn entries(form: &MailboxForm, directory: &Directory, found: &mut Problems) {
    let mut named = |field: &str, text: &str, active: Option<bool>| {
        if active != Some(true) {
            found.add(field, "unknown_value", format!("there is no active {field} {text}"));
        }
    };
    let area = by_name(&directory.areas, &form.area).map(Listed::is_active);
    named("area", &form.area, area);
    if let Some(queue) = &form.queue {
        named("queue", queue, by_name(&directory.queues, queue).map(Listed::is_active));
    }
    if let Some(category) = &form.category {
        let entry = by_name(&directory.categories, category).map(Listed::is_active);
        named("category", category, entry);
    }
}

fn answers(form: &MailboxForm, directory: &Directory, found: &mut Problems) {
    if let Some(address) = &form.sender {
        let stored = directory.mailbox(&form.name).and_then(|mailbox| mailbox.sender);
        let known = by_address(&directory.senders, address);
        found.add_if(
            !known.is_some_and(|one| one.active || Some(one.id) == stored),
            "sender",
            "unknown_value",
            "sender is the address of an active sender",
        );
    }
    let is_fetched = matches!(form.source, Source::Imap { .. });
    if let Some(folder) = &form.sent_folder {
        found.add_if(
            !is_line(folder),
            "sent_folder",
            "invalid_folder",
            "the folder is its name on the server, like Sent",
        );
        found.add_if(
            !is_fetched,
            "sent_folder",
            "needs_account",
            "only an account that mails are fetched from has folders",
        );
    }
}

fn autoresponder(form: &MailboxForm, found: &mut Problems) {
    let said = &form.autoresponder;
    found.add_if(
        said.enabled && said.body.is_empty(),
        "autoresponder.body",
        "missing",
        "an automatic answer needs a text",
    );
    found.add_if(
        said.body.len() > ANSWER_BYTES_MAX,
        "autoresponder.body",
        "too_long",
        "the text of an automatic answer has at most 64 KiB",
    );
    let is_subject = said.subject.chars().count() <= SUBJECT_LETTERS_MAX
        && !said.subject.contains(char::is_control);
    found.add_if(
        !is_subject || said.enabled && said.subject.trim().is_empty(),
        "autoresponder.subject",
        "invalid_subject",
        "the subject of an automatic answer is one line of 1 to 200 letters",
    );
}

fn source(form: &MailboxForm, directory: &Directory, allow_plain: bool, found: &mut Problems) {
    let Some(server) = form.source.server() else { return };
    let Server { host, port, tls, user, folder, .. } = &server;
    found.add_if(
        !is_line(host) || host.contains(|letter: char| letter.is_whitespace() || letter == '/'),
        "source.host",
        "invalid_host",
        "the host is the server's name, like imap.example.de",
    );
    found.add_if(*port == 0, "source.port", "invalid_port", "the port is 1 to 65535, usually 993");
    found.add_if(
        !is_line(user),
        "source.user",
        "invalid_user",
        "the user is the name to sign in with",
    );
    found.add_if(
        folder.as_ref().is_some_and(|folder| !is_line(folder)),
        "source.folder",
        "invalid_folder",
        "the folder is its name on the server, usually INBOX",
    );
    found.add_if(
        *tls == Tls::None && !allow_plain && !is_loopback(host),
        "source.tls",
        "plaintext_refused",
        "a server on another machine needs TLS; to allow clear text all the same, set allow_plaintext_mail = true in the configuration",
    );
    sign_in::sign_in(form, &server, directory, found);
    if server.oauth.is_some() {
        return;
    }
    let stored = directory.mailbox(&form.name);
    let has_stored = stored.is_some_and(|mailbox| mailbox.password.is_some());
    let is_missing = match &form.password {
        Some(password) => password.0.is_empty(),
        None => !has_stored,
    };
    found.add_if(is_missing, "source.password", "missing", "an account needs its password");
}

fn settings(form: &MailboxForm, found: &mut Problems) {
    found.add_if(
        !AFTER_IMPORT.contains(&form.after_import.as_str()),
        "after_import",
        "unknown_value",
        "after_import is mark_read, move, delete or keep",
    );
    let is_pop3 = matches!(form.source, Source::Pop3 { .. });
    found.add_if(
        is_pop3 && matches!(form.after_import.as_str(), "mark_read" | "move"),
        "after_import",
        "not_by_pop3",
        "POP3 knows neither read mails nor folders; after_import is keep or delete",
    );
    let target = form.move_to.as_deref().unwrap_or_default();
    found.add_if(
        form.after_import == "move" && !is_line(target),
        "move_to",
        "missing",
        "to move mails, name the folder they go to",
    );
    found.add_if(
        form.after_import == "move" && is_read_folder(form, target),
        "move_to",
        "same_folder",
        "mails cannot be moved to the folder they are fetched from",
    );
    found.add_if(
        form.max_age_days.is_some_and(|days| !(1..=36_500).contains(&days)),
        "max_age_days",
        "out_of_range",
        "max_age_days is 1 to 36500",
    );
    found.add_if(
        UnknownSender::from_code(&form.unknown_sender).is_none(),
        "unknown_sender",
        "unknown_value",
        "unknown_sender is ticket, known_only or known_or_domains",
    );
    found.add_if(
        StrangerWithNumber::from_code(&form.stranger_with_number).is_none(),
        "stranger_with_number",
        "unknown_value",
        "stranger_with_number is linked_ticket, append or unassigned",
    );
    found.add_if(
        !(0..=100).contains(&form.similarity_percent),
        "similarity_percent",
        "out_of_range",
        "similarity_percent is 0 to 100",
    );
    for (place, domain) in form.domains.iter().enumerate() {
        found.add_if(
            !is_line(domain) || domain.contains(','),
            &format!("domains[{place}]"),
            "invalid_pattern",
            "a pattern is a domain like example.de or *.example.de",
        );
    }
}

fn is_read_folder(form: &MailboxForm, target: &str) -> bool {
    let is_inbox = target.eq_ignore_ascii_case("INBOX");
    let target = if is_inbox { "INBOX" } else { target };
    form.source.is_fetched() && form.source.folders(&form.options).iter().any(|name| name == target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;
    use crate::record::area::Area;
    use crate::record::{AreaId, MailboxId};

    fn directory() -> Directory {
        let area = Area::for_tests(1, "support");
        Directory { areas: vec![area], ..Directory::default() }
    }

    fn fine() -> MailboxForm {
        let mut form = MailboxForm::new("support", "support");
        form.addresses = vec!["Support@example.de".to_owned()];
        form
    }

    fn imap(host: &str, tls: Tls) -> MailboxForm {
        let mut form = fine();
        form.password = Some(Secret("geheim".to_owned()));
        form.source = Source::Imap {
            host: host.to_owned(),
            port: 993,
            tls,
            user: "support".to_owned(),
            folder: "INBOX".to_owned(),
            oauth: None,
            oauth_account: None,
        };
        form
    }

    fn found(form: &MailboxForm) -> Vec<String> {
        let problems = check(form, &directory(), false);
        problems.iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect()
    }

    #[test]
    fn a_fine_mailbox_has_no_problem() {
        assert_eq!(found(&fine()), Vec::<String>::new());
        assert_eq!(found(&imap("imap.example.de", Tls::Implicit)), Vec::<String>::new());
        assert_eq!(found(&imap("127.0.0.1", Tls::None)), Vec::<String>::new());
    }

    #[test]
    fn every_field_says_what_is_wrong_with_it() {
        let mut form = fine();
        form.name = "Support!".to_owned();
        form.label = " ".to_owned();
        form.addresses = vec!["support".to_owned()];
        form.area = "sales".to_owned();
        form.queue = Some("first".to_owned());
        form.after_import = "move".to_owned();
        form.max_age_days = Some(0);
        form.unknown_sender = "drop".to_owned();
        form.stranger_with_number = "join".to_owned();
        form.similarity_percent = 101;
        form.domains = vec!["a,b".to_owned()];
        assert_eq!(
            found(&form),
            [
                "name: invalid_name",
                "label: invalid_label",
                "addresses[0]: invalid_email",
                "area: unknown_value",
                "queue: unknown_value",
                "move_to: missing",
                "max_age_days: out_of_range",
                "unknown_sender: unknown_value",
                "stranger_with_number: unknown_value",
                "similarity_percent: out_of_range",
                "domains[0]: invalid_pattern",
            ]
        );
    }

    #[test]
    fn clear_text_is_for_the_own_machine_unless_allowed() {
        let form = imap("imap.example.de", Tls::None);
        assert_eq!(found(&form), ["source.tls: plaintext_refused"]);
        assert_eq!(check(&form, &directory(), true), []);
    }

    #[test]
    fn an_account_needs_a_password_once() {
        let mut form = imap("imap.example.de", Tls::Implicit);
        form.password = None;
        assert_eq!(found(&form), ["source.password: missing"]);
        let mut stored = directory();
        stored.mailboxes = vec![mailbox("support", "support@example.de", Some(vec![1]))];
        assert_eq!(check(&form, &stored, false), []);
        form.password = Some(Secret(String::new()));
        assert_eq!(check(&form, &stored, false).len(), 1);
    }

    #[test]
    fn an_address_belongs_to_one_mailbox() {
        let mut others = directory();
        others.mailboxes = vec![mailbox("sales", "support@example.de", None)];
        let problems = check(&fine(), &others, false);
        let problem = problems.first().unwrap();
        assert_eq!(
            (problem.field.as_str(), problem.code.as_str()),
            ("addresses[0]", "address_taken")
        );
        assert_eq!(problem.message, "the mailbox sales has the address support@example.de already");
    }

    #[test]
    fn mails_are_not_moved_to_where_they_come_from() {
        let mut form = imap("imap.example.de", Tls::Implicit);
        form.after_import = "move".to_owned();
        form.move_to = Some("Inbox".to_owned());
        assert_eq!(found(&form), ["move_to: same_folder"]);
    }

    fn mailbox(
        name: &str,
        address: &str,
        password: Option<Vec<u8>>,
    ) -> crate::record::mailbox::Mailbox {
        crate::record::mailbox::Mailbox {
            id: MailboxId::from_number(7),
            name: name.to_owned(),
            label: name.to_owned(),
            enabled: true,
            area: AreaId::from_number(1),
            queue: None,
            category: None,
            source: "{\"kind\":\"push\"}".to_owned(),
            password,
            after_import: "mark_read".to_owned(),
            move_to: None,
            from_date: None,
            max_age_days: None,
            unknown_sender: "ticket".to_owned(),
            stranger_with_number: "linked_ticket".to_owned(),
            join_open_ticket: false,
            similarity_percent: 80,
            domains: String::new(),
            sender: None,
            answer_as_received: false,
            plus_addressing: false,
            autoresponder: String::new(),
            sent_folder: None,
            signature: None,
            options: None,
            version: 1,
            addresses: address.to_owned(),
        }
    }
}
