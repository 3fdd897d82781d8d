//! The accept loop: what `axum::serve` does not offer against slow clients and slow networks.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use app::request::Client;
use axum::{Router, extract::Request, response::Response};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
};
use tower::{ServiceExt, service_fn};

use crate::metrics;

/// Most connections at once; more wait in the kernel's queue.
const CONNECTIONS: usize = 16_384;
/// A client that has not sent its headers by then is cut off.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
/// Requests that run get this long to finish when the program ends.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until `stop` says so, then lets running requests end. What `kept` has is not asked of the router. `proxies`
/// are peers whose `X-Forwarded-For` counts.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    kept: impl Fn(&hyper::Request<Incoming>) -> Option<Response> + Clone + Send + 'static,
    proxies: Vec<std::net::IpAddr>,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let proxies = Arc::new(proxies);
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file handles, most likely: wait instead of spinning.
                tracing::warn!(?error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        // Without it a streamed answer waits 40 ms for the client's acknowledgement.
        let _ = stream.set_nodelay(true);
        let (router, kept) = (router.clone(), kept.clone());
        let proxies = proxies.clone();
        let mut stop = stop.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request: hyper::Request<Incoming>| {
                let began = Instant::now();
                let found = kept(&request);
                let (router, proxies) = (router.clone(), proxies.clone());
                async move {
                    let response = if let Some(kept) = found {
                        kept
                    } else {
                        let mut request = request.map(axum::body::Body::new);
                        let client = client_of(&request, peer, &proxies);
                        request.extensions_mut().insert(Client(client));
                        router.oneshot(request).await.unwrap_or_else(|e| match e {})
                    };
                    metrics::answered(response.status(), began.elapsed());
                    Ok::<_, Infallible>(response)
                }
            });
            let mut builder = Builder::new(TokioExecutor::new());
            builder
                .http1()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADERS_WITHIN);
            let connection = builder.serve_connection_with_upgrades(
                TokioIo::new(stream),
                TowerToHyperService::new(service),
            );
            tokio::pin!(connection);
            tokio::select! {
                _ = connection.as_mut() => {}
                _ = stop.changed() => {
                    connection.as_mut().graceful_shutdown();
                    let _ = tokio::time::timeout(GRACE, connection).await;
                }
            }
            drop(place);
        });
    }
    // Wait until the connections that were there have gone, or the grace is over.
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(GRACE, places.acquire_many(all)).await;
}

/// Whose limits a request counts against: the peer, or behind a proxy of ours the last address that is none of them.
/// IPv6 by its /64, which is what one household gets.
fn client_of(request: &Request, peer: SocketAddr, proxies: &[std::net::IpAddr]) -> String {
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(|v| v.trim().parse().ok())
        .collect::<Vec<std::net::IpAddr>>();
    let address = if proxies.contains(&peer.ip()) {
        forwarded
            .into_iter()
            .rev()
            .find(|ip| !proxies.contains(ip))
            .unwrap_or(peer.ip())
    } else {
        peer.ip()
    };
    match address {
        std::net::IpAddr::V4(ip) => ip.to_string(),
        std::net::IpAddr::V6(ip) => {
            let s = ip.segments();
            format!("{:x}:{:x}:{:x}:{:x}::/64", s[0], s[1], s[2], s[3])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(peer: &str, header: &str, proxies: &[&str]) -> String {
        let request = Request::builder()
            .header("x-forwarded-for", header)
            .body(axum::body::Body::empty())
            .expect("builds");
        let proxies: Vec<_> = proxies
            .iter()
            .map(|p| p.parse().expect("an address"))
            .collect();
        client_of(
            &request,
            SocketAddr::new(peer.parse().expect("an address"), 1),
            &proxies,
        )
    }

    #[test]
    fn a_client_cannot_choose_its_address() {
        assert_eq!(of("9.9.9.9", "1.1.1.1", &[]), "9.9.9.9");
        assert_eq!(of("10.0.0.1", "6.6.6.6, 1.1.1.1", &["10.0.0.1"]), "1.1.1.1");
        assert_eq!(
            of("10.0.0.1", "1.1.1.1, 10.0.0.2", &["10.0.0.1", "10.0.0.2"]),
            "1.1.1.1"
        );
        assert_eq!(of("2001:db8:1:2:3::4", "", &[]), "2001:db8:1:2::/64");
    }
}
