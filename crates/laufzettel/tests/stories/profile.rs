//! What agents set on the page about themselves.

use crate::world::World;

testkit::on_both_engines!(
    an_agent_sets_what_stands_below_his_answers,
    what_cannot_be_is_said_beside_its_field,
    the_profile_needs_a_sign_in,
);

async fn an_agent_sets_what_stands_below_his_answers(world: World) {
    let ben = world.agent("Ben").await;
    let page = ben.get("/profile").await.text();
    for part in ["name=\"text\"", "data-editor", "name=\"html\"", "value=\"10\""] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches(" checked").count(), 3, "{page}");
    let form = "phone=0228+%2F+4711&undo_seconds=0&notices=failed&html=\
        &text=%7Bname%7D%0D%0AFirma+%3CGmbH%3E%0D%0A%0D%0AGr%C3%BC%C3%9Fe";
    let saved = ben.post("/profile", form).await;
    assert_eq!((saved.status.as_u16(), saved.header("location")), (303, "/profile?saved=yes"));
    let page = ben.get("/profile?saved=yes").await;
    assert!(page.words().contains("Ihre Angaben sind gespeichert."));
    let page = page.text();
    assert!(page.contains("value=\"0228 / 4711\""), "{page}");
    assert_eq!(page.matches(" checked").count(), 1, "{page}");
    let stored = async || {
        let directory = world.app.directory().await.unwrap();
        directory.agent(ben.agent).unwrap().clone()
    };
    let person = stored().await;
    let signature = "<p>{name}<br>Firma &lt;GmbH&gt;</p><p>Grüße</p>";
    assert_eq!(person.signature.as_deref(), Some(signature));
    assert_eq!(
        (person.phone.as_deref(), person.notices.as_deref()),
        (Some("0228 / 4711"), Some("failed"))
    );
    // The editor sends HTML, which is cleaned; a script in it never reaches a mail.
    let form = "undo_seconds=30&notices=assigned&notices=answered&notices=failed&text=Ben\
        &html=%3Cp%3E%3Cb%3EBen%3C%2Fb%3E%3Cscript%3Ex%28%29%3C%2Fscript%3E%3C%2Fp%3E";
    ben.post("/profile", form).await;
    let person = stored().await;
    assert_eq!(person.signature.as_deref(), Some("<p><b>Ben</b></p>"));
    assert_eq!((person.phone, person.notices), (None, None));
    assert!(ben.get("/profile").await.text().contains("value=\"30\""));
}

async fn what_cannot_be_is_said_beside_its_field(world: World) {
    let ben = world.agent("Ben").await;
    for seconds in ["31", "-1", "", "viele"] {
        let form = format!("phone=4711&undo_seconds={seconds}&text=Ben&html=");
        let refused = ben.post("/profile", &form).await;
        assert_eq!(refused.status, 422, "{seconds}");
        let text = refused.text();
        assert!(text.contains("Geben Sie eine Zahl von 0 bis 30 ein."), "{seconds}");
        assert!(text.contains("value=\"4711\""), "what was typed is kept");
    }
    let directory = world.app.directory().await.unwrap();
    assert_eq!(directory.agent(ben.agent).unwrap().phone, None);
}

async fn the_profile_needs_a_sign_in(world: World) {
    let id = laufzettel::record::AgentId::from_number(1);
    let stranger = crate::world::browser::Browser::new(world.router.clone(), id, "");
    for answer in
        [stranger.get("/profile").await, stranger.post("/profile", "undo_seconds=1").await]
    {
        assert_eq!(answer.status, 303);
        assert!(answer.header("location").starts_with("/signin"));
    }
}
