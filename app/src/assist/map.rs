//! `<figure data-map="FIELD">`: a place is chosen by tapping on it, first its area, then the place in it.
//!
//! The field and the list of areas beside the map are what counts; the map shows what stands in them, however it came there,
//! and a tap writes into them as if it had been typed. What a figure says of itself is written in `ui::area_map`.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventInit, MouseEvent};

use browser::dom;
use ui::area_map::{LETTER, ROOM};

pub(super) fn start() {
    let Some(document) = browser::document() else {
        return;
    };
    browser::on(&document, "click", |event| {
        let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
            return;
        };
        let Ok(Some(figure)) = target.closest("[data-map]") else {
            return;
        };
        if target.has_attribute("data-whole") && target.tag_name() == "BUTTON" {
            show(&figure, "");
        } else if let Some(area) = target.get_attribute("data-area") {
            tapped(&figure, &area, &event);
        }
    });
    for name in ["input", "change"] {
        browser::on(&document, name, |event| {
            let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            if let Some(field) = target {
                told(&field.id(), event.type_() == "change");
            }
        });
    }
    // A form that is filled in on the phone has put other values into its fields.
    browser::on(&document, dom::FILLED, |_| refresh());
    refresh();
}

fn figures() -> Vec<Element> {
    browser::all("[data-map]")
}

/// All maps show what stands in their fields.
fn refresh() {
    for figure in figures() {
        let area = match point(&figure) {
            Some(at) => holding(&figure, at),
            None => area_field(&figure).map(|field| value(&field)),
        };
        let shown = figure.get_attribute("data-shown");
        show(&figure, &area.or(shown).unwrap_or_default());
    }
}

/// A field was changed: by hand, by a tap or by the phone's own position.
fn told(field: &str, is_done: bool) {
    for figure in figures() {
        let is = |name: &str| figure.get_attribute(name).as_deref() == Some(field);
        if is("data-map") {
            let shown = figure.get_attribute("data-shown");
            let area = point(&figure).and_then(|at| holding(&figure, at));
            if let Some(area) = area.as_ref().filter(|_| is_done) {
                choose(&figure, area);
                say(&figure, "data-marked", area);
            }
            show(&figure, &area.or(shown).unwrap_or_default());
        } else if is("data-map-area") && is_done {
            let area = area_field(&figure).map(|field| value(&field));
            show(&figure, &area.unwrap_or_default());
        }
    }
}

/// The area first, then the place in it.
fn tapped(figure: &Element, area: &str, event: &Event) {
    let is_near = figure.get_attribute("data-shown").as_deref() == Some(area);
    if !is_near {
        // What was marked elsewhere is about to move.
        let is_elsewhere =
            point(figure).is_some_and(|at| holding(figure, at).as_deref() != Some(area));
        if let Some(field) = field(figure, "data-map").filter(|_| is_elsewhere) {
            write(&field, "");
        }
        choose(figure, area);
        show(figure, area);
        say(figure, "data-chosen", area);
        return;
    }
    let Some((x, y)) = place(figure, event) else {
        return;
    };
    let number = |name: &str| number(&figure.get_attribute(name)?);
    let degrees = || {
        Some((
            number("data-north")? - y / number("data-down")?,
            number("data-west")? + x / number("data-across")?,
        ))
    };
    let field = field(figure, "data-map");
    if let (Some((lat, lon)), Some(field)) = (degrees(), field) {
        choose(figure, area);
        write(&field, &format!("{}, {}", fixed(lat, 5), fixed(lon, 5)));
    }
}

/// Puts the area into the list beside the map. What somebody chose as a part of an address stays.
fn choose(figure: &Element, area: &str) {
    let Some(field) = area_field(figure).filter(|field| value(field) != area) else {
        return;
    };
    let stem = |name: &str| -> Option<String> {
        let id = figure.get_attribute(name)?;
        Some(id.rsplit_once('.')?.0.to_owned())
    };
    if value(&field).is_empty() || stem("data-map") == stem("data-map-area") {
        write(&field, area);
    }
}

/// Where in the drawing an event happened.
fn place(figure: &Element, event: &Event) -> Option<(f64, f64)> {
    let event = event.dyn_ref::<MouseEvent>()?;
    let picture = dom::find(figure, "svg")?;
    let (frame, room) = (frame(&picture)?, picture.get_bounding_client_rect());
    let unit = unit(frame, &picture);
    // The frame stands in the middle of its room.
    let off = |at: i32, start: f64, size: f64, low: f64, span: f64| {
        low + span / 2.0 + (f64::from(at) - start - size / 2.0) * unit
    };
    let x = off(
        event.client_x(),
        room.left(),
        room.width(),
        frame[0],
        frame[2],
    );
    let y = off(
        event.client_y(),
        room.top(),
        room.height(),
        frame[1],
        frame[3],
    );
    Some((x, y))
}

