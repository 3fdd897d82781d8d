//! Prints the design system as one HTML page: `gallery [home|consultation|form|office|all] [light|dark]`. The CSS is linked as `ui.css`.

use leptos::prelude::*;
use ui::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let page = arguments.next().unwrap_or_default();
    let theme = arguments.next().unwrap_or_else(|| "light".into());
    let body = match page.as_str() {
        "home" => home(),
        "consultation" => consultation(),
        "form" => form(),
        "office" => office(),
        "groups" => groups(),
        _ => all(),
    };
    println!(
        "<!doctype html><html lang=id data-theme={theme}><meta charset=utf-8>\
         <meta name=viewport content='width=device-width'><title>{page}</title>\
         <link rel=stylesheet href=ui.css><body>{body}</html>"
    );
}

fn all() -> String {
    let parts = ui::examples::all()
        .into_iter()
        .map(|(component, examples)| {
            let examples = examples
                .into_iter()
                .filter(|example| !example.is_page)
                .map(|example| view! { <h3 class="meta">{example.name}</h3> {example.view} <br/> })
                .collect_view();
            view! { <section><h2>{component}</h2>{examples}</section> }
        })
        .collect_view();
    view! { <Page width=PageWidth::Wide>{parts}</Page> }.to_html()
}

fn head(right: &'static str) -> impl IntoView {
    view! {
        <SkipLink label="Langsung ke isi"/>
        <Header home_href="/" brand="Rembug" city="Kota Batu">
            <a href="/akun">{right}</a>
        </Header>
    }
}

fn foot() -> impl IntoView {
    view! {
        <Footer
            label="Tautan kaki"
            links=vec![
                LinkItem::new("/rekaman", "Rekaman publik"),
                LinkItem::new("/data", "Data terbuka"),
                LinkItem::new("/aksesibilitas", "Aksesibilitas"),
                LinkItem::new("/privasi", "Privasi"),
            ]
        >
            "Pemerintah Kota Batu · Balai Kota Among Tani, Jalan Panglima Sudirman 507"
        </Footer>
    }
}

fn home() -> String {
    let hero = view! {
        <Hero
            title="Apa yang ingin Anda sampaikan kepada kota?"
            lead="Baca rencana kebijakan, beri suara, urus layanan, laporkan masalah."
            search_action="/cari"
            search_label="Cari di Rembug"
            search_placeholder="Cari atau ketik nomor lacak"
            search_button="Cari"
        />
    }
    .into_any();
    view! {
        {head("Masuk")}
        <Page width=PageWidth::Wide hero=hero>
            <SectionHead title="Sedang dibicarakan" href="/konsultasi" more="Semua (12)"/>
            <CardList>
                <Card
                    href="/konsultasi/jalur-sepeda"
                    title="Jalur sepeda dan pejalan kaki di Jalan Panglima Sudirman"
                    tag=view! { <Tag kind=TagKind::Time text="Tutup 3 hari lagi"/> }.into_any()
                    lead="Satu lajur parkir diganti trotoar dan jalur sepeda sepanjang 1,4 km."
                    meta=["1.284 suara", "312 tanggapan", "Dinas Perhubungan"].map(String::from).into()
                />
                <Card
                    href="/konsultasi/sampah"
                    title="Rancangan Perwali tentang pengelolaan sampah dari rumah"
                    tag=view! { <Tag kind=TagKind::Open text="Dibuka sampai 12 Januari"/> }.into_any()
                    lead="18 pasal. Anda dapat menanggapi tiap pasal."
                    meta=["867 suara", "540 tanggapan", "DLH"].map(String::from).into()
                />
            </CardList>
            <h2>"Urus layanan"</h2>
            <Tiles items=vec![
                TileItem::new("/layanan/akta", "Akta kelahiran", Icon::Document),
                TileItem::new("/layanan/pbb", "Pajak bumi dan bangunan", Icon::House),
                TileItem::new("/layanan/izin", "Izin usaha", Icon::Bag),
                TileItem::new("/lapor", "Laporkan masalah", Icon::Pin),
            ]/>
        </Page>
        {foot()}
    }
    .to_html()
}

