//! Forms handed in with two files each, through HTTP, durable before they are acknowledged.

use std::{
    cell::Cell,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    account,
    child::Server,
    http::{Answer, Connection, Request},
    load::{self, Round},
    machine::usage,
    report::{Budget, Report, series, series_heads},
    town::{Town, count},
};

/// The service whose form takes files of anybody.
const SERVICE: &str = "/layanan/permohonan-umum";
/// The portal's cookie by which a guest may look at a case.
const PROOF: &str = "__Host-lacak";
/// Bytes of a file.
pub(crate) const PAPER: usize = 200_000;
/// Clients that hand in at once.
const CLIENTS: usize = 16;
/// Nobody begins to hand in later in a round, however many are left.
pub(crate) const LONGEST: Duration = Duration::from_secs(30);
/// Within which the forms of a round have to be filled in.
const FILLING: Duration = Duration::from_mins(2);
/// All pages, with what is written on them.
const PAGES: [(&str, &[(&str, &str)]); 6] = [
    (
        "pemohon",
        &[
            ("_ada", "nama"),
            ("nama", "Siti Aminah"),
            ("_ada", "telepon"),
            ("telepon", "0812 3456 7890"),
            ("_ada", "surel"),
            ("surel", "siti@warga.example"),
        ],
    ),
    (
        "alamat",
        &[
            ("_ada", "alamat"),
            ("alamat.street", "Jalan Panglima Sudirman 12"),
            ("alamat.rt", "3"),
            ("alamat.rw", "2"),
            ("alamat.area", VILLAGE),
        ],
    ),
    (
        "permohonan",
        &[
            ("_ada", "perihal"),
            ("perihal", "Pinjam kursi untuk rapat warga"),
            ("_ada", "uraian"),
            (
                "uraian",
                "Kami membutuhkan lima puluh kursi untuk rapat warga pada hari Minggu, dari pagi sampai siang.",
            ),
        ],
    ),
    ("tempat", &[("_ada", "ada_tempat"), ("ada_tempat", "no")]),
    // No file has to be there. Once the page was sent without one, the form has the key with which it is handed in.
    ("lampiran", &[("_ada", "lampiran")]),
    ("pernyataan", &[("_ada", "benar"), ("benar", "yes")]),
];
/// A kelurahan of the demo town.
const VILLAGE: &str = "35.79.01.1001";

const CASES: &str = "select count(*) from cases where kind = 'form'";
const PAPERS: &str = "select count(*) from form_file f join form_file_body b on b.file_id = f.id
     where f.draft_id is null and length(b.body) >= 200000";

pub(crate) async fn measure(town: &Town<'_>, report: &mut Report) -> Result<()> {
    let database = town.busy_copy("forms.db")?;
    let before = (
        count(&database, CASES).await?,
        count(&database, PAPERS).await?,
    );
    let portal = town.portal(&database).await?;
    let many = if town.options.rounds() < 5 { 48 } else { 160 };
    let folder = town.scratch.path("papers");
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for round in 0..town.options.rounds() {
        let first = round * many;
        let guests = async {
            let mut guests = Vec::with_capacity(many);
            for number in first..first + many {
                guests.push(Guest::fill_in(&portal, u16::try_from(number)?).await?);
            }
            anyhow::Ok(guests)
        };
        let guests = tokio::time::timeout(FILLING, guests)
            .await
            .context("Filling in takes too long")??;
        ours.push(hand_in(&portal, guests).await?);
        bare.push(papers(town, &folder, many)?);
    }
    portal.stop().await;
    report.subject(
        "Forms handed in with two files of 200 kB",
        &format!(
            "The last two requests of {many} guests a round, each filled in before and from an address of its own: the page with\n\
             two PDFs, and handing in; looked at, sealed and durable (SQLite, synchronous=FULL). Against a bare\n\
             loop that writes and flushes two files of as many bytes and commits one row, same disk."
        ),
    );
    series_heads();
    series(&format!("handed in, {CLIENTS} clients"), &ours);
    series("bare loop, two files and one row", &bare);
    report.ratio("ratio", &ours, &bare, Budget::None);
    let handed = ours.iter().map(|round| round.answers).sum::<u64>();
    let stored = (
        u64::try_from(count(&database, CASES).await? - before.0)?,
        u64::try_from(count(&database, PAPERS).await? - before.1)?,
    );
    report.holds(
        &format!("{handed} acknowledged, all stored with their files"),
        stored == (handed, handed * 2),
    );
    Ok(())
}

/// Somebody who has filled in everything but the files.
struct Guest {
    own: Ipv4Addr,
    cookie: String,
    key: String,
}

