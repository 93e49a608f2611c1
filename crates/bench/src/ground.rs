//! What is measured on both databases alike.

use tempfile::TempDir;

use crate::Result;
use crate::bench::{Bench, Scratch};
use crate::database::Database;
use crate::report::Engine;
use crate::seed;
use crate::server::Server;
use crate::server_postgres::PostgresServer;

/// A filled database that may be changed.
pub struct Ground {
    /// The database.
    pub database: Database,
    /// How many tickets it holds.
    pub tickets: u64,
    postgres: Option<PostgresServer>,
    _scratch: Option<Scratch>,
    _folder: Option<TempDir>,
}

impl Ground {
    fn of(bench: &Bench, engine: Engine) -> Result<Self> {
        match engine {
            Engine::Sqlite => Self::on_file(bench),
            Engine::Postgres => Self::on_server(bench),
        }
    }

    fn on_file(bench: &Bench) -> Result<Self> {
        let tickets = bench.options.usual();
        let scratch = bench.copy(tickets)?;
        let database = scratch.database.clone();
        Ok(Self { database, tickets, postgres: None, _scratch: Some(scratch), _folder: None })
    }

    fn on_server(bench: &Bench) -> Result<Self> {
        let tickets = bench.options.on_postgres();
        let postgres = PostgresServer::start()?;
        let folder = TempDir::new_in(bench.folder())?;
        let address = postgres.database("laufzettel", "template0")?;
        let database = Database::Postgres(address, folder.path().join("data"));
        seed::fill(&database, tickets)?;
        let (postgres, folder) = (Some(postgres), Some(folder));
        Ok(Self { database, tickets, postgres, _scratch: None, _folder: folder })
    }

    /// The processes whose processor time is that of the product.
    pub fn processes(&self, server: &Server) -> Vec<u32> {
        let beside = self.postgres.as_ref().map(PostgresServer::id);
        [server.id()].into_iter().chain(beside).collect()
    }
}

/// Measures on each database that is wanted.
pub fn on_each(bench: &Bench, measure: impl Fn(&Ground) -> Result<()>) -> Result<()> {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if bench.options.wants_engine(engine) {
            measure(&Ground::of(bench, engine)?)?;
        }
    }
    Ok(())
}
