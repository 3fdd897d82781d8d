//! Where people agree: the groups of opinion, what each stands for, and the way to find them again.

#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod map;
pub mod recompute;
#[cfg(feature = "ssr")]
mod said;
#[cfg(feature = "ssr")]
mod shares;
#[cfg(feature = "ssr")]
mod show;

#[cfg(feature = "ssr")]
pub(crate) use said::highlights;

/// The pages of this feature.
#[cfg(feature = "ssr")]
pub fn router() -> axum::Router {
    use axum::routing::get;
    axum::Router::new()
        .route("/konsultasi/{slug}/kelompok", get(show::show))
        .route("/konsultasi/{slug}/kelompok.json", get(data::findings))
        .route("/konsultasi/{slug}/penilaian.json", get(data::votes))
}

/// The letter under which a group is known; its label counts from 0.
#[cfg(feature = "ssr")]
fn letter(label: u32) -> ui::Group {
    use ui::Group;
    [Group::A, Group::B, Group::C, Group::D]
        .get(usize::try_from(label).unwrap_or(usize::MAX))
        .copied()
        .unwrap_or(Group::E)
}
