//! One line family, 24 × 24, 1.8 px (set in CSS). An icon never stands without a word, so each is hidden from screen readers.

use leptos::prelude::*;

use crate::Example;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Document,
    House,
    Bag,
    Pin,
    Check,
    Cross,
    Dash,
    Search,
    ArrowLeft,
    ArrowRight,
    ArrowUp,
    Chat,
    Flag,
    Edit,
    Trash,
    Clock,
    Calendar,
    Download,
    Bell,
    User,
    Menu,
    Offline,
    Lock,
    Globe,
    Info,
    Alert,
}

impl Icon {
    pub const ALL: [Self; 26] = [
        Self::Document,
        Self::House,
        Self::Bag,
        Self::Pin,
        Self::Check,
        Self::Cross,
        Self::Dash,
        Self::Search,
        Self::ArrowLeft,
        Self::ArrowRight,
        Self::ArrowUp,
        Self::Chat,
        Self::Flag,
        Self::Edit,
        Self::Trash,
        Self::Clock,
        Self::Calendar,
        Self::Download,
        Self::Bell,
        Self::User,
        Self::Menu,
        Self::Offline,
        Self::Lock,
        Self::Globe,
        Self::Info,
        Self::Alert,
    ];

    const fn path(self) -> &'static str {
        match self {
            Self::Document => "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
            Self::House => "M3.5 11 12 4l8.5 7M6 9v11h12V9M10 20v-5.5h4V20",
            Self::Bag => "M4.5 9h15l-1 11h-13zM8.5 9V7.5a3.5 3.5 0 0 1 7 0V9",
            Self::Pin => {
                "M12 21s7-6.2 7-11.4a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 12.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z"
            }
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Cross => "m6 6 12 12M18 6 6 18",
            Self::Dash => "M6 12h12",
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20 20",
            Self::ArrowLeft => "M14.5 5.5 8 12l6.5 6.5",
            Self::ArrowRight => "M9.5 5.5 16 12l-6.5 6.5",
            Self::ArrowUp => "M12 19.5v-14M6 11.5l6-6 6 6",
            Self::Chat => "M4 5h16v11h-9l-5 4v-4H4z",
            Self::Flag => "M6 21V4h11.5L15 8.2l2.5 4.3H6",
            Self::Edit => "m4 20 1-4.2L16 4.8 19.2 8 8.2 19zM13.8 7 17 10.2",
            Self::Trash => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
            Self::Clock => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
            Self::Calendar => "M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8",
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M5 20h14",
            Self::Bell => "M6 15.5V11a6 6 0 0 1 12 0v4.5l1.5 2.5h-15zM10 21h4",
            Self::User => "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::Offline => {
                "M9 6.5a6 6 0 0 1 8.8 3.6 4 4 0 0 1 1.6 7.3M16 18H7a4 4 0 0 1-.8-7.9M4 4l16 16"
            }
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Globe => {
                "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c3.4 3.4 3.4 13.6 0 17M12 3.5c-3.4 3.4-3.4 13.6 0 17"
            }
            Self::Info => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5.5M12 7.6v.1",
            Self::Alert => "M12 4 2.8 20h18.4zM12 10v5M12 17.4v.1",
        }
    }
}

/// The inline SVG of an icon, as large as the letters beside it.
pub fn icon(icon: Icon) -> impl IntoView + use<> {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}

pub fn examples() -> Vec<Example> {
    let all = Icon::ALL
        .into_iter()
        .map(|one| view! { <span class="btn-quiet">{icon(one)}{format!("{one:?}")}</span> })
        .collect_view();
    vec![Example::new(
        "family",
        view! { <div class="buttons">{all}</div> },
    )]
}
