//! Just enough HTTP/1.1 to ask a server of ours: kept connections, bodies of a told length.

use std::{
    fmt::Write as _,
    net::{Ipv4Addr, SocketAddr},
    rc::Rc,
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

/// A request that is put together once and sent many times.
#[derive(Clone, Debug)]
pub(crate) struct Request(Rc<[u8]>);

impl Request {
    pub(crate) fn get(path: &str) -> Self {
        Self::get_with(path, &[])
    }

    pub(crate) fn get_with(path: &str, headers: &[(&str, &str)]) -> Self {
        Self::new("GET", path, headers, b"")
    }

    /// A form as a browser sends it from a page of the same site.
    pub(crate) fn form(path: &str, cookie: &str, body: &str) -> Self {
        let headers = [
            ("Cookie", cookie),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        Self::new("POST", path, &headers, body.as_bytes())
    }

    /// A form with files, each under its field and name.
    pub(crate) fn with_files(
        path: &str,
        cookie: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Self {
        const BORDER: &str = "border-of-the-bench";
        let mut body = Vec::new();
        let mut part = |name: &str, file: &str, content: &[u8]| {
            let head = format!(
                "--{BORDER}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        };
        for (name, value) in fields {
            part(name, "", value.as_bytes());
        }
        for (name, file, content) in files {
            part(name, &format!("; filename=\"{file}\""), content);
        }
        body.extend_from_slice(format!("--{BORDER}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BORDER}");
        let headers = [
            ("Cookie", cookie),
            ("Content-Type", &kind),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        Self::new("POST", path, &headers, &body)
    }

    fn new(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            // Writing into memory does not fail.
            let _ = write!(text, "{name}: {value}\r\n");
        }
        if !body.is_empty() {
            let _ = write!(text, "Content-Length: {}\r\n", body.len());
        }
        text.push_str("\r\n");
        Self([text.as_bytes(), body].concat().into())
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

    /// Name and value of a cookie that it sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.headers("set-cookie").into_iter().find_map(|cookie| {
            let (pair, _) = cookie.split_once(';')?;
            let is_it = pair.split_once('=')?.0 == name;
            is_it.then(|| pair.to_owned())
        })
    }

    /// What a hidden field of the page holds.
    pub(crate) fn hidden(&self, name: &str) -> Option<String> {
        let text = self.text();
        let rest = text.split_once(&format!("name=\"{name}\" value=\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    }

    /// The first header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.headers(name).into_iter().next()
    }

    fn headers(&self, name: &str) -> Vec<String> {
        let head = String::from_utf8_lossy(&self.bytes[..self.head]);
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
            .collect()
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

    /// From an address of this machine's own network: limits are by address.
    pub(crate) async fn open_from(own: Ipv4Addr, address: SocketAddr) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((own, 0)))?;
        let stream = socket.connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; 16 * 1024],
        })
    }

    /// One request and its answer.
    pub(crate) async fn ask(&mut self, request: &Request) -> Result<Answer> {
        let read = self.exchange(request).await?;
        Ok(self.answer(read))
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
    Connection::open(address).await?.ask(request).await
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
    fn files_go_in_parts() {
        let request = Request::with_files("/a", "k=1", &[("b", "c")], &[("d", "e.pdf", b"\xff")]);
        let text = String::from_utf8_lossy(&request.0).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("Cookie: k=1\r\n"), "{head}");
        assert!(body.contains("name=\"d\"; filename=\"e.pdf\"\r\n\r\n\u{fffd}\r\n--border"));
        let length = request.0.len() - head.len() - 4;
        assert!(
            head.contains(&format!("Content-Length: {length}")),
            "{head}"
        );
    }

    #[test]
    fn cookies_and_hidden_fields_are_read() {
        let text = "HTTP/1.1 200 OK\r\nSet-Cookie: z=y; Path=/\r\nset-cookie: a=b; Path=/\r\n\r\n<input type=\"hidden\" name=\"_kunci\" value=\"x1\"/>";
        let answer = Answer {
            status: 200,
            bytes: text.as_bytes().to_vec(),
            head: text.find('<').unwrap(),
        };
        assert_eq!(answer.cookie("a").as_deref(), Some("a=b"));
        assert_eq!(answer.cookie("b"), None);
        assert_eq!(answer.hidden("_kunci").as_deref(), Some("x1"));
        assert_eq!(answer.hidden("other"), None);
    }

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
