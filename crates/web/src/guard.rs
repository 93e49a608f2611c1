//! The layers around all routes, in the only order that is right.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use std::sync::Arc;

use crate::{
    AllowedHosts, BaseUrl, add_security_headers, compression, pack_whole, refuse_cross_site,
    refuse_unknown_host,
};

/// The routes behind the checks of host and origin, with compression and security headers around, so
/// that refusals have them too.
pub fn guarded<S>(routes: Router<S>, base: BaseUrl, hosts: AllowedHosts) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    routes
        .layer(from_fn_with_state(Arc::new(base), refuse_cross_site))
        .layer(from_fn_with_state(Arc::new(hosts), refuse_unknown_host))
        .layer(from_fn(pack_whole))
        .layer(compression())
        .layer(from_fn(add_security_headers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset_routes;
    use axum::body::Body;
    use axum::response::Response;
    use axum::routing::{get, post};
    use http::Request;
    use tower::ServiceExt;

    async fn answer(request: http::request::Builder) -> Response {
        let base = BaseUrl::parse("https://tickets.example.de").unwrap();
        let hosts = AllowedHosts::new(&base, "0.0.0.0".parse().unwrap());
        let routes =
            Router::new().route("/page", get(async || "page")).route("/act", post(async || ()));
        let app = guarded(routes.merge(asset_routes()), base, hosts);
        app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    fn to(method: &str, path: &str) -> http::request::Builder {
        Request::builder().method(method).uri(path).header("host", "tickets.example.de")
    }

    #[tokio::test]
    async fn a_page_is_served_with_all_headers_and_never_stored() {
        let page = answer(to("GET", "/page")).await;
        assert_eq!(page.status(), 200);
        assert_eq!(page.headers()["cache-control"], "no-store");
        assert_eq!(page.headers()["content-security-policy"], crate::PAGE_POLICY);
    }

    #[tokio::test]
    async fn refusals_and_unknown_pages_have_the_headers_too() {
        let foreign = answer(Request::get("/page").header("host", "evil.example")).await;
        let forged = answer(to("POST", "/act").header("sec-fetch-site", "cross-site")).await;
        let unknown = answer(to("GET", "/nothing")).await;
        for (response, status) in [(foreign, 421), (forged, 403), (unknown, 404)] {
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()["x-content-type-options"], "nosniff");
            assert_eq!(response.headers()["content-security-policy"], crate::PAGE_POLICY);
        }
    }

    #[tokio::test]
    async fn our_own_page_may_act_and_the_bundle_may_be_stored() {
        let own = answer(to("POST", "/act").header("sec-fetch-site", "same-origin")).await;
        assert_eq!(own.status(), 200);
        let style = answer(to("GET", assets::path("app.css"))).await;
        assert_eq!(style.headers()["cache-control"], assets::CACHE_CONTROL);
    }
}
