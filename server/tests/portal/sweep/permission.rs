//! Who gets which answer.

use std::{fmt::Write as _, fs, path::Path};

use storage::db_test;

use super::{
    address::{THERE, filled, routes},
    judge::judge,
    town::{ACTORS, cookies, open, request},
};
use crate::rig::FORM;

db_test! { async fn permissions_are_as_written_down(db) {
    let portal = open(db).await;
    let mut text = String::from(
        "# Who gets which answer, in a consultation that is open, with an empty form. 303> leads to signing in.\n#\n",
    );
    let mut columns = String::new();
    for (actor, _) in ACTORS {
        let _ = write!(columns, " {actor:<18}");
    }
    let _ = writeln!(text, "# {:<55}{}", "", columns.trim_end());
    let routes = routes();
    // What is got changes nothing, so that comes first.
    for method in ["GET", "POST"] {
        for (route, (get, post)) in &routes {
            if !(if method == "GET" { *get } else { *post }) {
                continue;
            }
            let mut line = format!("{method:<4} {route:<52}");
            for (actor, account) in ACTORS {
                let cookie = cookies(&portal, account).await;
                let place = filled(route, THERE);
                let kind = if method == "POST" { FORM } else { "" };
                let request = request(method, &place, &cookie, kind, Vec::new()).expect("builds");
                let got = portal.send(request).await;
                judge(&format!("{method} {place} by {actor}"), &place, &got);
                let sign_in = got.place().starts_with("/akun/masuk") && route != "/akun/keluar";
                let mark = if sign_in { ">" } else { "" };
                let _ = write!(line, " {:<18}", format!("{}{mark}", got.status.as_u16()));
                portal.world.clock.advance(61);
            }
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/portal/permissions.txt");
    let written = fs::read_to_string(&file).unwrap_or_default();
    if written != text {
        let new = std::env::temp_dir().join("rembug-permissions.txt");
        fs::write(&new, &text).expect("the new text can be written");
        panic!("permissions have changed; if that is meant, put {} in the place of {}:\n{text}", new.display(), file.display());
    }
} }
