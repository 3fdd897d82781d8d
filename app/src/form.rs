//! Services: what can be asked for, filling in a form, checking and sending it; and how officers build forms.

#[cfg(feature = "ssr")]
mod ask;
#[cfg(feature = "ssr")]
mod away;
#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod counter;
#[cfg(feature = "ssr")]
mod device;
#[cfg(feature = "ssr")]
mod done;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod guide;
#[cfg(feature = "ssr")]
mod halt;
#[cfg(feature = "ssr")]
mod item;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod office;
#[cfg(feature = "ssr")]
mod place;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
mod reveal;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod start;
#[cfg(feature = "ssr")]
mod task;
#[cfg(feature = "ssr")]
mod upload;

pub use words::fault::{component, finding, gap, number, sentence};

#[cfg(feature = "ssr")]
pub(crate) use list::{meets, title};
#[cfg(feature = "ssr")]
pub use {
    counter::bar,
    field::media_type,
    read::{Numbers, Part, Said, Sheet as Filled, parts, rows},
    upload::{LARGEST, Sheet},
};

#[cfg(feature = "ssr")]
use domain::form::written;

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use crate::links;
    use axum::{
        extract::DefaultBodyLimit,
        routing::{get, post},
    };

    let files_limit = DefaultBodyLimit::max(LARGEST);
    axum::Router::new()
        .merge(office::router())
        .route("/layanan", get(list::show))
        .route("/layanan/lanjut", get(away::ask_code).post(away::take_code))
        .route("/layanan/lupakan", post(away::forget))
        .route(links::COUNTER, get(counter::show).post(counter::begin))
        .route("/kantor/loket/selesai", post(counter::end))
        .route("/layanan/{key}", get(start::show))
        .route("/layanan/{key}/panduan", get(guide::show))
        .route(links::UPLOAD, post(device::announce))
        .route(
            "/layanan/unggah/{id}",
            get(device::progress).post(device::append),
        )
        .route("/layanan/{key}/formulir.json", get(device::bundle))
        .route("/layanan/{key}/luring", get(shell::show))
        .route("/layanan/{key}/isian", post(device::sync))
        .route("/layanan/{key}/kirim", post(device::whole))
        .route("/layanan/{key}/mulai", post(start::begin))
        .route("/layanan/{key}/isi", get(task::show))
        .route(
            "/layanan/{key}/isi/{page}",
            get(ask::show).post(ask::save).layer(files_limit),
        )
        .route(
            "/layanan/{key}/isi/{page}/{item}",
            get(ask::show_item).post(ask::save_item).layer(files_limit),
        )
        .route(
            "/layanan/{key}/isi/{page}/{item}/hapus",
            get(item::ask).post(item::remove),
        )
        .route("/layanan/{key}/periksa", get(check::show).post(check::send))
        .route("/layanan/{key}/terkirim/{nomor}", get(done::show))
        .route(
            "/layanan/{key}/nanti",
            get(away::later).post(away::make_code),
        )
        .route("/layanan/{key}/berkas/{id}", get(away::file))
}
