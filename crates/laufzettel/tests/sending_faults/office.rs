//! An installation with an agent at work and the mail server of the company, which does what the test
//! wants.

use testkit::databases::Engine;
use testkit::dovecot::Certificate;
use testkit::smtp_sink::{Received, SinkTls, SmtpSink};

use crate::house::{Fate, House, Process, Relay, Visitor};

pub const USER: &str = "hilfe";
pub const PASSWORD: &str = "geheim";

pub struct Office {
    pub house: House,
    pub agent: Visitor,
    pub sink: SmtpSink,
    /// What servers before this one have taken.
    earlier: Vec<Received>,
}

impl Office {
    /// Mails leave by STARTTLS and with a login.
    pub async fn open(engine: Engine) -> Self {
        let sink = server(0);
        let relay = Relay {
            url: format!("smtp://{USER}@localhost:{}", sink.port()),
            tls: "starttls",
            password: PASSWORD,
        };
        let house = House::build(engine, &relay, &[sink.authority_pem()]).await;
        house.add_mailbox("hilfe@firma.test", "{\"kind\":\"push\"}", None).await;
        house.add_sender("hilfe@firma.test").await;
        let agent = house.add_agent("Ben").await;
        Self { house, agent, sink, earlier: Vec::new() }
    }

    pub async fn ticket(&self, subject: &str) -> String {
        self.house.add_ticket("Ann <ann@kunde.test>", subject).await
    }

    /// Ben answers Ann, and Carl gets a copy.
    pub fn answer(&self, process: &Process, ticket: &str) {
        self.answer_with(process, ticket, "");
    }

    pub fn answer_with(&self, process: &Process, ticket: &str, more: &str) {
        let form = format!(
            "to=ann%40kunde.test&cc=carl%40kunde.test&knows_strangers=1&text=Kommt.&then={more}"
        );
        self.agent.answers(process, ticket, &form);
    }

    /// The mail server dies with everything that it has not answered, and another one stands in its
    /// place. Only processes that start from now on know its certificate.
    pub fn replace_server(&mut self) {
        let port = self.sink.port();
        let taken = self.sink.mails().into_iter().filter(Received::is_accepted);
        self.earlier.extend(taken);
        // The first one has to be gone before its port is free.
        drop(std::mem::replace(&mut self.sink, SmtpSink::start()));
        self.sink = server(port);
        self.house.trust(&[self.sink.authority_pem()]);
    }

    /// How often a mail was taken for this address.
    pub fn copies(&self, fate: &Fate, address: &str) -> usize {
        let wanted = format!("Message-ID: <{}>", fate.message_id);
        let is_it = |mail: &&Received| {
            let is_for = mail.recipients.iter().any(|recipient| recipient == address);
            mail.is_accepted() && is_for && head(mail).lines().any(|line| line == wanted)
        };
        self.earlier.iter().chain(&self.sink.mails()).filter(is_it).count()
    }
}

fn server(port: u16) -> SmtpSink {
    SmtpSink::start_on(port, SinkTls::Starttls(Certificate::Valid)).with_login(USER, PASSWORD)
}

/// The headers of a mail, unfolded.
pub fn head(mail: &Received) -> String {
    let text = String::from_utf8_lossy(&mail.bytes).replace("\r\n ", " ").replace("\r\n\t", " ");
    text.split("\r\n\r\n").next().unwrap_or_default().to_owned()
}
