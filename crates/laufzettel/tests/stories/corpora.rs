//! Real mails that nobody of us wrote go through the whole intake: none is lost, none is changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use db::{from_row, params, sql};
use laufzettel::record::MailId;
use laufzettel::service::blobs;
use laufzettel::service::keys::sha256;

use crate::world::World;

testkit::on_both_engines!(every_mail_of_the_corpora_is_taken_and_kept_byte_for_byte);

/// The folder with the corpora; `None` where they may be missing.
fn corpora() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let folder = std::env::var_os("LAUFZETTEL_CORPORA").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("LAUFZETTEL_CORPORA_OPTIONAL").is_some(),
        "there are no corpora in {}; set LAUFZETTEL_CORPORA to their folder",
        folder.display()
    );
    println!("skipped: there are no corpora");
    None
}

fn mails(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            mails(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "eml" || extension == "msg")
        {
            found.push(path);
        }
    }
}

from_row! {
    struct Row {
        state: String,
        raw_hash: Vec<u8>,
    }
}

struct ReadRaw<'a> {
    world: &'a World,
    mail: MailId,
}

impl db::Reading for ReadRaw<'_> {
    type Outcome = (String, Vec<u8>);

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<(String, Vec<u8>)> {
        let row: Row = view
            .one(sql!("select state, raw_hash from inbound_mail where id = $1"), params![self.mail])
            .await?;
        let blob = blobs::find(view, &row.raw_hash).await?;
        Ok((row.state, self.world.app.blobs.load(blob).await?))
    }
}

async fn every_mail_of_the_corpora_is_taken_and_kept_byte_for_byte(world: World) {
    let Some(folder) = corpora() else { return };
    world.mailbox("hilfe", "support").await;
    let mut files = Vec::new();
    mails(&folder, &mut files);
    files.sort();
    assert!(files.len() > 300, "{} mails", files.len());
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = Vec::new();
    for file in &files {
        let bytes = fs::read(file).unwrap();
        let outcome = world.receives("hilfe", &bytes).await;
        let (state, kept) =
            world.app.db.read(&ReadRaw { world: &world, mail: outcome.mail }).await.unwrap();
        let shown = file.strip_prefix(&folder).unwrap().display();
        assert_eq!(sha256(&kept), sha256(&bytes), "{shown} was changed");
        assert_ne!(outcome.outcome, "quarantined", "{shown}");
        let has_ticket = outcome.ticket.is_some();
        let is_listed = matches!(outcome.outcome.as_str(), "duplicate" | "bounce" | "filtered");
        assert!(has_ticket || is_listed, "{shown}: {} {state}", outcome.outcome);
        let is_repeated = seen.contains(&sha256(&bytes));
        assert!(
            outcome.outcome != "duplicate"
                || is_repeated
                || has_same_fingerprint(&outcome.evidence.to_string()),
            "{shown}"
        );
        seen.push(sha256(&bytes));
        *outcomes.entry(outcome.outcome.clone()).or_default() += 1;
        if outcome.oddities.as_array().is_some_and(|odd| !odd.is_empty()) {
            println!("{shown}: {}", outcome.oddities);
        }
    }
    println!("{} mails: {outcomes:?}", files.len());
}

fn has_same_fingerprint(evidence: &str) -> bool {
    evidence.contains("same_fingerprint")
}
