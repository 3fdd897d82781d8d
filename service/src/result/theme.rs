//! Themes: an office gathers what was said, many comments at once.

use std::collections::BTreeSet;

use domain::{
    Actor, ClauseId, CommentId, Permit, ThemeId,
    actor::Author,
    clause::Clause,
    consultation::{Consultation, Phase},
    result::{Subject, THEMES_MAX, ThemeDraft, similar::similar},
};
use storage::result::{Gatherable, NewTheme, ThemeRow};

use super::{authored, tell};
use crate::{Conflict, Error, Result, Service};

/// Comments on one page of the list.
pub(super) const PAGE: usize = 50;
/// Most comments that are looked at; a city's consultations stay far below.
const MOST: i64 = 10_000;
/// Most comments put under a theme at once.
const AT_ONCE: usize = 500;

/// Where a comment is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Anywhere.
    #[default]
    All,
    /// Under no theme yet.
    Free,
    /// Under this theme.
    Under(ThemeId),
}

/// Which comments are wanted. What is not given does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Under which theme.
    pub place: Place,
    /// On which clause.
    pub clause: Option<ClauseId>,
    /// `for`, `against`, `neutral`.
    pub stance: Option<String>,
    /// Words that all stand in it, whatever their case.
    pub text: String,
    /// The page, from 1.
    pub page: usize,
}

impl Filter {
    fn admits(&self, comment: &Gathered) -> bool {
        let placed = match &self.place {
            Place::All => true,
            Place::Free => comment.themes.is_empty(),
            Place::Under(theme) => comment.themes.contains(theme),
        };
        let body = comment.body.to_lowercase();
        placed
            && self
                .clause
                .as_ref()
                .is_none_or(|clause| comment.clause.as_ref() == Some(clause))
            && self
                .stance
                .as_ref()
                .is_none_or(|stance| comment.stance.as_ref() == Some(stance))
            && self
                .text
                .split_whitespace()
                .all(|word| body.contains(&word.to_lowercase()))
    }
}

/// A comment with the themes that it is under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// Its identity.
    pub id: CommentId,
    /// The clause it is on.
    pub clause: Option<ClauseId>,
    /// `for`, `against`, `neutral`.
    pub stance: Option<String>,
    /// Its text.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// How many support it.
    pub supports: i64,
    /// The themes it is under.
    pub themes: Vec<ThemeId>,
}

impl From<Gatherable> for Gathered {
    fn from(row: Gatherable) -> Self {
        Self {
            id: CommentId::new(row.id),
            clause: row.clause_id.map(ClauseId::new),
            stance: row.stance,
            body: row.body,
            author: row.author,
            supports: row.supports,
            themes: row
                .themes
                .as_deref()
                .unwrap_or_default()
                .split(' ')
                .filter(|id| !id.is_empty())
                .map(ThemeId::new)
                .collect(),
        }
    }
}

/// What an officer sees when gathering.
#[derive(Clone, Debug)]
pub struct Themes {
    /// The consultation.
    pub consultation: Consultation,
    /// Its themes in order.
    pub themes: Vec<ThemeRow>,
    /// The clauses of the newest text.
    pub clauses: Vec<Clause>,
    /// The comments of this page, the most supported first.
    pub comments: Vec<Gathered>,
    /// The page that this is, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// How many comments the filter admits.
    pub found: usize,
    /// Comments under no theme.
    pub free: usize,
    /// All comments.
    pub all: usize,
    /// Comments like those under the theme of the filter that are not under it, the most alike first.
    pub similar: Vec<Gathered>,
}

