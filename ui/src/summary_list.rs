use leptos::prelude::*;

use crate::Example;

/// A question, its answer, and where to change it: (href, visible word).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    pub key: String,
    pub value: String,
    /// Addresses and names, in place of the value where there are some.
    pub links: Vec<(String, String)>,
    pub change: Option<(String, String)>,
}

impl SummaryRow {
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
            links: Vec::new(),
            change: None,
        }
    }

    #[must_use]
    pub fn links(mut self, links: Vec<(String, String)>) -> Self {
        self.links = links;
        self
    }

    #[must_use]
    pub fn change(mut self, href: impl Into<String>, word: impl Into<String>) -> Self {
        self.change = Some((href.into(), word.into()));
        self
    }
}

/// Answers to check before sending, or the facts of a case.
///
/// - The link to change an answer names the question for screen readers.
#[component]
pub fn SummaryList(rows: Vec<SummaryRow>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let change = row.change.map(|(href, word)| {
                let key = row.key.clone();
                view! { <dd><a href=href>{word}<span class="vh">" "{key}</span></a></dd> }
            });
            let value = if row.links.is_empty() {
                view! { <dd class="as-typed">{row.value}</dd> }.into_any()
            } else {
                view! { <dd>{crate::timeline::files(row.links)}</dd> }.into_any()
            };
            view! { <div><dt>{row.key}</dt>{value}{change}</div> }
        })
        .collect_view();
    view! { <dl class="summary">{rows}</dl> }
}

/// It is done: what was done, the number to keep, and what comes next (`children`).
#[component]
pub fn Confirmation(
    #[prop(into)] title: String,
    #[prop(into)] reference_label: String,
    #[prop(into)] reference: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="confirmation">
            <h1>{title}</h1>
            <p>{reference_label}<b>{reference}</b></p>
            {children()}
        </div>
    }
}

pub fn examples() -> Vec<Example> {
    vec![
        Example::new(
            "check answers",
            view! {
                <SummaryList rows=vec![
                    SummaryRow::new("Nama lengkap", "Siti Aminah").change("/layanan/akta/2", "Ubah"),
                    SummaryRow::new("NIK ibu", "3579********0001").change("/layanan/akta/4", "Ubah"),
                    SummaryRow::new("Kecamatan", "Bumiaji"),
                ]/>
            },
        ),
        Example::new(
            "confirmation",
            view! {
                <Confirmation title="Permohonan terkirim" reference_label="Nomor lacak" reference="26-K7QM-4F2X">
                    <p>"Dispendukcapil menjawab paling lambat 26 November pukul 14.00."</p>
                </Confirmation>
            },
        ),
    ]
}
