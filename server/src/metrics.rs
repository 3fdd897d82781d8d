//! Figures for Prometheus, on a listener of their own: how much, how fast, how full.

use std::time::Duration;

use axum::{Router, http::StatusCode, routing::get};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use service::Service;
use tokio::{net::TcpListener, sync::watch};

const REQUESTS: &str = "rembug_http_requests_total";
const SECONDS: &str = "rembug_http_request_seconds";
const CONNECTIONS: &str = "rembug_database_connections";
const MEMORY: &str = "process_resident_memory_bytes";
const FILES: &str = "process_open_fds";

/// Figures that nobody fetches are put together so often, so that they do not pile up.
const EVERY: Duration = Duration::from_secs(5);

/// Counts an answer by the class of its status, and how long its head took.
pub(crate) fn answered(status: StatusCode, took: Duration) {
    let class = match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    };
    counter!(REQUESTS, "class" => class).increment(1);
    histogram!(SECONDS).record(took);
}

/// Begins to keep figures; before it, and without it, counting costs nothing.
pub(crate) fn install() -> Result<PrometheusHandle, String> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(
            Matcher::Full(SECONDS.to_owned()),
            &[
                0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
            ],
        )
        .and_then(|builder| {
            builder.set_buckets_for_metric(
                Matcher::Full(service::figures::WRITER_GROUP.to_owned()),
                &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0],
            )
        })
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|e| format!("figures cannot be kept: {e}"))?;
    describe_counter!(REQUESTS, "Answers by the class of their status.");
    describe_histogram!(SECONDS, "Seconds until the head of an answer was ready.");
    describe_gauge!(CONNECTIONS, "Connections to the database by state.");
    describe_gauge!(MEMORY, "Memory of the process in bytes.");
    describe_gauge!(FILES, "File handles of the process.");
    service::figures::describe();
    Ok(handle)
}

/// Serves `/metrics` until the program ends.
pub(crate) async fn serve(
    listener: TcpListener,
    handle: PrometheusHandle,
    service: Service,
    mut stop: watch::Receiver<bool>,
) {
    let tidy = handle.clone();
    let page = get(move || {
        measure(&service);
        let text = handle.render();
        async move {
            (
                [("content-type", "text/plain; version=0.0.4; charset=utf-8")],
                text,
            )
        }
    });
    let keep = async move {
        loop {
            tokio::time::sleep(EVERY).await;
            tidy.run_upkeep();
        }
    };
    let mut ended = stop.clone();
    let server = axum::serve(listener, Router::new().route("/metrics", page))
        .with_graceful_shutdown(async move {
            let _ = ended.changed().await;
        });
    tokio::select! {
        done = server => {
            if let Err(error) = done {
                tracing::error!(?error, "figures are no longer served");
            }
        }
        () = keep => {}
        // A client that keeps its connection open does not keep the program.
        _ = stop.changed() => {}
    }
}

/// What is read only when somebody asks.
fn measure(service: &Service) {
    let (open, idle) = service.db().connections();
    gauge!(CONNECTIONS, "state" => "open").set(open);
    gauge!(CONNECTIONS, "state" => "idle").set(idle);
    if let Some(bytes) = resident() {
        gauge!(MEMORY).set(bytes);
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        gauge!(FILES).set(u32::try_from(files.count()).unwrap_or(u32::MAX));
    }
}

/// Bytes of this process in memory, as the kernel of Linux tells.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u32 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(f64::from(kilobytes) * 1024.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_kernel_tells_the_memory() {
        assert!(super::resident().is_some_and(|bytes| bytes > 1e6));
    }
}
