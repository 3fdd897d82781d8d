//! Payment: a bill with its QR code, its receipt, the land tax that can be looked up and paid, and the office's daily list.

#[cfg(feature = "ssr")]
mod bill;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
mod office;
#[cfg(feature = "ssr")]
mod panel;
#[cfg(feature = "ssr")]
mod receipt;
#[cfg(feature = "ssr")]
mod tax;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use {
    panel::{beside, fact, line, short},
    words::rupiah,
};

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::{get, post};

    use crate::{case, links};

    let live = axum::Router::new()
        .route("/bayar/{kode}/langsung", get(live::news))
        .with_state(case::Live::default());
    axum::Router::new()
        .route("/bayar/{kode}", get(bill::show).post(bill::send))
        .route("/bayar/{kode}/bukti", get(receipt::show))
        .route(links::TAX, get(tax::show).post(tax::look))
        .route("/layanan/pbb/bayar", post(tax::pay))
        .route(links::PAYMENTS, get(office::show))
        .route("/kantor/pembayaran/unduh", get(office::download))
        .merge(live)
}
