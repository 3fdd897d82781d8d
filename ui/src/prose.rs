use leptos::prelude::*;

use crate::Example;

/// HTML from Markdown. MUST be cleaned before it comes here: it is written as it is.
#[component]
pub fn Prose(#[prop(into)] html: String) -> impl IntoView {
    view! { <div class="prose" inner_html=html></div> }
}

pub fn examples() -> Vec<Example> {
    let html = "<h2>Mengapa jalur sepeda</h2><p>Jalan Panglima Sudirman memuat <strong>11.200 kendaraan</strong> sehari. \
        Lihat <a href=\"/naskah\">naskah lengkap</a>.</p><ul><li>Trotoar 2 m</li><li>Jalur sepeda 1,5 m</li></ul>\
        <ol><li>Tahap satu: Alun-alun</li><li>Tahap dua: Sisir</li></ol><blockquote><p>Kota yang dapat dilalui dengan kaki.</p></blockquote>\
        <table><thead><tr><th>Ruas</th><th>Panjang</th></tr></thead><tbody><tr><td>Utara</td><td>0,8 km</td></tr></tbody></table>\
        <h3>Biaya</h3><p>Rp152.500.000 dari APBD 2027, kode <code>2.15.02</code>.</p>";
    vec![Example::new("everything", view! { <Prose html/> })]
}
