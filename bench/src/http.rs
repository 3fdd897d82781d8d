//! Just enough HTTP/1.1 to ask a server of ours: kept connections, bodies of a told length.

use std::{fmt::Write as _, net::SocketAddr, rc::Rc};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A request that is put together once and sent many times.
#[derive(Clone, Debug)]
pub(crate) struct Request(Rc<[u8]>);

impl Request {
    pub(crate) fn get(path: &str) -> Self {
        Self::get_with(path, &[])
    }

    pub(crate) fn get_with(path: &str, headers: &[(&str, &str)]) -> Self {
        Self::new("GET", path, headers, "")
    }

    /// A form as a browser sends it from a page of the same site.
    pub(crate) fn form(path: &str, cookie: &str, body: &str) -> Self {
        let headers = [
            ("Cookie", cookie),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        Self::new("POST", path, &headers, body)
    }

    fn new(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Self {
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            // Writing into memory does not fail.
            let _ = write!(text, "{name}: {value}\r\n");
        }
        if !body.is_empty() {
            let _ = write!(text, "Content-Length: {}\r\n", body.len());
        }
        text.push_str("\r\n");
        text.push_str(body);
        Self(text.into_bytes().into())
    }
}

/// An answer as it came.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Head and body.
    pub(crate) bytes: Vec<u8>,
    head: usize,
}

impl Answer {
    pub(crate) fn body(&self) -> &[u8] {
        &self.bytes[self.head..]
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.body()).into_owned()
    }

    /// The first header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let head = String::from_utf8_lossy(&self.bytes[..self.head]).into_owned();
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    }
}

/// A connection that is kept.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; 16 * 1024],
        })
    }

    /// Sends a request and reads its whole answer into this connection's buffer; status, length of the head, of all.
    pub(crate) async fn exchange(&mut self, request: &Request) -> Result<(u16, usize, usize)> {
        self.stream.write_all(&request.0).await?;
        let mut filled = 0;
        let mut known: Option<(u16, usize, usize)> = None;
        loop {
            if known.is_none() {
                known = head_of(&self.buffer[..filled])?;
                if let Some((_, _, whole)) = known.filter(|known| known.2 > self.buffer.len()) {
                    self.buffer.resize(whole, 0);
                }
            }
            if let Some(known) = known.filter(|known| filled >= known.2) {
                return Ok(known);
            }
            if filled == self.buffer.len() {
                bail!("An answer's head is longer than {filled} bytes.");
            }
            match self.stream.read(&mut self.buffer[filled..]).await? {
                0 => bail!("The server closed the connection."),
                more => filled += more,
            }
        }
    }

    /// The answer that [`Connection::exchange`] has just read.
    pub(crate) fn answer(&self, (status, head, whole): (u16, usize, usize)) -> Answer {
        Answer {
            status,
            bytes: self.buffer[..whole].to_vec(),
            head,
        }
    }
}

/// One request on a connection of its own.
pub(crate) async fn once(address: SocketAddr, request: &Request) -> Result<Answer> {
    let mut connection = Connection::open(address).await?;
    let read = connection.exchange(request).await?;
    Ok(connection.answer(read))
}

/// Status, length of the head and of the whole answer; `None` while the head is not complete.
fn head_of(bytes: &[u8]) -> Result<Option<(u16, usize, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 48];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head) = response.parse(bytes)? else {
        return Ok(None);
    };
    let status = response.code.context("An answer has no status")?;
    let told = response
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = match told {
        Some(header) => std::str::from_utf8(header.value)?.trim().parse()?,
        None if status == 304 => 0,
        None => bail!("An answer does not tell its length."),
    };
    Ok(Some((status, head, head + length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_an_answer_is_told_by_its_head() {
        let text = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        assert_eq!(head_of(text).unwrap(), Some((200, 38, 41)));
        assert_eq!(head_of(&text[..20]).unwrap(), None);
        let same = b"HTTP/1.1 304 Not Modified\r\netag: \"x\"\r\n\r\n";
        assert_eq!(head_of(same).unwrap(), Some((304, same.len(), same.len())));
    }

    #[test]
    fn headers_are_found_whatever_their_case() {
        let bytes = b"HTTP/1.1 200 OK\r\nETag: \"a\"\r\ncontent-length: 2\r\n\r\nhi".to_vec();
        let head = bytes.len() - 2;
        let answer = Answer {
            status: 200,
            bytes,
            head,
        };
        assert_eq!(answer.header("etag").as_deref(), Some("\"a\""));
        assert_eq!(answer.text(), "hi");
    }
}