fn consultation() -> String {
    let actions = || {
        view! {
            <Button kind=ButtonKind::Quiet icon_before=Icon::ArrowUp name="support" value="1">"Dukung 96"</Button>
            <Button kind=ButtonKind::Quiet icon_before=Icon::Chat href="#reply">"Balas 7"</Button>
        }
        .into_any()
    };
    let against = || view! { <Tag kind=TagKind::Against text="Menolak"/> }.into_any();
    view! {
        {head("Siti A.")}
        <Page>
            <BackLink href="/konsultasi" label="Konsultasi"/>
            <h1>"Jalur sepeda dan pejalan kaki di Jalan Panglima Sudirman"</h1>
            <Lead text="Satu lajur parkir diganti trotoar dan jalur sepeda sepanjang 1,4 km, mulai Juni 2027."/>
            <PhaseBar
                label="Tahap konsultasi"
                done_label="selesai"
                steps=Step::list(["Diumumkan", "Dibuka", "Ditutup", "Dijawab"], 1, Some("3 hari lagi".into()))
            />
            <p class="meta">
                "Dinas Perhubungan · Sisir, Ngaglik, Temas · " <a href="/naskah">"Naskah, versi 3"</a>
            </p>
            <hr/>
            <h2>"Setujukah Anda dengan rencana ini?"</h2>
            <form method="post">
                <Choices>
                    <Choice
                        kind=ChoiceKind::Agree
                        label="Setuju"
                        name="answer"
                        value="agree"
                        figure="58 %"
                        selected=true
                        selected_label="Pilihan Anda"
                    />
                    <Choice kind=ChoiceKind::Against label="Tidak setuju" name="answer" value="against" figure="31 %"/>
                    <Choice kind=ChoiceKind::Pass label="Abstain" name="answer" value="pass" figure="11 %"/>
                </Choices>
            </form>
            <ResultBar label="58 % setuju, 31 % tidak setuju, 11 % abstain" agree=745 against=398 pass=141/>
            <Notice kind=NoticeKind::Success title="Suara Anda tersimpan.">
                "Anda dapat mengubahnya sampai 27 November pukul 23.59. "
                <a href="/akun/suara">"Tanda terima"</a>
            </Notice>
            <h2>"Pasal 4. Parkir pengganti"</h2>
            <Quote>
                <p>
                    "Pemerintah kota menyediakan sedikitnya 180 tempat parkir di Alun-alun Barat sebelum lajur parkir ditutup."
                </p>
            </Quote>
            <SectionHead title="312 tanggapan" href="?urut=baru" more="Paling didukung" ruled=true/>
            <Comment
                id="c1"
                author="Bambang W."
                area="Ngaglik"
                tag=against()
                time="2 jam lalu"
                body=CommentBody::Text(
                    "Toko saya hidup dari pembeli yang parkir di depan. Kalau parkir pindah dulu baru trotoar, saya bisa setuju."
                        .into(),
                )
                actions=actions()
                replies=view! {
                    <Comment
                        id="c2"
                        author="Rini S."
                        area="Sisir"
                        time="1 jam lalu"
                        body=CommentBody::Text("Alun-alun Barat 150 meter dari toko Anda.".into())
                        actions=actions()
                    />
                }
                    .into_any()
            />
            <OfficialAnswer title="Jawaban Dinas Perhubungan">
                <p>"Pasal 4 diubah di versi 3: lajur ditutup hanya setelah parkir pengganti dibuka."</p>
            </OfficialAnswer>
            <TextArea id="comment" label="Tanggapan Anda" hint="Paling banyak 2.000 huruf. Nama Anda terlihat."/>
            <Button>"Kirim"</Button>
        </Page>
        {foot()}
    }
    .to_html()
}

fn form() -> String {
    let mistake = "NIK ibu memuat 15 angka, seharusnya 16";
    view! {
        <FormHeader
            back_href="/layanan/akta/3"
            back_label="Kembali"
            title="Akta kelahiran · 4 dari 9"
            progress_label="Halaman 4 dari 9"
            value=4
            max=9
        />
        <Page>
            <Notice kind=NoticeKind::Offline title="Tanpa jaringan.">
                "Isian disimpan di ponsel ini dan dikirim sendiri nanti."
            </Notice>
            <ErrorSummary title="Ada satu hal yang perlu diperbaiki" errors=vec![ErrorItem::new("nik", mistake)]/>
            <h1>"Siapa ibu dari anak ini?"</h1>
            <Form action="/layanan/akta/4">
                <TextInput id="name" label="Nama lengkap" hint="Seperti di KTP" value="Siti Aminah"/>
                <TextInput
                    id="nik"
                    label="NIK ibu"
                    hint="16 angka, di bawah tulisan NIK pada KTP"
                    error=mistake
                    error_prefix="Kesalahan:"
                    value="3579 0141 0795 000"
                    inputmode="numeric"
                />
                <Radios
                    id="nation"
                    legend="Kewarganegaraan"
                    items=vec![Choosable::new("id", "Indonesia"), Choosable::new("other", "Negara lain")]
                    value="id"
                />
                <Button>"Lanjut"</Button>
                <p class="meta">"Tersimpan 12 detik lalu · " <a href="/akun">"Lanjutkan nanti"</a></p>
            </Form>
        </Page>
    }
    .to_html()
}

