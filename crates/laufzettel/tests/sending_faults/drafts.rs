//! What was typed outlives the process.

use testkit::databases::Engine;

use crate::office::Office;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_survives_a_server_that_is_killed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = Office::open(engine).await;
        let process = office.house.serve();
        let number = office.ticket("Angebot").await;
        let file = office.agent.uploads(&process, &number, 1_000);
        let form = format!("to=ann%40kunde.test&text=Angefangene+Antwort&uploads={file}");
        office.agent.saves_draft(&process, &number, &form);
        process.kill();
        office.house.leases_end().await;
        let process = office.house.serve();
        let page = office.agent.reads(&process, &format!("/tickets/{number}"));
        assert!(page.contains(">Angefangene Antwort</textarea>"), "{page}");
        assert!(page.contains(&format!("name=\"uploads\" value=\"{file}\"")), "{page}");
        drop(process);
    }
}
