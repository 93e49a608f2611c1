//! What is known of mail providers: their servers, and what they want besides name and password.

use crate::record::mailbox::Tls;
use crate::record::oauth::Provider as OAuth;

/// A mail server, as far as it does not depend on the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub host: &'static str,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
}

const fn implicit(host: &'static str, port: u16) -> Server {
    Server { host, port, tls: Tls::Implicit }
}

/// A mail provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provider {
    /// The value in the form.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Where mails are fetched.
    pub imap: Server,
    /// Where mails are handed over.
    pub smtp: Server,
    /// What an account needs before a program may sign in.
    pub needs: Need,
    /// Where people can sign in instead of giving a password.
    pub sign_in: Option<OAuth>,
    /// Domains whose mailboxes lie there.
    domains: &'static [&'static str],
}

/// What an account needs before a program may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Its password.
    Password,
    /// IMAP has to be allowed in the settings of the account.
    Allowed,
    /// A password made for this program.
    OwnPassword,
    /// No password is taken at all: somebody signs in there.
    SignIn,
}

/// The code for any other provider.
pub const OTHER: &str = "other";

/// The providers that are offered, most usual first.
pub const PROVIDERS: [Provider; 7] = [
    Provider {
        code: "ionos",
        name: "IONOS",
        imap: implicit("imap.ionos.de", 993),
        smtp: implicit("smtp.ionos.de", 465),
        needs: Need::Password,
        sign_in: None,
        domains: &[],
    },
    Provider {
        code: "strato",
        name: "Strato",
        imap: implicit("imap.strato.de", 993),
        smtp: implicit("smtp.strato.de", 465),
        needs: Need::Password,
        sign_in: None,
        domains: &[],
    },
    Provider {
        code: "t-online",
        name: "T-Online",
        imap: implicit("secureimap.t-online.de", 993),
        smtp: implicit("securesmtp.t-online.de", 465),
        needs: Need::OwnPassword,
        sign_in: None,
        domains: &["t-online.de", "magenta.de"],
    },
    Provider {
        code: "gmx",
        name: "GMX",
        imap: implicit("imap.gmx.net", 993),
        smtp: implicit("mail.gmx.net", 465),
        needs: Need::Allowed,
        sign_in: None,
        domains: &["gmx.de", "gmx.net", "gmx.at", "gmx.ch"],
    },
    Provider {
        code: "mailbox-org",
        name: "mailbox.org",
        imap: implicit("imap.mailbox.org", 993),
        smtp: implicit("smtp.mailbox.org", 465),
        needs: Need::Password,
        sign_in: None,
        domains: &["mailbox.org"],
    },
    Provider {
        code: "microsoft",
        name: "Microsoft 365",
        imap: implicit("outlook.office365.com", 993),
        smtp: Server { host: "smtp.office365.com", port: 587, tls: Tls::Starttls },
        needs: Need::SignIn,
        sign_in: Some(OAuth::Microsoft),
        domains: &["outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "live.de"],
    },
    Provider {
        code: "google",
        name: "Google",
        imap: implicit("imap.gmail.com", 993),
        smtp: implicit("smtp.gmail.com", 465),
        needs: Need::OwnPassword,
        sign_in: Some(OAuth::Google),
        domains: &["gmail.com", "googlemail.com"],
    },
];

/// The provider with this code.
pub fn by_code(code: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().find(|provider| provider.code == code)
}

/// The provider where the mailboxes of a domain lie, if that is known.
pub fn by_domain(domain: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().find(|provider| provider.domains.contains(&domain))
}

/// The names under which the servers of a domain are usually found, the likeliest first.
pub fn usual_hosts(domain: &str) -> ([String; 3], [String; 3]) {
    let named =
        |first: &str| [format!("{first}.{domain}"), format!("mail.{domain}"), domain.to_owned()];
    (named("imap"), named("smtp"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_known_by_the_domain_of_an_address() {
        assert_eq!(by_domain("gmx.de").map(|provider| provider.code), Some("gmx"));
        assert_eq!(by_domain("brueckner-objekt.example"), None);
        let (imap, smtp) = usual_hosts("firma.example");
        assert_eq!(imap, ["imap.firma.example", "mail.firma.example", "firma.example"]);
        assert_eq!(smtp[0], "smtp.firma.example");
    }

    #[test]
    fn each_provider_has_a_code_of_its_own() {
        for (place, provider) in PROVIDERS.iter().enumerate() {
            assert_eq!(by_code(provider.code).map(|found| found.name), Some(provider.name));
            assert!(PROVIDERS.iter().skip(place + 1).all(|other| other.code != provider.code));
        }
    }
}
