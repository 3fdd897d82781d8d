use leptos::prelude::*;

use crate::Example;

/// A column's head; figures stand to the right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    pub numeric: bool,
}

impl Column {
    pub fn text(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            numeric: false,
        }
    }

    pub fn number(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            numeric: true,
        }
    }
}

/// A row of cells, one for each column; the first is the row's head. `current` is the one that is open beside the table.
pub struct Row {
    pub cells: Vec<AnyView>,
    pub current: bool,
}

impl Row {
    pub fn new(cells: Vec<AnyView>) -> Self {
        Self {
            cells,
            current: false,
        }
    }

    /// A row of plain words and figures.
    pub fn of<T: Into<String>>(cells: impl IntoIterator<Item = T>) -> Self {
        Self::new(
            cells
                .into_iter()
                .map(|cell| cell.into().into_any())
                .collect(),
        )
    }

    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// Figures and words in rows. Scrolls sideways in its own box, which can be reached by keyboard and is named by the caption.
///
/// - MUST have a caption (`hide_caption` keeps it for screen readers), column heads and row heads.
/// - `stack` is for rows that are read one at a time: on a phone each stands as a list of its own, every cell with its column's name.
#[component]
pub fn Table(
    #[prop(into)] id: String,
    #[prop(into)] caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    #[prop(optional)] hide_caption: bool,
    #[prop(optional)] stack: bool,
) -> impl IntoView {
    let caption_id = format!("{id}-caption");
    let named_by = caption_id.clone();
    let numeric = columns
        .iter()
        .map(|column| column.numeric)
        .collect::<Vec<_>>();
    let labels = columns
        .iter()
        .filter(|_| stack)
        .map(|column| column.label.clone())
        .collect::<Vec<_>>();
    let class = if stack {
        "table-1 table-stack"
    } else {
        "table-1"
    };
    let is_number = |index: usize| numeric.get(index).copied().unwrap_or(false);
    let head = columns
        .into_iter()
        .map(|column| {
            if column.numeric {
                view! { <th scope="col" class="num">{column.label}</th> }.into_any()
            } else {
                view! { <th scope="col">{column.label}</th> }.into_any()
            }
        })
        .collect_view();
    let body = rows
        .into_iter()
        .map(|row| {
            let cells = row
                .cells
                .into_iter()
                .enumerate()
                .map(|(index, cell)| {
                    let label = labels.get(index).cloned();
                    if index == 0 {
                        view! { <th scope="row">{cell}</th> }.into_any()
                    } else if is_number(index) {
                        view! { <td class="num" data-label=label>{cell}</td> }.into_any()
                    } else {
                        view! { <td data-label=label>{cell}</td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr aria-current=row.current.then_some("true")>{cells}</tr> }
        })
        .collect_view();
    let caption = if hide_caption {
        view! { <caption class="vh" id=caption_id>{caption}</caption> }.into_any()
    } else {
        view! { <caption id=caption_id>{caption}</caption> }.into_any()
    };
    view! {
        <div class="table-box" role="region" aria-labelledby=named_by tabindex="0">
            <table class=class>
                {caption}
                <thead><tr>{head}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

pub fn examples() -> Vec<Example> {
    vec![Example::new(
        "numbers",
        view! {
            <Table
                id="votes"
                caption="Suara per desa"
                columns=vec![
                    Column::text("Desa"),
                    Column::number("Setuju"),
                    Column::number("Tidak setuju"),
                    Column::number("Abstain"),
                ]
                rows=vec![
                    Row::of(["Sisir", "412", "198", "61"]),
                    Row::of(["Ngaglik", "208", "154", "40"]).current(true),
                    Row::of(["Temas", "125", "46", "40"]),
                ]
            />
        },
    )]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn heads_have_scopes_and_the_box_is_named_and_reachable() {
        let html = view! {
            <Table
                id="t"
                caption="C"
                columns=vec![Column::text("A"), Column::number("B")]
                rows=vec![Row::of(["x", "1"])]
            />
        }
        .to_html();
        assert!(
            html.contains(r#"role="region" aria-labelledby="t-caption" tabindex="0""#),
            "{html}"
        );
        assert!(html.contains(r#"<caption id="t-caption""#), "{html}");
        assert!(
            html.contains(r#"<th scope="row""#) && html.contains(r#"<th scope="col" class="num""#),
            "{html}"
        );
        assert!(html.contains(r#"<td class="num""#), "{html}");
        assert!(!html.contains("data-label"), "{html}");
    }

    #[test]
    fn a_stacked_row_says_its_columns() {
        let html = view! {
            <Table
                id="t"
                caption="C"
                columns=vec![Column::text("A"), Column::text("B"), Column::number("D")]
                rows=vec![Row::of(["x", "y", "1"])]
                stack=true
            />
        }
        .to_html();
        assert!(html.contains(r#"class="table-1 table-stack""#), "{html}");
        for label in [r#"data-label="B""#, r#"data-label="D""#] {
            assert!(html.contains(label), "{label}: {html}");
        }
        assert!(
            !html.contains(r#"data-label="A""#),
            "the first is the row's head: {html}"
        );
    }
}
