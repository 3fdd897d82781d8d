//! Administrators and the roles that they give.

use axum::http::StatusCode;

use crate::rig::Portal;

#[tokio::test]
async fn administrators_alone_see_people_and_give_roles() {
    let portal = Portal::new().await;
    for place in ["/kantor/orang", "/kantor/orang/siti"] {
        assert!(
            portal
                .get(place, "")
                .await
                .place()
                .starts_with("/akun/masuk"),
            "{place}"
        );
        for key in ["siti", "rina", "moderator"] {
            let session = portal.sign_in(key).await;
            assert_eq!(
                portal.get(place, &session).await.status,
                StatusCode::FORBIDDEN,
                "{key} at {place}"
            );
            let came = portal
                .post("/kantor/orang/siti", &session, &[("role", "administrator")])
                .await;
            assert_eq!(came.status, StatusCode::FORBIDDEN, "{key}");
        }
    }
    let admin = portal.sign_in("admin").await;
    let list = portal
        .get("/kantor/orang?cari=siti&bahasa=id", &admin)
        .await;
    assert!(
        list.text.contains("Siti Aminah") && !list.text.contains("Bambang"),
        "{}",
        list.text
    );
    for odd in [
        "?halaman=x",
        "?halaman=4294967295",
        "?cari=%00%ff&petugas=2",
        "?cari=%25_%5C%27%22",
    ] {
        let came = portal.get(&format!("/kantor/orang{odd}"), &admin).await;
        assert_eq!(came.status, StatusCode::OK, "{odd}");
    }
    let siti = portal.sign_in("siti").await;
    let fields = [
        ("role", "moderator"),
        ("offices", "dlh"),
        ("offices", "dishub"),
    ];
    let came = portal.post("/kantor/orang/siti", &admin, &fields).await;
    assert_eq!(
        came.place(),
        "/kantor/orang/siti?kabar=tersimpan",
        "{}",
        came.text
    );
    assert_eq!(
        portal.get("/akun/profil", &siti).await.status,
        StatusCode::SEE_OTHER,
        "signs in anew"
    );
    let page = portal.get("/kantor/orang/siti?bahasa=id", &admin).await;
    assert!(
        page.text.contains("Moderator; Dishub, DLH"),
        "{}",
        page.text
    );
    assert!(page.text.contains("oleh Hartono"), "{}", page.text);
    let last = portal
        .post(
            "/kantor/orang/admin?bahasa=id",
            &admin,
            &[("role", "resident")],
        )
        .await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        last.text.contains("sedikitnya satu administrator"),
        "{}",
        last.text
    );
    for bad in [
        &[("role", "raja")][..],
        &[][..],
        &[("role", "resident"), ("offices", "x")][..],
    ] {
        let came = portal.post("/kantor/orang/siti", &admin, bad).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad:?}");
    }
    assert_eq!(
        portal.get("/kantor/orang/tidak-ada", &admin).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        portal
            .post("/kantor/orang/tidak-ada", &admin, &[("role", "resident")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}
