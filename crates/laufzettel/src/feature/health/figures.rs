//! Figures of the database, read at most every ten seconds, however often somebody asks.

use std::sync::Arc;

use db::{Db, Result};
use tokio::sync::Mutex;
use values::Timestamp;

use super::store::{Figures, ReadFigures};

/// How long figures are believed.
const AGE_MILLIS_MAX: i64 = 10_000;

/// Keeps what was read last. Whoever asks while they are read waits for them.
#[derive(Default)]
pub struct FigureCache(Mutex<Option<(Timestamp, Arc<Figures>)>>);

impl FigureCache {
    /// The figures.
    pub async fn get(&self, db: &Db, now: Timestamp) -> Result<Arc<Figures>> {
        let mut kept = self.0.lock().await;
        if let Some((read_at, figures)) = &*kept
            && now.millis_since(*read_at).abs() < AGE_MILLIS_MAX
        {
            return Ok(Arc::clone(figures));
        }
        let figures = Arc::new(db.read(&ReadFigures).await?);
        *kept = Some((now, Arc::clone(&figures)));
        Ok(figures)
    }
}