fn groups() -> String {
    view! {
        {head("Masuk")}
        <Page>
            <h1>"Di mana warga sepakat"</h1>
            <p class="lead">
                "1.921 orang menilai 197 pernyataan. Ada dua kelompok pendapat. " <a href="/cara">"Cara menghitung"</a>
            </p>
            <Panel strong=true>
                <Tag kind=TagKind::Open text="Semua kelompok sepakat"/>
                <p class="saying">
                    "“Semua pengemudi, ojek daring maupun taksi, harus diasuransikan untuk penumpangnya.”"
                </p>
                <GroupBar group=Group::A label="Kelompok A: 93 % setuju" figure="93 %" agree=93 against=3 pass=4/>
                <GroupBar group=Group::B label="Kelompok B: 88 % setuju" figure="88 %" agree=88 against=6 pass=6/>
            </Panel>
            <Panel>
                <Tag kind=TagKind::Time text="Di sini kelompok berbeda"/>
                <p class="saying">"“Jumlah kendaraan daring perlu dibatasi seperti taksi.”"</p>
                <GroupBar group=Group::A label="Kelompok A: 71 % setuju" figure="71 %" agree=71 against=19 pass=10/>
                <GroupBar group=Group::B label="Kelompok B: 12 % setuju" figure="12 %" agree=12 against=80 pass=8/>
            </Panel>
            <Button kind=ButtonKind::Secondary>"Hitung ulang di ponsel ini"</Button>
        </Page>
    }
    .to_html()
}

fn office() -> String {
    let two = |top: &'static str, bottom: &'static str| {
        view! { {top}<p class="meta">{bottom}</p> }.into_any()
    };
    let tag = |kind, text: &'static str| view! { <Tag kind text/> }.into_any();
    view! {
        <SkipLink label="Langsung ke isi"/>
        <OfficeShell
            brand="Rembug"
            unit="Dispendukcapil"
            home_href="/kantor"
            nav_label="Bagian kantor"
            menu_label="Menu"
            items=vec![
                NavItem::new("/kantor/berkas", "Berkas", true).count("42"),
                NavItem::new("/kantor/konsultasi", "Konsultasi", false).count("3"),
                NavItem::new("/kantor/tanggapan", "Tanggapan", false).count("18"),
                NavItem::new("/kantor/formulir", "Formulir", false),
                NavItem::new("/kantor/laporan", "Laporan", false),
                NavItem::new("/kantor/statistik", "Statistik", false),
                NavItem::new("/kantor/jejak", "Jejak audit", false),
            ]
            aside=view! {
                <p class="meta">"26-K7QM-4F2X"</p>
                <h2>"Akta kelahiran, Muhammad Arif"</h2>
                <p class="meta">"Dibuka juga oleh: tidak ada · NIK ibu 3579********0001"</p>
                <Buttons>
                    <Button>"Terima"</Button>
                    <Button kind=ButtonKind::Secondary>"Minta berkas"</Button>
                    <Button kind=ButtonKind::Secondary>"Tolak"</Button>
                </Buttons>
                <Timeline items=vec![
                    TimelineItem::new("Masuk dari ponsel", "23 Nov 21.47 · dikirim sendiri setelah jaringan kembali"),
                    TimelineItem::new("2 berkas diperiksa otomatis", "23 Nov 21.47 · surat kelahiran RS, buku nikah"),
                    TimelineItem::new("Anda membuka data ibu", "hari ini 08.12 · tercatat dan terlihat oleh pemohon"),
                ]/>
            }
                .into_any()
            aside_label="Berkas terbuka"
        >
            <h1>"Berkas menunggu Anda"</h1>
            <Tabs
                label="Daftar berkas"
                items=vec![
                    TabItem::new("?daftar=saya", "Milik saya", true).count("42"),
                    TabItem::new("?daftar=lewat", "Lewat waktu", false).count("3"),
                    TabItem::new("?daftar=perlu", "Perlu berkas", false).count("9"),
                    TabItem::new("?daftar=semua", "Semua", false).count("1.284"),
                ]
            />
            <Table
                id="cases"
                caption="Berkas menunggu Anda"
                hide_caption=true
                columns=["Nomor", "Pemohon", "Layanan", "Keadaan", "Jatuh tempo"].map(Column::text).into()
                rows=vec![
                    Row::new(vec![
                        view! { <a class="ref" href="?b=1">"26-K7QM-4F2X"</a> }.into_any(),
                        two("Siti Aminah", "Pesanggrahan"),
                        "Akta kelahiran".into_any(),
                        tag(TagKind::Time, "Perlu diperiksa"),
                        "hari ini, 14.00".into_any(),
                    ])
                        .current(true),
                    Row::new(vec![
                        view! { <a class="ref" href="?b=2">"26-R2HD-88TC"</a> }.into_any(),
                        two("Hartono", "Sumberbrantas"),
                        "Pindah datang".into_any(),
                        tag(TagKind::Open, "Berkas lengkap"),
                        "26 Nov".into_any(),
                    ]),
                    Row::new(vec![
                        view! { <a class="ref" href="?b=3">"26-9XJA-1B6N"</a> }.into_any(),
                        two("Dewi Lestari", "Temas"),
                        "Perubahan KK".into_any(),
                        tag(TagKind::Neutral, "Di warga"),
                        "jeda 4 hari".into_any(),
                    ]),
                    Row::new(vec![
                        view! { <a class="ref" href="?b=4">"26-PM3V-7KQ0"</a> }.into_any(),
                        two("Agus Salim", "Punten"),
                        "Akta kelahiran".into_any(),
                        tag(TagKind::Time, "Perlu diperiksa"),
                        view! { <b class="overdue">"lewat 1 hari"</b> }.into_any(),
                    ]),
                ]
            />
        </OfficeShell>
    }
    .to_html()
}
