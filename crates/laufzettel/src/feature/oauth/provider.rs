//! What each provider wants: where people sign in, where tokens come from, and what is asked for.

use crate::record::oauth::{OAuthClient, Provider};

/// The directory where the company does not name its own.
const ANY_TENANT: &str = "organizations";

/// Where people sign in and where tokens come from (RFC 6749 section 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// Where people sign in.
    pub authorize: String,
    /// Where tokens come from.
    pub token: String,
}

impl Provider {
    /// The addresses, unless the registration names others.
    pub fn endpoints(self, client: &OAuthClient) -> Endpoints {
        let usual = self.usual_endpoints(client.tenant.as_deref());
        Endpoints {
            authorize: client.authorize_url.clone().unwrap_or(usual.authorize),
            token: client.token_url.clone().unwrap_or(usual.token),
        }
    }

    fn usual_endpoints(self, tenant: Option<&str>) -> Endpoints {
        match self {
            Self::Microsoft => {
                let tenant = tenant.unwrap_or(ANY_TENANT);
                let base = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0");
                Endpoints { authorize: format!("{base}/authorize"), token: format!("{base}/token") }
            }
            Self::Google => Endpoints {
                authorize: "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
                token: "https://oauth2.googleapis.com/token".to_owned(),
            },
        }
    }

    /// What is asked for: fetching and sending mails, and going on without the person.
    pub fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::Microsoft => &[
                "https://outlook.office.com/IMAP.AccessAsUser.All",
                "https://outlook.office.com/SMTP.Send",
                "offline_access",
            ],
            Self::Google => &["https://mail.google.com/"],
        }
    }

    /// What is asked for by an application of its own right; `None` where there is no such thing.
    pub fn application_scope(self) -> Option<&'static str> {
        match self {
            Self::Microsoft => Some("https://outlook.office365.com/.default"),
            Self::Google => None,
        }
    }

    /// The permissions of an application of its own right, as the provider's console calls them.
    pub fn application_permissions(self) -> &'static [&'static str] {
        match self {
            Self::Microsoft => &["IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp"],
            Self::Google => &[],
        }
    }

    /// The permissions as the provider's console calls them.
    pub fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::Microsoft => &["IMAP.AccessAsUser.All", "SMTP.Send"],
            Self::Google => self.scopes(),
        }
    }

    /// What the provider wants to be told besides. Google gives a token that lasts only so.
    pub fn extra(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Microsoft => &[("prompt", "select_account")],
            Self::Google => &[("access_type", "offline"), ("prompt", "consent")],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_signs_in_at_its_own_directory() {
        let usual = Provider::Microsoft.usual_endpoints(Some("firma.example"));
        assert_eq!(
            usual.token,
            "https://login.microsoftonline.com/firma.example/oauth2/v2.0/token"
        );
        let any = Provider::Microsoft.usual_endpoints(None);
        assert!(any.authorize.contains("/organizations/"), "{any:?}");
    }
}
