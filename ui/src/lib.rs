//! The design system: accessible components from plain values. The server draws every page with them; islands may use the small ones.
//!
//! - No locale: every word comes in as a property, those for screen readers too.
//! - No chance, no clock: ids are properties.
//! - Optional texts are [`MaybeText`], optional views [`Slot`]: both take a value or an `Option` of it.
//! - Small words take a class rather than a component: `meta` (third voice), `lead`, `h3` (looks of a heading), `saying` (a
//!   statement to judge), `ref` (a number that must not break), `overdue`, `link-2` (a quiet link), `as-typed` (keeps line breaks).
//! - Looks are in `style/components.css`; a class list used twice in `app` belongs here.

mod example;
mod option;
mod text;
#[cfg(test)]
mod tokens;

pub mod examples;

pub mod area_map;
pub mod bar;
pub mod breadcrumbs;
pub mod button;
pub mod card;
pub mod checkboxes;
pub mod choice;
pub mod comment;
pub mod count;
pub mod date_time_input;
pub mod disclosure;
pub mod empty_state;
pub mod error_summary;
pub mod field;
pub mod fieldset;
pub mod file_upload;
pub mod filter_bar;
pub mod footer;
pub mod header;
pub mod icon;
pub mod link_list;
pub mod notice;
pub mod office_shell;
pub mod official_answer;
pub mod opinion_map;
pub mod page;
pub mod pagination;
pub mod phase_bar;
pub mod prose;
pub mod qr_code;
pub mod quote;
pub mod radios;
pub mod select;
pub mod skip_link;
pub mod stat;
pub mod summary_list;
pub mod table;
pub mod tabs;
pub mod tag;
pub mod text_area;
pub mod text_input;
pub mod timeline;
pub mod visually_hidden;

pub use example::Example;
pub use option::Choosable;
pub use text::{MaybeText, Slot};

pub use area_map::{AreaMap, MapArea, MapField, MapFrame};
pub use bar::{BarItem, Bars, Group, GroupBar, LiveBar, Progress, ResultBar};
pub use breadcrumbs::{BackLink, Breadcrumbs};
pub use button::{Button, ButtonKind, Buttons};
pub use card::{Card, CardList, Facts, Panel};
pub use checkboxes::{Checkbox, Checkboxes};
pub use choice::{Choice, ChoiceKind, Choices};
pub use comment::{Comment, CommentBody};
pub use count::Count;
pub use date_time_input::DateTimeInput;
pub use disclosure::Disclosure;
pub use empty_state::EmptyState;
pub use error_summary::{ErrorItem, ErrorSummary};
pub use field::{ErrorMessage, Field, Hint};
pub use fieldset::Fieldset;
pub use file_upload::FileUpload;
pub use filter_bar::{FilterBar, FilterSelect, SearchBox};
pub use footer::Footer;
pub use header::{FormHeader, Header, Hero, logo};
pub use icon::{Icon, icon};
pub use link_list::{LinkItem, LinkList, SectionHead, TileItem, Tiles};
pub use notice::{Notice, NoticeKind};
pub use office_shell::{NavItem, OfficeShell};
pub use official_answer::OfficialAnswer;
pub use opinion_map::{MapGroup, MapPlace, OpinionMap};
pub use page::{Form, Lead, Page, PageWidth};
pub use pagination::{PageItem, Pagination};
pub use phase_bar::{PhaseBar, Step, StepState};
pub use prose::Prose;
pub use qr_code::QrCode;
pub use quote::Quote;
pub use radios::Radios;
pub use select::Select;
pub use skip_link::SkipLink;
pub use stat::{Stat, Stats};
pub use summary_list::{Confirmation, SummaryList, SummaryRow};
pub use table::{Column, Row, Table};
pub use tabs::{TabItem, Tabs};
pub use tag::{Tag, TagKind};
pub use text_area::TextArea;
pub use text_input::TextInput;
pub use timeline::{Timeline, TimelineItem};
pub use visually_hidden::VisuallyHidden;
