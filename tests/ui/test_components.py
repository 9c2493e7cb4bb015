"""Includes and base pages, rendered as strictly as pages are."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from matxich.kit.display import Cell, Column, Event, Fact, Link
from tests.strict import inspect

# The frame asks who is here and whether the data are samples.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database("components are drawn from what the test gives them")]


class Sample(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trên giấy đăng ký")
    workers = forms.IntegerField(label="Lao động", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Một"), ("b", "Hai")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Đồng ý", required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


def part(name: str, **context: object) -> str:
    return render_to_string(f"mx/{name}.html", context)


def page(name: str, **context: object) -> str:
    request = RequestFactory().get("/danh-ba/")
    request.user = AnonymousUser()
    return render_to_string(name, context, request=request)


def test_a_field_ties_its_error_and_hint_to_its_control() -> None:
    html = str(Sample({"kind": "a"})["name"].as_field_group())
    assert 'class="form-control"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html and 'id="id_name_helptext"' in html
    assert "không bắt buộc" not in html


def test_controls_carry_the_class_of_their_kind() -> None:
    html = str(Sample({"kind": "a"}))
    assert html.count('class="form-check-input"') == 3
    assert 'class="form-control mx-num"' in html
    assert '<fieldset class="mx-field" id="id_kind"' in html
    assert "không bắt buộc" in html
    assert html.count('name="token"') == 1
    assert inspect(html) == []


def test_the_summary_leads_to_each_wrong_field() -> None:
    html = part("errors", form=Sample({"workers": "x"}))
    assert [f'href="#id_{name}"' in html for name in ("name", "workers", "kind", "agree")] == [True, True, True, False]
    assert part("errors", form=Sample()).strip() == ""


def test_law_and_unit_stand_beside_the_field() -> None:
    html = part("field", field=Sample()["workers"], unit="người", law="Nghị định 80/2021/NĐ-CP, Điều 5")
    assert "Lao động, người" in html and "Điều 5" in html


@pytest.mark.parametrize(
    ("level", "stale", "words", "drawn"),
    [
        (0, False, "Tự khai", 'class="o"'),
        (1, False, "Theo danh sách cơ quan", 'class="l"'),
        (2, False, "Có tài liệu", "M9.5 6h9"),
        (3, False, "Đã kiểm tra tại chỗ", "M9.5 6h14"),
        (2, True, "Có tài liệu, quá 12 tháng", "is-old"),
    ],
)
def test_the_chain_says_how_firm_a_fact_is(level: int, stale: bool, words: str, drawn: str) -> None:
    html = part("v", level=level, stale=stale)
    assert words in html and drawn in html


def test_a_bare_chain_still_speaks() -> None:
    assert '<span class="mx-sr">Có tài liệu</span>' in part("v", level=2, bare=True)


def test_text_of_users_is_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    html = "".join(
        [
            part("facts", facts=[Fact(bad, bad, source=bad, age=bad, note=bad, below=bad, url="#", action=bad)]),
            part("timeline", events=[Event(bad, bad, bad)]),
            part("crumbs", crumbs=[Link(bad, "#")]),
            part("table", caption=bad, columns=[Column(bad)], rows=[[Cell(bad), Cell(bad, bad)]]),
            part("diff", label=bad, before=bad, after=bad, why=bad),
            part("alert", title=bad, text=bad, kind="warn"),
            part("empty", title=bad, text=bad, url="#", action=bad),
            part("stat", label=bad, value=bad, comparator=bad, unit=bad, note=bad),
            part("chip", text=bad, remove_url="#"),
            part("search", action="/", label=bad, value=bad),
        ]
    )
    assert bad not in html and "&lt;script&gt;" in html


def test_a_diff_says_what_was_empty() -> None:
    assert "chưa có" in part("diff", label="Tên", before="", after="A")
    assert "bỏ trống" in part("diff", label="Tên", before="A", after="")


def test_a_meter_is_drawn_by_geometry_in_any_language() -> None:
    assert 'width="62.5"' in part("meter", percent=62.5, label="62,5%")
    assert 'aria-valuenow="63"' in part("progress", percent=62.5, title="Đang đọc")


def test_messages_take_the_shape_of_their_level() -> None:
    html = part("messages", messages=[Message(constants.SUCCESS, "a"), Message(constants.ERROR, "b")])
    assert html.count("mx-alert") == 2 and html.count("is-bad") == 1


def test_the_desk_shows_places_counts_and_who() -> None:
    nav = [Link("Việc của tôi", "/viec/", count=1212, current=True, icon="home"), Link("Nguồn", "/nguon/")]
    html = page("desk.html", nav=nav, search_url="/danh-ba/", asof="Tính đến hôm nay, bản đồ 34 tỉnh")
    assert html.count('href="/viec/"') == 3 and html.count('href="/nguon/"') == 2
    assert "1.212" in html and "bản đồ 34 tỉnh" in html
    assert inspect(html) == []


def test_the_public_page_offers_its_places_and_languages() -> None:
    html = page("public.html", public_nav=[Link("Nhà cung ứng", "/danh-ba/", current=True)])
    assert 'href="/danh-ba/" aria-current="page"' in html
    assert all(f'value="{code}"' in html for code in ("vi", "en", "ja", "ko"))
    assert inspect(html) == []


def test_the_ribbon_shows_only_on_sample_data() -> None:
    assert ("Dữ liệu mẫu" in page("public.html", demo_ribbon=True), "Dữ liệu mẫu" in page("public.html")) == (
        True,
        False,
    )


def test_official_paper_has_the_head_of_decree_30() -> None:
    html = page("paper.html", back_url="/")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in html and inspect(html) == []


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_no_context_at_all(name: str) -> None:
    html = render_to_string(name)
    assert 'href="/"' in html and inspect(html) == []


def test_a_refused_page_gives_its_reason() -> None:
    assert "ngoài địa bàn" in page("403.html", reason="Bạn ngoài địa bàn.")


def test_a_confirmation_is_a_whole_form() -> None:
    html = page("mx/confirm.html", title="Hoàn tác?", submit="Hoàn tác", back_url="/nhap/", danger=True)
    assert "csrfmiddlewaretoken" in html and "btn-danger" in html and 'href="/nhap/"' in html


def test_the_builders_page_names_every_include() -> None:
    ui = Path(__file__).resolve().parents[2] / "ui"
    page = (ui / "README.md").read_text()
    parts = {path.stem for path in (ui / "templates" / "mx").glob("*.html")} - {
        "field_label",
        "field_notes",
        "form",
        "sort",
    }
    assert sorted(name for name in parts if not re.search(rf"`[^`|]*\b{name}\b[^`|]*`", page)) == []
