//! The company: a Laufzettel that fetches from Dovecot by IMAP over TLS and sends by Postfix with TLS
//! and a login. The customer has an account on the same servers, in another domain.

use testkit::databases::Engine;
use testkit::dovecot::{Accounts, Dovecot, DovecotOptions, PASSWORD};
use testkit::postfix::{Postfix, PostfixSettings, Submission};

use crate::house::{House, Relay, Visitor};

pub struct Office {
    pub house: House,
    pub agent: Visitor,
    pub postfix: Postfix,
    pub dovecot: Dovecot,
}

impl Office {
    pub async fn open(engine: Engine) -> Self {
        let users = ["hilfe@firma.test", "ann@kunde.test"].map(str::to_owned).to_vec();
        let accounts = Accounts::Only(users);
        let dovecot = Dovecot::start_with(DovecotOptions { accounts, ..Default::default() });
        let domains = ["firma.test", "kunde.test"];
        let postfix = Postfix::start(PostfixSettings {
            submission: Submission::LoggedIn,
            ..PostfixSettings::new(&dovecot, &domains)
        });
        let relay = Relay {
            url: format!("smtps://hilfe%40firma.test@localhost:{}", postfix.submissions_port()),
            tls: "implicit",
            password: PASSWORD,
        };
        let roots = [dovecot.authority_pem(), postfix.authority_pem()];
        let house = House::build(engine, &relay, &roots).await;
        let source = format!(
            "{{\"kind\":\"imap\",\"host\":\"localhost\",\"port\":{},\"tls\":\"implicit\",\
              \"user\":\"hilfe@firma.test\",\"folder\":\"INBOX\"}}",
            dovecot.imaps_port()
        );
        house.add_mailbox("hilfe@firma.test", &source, Some(PASSWORD)).await;
        house.add_sender("hilfe@firma.test").await;
        let agent = house.add_agent("Ben").await;
        Self { house, agent, postfix, dovecot }
    }
}
