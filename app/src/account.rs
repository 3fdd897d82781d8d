//! Signing in and out, opening an account, one's own account, and who may do what.

#[cfg(feature = "ssr")]
mod cookie;
#[cfg(feature = "ssr")]
mod draft;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod people;
#[cfg(feature = "ssr")]
mod person;
#[cfg(feature = "ssr")]
mod profile;
#[cfg(feature = "ssr")]
mod register;
#[cfg(feature = "ssr")]
mod sign_in;

#[cfg(feature = "ssr")]
pub use draft::keep_for_sign_in;
#[cfg(feature = "ssr")]
pub(crate) use {
    cookie::{guest, guest_left, shared},
    draft::{owner, with_key},
};

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::{get, post};
    axum::Router::new()
        .route("/akun/masuk", get(sign_in::show).post(sign_in::send))
        .route("/akun/daftar", get(register::show).post(register::send))
        .route("/akun/keluar", post(sign_in::sign_out))
        .route("/akun/profil", get(profile::show).post(profile::save))
        .route("/akun/profil/data", post(person::save))
        .route("/akun/profil/sandi", post(profile::change_password))
        .route("/akun/profil/sesi", post(profile::end_session))
        .route("/draf", post(draft::save))
        .route("/kantor/orang", get(people::list))
        .route("/kantor/orang/{id}", get(people::show).post(people::save))
}
