//! Commands of the person who runs the machine: copies and checks.

use std::{io::Write as _, path::Path};

use service::{
    Service,
    upkeep::{self, Checked, Whole},
};

use super::{chain, sentence};

/// `rembug backup FILE`.
pub(super) async fn backup(service: &Service, file: &Path, keys: &Path) -> Result<(), String> {
    let whole = upkeep::back_up(service.db(), file)
        .await
        .map_err(|e| chain(&e))?;
    println!(
        "{} is whole and checked. It holds {}.",
        file.display(),
        holds(&whole)
    );
    println!(
        "What is personal in it opens with the keys in {} alone: keep a copy of that file somewhere else.",
        keys.display()
    );
    Ok(())
}

/// `rembug keys rotate`: a running portal seals with the new key from its next start on.
pub(super) fn rotate(service: &Service, file: &Path) -> Result<(), String> {
    let id = service::seal::file::rotate(file, service.keys(), service.chance())
        .map_err(|e| chain(&e))?;
    println!(
        "{} has the new key {id}. Copy the file to your safe place now, then restart the portal.",
        file.display()
    );
    Ok(())
}

/// `rembug restore FILE`: puts it where the address has its database. What it holds is checked afterwards by `check`.
pub(super) async fn restore(file: &Path, url: &str) -> Result<(), String> {
    let whole = upkeep::restore(file, url).await.map_err(|e| chain(&e))?;
    println!(
        "{} is restored. It holds {}.",
        file.display(),
        holds(&whole)
    );
    Ok(())
}

fn holds(whole: &Whole) -> String {
    format!(
        "{} accounts, {} consultations, {} ballots, {} judgements, {} comments, {} files",
        whole.accounts,
        whole.consultations,
        whole.ballots,
        whole.judgements,
        whole.comments,
        whole.files
    )
}

/// `rembug check`: a line for each check, and a sentence when one of them found something.
pub(super) async fn check(service: &Service) -> Result<(), String> {
    let checked = upkeep::check(service).await.map_err(sentence)?;
    let mut out = std::io::stdout().lock();
    for one in &checked {
        // Whoever reads only the first lines closes the pipe: the verdict still stands in the status.
        let _ = writeln!(out, "{}", line(one));
    }
    match checked.iter().filter(|one| one.wrong > 0).count() {
        0 => Ok(()),
        1 => Err("one check found something wrong".to_owned()),
        n => Err(format!("{n} checks found something wrong")),
    }
}

fn line(one: &Checked) -> String {
    let Checked {
        rule,
        looked_at,
        wrong,
        example,
    } = one;
    match (wrong, example) {
        (0, _) => format!("ok    {looked_at:>9}  {rule}"),
        (_, Some(example)) => {
            format!("WRONG {looked_at:>9}  not for {wrong} of them: {rule}; for example {example}")
        }
        (_, None) => format!("WRONG {looked_at:>9}  not for {wrong} of them: {rule}"),
    }
}

/// A command that reads a database does not make one: the file of `url` must be there.
pub(super) fn must_exist(url: &str) -> Result<(), String> {
    match upkeep::sqlite_file(url) {
        Some(file) if !file.exists() => Err(format!("there is no database at {}", file.display())),
        _ => Ok(()),
    }
}
