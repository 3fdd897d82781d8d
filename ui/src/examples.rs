//! Every component in all its states, in the order of the design-system page.

use crate::{
    Example, area_map, bar, breadcrumbs, button, card, checkboxes, choice, comment, count,
    date_time_input, disclosure, empty_state, error_summary, field, fieldset, file_upload,
    filter_bar, footer, header, icon, link_list, notice, office_shell, official_answer,
    opinion_map, page, pagination, phase_bar, prose, qr_code, quote, radios, select, skip_link,
    stat, summary_list, table, tabs, tag, text_area, text_input, timeline, visually_hidden,
};

/// The components by name, each with its examples.
pub fn all() -> Vec<(&'static str, Vec<Example>)> {
    vec![
        ("button", button::examples()),
        ("link_list", link_list::examples()),
        ("field", field::examples()),
        ("text_input", text_input::examples()),
        ("text_area", text_area::examples()),
        ("select", select::examples()),
        ("radios", radios::examples()),
        ("checkboxes", checkboxes::examples()),
        ("fieldset", fieldset::examples()),
        ("date_time_input", date_time_input::examples()),
        ("file_upload", file_upload::examples()),
        ("error_summary", error_summary::examples()),
        ("notice", notice::examples()),
        ("tag", tag::examples()),
        ("card", card::examples()),
        ("breadcrumbs", breadcrumbs::examples()),
        ("pagination", pagination::examples()),
        ("table", table::examples()),
        ("phase_bar", phase_bar::examples()),
        ("bar", bar::examples()),
        ("choice", choice::examples()),
        ("qr_code", qr_code::examples()),
        ("quote", quote::examples()),
        ("official_answer", official_answer::examples()),
        ("opinion_map", opinion_map::examples()),
        ("area_map", area_map::examples()),
        ("comment", comment::examples()),
        ("stat", stat::examples()),
        ("empty_state", empty_state::examples()),
        ("disclosure", disclosure::examples()),
        ("filter_bar", filter_bar::examples()),
        ("tabs", tabs::examples()),
        ("header", header::examples()),
        ("footer", footer::examples()),
        ("skip_link", skip_link::examples()),
        ("page", page::examples()),
        ("prose", prose::examples()),
        ("timeline", timeline::examples()),
        ("summary_list", summary_list::examples()),
        ("office_shell", office_shell::examples()),
        ("count", count::examples()),
        ("icon", icon::examples()),
        ("visually_hidden", visually_hidden::examples()),
    ]
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::collections::BTreeSet;

    use leptos::prelude::*;

    use super::*;

    fn rendered() -> Vec<(String, String)> {
        all()
            .into_iter()
            .flat_map(|(component, examples)| {
                examples.into_iter().map(move |example| {
                    (
                        format!("{component}: {}", example.name),
                        example.view.to_html(),
                    )
                })
            })
            .collect()
    }

    #[test]
    fn nothing_breaks_the_content_policy() {
        for (name, html) in rendered() {
            for forbidden in [
                " style=",
                "<script",
                "<style",
                " onclick",
                "javascript:",
                "http:",
                "https:",
            ] {
                assert!(
                    !html.contains(forbidden),
                    "{name} holds {forbidden}: {html}"
                );
            }
        }
    }

    #[test]
    fn two_renders_are_the_same_bytes() {
        assert_eq!(rendered(), rendered());
    }

    #[test]
    fn ids_are_unique_and_everything_pointed_at_is_there() {
        for (name, html) in rendered() {
            let values = |attribute: &str| {
                html.split(&format!(" {attribute}=\""))
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next())
                    .flat_map(str::split_whitespace)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            let ids = values("id");
            let unique = ids.iter().cloned().collect::<BTreeSet<_>>();
            assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
            for attribute in ["for", "aria-describedby", "aria-labelledby"] {
                for id in values(attribute) {
                    assert!(unique.contains(&id), "{name}: {attribute}={id}: {html}");
                }
            }
        }
    }

    #[test]
    fn every_icon_is_hidden_from_screen_readers_and_every_picture_is_named() {
        for (name, html) in rendered() {
            let hidden = html.split("<svg").skip(1).all(|svg| {
                svg.split_once('>').is_some_and(|(tag, inside)| {
                    let titled = inside
                        .strip_prefix("<title>")
                        .is_some_and(|title| !title.starts_with('<'));
                    tag.contains(r#"aria-hidden="true""#)
                        || (tag.contains("role=") && (tag.contains("aria-label=") || titled))
                })
            });
            assert!(hidden, "{name}: {html}");
        }
    }
}
