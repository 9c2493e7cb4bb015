"""The theme is drawn by the server and changed by a form that leads back."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.any_database("the theme lives in a cookie")]


@pytest.mark.parametrize(("cookie", "dark"), [("dark", True), ("light", False), ("<script>", False), ("", False)])
def test_the_cookie_decides_before_anything_is_sent(client: Client, cookie: str, dark: bool) -> None:
    client.cookies["theme"] = cookie
    html = client.get("/thanh-phan/").content.decode()
    assert ('<html lang="vi" data-bs-theme="dark">' in html) is dark


@pytest.mark.parametrize(
    ("back", "goes_to"),
    [("/danh-ba/?q=a", "/danh-ba/?q=a"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/"), ("", "/")],
)
def test_choosing_leads_back_to_this_site_only(client: Client, back: str, goes_to: str) -> None:
    answer = client.post("/giao-dien/", {"theme": "dark", "next": back})
    assert (answer.status_code, answer["Location"], answer.cookies["theme"].value) == (302, goes_to, "dark")


def test_an_unknown_theme_changes_nothing(client: Client) -> None:
    assert "theme" not in client.post("/giao-dien/", {"theme": "neon", "next": "/"}).cookies


def test_a_link_cannot_change_the_theme(client: Client) -> None:
    assert client.get("/giao-dien/").status_code == 405
