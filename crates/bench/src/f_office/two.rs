//! F3: one process on PostgreSQL and two, side by side. Clients, processes and database share the
//! processors of one machine, so the figures say what a second process costs, not what a second
//! machine brings.

use std::thread;
use std::time::Duration;

use crate::Result;
use crate::b_pages::{Pages, load};
use crate::b_writes::work::{Kind, Work};
use crate::bench::{Bench, REPEATS};
use crate::figures::median;
use crate::ground::{self, Ground};
use crate::load::http::Accept;
use crate::load::posts::Posts;
use crate::report::{Engine, Line, Part};
use crate::server::{Reader, Server};

/// Clients at the same time, in all.
const CLIENTS: usize = 8;

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    ground::on_each(bench, |ground| match ground.database.engine() {
        Engine::Postgres => on(bench, ground),
        Engine::Sqlite => Ok(()),
    })
}

fn on(bench: &Bench, ground: &Ground) -> Result<()> {
    let mut connection = ground.database.open()?;
    let mut work = Work::prepare(&mut connection, CLIENTS)?;
    let one = vec![bench.start(&ground.database)?];
    let (list_by_one, replies_by_one) = figures(bench, &one, &mut work)?;
    let two = vec![bench.start(&ground.database)?];
    let both: Vec<Server> = one.into_iter().chain(two).collect();
    let (list_by_two, replies_by_two) = figures(bench, &both, &mut work)?;
    for server in both {
        server.stop()?;
    }
    let mut line = Line::new("F3", Engine::Postgres, ground.tickets);
    line.per_s = Some(list_by_two);
    line.parts = vec![
        Part::rate("lists a second, two processes", list_by_two, list_by_one, 1.0),
        Part::rate("answers a second, two processes", replies_by_two, replies_by_one, 1.0),
    ];
    bench.print(&line);
    Ok(())
}

/// Lists and answers a second, with the clients spread over the processes.
fn figures(bench: &Bench, servers: &[Server], work: &mut Work) -> Result<(f64, f64)> {
    let (mut lists, mut replies) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        lists.push(list_rate(bench, servers)?);
        replies.push(reply_rate(bench, servers, work)?);
    }
    Ok((median(lists), median(replies)))
}

fn list_rate(bench: &Bench, servers: &[Server]) -> Result<f64> {
    let time = Duration::from_millis(bench.options.either(1_500, 4_000));
    let clients = CLIENTS / servers.len();
    let runs: Vec<Result<Pages>> = thread::scope(|scope| {
        let run = |server: &'_ Server| {
            let request = [server.page("/inbox", Reader::Agent, Accept::Browser)];
            load(server, &[server.id()], &request, clients, time)
        };
        let threads: Vec<_> =
            servers.iter().map(|server| scope.spawn(move || run(server))).collect();
        let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
        ended.map(|ended| ended.unwrap_or_else(|_| Err("a client panicked".into()))).collect()
    });
    runs.into_iter().map(|run| run.map(|pages| pages.figures.per_second())).sum()
}

fn reply_rate(bench: &Bench, servers: &[Server], work: &mut Work) -> Result<f64> {
    let clients = CLIENTS / servers.len();
    let count = bench.options.either(800, 2_400) / servers.len();
    let loads = servers
        .iter()
        .map(|server| Ok((server, work.requests(server.address, Kind::ReplyByApi, count)?)))
        .collect::<Result<Vec<_>>>()?;
    let runs: Vec<Result<f64>> = thread::scope(|scope| {
        let run = |(server, requests): &(&Server, Vec<_>)| {
            let status = Kind::ReplyByApi.status();
            let posts = Posts { address: server.address, requests, clients, status };
            posts.run().map(|figures| figures.per_second())
        };
        let threads: Vec<_> = loads.iter().map(|load| scope.spawn(move || run(load))).collect();
        let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
        ended.map(|ended| ended.unwrap_or_else(|_| Err("a client panicked".into()))).collect()
    });
    runs.into_iter().sum()
}