/// Themes and comments for gathering. A page beyond the last shows the last.
pub async fn themes(
    service: &Service,
    actor: &Actor,
    slug: &str,
    filter: &Filter,
) -> Result<Themes> {
    let (consultation, _permit) = authored(service, actor, slug).await?;
    let mut tx = service.read().await?;
    let themes = storage::result::list_themes(&mut tx, &consultation.id).await?;
    let all: Vec<Gathered> = storage::result::gatherables(&mut tx, &consultation.id, MOST)
        .await?
        .into_iter()
        .map(Gathered::from)
        .collect();
    let clauses = storage::clause::find_newest(&mut tx, &consultation.id)
        .await?
        .map(|text| text.clauses)
        .unwrap_or_default();
    let similar = match &filter.place {
        Place::Under(theme) => like(&themes, &all, theme),
        _ => Vec::new(),
    };
    let admitted: Vec<&Gathered> = all
        .iter()
        .filter(|comment| filter.admits(comment))
        .collect();
    let pages = admitted.len().div_ceil(PAGE).max(1);
    let page = filter.page.clamp(1, pages);
    Ok(Themes {
        comments: admitted
            .iter()
            .skip((page - 1) * PAGE)
            .take(PAGE)
            .map(|c| (*c).clone())
            .collect(),
        found: admitted.len(),
        free: all.iter().filter(|c| c.themes.is_empty()).count(),
        all: all.len(),
        page,
        pages,
        similar,
        clauses,
        themes,
        consultation,
    })
}

/// The comments that are like those under a theme, or, while nothing is under it, like its title and description.
fn like(themes: &[ThemeRow], all: &[Gathered], theme: &ThemeId) -> Vec<Gathered> {
    /// Enough to know what a theme is about; more would only cost time.
    const SEEDS: usize = 40;
    let Some(row) = themes.iter().find(|t| t.id == theme.as_str()) else {
        return Vec::new();
    };
    let mut seeds: Vec<&str> = all
        .iter()
        .filter(|c| c.themes.contains(theme))
        .take(SEEDS)
        .map(|c| c.body.as_str())
        .collect();
    let about = format!("{} {}", row.title, row.description);
    if seeds.is_empty() {
        seeds.push(&about);
    }
    let others: Vec<(CommentId, &str)> = all
        .iter()
        .filter(|c| !c.themes.contains(theme))
        .map(|c| (c.id.clone(), c.body.as_str()))
        .collect();
    similar(&seeds, &others)
        .into_iter()
        .filter_map(|s| all.iter().find(|c| c.id == s.comment).cloned())
        .collect()
}

/// Adds a theme behind the others. [`Conflict::Answered`] when the office has answered: nobody would reply to it.
pub async fn add_theme(
    service: &Service,
    actor: &Actor,
    slug: &str,
    draft: &ThemeDraft,
) -> Result<ThemeId> {
    let (consultation, permit) = open_to_themes(service, actor, slug).await?;
    let theme = draft.validate()?;
    let id: ThemeId = service.id();
    let (c, made) = (consultation.id.clone(), id.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let _ = permit;
                storage::result::hold(tx, &c).await?;
                if storage::result::find_outcome(tx, &c).await?.is_some() {
                    return Err(Error::Conflict(Conflict::Answered));
                }
                let themes = storage::result::list_themes(tx, &c).await?;
                if themes.len() >= THEMES_MAX {
                    let max = u32::try_from(THEMES_MAX).unwrap_or(u32::MAX);
                    return Err(Error::invalid("title", domain::Problem::TooMany { max }));
                }
                if themes
                    .iter()
                    .any(|t| t.title.to_lowercase() == theme.title.to_lowercase())
                {
                    return Err(Error::invalid("title", domain::Problem::Taken));
                }
                let new = NewTheme {
                    id: &made,
                    title: &theme.title,
                    description: &theme.description,
                };
                Ok(storage::result::insert_theme(tx, &c, new).await?)
            })
        })
        .await?;
    tell(service, &consultation).await;
    Ok(id)
}

/// Renames a theme or says better what it is about.
pub async fn edit_theme(
    service: &Service,
    actor: &Actor,
    slug: &str,
    id: &ThemeId,
    draft: &ThemeDraft,
) -> Result<()> {
    let (consultation, _permit) = authored(service, actor, slug).await?;
    let theme = draft.validate()?;
    let (c, id) = (consultation.id.clone(), id.clone());
    let found = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let new = NewTheme {
                    id: &id,
                    title: &theme.title,
                    description: &theme.description,
                };
                Ok::<_, Error>(storage::result::update_theme(tx, &c, new).await?)
            })
        })
        .await?;
    if !found {
        return Err(Error::NotFound);
    }
    tell(service, &consultation).await;
    Ok(())
}

