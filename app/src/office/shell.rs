//! What stands around every page of the office.

use domain::{Locale, Role, consultation::Consultation};
use leptos::prelude::*;

use crate::{Visit, layout, links, t::office as t};

/// The consultations of an officer.
pub(super) const CONSULTATIONS: &str = "/kantor/konsultasi";
/// A new one.
pub(super) const NEW: &str = "/kantor/konsultasi/baru";
/// What waits for the moderators.
const MODERATION: &str = "/kantor/moderasi";
/// Who may do what.
const PEOPLE: &str = "/kantor/orang";

/// The parts of the office, as its menu names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What waits.
    Desk,
    /// Consultations.
    Consultations,
    /// Cases: what people asked the city for.
    Cases,
    /// The payments of a day.
    Payments,
    /// Forms filled in at the counter.
    Counter,
    /// Forms of services.
    Forms,
    /// The table of holidays.
    Holidays,
    /// How letters are written.
    Letters,
    /// Comments and statements that moderators look after.
    Moderation,
    /// People, their roles and offices.
    People,
}

/// The office around a page that brings its heading; `aside` stands at the right, or below on a phone.
pub fn shell(
    visit: &Visit,
    part: Part,
    view: AnyView,
    aside: Option<(&'static str, AnyView)>,
) -> impl IntoView + use<> {
    let l = visit.locale;
    let role = visit
        .actor
        .member()
        .map_or(Role::Administrator, |member| member.role);
    let moderates = matches!(role, Role::Moderator | Role::Administrator);
    let item = |href: &str, label: &str, of: Part| ui::NavItem::new(href, label, part == of);
    let has_cases = visit
        .actor
        .member()
        .is_some_and(|m| role == Role::Administrator || !m.offices.is_empty());
    let mut items = vec![item(links::OFFICE, t::desk(l), Part::Desk)];
    if has_cases {
        items.push(item(links::CASES, t::cases(l), Part::Cases));
        items.push(item(links::PAYMENTS, t::payments(l), Part::Payments));
        items.push(item(links::COUNTER, t::counter(l), Part::Counter));
    }
    items.push(item(
        CONSULTATIONS,
        t::consultations(l),
        Part::Consultations,
    ));
    if has_cases {
        items.push(item(links::FORMS, t::forms(l), Part::Forms));
    }
    if moderates {
        items.push(item(MODERATION, t::moderation(l), Part::Moderation));
    }
    if role == Role::Administrator {
        items.push(item(PEOPLE, t::people(l), Part::People));
        items.push(item(links::HOLIDAYS, t::holidays(l), Part::Holidays));
        items.push(item(
            links::LETTER_TEMPLATES,
            crate::t::document::templates(l),
            Part::Letters,
        ));
    }
    items.push(ui::NavItem::new(links::HOME, t::to_site(l), false));
    let name = visit
        .actor
        .member()
        .map(|m| m.name.clone())
        .unwrap_or_default();
    let account = view! { <a href=links::PROFILE>{name}</a> };
    let (aside_label, aside) = aside.map_or(("", None), |(label, view)| (label, Some(view)));
    view! {
        <ui::OfficeShell
            brand=crate::t::layout::brand(l)
            unit=visit.city.name.clone()
            home_href=links::OFFICE
            nav_label=t::parts(l)
            menu_label=t::menu(l)
            items
            account=account.into_any()
            aside
            aside_label
        >
            {view}
        </ui::OfficeShell>
        {layout::assist(visit)}
    }
}

/// The tabs of a consultation in the office. Pages of other features put themselves among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Title, summary, explanation.
    Content,
    /// The policy text.
    Text,
    /// Questions.
    Questions,
    /// Statements to judge.
    Statements,
    /// Signs in the groups of opinion, where people judge statements.
    Groups,
    /// Picture and files.
    Files,
    /// Opening, closing, publishing.
    Timing,
    /// Themes of comments.
    Themes,
    /// Replies and outcome.
    Answer,
    /// What was changed, by whom, when.
    History,
}

/// The tabs of a consultation; those of the answer stand there once it is published.
pub fn tabs(locale: Locale, c: &Consultation, current: Tab) -> impl IntoView + use<> {
    let (slug, published) = (&c.slug, c.published_at.is_some());
    let all = [
        (Tab::Content, "", t::tab_content(locale), true),
        (Tab::Text, "/naskah", t::tab_text(locale), true),
        (
            Tab::Questions,
            "/pertanyaan",
            t::tab_questions(locale),
            true,
        ),
        (
            Tab::Statements,
            "/pernyataan",
            t::tab_statements(locale),
            true,
        ),
        (
            Tab::Groups,
            "/kelompok",
            t::tab_groups(locale),
            c.statements_open,
        ),
        (Tab::Files, "/berkas", t::tab_files(locale), true),
        (Tab::Timing, "/waktu", t::tab_timing(locale), true),
        (Tab::Themes, "/tema", t::tab_themes(locale), published),
        (Tab::Answer, "/jawaban", t::tab_answer(locale), published),
        (Tab::History, "/riwayat", t::tab_history(locale), true),
    ];
    let items = all
        .into_iter()
        .filter(|(tab, _, _, there)| *there || *tab == current)
        .map(|(tab, tail, label, _)| {
            ui::TabItem::new(
                format!("{CONSULTATIONS}/{slug}{tail}"),
                label,
                tab == current,
            )
        })
        .collect();
    view! { <ui::Tabs label=t::tabs(locale) items/> }
}

/// A form of the office. `edition` is the one its writer saw.
pub(super) fn form(action: String, edition: Option<i64>, files: bool, inner: AnyView) -> AnyView {
    let edition =
        edition.map(|n| view! { <input type="hidden" name="edisi" value=n.to_string()/> });
    view! { <ui::Form action files>{edition}{inner}</ui::Form> }.into_any()
}

/// Address of a consultation in the office, with what follows its slug.
pub(super) fn place(slug: &str, tail: &str) -> String {
    format!("{CONSULTATIONS}/{slug}{tail}")
}