impl Guest {
    /// Fills in the pages. The number makes the address.
    async fn fill_in(portal: &Server, number: u16) -> Result<Self> {
        let [high, low] = number.to_be_bytes();
        let own = Ipv4Addr::new(127, 64, high, low);
        let mut connection = Connection::open_from(own, portal.address).await?;
        let begin = Request::form(&format!("{SERVICE}/mulai"), "", "baru=0");
        let begun = expect(connection.ask(&begin).await?, 303)?;
        let cookie = begun.cookie(account::GUEST).context("A guest got no key")?;
        for (page, fields) in PAGES {
            let request = Request::with_files(&place(page), &cookie, fields, &[]);
            expect(connection.ask(&request).await?, 303)?;
        }
        let check = Request::get_with(&format!("{SERVICE}/periksa"), &[("Cookie", &cookie)]);
        let check = expect(connection.ask(&check).await?, 200)?;
        let key = check
            .hidden("_kunci")
            .context("The page to check the answers has no key")?;
        Ok(Self { own, cookie, key })
    }

    /// The page with the files, and handing in; the answer that leads to the confirmation.
    async fn hand_in(&self, portal: SocketAddr, paper: &[u8]) -> Result<Answer> {
        let mut connection = Connection::open_from(self.own, portal).await?;
        let files = [
            ("lampiran", "surat-1.pdf", paper),
            ("lampiran", "surat-2.pdf", paper),
        ];
        let cookie = &self.cookie;
        let papers = Request::with_files(&place("lampiran"), cookie, &[], &files);
        expect(connection.ask(&papers).await?, 303)?;
        let key = format!("_kunci={}", self.key);
        let send = Request::form(&format!("{SERVICE}/periksa"), cookie, &key);
        let sent = expect(connection.ask(&send).await?, 303)?;
        let place = sent.header("location").unwrap_or_default();
        if !place.contains("/terkirim/") {
            bail!("A form was not taken: it leads to {place}");
        }
        Ok(sent)
    }
}

/// Hands in one form; the number of its case, and the cookie by which the guest may look at it.
pub(crate) async fn one(portal: &Server) -> Result<(String, String)> {
    let guest = Guest::fill_in(portal, 1).await?;
    let sent = guest.hand_in(portal.address, &paper()).await?;
    let place = sent.header("location").unwrap_or_default();
    let number = place.rsplit('/').next().unwrap_or_default();
    let cookie = sent
        .cookie(PROOF)
        .context("A case came without its proof")?;
    Ok((number.to_owned(), cookie))
}

fn place(page: &str) -> String {
    format!("{SERVICE}/isi/{page}")
}

fn expect(answer: Answer, status: u16) -> Result<Answer> {
    if answer.status != status {
        let text: String = answer.text().chars().take(2_000).collect();
        bail!(
            "A form expected {status}, and got {}: {text}",
            answer.status
        );
    }
    Ok(answer)
}

/// All of them, so many at once.
async fn hand_in(portal: &Server, guests: Vec<Guest>) -> Result<Round> {
    let (guests, next, paper) = (Rc::new(guests), Rc::new(Cell::new(0)), Rc::new(paper()));
    let address = portal.address;
    let before = usage(portal.process()).seconds;
    let begin = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (guests, next, paper) = (guests.clone(), next.clone(), paper.clone());
            tokio::task::spawn_local(async move {
                let mut micros = Vec::new();
                while let Some(guest) = guests.get(next.replace(next.get() + 1)) {
                    if begin.elapsed() > LONGEST {
                        break;
                    }
                    let sent = Instant::now();
                    guest.hand_in(address, &paper).await?;
                    micros.push(u64::try_from(sent.elapsed().as_micros())?);
                }
                anyhow::Ok(micros)
            })
        })
        .collect();
    let mut times = load::times()?;
    for client in clients {
        for micros in client.await?? {
            times.saturating_record(micros);
        }
    }
    let passed = begin.elapsed().as_secs_f64();
    let busy = (usage(portal.process()).seconds - before) / passed;
    Ok(load::round(&times, passed, busy))
}

/// A document of [`PAPER`] bytes.
fn paper() -> Vec<u8> {
    let head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%";
    let tail = b"\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let filling = vec![b'.'; PAPER - head.len() - tail.len()];
    [&head[..], &filling, tail].concat()
}

/// The bare loop for as many.
fn papers(town: &Town<'_>, folder: &Path, many: usize) -> Result<Round> {
    Round::told(&town.reference_output("papers", folder, u128::try_from(many)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_as_long_as_it_says() {
        let paper = paper();
        assert_eq!(paper.len(), PAPER);
        assert!(paper.starts_with(b"%PDF-") && paper.ends_with(b"%%EOF\n"));
    }
}
