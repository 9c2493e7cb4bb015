"""The pages of a merge: the other record found, both seen side by side, one decision, and the way back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matxich.registry import search
from matxich.registry.models import Enterprise, Merge
from matxich.rulebook.identifiers import make_registry_id
from tests.registry.firm_world import FACTS, PERSONAL_TEXTS, full_firm, page_of, passport_of, say, told_by
from tests.registry.test_merging import merge, twin

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(db):
    return full_firm(), twin()


def find(kept):
    return f"{passport_of(kept)}gop/"


def beside(kept, merged):
    return f"{find(kept)}{make_registry_id(merged.pk)}/"


def apart(kept, merged):
    return f"{passport_of(kept)}tach/{make_registry_id(merged.pk)}/"


def text(response):
    return response.content.decode()


def form(kept, merged, **typed):
    kept.refresh_from_db()
    merged.refresh_from_db()
    versions = {"kept_version": kept.version, "merged_version": merged.version}
    return {"reason": "Cùng giấy đăng ký"} | versions | typed


@pytest.mark.django_db(transaction=True)
def test_the_other_record_is_found_by_name_code_or_id(pair, world, sign_in):
    kept, merged = pair
    far = twin(name="Bình Minh Bắc Giang", address="Phường Bắc Giang, Bắc Ninh")
    search.rebuild()
    client = sign_in(world.owner)
    assert f'href="{find(kept)}"' in text(client.get(passport_of(kept)))
    page = text(client.get(find(kept), {"q": "binh minh"}))
    assert beside(kept, merged) in page and beside(kept, kept) not in page
    assert beside(kept, far) not in page and "phụ trách địa bàn" in page
    assert beside(kept, merged) in text(client.get(find(kept), {"q": make_registry_id(merged.pk)}))
    assert beside(merged, kept) in text(client.get(find(merged), {"q": FACTS["tax_code"]}))
    nearest = "dưới đây là những kết quả gần nhất"
    assert nearest not in page
    assert nearest in text(client.get(find(kept), {"q": "binh minh khongcogi"}))
    for nothing in ("khongcogi", "", "\x00"):
        assert "Không có hồ sơ nào khác khớp." in text(client.get(find(kept), {"q": nothing}))


def test_both_side_by_side_and_what_would_be(pair, world, sign_in):
    kept, merged = pair
    say(merged, "phone", "0912 345 678")
    page = text(sign_in(world.owner).get(beside(kept, merged)))
    for shown in (FACTS["name"], "Cty Bình Minh", "Khuôn dập · đồ gá · Ê tô", "cộng cả hai", "nguồn khác nói"):
        assert shown in page
    assert "Sở Công Thương Hải Phòng" in page and "Ban quản lý khu công nghiệp" in page
    assert [secret for secret in PERSONAL_TEXTS if secret in page] == []
    assert "Hai mã số thuế hợp lệ khác nhau." not in page
    say(merged, "tax_code", "9991274614")
    assert "Hai mã số thuế hợp lệ khác nhau." in text(sign_in(world.owner).get(beside(kept, merged)))
    assert Merge.objects.count() == 0


def test_an_officer_merges_and_takes_it_back(pair, world, sign_in, client):
    kept, merged = pair
    official = sign_in(world.owner)
    done = official.post(beside(kept, merged), form(kept, merged))
    assert (done.status_code, done.headers["Location"]) == (302, passport_of(kept))
    page = text(official.get(passport_of(kept)))
    assert "Cty Bình Minh" in page and "Cùng giấy đăng ký" in page and apart(kept, merged) in page
    for reader, address in ((client, page_of), (official, passport_of)):
        moved = reader.get(address(merged))
        assert (moved.status_code, moved.headers["Location"]) == (302, address(kept))
    assert official.get(beside(kept, merged)).status_code == 302
    asked = text(official.get(apart(kept, merged)))
    assert "Cty Bình Minh" in asked and "lý do: “Cùng giấy đăng ký”." in asked
    kept.refresh_from_db()
    assert official.post(apart(kept, merged), {"kept_version": kept.version}).status_code == 422
    back = official.post(apart(kept, merged), {"reason": "Hai pháp nhân", "kept_version": kept.version})
    assert (back.status_code, back.headers["Location"]) == (302, passport_of(merged))
    assert official.get(passport_of(merged)).status_code == 200
    assert official.get(apart(kept, merged)).status_code == 404


def test_a_stale_page_keeps_the_reason_and_shows_the_new_state(pair, world, sign_in):
    kept, merged = pair
    official, sent = sign_in(world.owner), form(kept, merged)
    say(merged, "workers", "999")
    late = official.post(beside(kept, merged), sent)
    page = text(late)
    assert (late.status_code, Merge.objects.count()) == (422, 0)
    assert "Cùng giấy đăng ký" in page and "người khác cập nhật" in page and "999" in page
    merged.refresh_from_db()
    assert f'value="{merged.version}"' in page
    assert official.post(beside(kept, merged), form(kept, merged, reason=" ")).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("colleague", 200), ("ministry", 200), ("stranger", 403), ("viewer", 403), ("enterprise", 403)],
)
def test_owner_colleague_stranger(pair, world, sign_in, who, status):
    kept, merged = pair
    client = sign_in(getattr(world, who))
    assert client.get(beside(kept, merged)).status_code == status
    posted = client.post(beside(kept, merged), form(kept, merged)).status_code
    assert (posted, Merge.objects.count()) == ((302, 1) if status == 200 else (403, 0))
    if not Merge.objects.exists():
        merge(kept, merged)
    assert client.get(apart(kept, merged)).status_code == status
    assert (find(kept) in text(client.get(passport_of(kept)))) == (status == 200)


def test_numbers_of_queries_do_not_grow(pair, world, sign_in):
    kept, merged = pair
    official = sign_in(world.owner)

    def asked(path):
        official.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert official.get(path).status_code == 200
        return len(captured)

    one = asked(beside(kept, merged))
    for number in range(3):
        say(merged, "workers", str(90 + number), source=told_by(f"Nguồn {number}"))
    assert asked(beside(kept, merged)) == one <= 20
    merge(kept, merged)
    with_one = asked(passport_of(kept))
    merge(kept, twin(name="Bình Minh thứ ba"))
    assert asked(passport_of(kept)) == with_one <= 25


def test_a_merge_that_is_not_there_is_not_undone(pair, world, sign_in):
    kept, merged = pair
    official = sign_in(world.owner)
    for path in (apart(kept, merged), f"{passport_of(kept)}tach/khong/", f"{find(kept)}khong/"):
        assert official.get(path).status_code == 404
    assert Enterprise.objects.filter(merged_into__isnull=False).count() == 0
