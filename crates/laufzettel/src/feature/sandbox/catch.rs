//! A mail server that takes everything and keeps it here.

use std::future::Future;
use std::sync::Arc;

use mail::lmtp::{DeliverAnswer, Dialect, Envelope, Handler, RecipientAnswer, ServeLimits, serve};
use tokio::net::TcpListener;
use values::EmailAddress;

use super::store::Keep;
use crate::App;

/// Takes mails by SMTP until `shutdown` is ready.
pub async fn listen(app: App, listener: TcpListener, shutdown: impl Future<Output = ()>) {
    let limits = ServeLimits {
        dialect: Dialect::Smtp,
        host: "sandbox.example".to_owned(),
        ..ServeLimits::default()
    };
    serve(listener, Arc::new(Sandbox { app }), limits, shutdown).await;
}

struct Sandbox {
    app: App,
}

impl Handler for Sandbox {
    async fn recipient(&self, _: &EmailAddress) -> RecipientAnswer {
        RecipientAnswer::Accept
    }

    async fn deliver(&self, mail: Envelope) -> Vec<DeliverAnswer> {
        let answer = match self.keep(&mail).await {
            Ok(()) => DeliverAnswer::Stored,
            Err(failure) => {
                tracing::error!(%failure, "the sandbox cannot keep a mail");
                DeliverAnswer::TryLater
            }
        };
        vec![answer; mail.recipients.len()]
    }
}

impl Sandbox {
    async fn keep(&self, mail: &Envelope) -> db::Result<()> {
        let now = self.app.now();
        let raw = self.app.blobs.prepare(&mail.bytes)?;
        let keep = Keep { id: self.app.ids.next(now), mail, raw: &raw, now };
        self.app.db.write(&keep).await
    }
}
