use leptos::prelude::*;

use crate::{Column, Disclosure, Example, MaybeText, Row, Table};

/// One stretch of a bar as its own SVG: its width is an attribute, since the content policy forbids `style`. One that
/// moves with the page's news is there even when it has no width yet.
fn stretch(class: &'static str, percent: f64, live: Option<String>) -> impl IntoView + use<> {
    (percent > 0.0 || live.is_some()).then(|| {
        view! {
            <svg class=class width=width(percent) height="100%" aria-hidden="true" data-count=live>
                <rect width="100%" height="100%"></rect>
            </svg>
        }
    })
}

/// The width of a stretch, as its attribute has it.
pub fn width(percent: f64) -> String {
    format!("{percent:.1}%")
}

/// The keys under which news of the page replace the figures of a bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiveBar {
    /// Widths for, against, abstained.
    pub widths: [String; 3],
    /// The words for the picture.
    pub label: String,
}

fn shares(parts: [u64; 3]) -> [f64; 3] {
    let total = parts.iter().sum::<u64>().max(1);
    // A tally of a city is far below 2^52.
    #[expect(clippy::cast_precision_loss, reason = "drawing widths")]
    parts.map(|part| part as f64 * 100.0 / total as f64)
}

/// For, against and abstained in one bar. Without votes it is an empty groove.
///
/// - `label` MUST say the three figures in words: it stands for the picture.
#[component]
pub fn ResultBar(
    #[prop(into)] label: String,
    agree: u64,
    against: u64,
    pass: u64,
    #[prop(optional_no_strip)] live: Option<LiveBar>,
) -> impl IntoView {
    let [agree, against, pass] = shares([agree, against, pass]);
    let (widths, live_label) = live.map_or_else(Default::default, |live| {
        (live.widths.map(Some), Some(live.label))
    });
    let [a, b, c] = widths;
    view! {
        <div class="bar" role="img" aria-label=label data-count-label=live_label>
            {stretch("fill-agree", agree, a)} {stretch("fill-against", against, b)}
            {stretch("fill-pass", pass, c)}
        </div>
    }
}

/// Opinion groups have letters and hues of their own, never those of the votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    A,
    B,
    C,
    D,
    E,
}

impl Group {
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
        }
    }

    /// The text class with the group's hue.
    pub const fn class(self) -> &'static str {
        match self {
            Self::A => "group group-a",
            Self::B => "group group-b",
            Self::C => "group group-c",
            Self::D => "group group-d",
            Self::E => "group group-e",
        }
    }
}

/// How one opinion group judged a statement: letter, bar, share of agreement.
#[component]
pub fn GroupBar(
    group: Group,
    #[prop(into)] label: String,
    /// "93 %"
    #[prop(into)]
    figure: String,
    agree: u64,
    against: u64,
    pass: u64,
) -> impl IntoView {
    view! {
        <div class="group-bar">
            <span class=group.class()>{group.letter()}</span>
            <ResultBar label agree against pass/>
            <b>{figure}</b>
        </div>
    }
}

/// A bar of a chart: what it is, how much of the longest it is, and the figure in words.
#[derive(Clone, Debug, PartialEq)]
pub struct BarItem {
    pub label: String,
    pub percent: f64,
    pub figure: String,
    /// The keys under which news of the page replace the width and the figure.
    pub live: Option<(String, String)>,
}

impl BarItem {
    pub fn new(label: impl Into<String>, percent: f64, figure: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            percent,
            figure: figure.into(),
            live: None,
        }
    }

    #[must_use]
    pub fn live(mut self, width: impl Into<String>, figure: impl Into<String>) -> Self {
        self.live = Some((width.into(), figure.into()));
        self
    }
}

/// A chart of flat bars with the number at the end, and the same as a table beneath.
///
/// - The bars are hidden from screen readers' pictures: label and figure are text, the table repeats them.
#[component]
pub fn Bars(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    items: Vec<BarItem>,
    /// "Lihat sebagai tabel"
    #[prop(into)]
    table_label: String,
    /// Heads of the table's two columns.
    #[prop(into)]
    label_head: String,
    #[prop(into)] figure_head: String,
    #[prop(optional, into)] source: MaybeText,
) -> impl IntoView {
    let rows = items
        .iter()
        .map(|item| {
            let key = item.live.as_ref().map(|(_, figure)| figure.clone());
            let figure = item.figure.clone();
            Row::new(vec![
                item.label.clone().into_any(),
                view! { <span data-count=key>{figure}</span> }.into_any(),
            ])
        })
        .collect();
    let bars = items
        .into_iter()
        .map(|item| {
            let (width, figure) = item.live.unzip();
            view! {
                <li>
                    <span>{item.label}</span>
                    <div class="bar">{stretch("fill-green", item.percent.clamp(0.0, 100.0), width)}</div>
                    <b data-count=figure>{item.figure}</b>
                </li>
            }
        })
        .collect_view();
    let source = source
        .get()
        .map(|text| view! { <p class="meta">{text}</p> });
    view! {
        <figure class="bars">
            <figcaption>{title.clone()}</figcaption>
            <ul>{bars}</ul>
            {source}
            <Disclosure summary=table_label>
                <Table
                    id=id
                    caption=title
                    hide_caption=true
                    columns=vec![Column::text(label_head), Column::number(figure_head)]
                    rows=rows
                />
            </Disclosure>
        </figure>
    }
}

/// How far a form is done, under the header: nothing but `<progress>`.
#[component]
pub fn Progress(#[prop(into)] label: String, value: u32, max: u32) -> impl IntoView {
    view! { <progress class="progress" value=value max=max aria-label=label></progress> }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "result",
            view! { <ResultBar label="58 % setuju, 31 % tidak setuju, 11 % abstain" agree=745 against=398 pass=141/> },
        ),
        Example::new(
            "no votes",
            view! { <ResultBar label="Belum ada suara" agree=0 against=0 pass=0/> },
        ),
        Example::new(
            "groups",
            view! {
                <div>
                    <GroupBar group=Group::A label="Kelompok A: 93 % setuju" figure="93 %" agree=93 against=3 pass=4/>
                    <GroupBar group=Group::B label="Kelompok B: 12 % setuju" figure="12 %" agree=12 against=80 pass=8/>
                </div>
            },
        ),
        Example::new(
            "chart",
            view! {
                <Bars
                    id="chart"
                    title="Laporan per desa, 30 hari"
                    table_label="Lihat sebagai tabel"
                    label_head="Desa"
                    figure_head="Laporan"
                    source="Sumber: Rembug, 24 November 2026"
                    items=vec![
                        BarItem::new("Sisir", 100.0, "128"),
                        BarItem::new("Pesanggrahan", 64.8, "83"),
                        BarItem::new("Sumberbrantas", 7.0, "9"),
                    ]
                />
            },
        ),
        Example::new(
            "progress",
            view! { <Progress label="4 dari 9" value=4 max=9/> },
        ),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn widths_are_attributes_and_add_up() {
        let html = view! { <ResultBar label="x" agree=1 against=1 pass=2/> }.to_html();
        assert_eq!(html.matches(r#"width="25.0%""#).count(), 2, "{html}");
        assert!(html.contains(r#"width="50.0%""#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn no_votes_draw_nothing() {
        let html = view! { <ResultBar label="x" agree=0 against=0 pass=0/> }.to_html();
        assert!(!html.contains("<svg"), "{html}");
    }
}
