//! Connections that ask for too much or take too long.

use std::{net::SocketAddr, time::Duration};

use server::accept;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::rig::Portal;

/// Starts the real accept loop on a free port.
async fn listening() -> (SocketAddr, watch::Sender<bool>, Portal) {
    let portal = Portal::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(accept::serve(
        listener,
        portal.router.clone(),
        |_| None,
        Vec::new(),
        stopped,
    ));
    (address, stop, portal)
}

/// F5: too large by its length and too large in pieces are both 413.
#[tokio::test]
async fn too_large_is_refused_however_it_is_sent() {
    let (address, _stop, _portal) = listening().await;
    let size = 12 * 1024 * 1024;
    for chunked in [false, true] {
        let mut stream = TcpStream::connect(address).await.expect("connects");
        let head = if chunked {
            "transfer-encoding: chunked".to_owned()
        } else {
            format!("content-length: {size}")
        };
        let head = format!(
            "POST /akun/masuk HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n{head}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("writes");
        let piece = vec![b'a'; 64 * 1024];
        for _ in 0..size / piece.len() {
            let sent = if chunked {
                let mut chunk = format!("{:x}\r\n", piece.len()).into_bytes();
                chunk.extend_from_slice(&piece);
                chunk.extend_from_slice(b"\r\n");
                stream.write_all(&chunk).await
            } else {
                stream.write_all(&piece).await
            };
            if sent.is_err() {
                break;
            }
        }
        let mut answer = vec![0; 64];
        let read = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut answer)).await;
        // A closed connection without reading on is what some clients see; an acceptance is not.
        if let Ok(Ok(n)) = read
            && n > 0
        {
            let line = String::from_utf8_lossy(&answer[..n]).into_owned();
            assert!(line.contains(" 413 "), "chunked {chunked}: {line}");
        }
    }
}

/// F6: a client that sends its headers drop by drop is cut off.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_headers_are_cut_off() {
    let (address, _stop, _portal) = listening().await;
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ")
        .await
        .expect("writes");
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(14), stream.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "still open after 14 seconds");
}
