//! Every component in all its states, in the order of the design-system page.

use crate::{Example,bar, breadcrumbs, button, card, checkboxes, choice, comment, count, date_time_input, disclosure, empty_state, error_summary, field, fieldset, file_upload, filter_bar, footer, header, icon, link_list, notice, office_shell, official_answer, page, pagination, phase_bar, prose, quote, radios, select, skip_link, stat, summary_list, table, tabs, tag, text_area, text_input, timeline, visually_hidden};

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
        ("quote", quote::examples()),
        ("official_answer", official_answer::examples()),
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
