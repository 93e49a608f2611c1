//! Every route there is. The source says which addresses are registered, the running router says
//! which methods each has: so none is missed, whoever registers it how.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use tower::ServiceExt;

/// A method and an address with its parameters in braces.
pub type Route = (String, String);

/// All routes of the router, pages and API.
pub async fn all(router: &Router) -> BTreeSet<Route> {
    let mut addresses: BTreeSet<String> = registered().into_iter().collect();
    let document = serde_json::to_value(laufzettel::api::document()).unwrap();
    addresses.extend(document["paths"].as_object().unwrap().keys().cloned());
    // Whatever the API does not know is answered by one route for all methods.
    assert!(addresses.remove("/api/v1/{*rest}"), "the rest of the API is answered");
    let mut all = BTreeSet::new();
    for address in addresses {
        for method in methods(router, &address).await {
            all.insert((method, address.clone()));
        }
    }
    all
}

/// The methods that an address answers, as the router says when it is asked for another one.
async fn methods(router: &Router, address: &str) -> Vec<String> {
    let parts = address.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
    let request = Request::builder()
        .method("PROPFIND")
        .uri(parts.collect::<Vec<_>>().join("/"))
        .header(header::HOST, "127.0.0.1:8080")
        .header("sec-fetch-site", "same-origin");
    let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let allowed = answer.headers().get(header::ALLOW);
    let allowed = allowed.unwrap_or_else(|| panic!("{address} is not in the router"));
    let methods = allowed.to_str().unwrap().split(',').map(|method| method.trim().to_owned());
    methods.filter(|method| method != "HEAD").collect()
}

/// The addresses in all calls of `route` in the product's source.
fn registered() -> Vec<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for source in ["laufzettel/src", "web/src"] {
        collect(&crates.join(source), &mut files);
    }
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        // Unit tests of the toolbox have routers of their own; they stand last in their files.
        let text = text.split("#[cfg(test)]").next().unwrap();
        let tokens: TokenStream = text.parse().unwrap();
        look(&file, &tokens.into_iter().collect::<Vec<_>>(), &mut found);
    }
    assert!(found.len() > 100, "only {} addresses", found.len());
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Calls that bring in routes that nobody could read off the source.
const UNREADABLE: [&str; 4] = ["nest", "nest_service", "route_service", "fallback_service"];

fn look(file: &Path, tokens: &[TokenTree], found: &mut Vec<String>) {
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        look(file, &inside, found);
        let called = match (index.checked_sub(2).map(|at| &tokens[at]), index.checked_sub(1)) {
            (Some(TokenTree::Punct(dot)), Some(at)) if dot.as_char() == '.' => {
                tokens[at].to_string()
            }
            _ => continue,
        };
        if group.delimiter() != Delimiter::Parenthesis {
            continue;
        }
        let file = file.display();
        assert!(!UNREADABLE.contains(&called.as_str()), "{file} hides routes with .{called}(…)");
        if called == "route" {
            let address = inside[0].to_string();
            assert!(address.starts_with("\"/"), "{file} has a route whose address is no text");
            found.push(address.trim_matches('"').to_owned());
        }
    }
}
