//! How a mailbox does: what is the matter, what is safe, what to do.

use maud::{Markup, html};
use values::Language;

use super::Mailbox;
use crate::record::frame::icon;
use crate::texts;

/// How a mailbox does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Mails are fetched.
    Running {
        /// When mails were last fetched, ready to print.
        last: String,
    },
    /// Mails are brought by another program.
    Listening {
        /// Where they are taken, ready to print.
        place: String,
    },
    /// It has just been set up.
    Starting,
    /// The server does not take name and password.
    WrongPassword,
    /// Somebody has to sign in at the provider again.
    SignInAgain {
        /// Where.
        href: String,
    },
    /// The provider does not take our registration.
    RegistrationRefused {
        /// Where it is changed.
        href: String,
    },
    /// We sign in as an application, and this mailbox is not open to it.
    NotAdmitted {
        /// Where the steps stand that open it.
        href: String,
    },
    /// The server cannot be reached.
    Unreachable {
        /// The server's name.
        server: String,
        /// When it is tried again, ready to print.
        again: String,
    },
    /// The server's certificate is not to be trusted.
    WrongCertificate {
        /// The server's name.
        server: String,
    },
    /// The server does not speak TLS at that port.
    NoTls {
        /// The server's name.
        server: String,
    },
    /// The server does not offer the protection that is wanted.
    Unprotected {
        /// The server's name.
        server: String,
    },
    /// The server offers no way to sign in with a password.
    NoLogin {
        /// The server's name.
        server: String,
    },
    /// The folder mails are fetched from is not there.
    FolderMissing {
        /// Its name.
        folder: String,
    },
    /// The folder mails are moved to is not there; mails are fetched all the same.
    TargetMissing {
        /// Its name.
        folder: String,
    },
    /// The connection broke.
    Interrupted {
        /// When it is tried again, ready to print.
        again: String,
    },
    /// The folder is read anew because the server numbered its mails anew.
    Recounting,
    /// Nothing can be stored, so nothing is fetched.
    Full,
    /// Our own database does not answer, so nothing is fetched.
    CannotStore,
    /// It was switched off.
    Off,
}

/// Tone, icon, heading and text of a state.
struct Look {
    tone: Option<&'static str>,
    icon: &'static str,
    heading: &'static str,
    text: String,
}

pub(super) fn print(language: Language, mailbox: &Mailbox) -> Markup {
    let look = look(language, &mailbox.state);
    let off = mailbox.state == State::Off;
    html! {
        div class="state" data-tone=[look.tone] data-off[off] {
            (icon(look.icon))
            span {
                b { (look.heading) }
                small { (look.text) }
                @if let Some(words) = &mailbox.words { code class="words" { (words) } }
                @if let (Some((href, words)), true) = (way(language, &mailbox.state), mailbox.may_edit) {
                    a class="linked" href=(href) { (words) }
                }
            }
        }
    }
}

/// Where it is mended, and what that is called.
fn way(language: Language, state: &State) -> Option<(&str, &'static str)> {
    let texts = texts::mailboxes(language);
    match state {
        State::SignInAgain { href } => Some((href, texts.sign_in_now())),
        State::RegistrationRefused { href } => Some((href, texts.registration_open())),
        State::NotAdmitted { href } => Some((href, texts.not_admitted_steps())),
        _ => None,
    }
}

/// An account that has no password is not let in.
fn not_let_in(language: Language, state: &State) -> Look {
    let texts = texts::mailboxes(language);
    let (heading, text) = match state {
        State::RegistrationRefused { .. } => (texts.registration(), texts.registration_text()),
        State::NotAdmitted { .. } => (texts.not_admitted(), texts.not_admitted_text()),
        _ => (texts.sign_in(), texts.sign_in_text()),
    };
    Look { tone: Some("red"), icon: "key-round", heading, text: text.to_owned() }
}

fn look(language: Language, state: &State) -> Look {
    let texts = texts::mailboxes(language);
    let (tone, icon, heading, text) = match state {
        State::Running { last } => {
            (None, "circle-check", texts.running(), texts.running_text(last))
        }
        State::Listening { place } => {
            (None, "circle-check", texts.listening(), texts.listening_text(place))
        }
        State::Starting => {
            (Some("blue"), "clock", texts.starting(), texts.starting_text().to_owned())
        }
        State::WrongPassword => {
            (Some("red"), "key-round", texts.password(), texts.password_text().to_owned())
        }
        State::SignInAgain { .. }
        | State::RegistrationRefused { .. }
        | State::NotAdmitted { .. } => return not_let_in(language, state),
        State::Unreachable { server, again } => (
            Some("red"),
            "circle-alert",
            texts.unreachable(),
            texts.unreachable_text(server, again),
        ),
        State::WrongCertificate { server } => {
            (Some("red"), "shield-check", texts.certificate(), texts.certificate_text(server))
        }
        State::NoTls { server } => {
            (Some("red"), "shield-check", texts.no_tls(), texts.no_tls_text(server))
        }
        State::Unprotected { server } => {
            (Some("red"), "shield-check", texts.unprotected(), texts.unprotected_text(server))
        }
        State::NoLogin { server } => {
            (Some("red"), "key-round", texts.no_login(), texts.no_login_text(server))
        }
        State::FolderMissing { folder } => {
            (Some("red"), "folder", texts.folder(), texts.folder_text(folder))
        }
        State::TargetMissing { folder } => {
            (Some("amber"), "folder", texts.target(), texts.target_text(folder))
        }
        State::Interrupted { again } => {
            (Some("amber"), "circle-alert", texts.interrupted(), texts.interrupted_text(again))
        }
        State::Recounting => {
            (Some("blue"), "refresh-cw", texts.recounting(), texts.recounting_text().to_owned())
        }
        State::Full => (Some("red"), "circle-alert", texts.full(), texts.full_text().to_owned()),
        State::CannotStore => (
            Some("amber"),
            "circle-alert",
            texts.cannot_store(),
            texts.cannot_store_text().to_owned(),
        ),
        State::Off => (None, "pause", texts.off(), texts.off_text().to_owned()),
    };
    Look { tone, icon, heading, text }
}
