//! Tables for spreadsheets: RFC 4180, UTF-8 without a byte order mark, lines end in CR LF.

/// A table under construction.
#[derive(Clone, Debug, Default)]
pub struct Csv(String);

impl Csv {
    /// Begins with the row of heads.
    pub fn new(heads: &[&str]) -> Self {
        let mut csv = Self::default();
        csv.row(heads.iter().copied());
        csv
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            push_cell(&mut self.0, cell.as_ref());
        }
        self.0.push_str("\r\n");
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.0
    }
}

/// Writes a cell. One that a spreadsheet would run as a formula gets an apostrophe in front: what people typed
/// never does anything on the machine of whoever opens the file.
fn push_cell(out: &mut String, cell: &str) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && !cell.contains([',', '"', '\r', '\n']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    for c in cell.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(cell: &str) -> String {
        let mut csv = Csv::default();
        csv.row([cell]);
        csv.finish()
    }

    #[test]
    fn rows_follow_rfc_4180() {
        let mut csv = Csv::new(&["a", "b"]);
        csv.row(["satu, dua", "kata \"x\"\nbaris"]);
        assert_eq!(
            csv.finish(),
            "a,b\r\n\"satu, dua\",\"kata \"\"x\"\"\nbaris\"\r\n"
        );
    }

    #[test]
    fn formulas_do_not_run() {
        for attack in ["=1+1", "+62812", "-2", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(one(attack).starts_with("\"'"), "{attack}");
        }
        assert_eq!(one("5 - 2 = 3"), "5 - 2 = 3\r\n");
    }
}
