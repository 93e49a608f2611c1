//! Connections of the web server: HTTP/1.1 with a time limit for the head of each request.
//!
//! `axum::serve` has no such limit, and who sends his heads slowly would hold connections for ever.

use std::future::Future;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower::util::MapRequest;

/// The head of a request has arrived within this time, or the connection is closed (S53). It bounds
/// the pause between two requests, too, so it is longer than proxies keep connections for.
pub const HEAD_TIME: Duration = Duration::from_secs(65);
/// The pause after a connection could not be accepted: no file descriptor may be left.
const ACCEPT_PAUSE: Duration = Duration::from_secs(1);

/// The other end of the connection by which a request came.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Answers requests until `stopped` is ready, and then those that were begun.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    head_time: Duration,
    stopped: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_time);
    let connections = GracefulShutdown::new();
    let mut stopped = pin!(stopped);
    loop {
        let stream = tokio::select! {
            stream = accept(&listener) => stream,
            () = &mut stopped => break,
        };
        let peer = stream.peer_addr().ok().map(|address| Peer(address.ip()));
        let service = TowerToHyperService::new(naming(peer, router.clone()));
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    connections.shutdown().await;
}

/// Has every request of a connection say where it comes from.
fn naming<B>(
    peer: Option<Peer>,
    router: Router,
) -> MapRequest<Router, impl FnMut(Request<B>) -> Request<B> + Clone> {
    MapRequest::new(router, move |mut request: Request<B>| {
        if let Some(peer) = peer {
            request.extensions_mut().insert(peer);
        }
        request
    })
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return without_delay(stream),
            // The client went away before its turn.
            Err(error) if error.kind() == ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Small answers leave at once.
fn without_delay(stream: TcpStream) -> TcpStream {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection cannot be told not to wait");
    }
    stream
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::Arc;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::Notify;
    use tokio::task::JoinHandle;

    use super::*;

    /// A server with a page that is asked for, and given when it is told so.
    struct Begun {
        address: SocketAddr,
        stop: Arc<Notify>,
        asked: Arc<Notify>,
        told: Arc<Notify>,
        server: JoinHandle<()>,
    }

    async fn begin(head_time: Duration) -> Begun {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let [stop, asked, told] = [(); 3].map(|()| Arc::new(Notify::new()));
        let (asking, telling, stopping) = (asked.clone(), told.clone(), stop.clone());
        let waits = get(async move || {
            asking.notify_one();
            telling.notified().await;
            "late"
        });
        let router = Router::new().route("/", get(async || "page")).route("/waits", waits);
        let server = serve(listener, router, head_time, async move { stopping.notified().await });
        Begun { address, stop, asked, told, server: tokio::spawn(server) }
    }

    async fn answer(address: SocketAddr, request: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn a_head_that_does_not_come_closes_its_connection() {
        let begun = begin(Duration::from_millis(200)).await;
        let whole = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
        assert!(answer(begun.address, whole).await.ends_with("page"));
        let slow = answer(begun.address, "GET / HTTP/1.1\r\nhost: x\r\nx-slow:").await;
        assert!(!slow.contains("200"), "{slow}");
        assert_eq!(answer(begun.address, "").await, "");
        begun.stop.notify_one();
        begun.server.await.unwrap();
    }

    #[tokio::test]
    async fn requests_that_were_begun_are_answered_at_the_end() {
        let begun = begin(HEAD_TIME).await;
        let address = begun.address;
        let request = "GET /waits HTTP/1.1\r\nhost: x\r\n\r\n";
        let answered = tokio::spawn(async move { answer(address, request).await });
        begun.asked.notified().await;
        begun.stop.notify_one();
        begun.told.notify_one();
        begun.server.await.unwrap();
        assert!(answered.await.unwrap().ends_with("late"));
        assert!(TcpStream::connect(address).await.is_err());
    }
}
