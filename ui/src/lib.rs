//! The design system: accessible components from plain values. The server draws every page with them; islands may use the small ones.
//!
//! - No locale: every word comes in as a property, those for screen readers too.
//! - No chance, no clock: ids are properties.
//! - Optional texts are [`MaybeText`], optional views [`Slot`]: both take a value or an `Option` of it.
//! - Looks are in `style/components.css`; a class list used twice in `app` belongs here.

mod example;
mod option;
mod text;

pub mod examples;

mod bar;
mod breadcrumbs;
mod button;
mod card;
mod checkboxes;
mod choice;
mod comment;
mod count;
mod date_time_input;
mod disclosure;
mod empty_state;
mod error_summary;
mod field;
mod fieldset;
mod file_upload;
mod filter_bar;
mod footer;
mod header;
mod icon;
mod link_list;
mod notice;
mod office_shell;
mod official_answer;
mod page;
mod pagination;
mod phase_bar;
mod prose;
mod quote;
mod radios;
mod select;
mod skip_link;
mod stat;
mod summary_list;
mod table;
mod tabs;
mod tag;
mod text_area;
mod text_input;
mod timeline;
mod visually_hidden;

pub use example::Example;
pub use option::Choosable;
pub use text::{MaybeText, Slot};

pub use bar::{BarItem, Bars, Group, GroupBar, Progress, ResultBar};
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
pub use page::{Form, Lead, Page, PageWidth};
pub use pagination::{PageItem, Pagination};
pub use phase_bar::{PhaseBar, Step, StepState};
pub use prose::Prose;
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