/// Moves a theme one place up or down; at the end of the list nothing changes.
pub async fn move_theme(
    service: &Service,
    actor: &Actor,
    slug: &str,
    id: &ThemeId,
    up: bool,
) -> Result<()> {
    let (consultation, _permit) = authored(service, actor, slug).await?;
    let (c, id) = (consultation.id.clone(), id.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                storage::result::hold(tx, &c).await?;
                let mut order: Vec<ThemeId> = storage::result::list_themes(tx, &c)
                    .await?
                    .into_iter()
                    .map(|t| ThemeId::new(t.id))
                    .collect();
                let place = order.iter().position(|t| *t == id).ok_or(Error::NotFound)?;
                let other = if up {
                    place.checked_sub(1)
                } else {
                    Some(place + 1)
                };
                let Some(other) = other.filter(|o| *o < order.len()) else {
                    return Ok::<_, Error>(());
                };
                order.swap(place, other);
                for (place, theme) in (1..).zip(&order) {
                    storage::result::place_theme(tx, &c, theme, place).await?;
                }
                Ok(())
            })
        })
        .await?;
    tell(service, &consultation).await;
    Ok(())
}

/// Removes a theme with its reply; its comments are free again. [`Conflict::Answered`] once the office has answered.
pub async fn remove_theme(
    service: &Service,
    actor: &Actor,
    slug: &str,
    id: &ThemeId,
) -> Result<()> {
    let (consultation, _permit) = open_to_themes(service, actor, slug).await?;
    let (c, id) = (consultation.id.clone(), id.clone());
    service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                storage::result::hold(tx, &c).await?;
                if storage::result::find_outcome(tx, &c).await?.is_some() {
                    return Err(Error::Conflict(Conflict::Answered));
                }
                if !storage::result::remove_theme(tx, &c, &id).await? {
                    return Err(Error::NotFound);
                }
                Ok(storage::result::remove_reply(tx, &c, &Subject::Theme(id)).await?)
            })
        })
        .await?;
    tell(service, &consultation).await;
    Ok(())
}

/// Puts comments under a theme. How many were not there yet; those that nobody may see and those of other
/// consultations are passed over.
pub async fn gather(
    service: &Service,
    actor: &Actor,
    slug: &str,
    theme: &ThemeId,
    comments: Vec<CommentId>,
) -> Result<usize> {
    change_many(service, actor, slug, theme, comments, true).await
}

/// Takes comments out of a theme. How many were under it.
pub async fn release(
    service: &Service,
    actor: &Actor,
    slug: &str,
    theme: &ThemeId,
    comments: Vec<CommentId>,
) -> Result<usize> {
    change_many(service, actor, slug, theme, comments, false).await
}

async fn change_many(
    service: &Service,
    actor: &Actor,
    slug: &str,
    theme: &ThemeId,
    comments: Vec<CommentId>,
    put: bool,
) -> Result<usize> {
    let (consultation, _permit) = authored(service, actor, slug).await?;
    let comments: Vec<CommentId> = comments
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if comments.is_empty() {
        return Err(Error::invalid("comments", domain::Problem::Missing));
    }
    if comments.len() > AT_ONCE {
        let max = u32::try_from(AT_ONCE).unwrap_or(u32::MAX);
        return Err(Error::invalid("comments", domain::Problem::TooMany { max }));
    }
    let (c, theme) = (consultation.id.clone(), theme.clone());
    let changed = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let known = storage::result::list_themes(tx, &c).await?;
                if !known.iter().any(|t| t.id == theme.as_str()) {
                    return Err(Error::NotFound);
                }
                Ok(if put {
                    storage::result::add_comments(tx, &c, &theme, &comments).await?
                } else {
                    storage::result::remove_comments(tx, &c, &theme, &comments).await?
                })
            })
        })
        .await?;
    tell(service, &consultation).await;
    Ok(changed)
}

/// As [`authored`], and the office has not answered yet.
async fn open_to_themes(
    service: &Service,
    actor: &Actor,
    slug: &str,
) -> Result<(Consultation, Permit<Author>)> {
    let (consultation, permit) = authored(service, actor, slug).await?;
    if consultation.phase(service.now()) == Phase::Answered {
        return Err(Error::Conflict(Conflict::Answered));
    }
    Ok((consultation, permit))
}
