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
    fn of(bench: &Bench, engine: Engine, tickets: u64) -> Result<Self> {
        match engine {
            Engine::Sqlite => Self::on_file(bench, tickets),
            Engine::Postgres => Self::on_server(bench, tickets),
        }
    }

    fn on_file(bench: &Bench, tickets: u64) -> Result<Self> {
        let scratch = bench.copy(tickets)?;
        let database = scratch.database.clone();
        Ok(Self { database, tickets, postgres: None, _scratch: Some(scratch), _folder: None })
    }

    fn on_server(bench: &Bench, tickets: u64) -> Result<Self> {
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
    let tickets = |engine: Engine| match engine {
        Engine::Sqlite => bench.options.usual(),
        Engine::Postgres => bench.options.on_postgres(),
    };
    on_each_with(bench, tickets, measure)
}

/// Measures on each database that is wanted, with as many tickets as are said.
pub fn on_each_with(
    bench: &Bench,
    tickets: impl Fn(Engine) -> u64,
    measure: impl Fn(&Ground) -> Result<()>,
) -> Result<()> {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if bench.options.wants_engine(engine) {
            measure(&Ground::of(bench, engine, tickets(engine))?)?;
        }
    }
    Ok(())
}
