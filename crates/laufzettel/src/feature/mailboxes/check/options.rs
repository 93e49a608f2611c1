//! What is wrong with what a mailbox shall do with its mails.

use rules::reference::check_pattern;

use super::{MailboxForm, Problems, is_line};
use crate::record::mailbox::{Options, Source};

/// Folders of one mailbox beside its first.
const FOLDERS_MAX: usize = 50;

pub(super) fn options(form: &MailboxForm, found: &mut Problems) {
    let options = &form.options;
    let per_run = 1..=Options::PER_RUN_MAX;
    let is_imap = matches!(form.source, Source::Imap { .. });
    found.add_if(
        !options.further_folders.is_empty() && !is_imap,
        "options.further_folders",
        "needs_account",
        "only an account that mails are fetched from by IMAP has folders",
    );
    let is_odd = |folder: &String| !is_line(folder);
    let folders = form.source.folders(options);
    let is_twice =
        |(place, name): (usize, &String)| folders.iter().take(place).any(|one| one == name);
    found.add_if(
        options.further_folders.len() > FOLDERS_MAX
            || options.further_folders.iter().any(is_odd)
            || folders.iter().enumerate().any(is_twice),
        "options.further_folders",
        "invalid_folder",
        "at most 50 folders, each once, by their names on the server",
    );
    let sent = form.sent_folder.as_deref().map(str::trim).filter(|name| !name.is_empty());
    found.add_if(
        options.reads_sent && sent.is_none(),
        "sent_folder",
        "missing",
        "to read what was sent, name the folder it lies in",
    );
    found.add_if(
        options.reads_sent && sent.is_some_and(|sent| folders.iter().any(|name| name == sent)),
        "sent_folder",
        "same_folder",
        "the folder for sent mails is not one that mails are fetched from",
    );
    found.add_if(
        options.mails_per_run.is_some_and(|mails| !per_run.contains(&mails)),
        "options.mails_per_run",
        "out_of_range",
        "mails_per_run is 1 to 100000",
    );
    found.add_if(
        !(1..=Options::MEBIBYTES_MAX).contains(&options.mail_mebibytes_max),
        "options.mail_mebibytes_max",
        "out_of_range",
        "mail_mebibytes_max is 1 to 64",
    );
    if let Err(problem) = check_pattern(&options.reference_pattern) {
        let message = "reference_pattern is a regular expression of at most 500 letters that fits no empty text";
        found.add("options.reference_pattern", problem.code(), message);
    }
}
