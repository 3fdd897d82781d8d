//! Where people agree: the groups of opinion, what each stands for, and the way to find them again.

#[cfg(feature = "ssr")]
mod data;
#[cfg(feature = "ssr")]
mod map;
#[cfg(feature = "ssr")]
mod office;
pub mod recompute;
#[cfg(feature = "ssr")]
mod rule;
#[cfg(feature = "ssr")]
mod said;
#[cfg(feature = "ssr")]
mod shares;
#[cfg(feature = "ssr")]
mod show;

#[cfg(feature = "ssr")]
pub(crate) use rule::name as rule_name;
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
        .route(
            "/kantor/konsultasi/{slug}/kelompok",
            get(office::show).post(office::send),
        )
}

/// Whose result an address asks for: `?tanpa=ya` for that without the people whom published rules name.
#[cfg(feature = "ssr")]
fn side(query: &crate::Fields) -> service::group::Side {
    use service::group::Side;
    let (field, value) = rule::WITHOUT;
    if query.text(field) == value {
        Side::Without
    } else {
        Side::Everybody
    }
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