/// Shows an area close by, or all; marks the place that stands in the field.
fn show(figure: &Element, area: &str) {
    let Some(picture) = dom::find(figure, "svg") else {
        return;
    };
    let mut wanted = figure.get_attribute("data-whole");
    let mut is_near = false;
    for path in dom::all(&picture, "[data-area]") {
        let is_it = path.get_attribute("data-area").as_deref() == Some(area);
        let _ = path.class_list().toggle_with_force("is-chosen", is_it);
        if is_it {
            wanted = path.get_attribute("data-frame");
            is_near = true;
        }
    }
    let _ = picture.class_list().toggle_with_force("is-near", is_near);
    let _ = figure.set_attribute("data-shown", area);
    let _ = picture.set_attribute("viewBox", &wanted.unwrap_or_default());
    let Some(frame) = frame(&picture) else {
        return;
    };
    let unit = unit(frame, &picture);
    if let Some(names) = dom::find(&picture, ".area-names") {
        let _ = names.set_attribute("font-size", &fixed(LETTER * unit, 1));
    }
    if let Some(pin) = dom::find(&picture, ".area-pin") {
        let at = point(figure).and_then(|at| drawn(figure, at));
        dom::show(&pin, at.is_some());
        if let Some((x, y)) = at {
            let (x, y, unit) = (fixed(x, 1), fixed(y, 1), fixed(unit, 2));
            let place = format!("translate({x} {y}) scale({unit})");
            let _ = pin.set_attribute("transform", &place);
        }
    }
    if let Some(button) = dom::find(figure, "button[data-whole]") {
        dom::show(&button, is_near);
    }
}

/// Left, top, width and height of what is shown, in units of the map.
fn frame(picture: &Element) -> Option<[f64; 4]> {
    let text = picture.get_attribute("viewBox")?;
    let mut numbers = text.split(' ').map(number);
    let mut next = || numbers.next()?;
    Some([next()?, next()?, next()?, next()?])
}

/// Units of the map in a CSS pixel. While an answer above hides the map, its size on a phone is taken, as the server does.
fn unit(frame: [f64; 4], picture: &Element) -> f64 {
    let room = picture.get_bounding_client_rect();
    let (width, height) = if room.width() > 0.0 && room.height() > 0.0 {
        (room.width(), room.height())
    } else {
        ROOM
    };
    (frame[2] / width).max(frame[3] / height)
}

/// Latitude and longitude in the field, in degrees.
fn point(figure: &Element) -> Option<(f64, f64)> {
    let text = value(&field(figure, "data-map")?);
    // A decimal comma has no space behind it.
    let (lat, lon) = text.split_once(", ").or_else(|| text.split_once(' '))?;
    let degrees = |text: &str| number(&text.replace(',', "."));
    Some((degrees(lat)?, degrees(lon)?))
}

/// Where a point is drawn.
fn drawn(figure: &Element, (lat, lon): (f64, f64)) -> Option<(f64, f64)> {
    let number = |name: &str| number(&figure.get_attribute(name)?);
    Some((
        (lon - number("data-west")?) * number("data-across")?,
        (number("data-north")? - lat) * number("data-down")?,
    ))
}

/// A number as the browser reads it: its reader is there already, Rust's weighs more than this file.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let read = JsValue::from_str(text).unchecked_into_f64();
    (!text.is_empty() && read.is_finite()).then_some(read)
}

/// A number with so many decimals.
pub(super) fn fixed(number: f64, decimals: u8) -> String {
    let text = js_sys::Number::from(number).to_fixed(decimals);
    text.map(String::from).unwrap_or_default()
}

/// The area in which a point lies.
fn holding(figure: &Element, at: (f64, f64)) -> Option<String> {
    let (x, y) = drawn(figure, at)?;
    let place = js_sys::Object::new();
    Reflect::set(&place, &"x".into(), &x.into()).ok()?;
    Reflect::set(&place, &"y".into(), &y.into()).ok()?;
    let holds = |path: &Element| -> Option<bool> {
        let test: Function = Reflect::get(path, &JsValue::from("isPointInFill"))
            .ok()?
            .dyn_into()
            .ok()?;
        test.call1(path, &place).ok()?.as_bool()
    };
    dom::all(figure, "[data-area]")
        .into_iter()
        .find(|path| holds(path) == Some(true))?
        .get_attribute("data-area")
}

/// The field that an attribute of the figure names.
fn field(figure: &Element, attribute: &str) -> Option<Element> {
    let id = figure.get_attribute(attribute)?;
    browser::document()?.get_element_by_id(&id)
}

fn area_field(figure: &Element) -> Option<Element> {
    field(figure, "data-map-area")
}

/// What stands in a field or is chosen in a list.
fn value(field: &Element) -> String {
    Reflect::get(field, &"value".into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Writes into a field as if it had been typed.
pub(super) fn write(field: &Element, text: &str) {
    let _ = Reflect::set(field, &"value".into(), &text.into());
    let init = EventInit::new();
    init.set_bubbles(true);
    // Whoever keeps what is typed hears of it.
    for name in ["input", "change"] {
        if let Ok(event) = Event::new_with_event_init_dict(name, &init) {
            let _ = field.dispatch_event(&event);
        }
    }
}

/// Says one of the sentences of the map, with the area's name.
fn say(figure: &Element, sentence: &str, area: &str) {
    let name = dom::find(figure, &format!("[data-of=\"{area}\"]"));
    let name = name
        .and_then(|name| name.text_content())
        .unwrap_or_default();
    if let Some(line) = dom::find(figure, "[role=status]") {
        let text = line.get_attribute(sentence).unwrap_or_default();
        line.set_text_content(Some(&text.replace("{}", &name)));
    }
}
