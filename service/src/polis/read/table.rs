//! A CSV file by the names of its columns, with the line of everything that is wrong.

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::super::{Broken, Fault};

pub(crate) fn broken(file: &'static str, line: u64, fault: Fault) -> Broken {
    Broken { file, line, fault }
}

/// A file that is read from its first line to its last.
pub(crate) struct Table<'a> {
    file: &'static str,
    reader: Reader<&'a [u8]>,
    heads: Option<Vec<String>>,
    record: ByteRecord,
}

impl<'a> Table<'a> {
    /// A file whose first line names the columns.
    pub(crate) fn open(file: &'static str, bytes: &'a [u8]) -> Result<Self, Broken> {
        let mut table = Self::without_head(file, bytes)?;
        let mut heads: Vec<String> = Vec::new();
        let Some(line) = table.next()? else {
            return Err(broken(file, 1, Fault::Empty));
        };
        for place in 0..line.cells() {
            let name = line.text(place)?.trim().to_owned();
            if !name.is_empty() && heads.contains(&name) {
                return Err(line.broken(Fault::TwoColumns(name)));
            }
            heads.push(name);
        }
        table.heads = Some(heads);
        Ok(table)
    }

    /// A file of which every line stands for itself.
    pub(crate) fn without_head(file: &'static str, bytes: &'a [u8]) -> Result<Self, Broken> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if let Some(line) = open_quote(bytes) {
            return Err(broken(file, line, Fault::OpenQuote));
        }
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        Ok(Self {
            file,
            reader,
            heads: None,
            record: ByteRecord::new(),
        })
    }

    /// The names of the columns.
    pub(crate) fn heads(&self) -> impl Iterator<Item = &str> {
        self.heads.iter().flatten().map(String::as_str)
    }

    /// The place of a column.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.heads().position(|head| head == name)
    }

    /// The place of a column that must be there.
    pub(crate) fn column(&self, name: &'static str) -> Result<usize, Broken> {
        self.find(name)
            .ok_or_else(|| broken(self.file, 1, Fault::NoColumn(name)))
    }

    /// The next line; empty ones are passed over.
    pub(crate) fn next(&mut self) -> Result<Option<Line<'_>>, Broken> {
        // Reading from memory: the one error left is a record longer than memory can hold.
        let more = self
            .reader
            .read_byte_record(&mut self.record)
            .map_err(|e| {
                broken(
                    self.file,
                    e.position().map_or(1, csv::Position::line),
                    Fault::Encoding,
                )
            })?;
        if !more {
            return Ok(None);
        }
        let line = Line {
            file: self.file,
            number: self.record.position().map_or(1, csv::Position::line),
            record: &self.record,
            heads: self.heads.as_deref(),
        };
        match line.heads {
            Some(heads) if heads.len() != line.cells() => Err(line.broken(Fault::Cells {
                expected: heads.len(),
                found: line.cells(),
            })),
            _ => Ok(Some(line)),
        }
    }
}

/// A line of a file.
pub(crate) struct Line<'a> {
    file: &'static str,
    number: u64,
    record: &'a ByteRecord,
    heads: Option<&'a [String]>,
}

impl<'a> Line<'a> {
    /// This line with what is wrong with it.
    pub(crate) fn broken(&self, fault: Fault) -> Broken {
        broken(self.file, self.number, fault)
    }

    /// How many cells it has.
    pub(crate) fn cells(&self) -> usize {
        self.record.len()
    }

    /// A cell as text.
    pub(crate) fn text(&self, place: usize) -> Result<&'a str, Broken> {
        let bytes = self.record.get(place).unwrap_or_default();
        // Nothing in a text is a null character, and PostgreSQL takes none.
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok(text),
            _ => Err(self.broken(Fault::Encoding)),
        }
    }

    /// A cell as a whole number.
    pub(crate) fn number(&self, place: usize) -> Result<i64, Broken> {
        let text = self.text(place)?.trim();
        text.parse().map_err(|_| {
            self.broken(Fault::Number {
                column: self.head(place),
                value: shown(text),
            })
        })
    }

    /// A cell as a vote; `None` when it is empty.
    pub(crate) fn vote(&self, place: usize) -> Result<Option<i64>, Broken> {
        match self.text(place)?.trim() {
            "" => Ok(None),
            "1" => Ok(Some(1)),
            "0" => Ok(Some(0)),
            "-1" => Ok(Some(-1)),
            other => Err(self.broken(Fault::Vote {
                column: self.head(place),
                value: shown(other),
            })),
        }
    }

    fn head(&self, place: usize) -> String {
        self.heads
            .and_then(|heads| heads.get(place))
            .cloned()
            .unwrap_or_default()
    }
}

/// The beginning of a cell: an error is a sentence, not a page.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The line on which a quoted cell opens that never closes: it would swallow all that follows.
fn open_quote(bytes: &[u8]) -> Option<u64> {
    let (mut line, mut opened, mut at_start) = (1, None, true);
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte == b'\n' {
            line += 1;
        }
        match (opened, byte) {
            (None, b'"') if at_start => opened = Some(line),
            (None, _) => at_start = matches!(byte, b',' | b'\n' | b'\r'),
            (Some(_), b'"') if rest.peek() == Some(&b'"') => {
                rest.next();
            }
            (Some(_), b'"') => {
                opened = None;
                at_start = false;
            }
            (Some(_), _) => {}
        }
    }
    opened
}
