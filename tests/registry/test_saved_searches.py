"""Saved searches: whose they are, what is new, told once, never to somebody who lost the right, nothing lost."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from matxich.accounts.models import Membership
from matxich.ledger.models import Entry
from matxich.notices.models import Notice
from matxich.registry import search
from matxich.registry.actions import saved_searches as actions
from matxich.registry.models import Enterprise, SavedSearch, SearchChange
from matxich.registry.queries.saved_searches import rows_of_saved
from matxich.registry.states import Cadence
from matxich.rulebook.identifiers import make_registry_id
from tests.conftest import NOW
from tests.registry.search_world import firm

pytestmark = pytest.mark.django_db
SATURDAY, MONDAY = (datetime(2026, 11, day, 0, 0, tzinfo=UTC) for day in (21, 23))
MINE = "/tim-da-luu/"


def heard(*names, **fields):
    made = [firm(name, **fields) for name in names]
    search.rebuild()
    return made


def save(person, name="Đúc", question="q=duc", *, public=False, cadence=Cadence.DAILY):
    return actions.save_search(by=person, at=NOW, name=name, question=question, public=public, cadence=cadence)


def letters():
    return list(Notice.objects.filter(kind="mail").order_by("id"))


@pytest.fixture
def owner(world, as_actor):
    heard("Đúc Một", "Đúc Hai")
    return as_actor(world.owner)


def test_new_firms_are_told_once_with_number_and_link(owner, world):
    saved = save(owner)
    assert (saved.due_at, len(saved.known)) == (SATURDAY, 2)
    heard("Đúc Ba", "Cơ khí Khác")
    assert actions.look_for_new(at=SATURDAY - timedelta(seconds=1)) == 0
    assert actions.look_for_new(at=SATURDAY) == 1
    (mail,) = letters()
    message = Notice.objects.get(kind="inapp")
    assert (mail.to, mail.subject, message.subject) == (world.owner.email, *["1 doanh nghiệp mới khớp “Đúc”"] * 2)
    assert message.link == f"{MINE}{saved.pk}/"
    assert f"{settings.BASE_URL}{message.link}" in mail.body
    assert "Đúc Ba" not in mail.body
    assert actions.look_for_new(at=SATURDAY) == 0
    assert actions.look_for_new(at=SATURDAY + timedelta(days=1)) == 0
    assert len(letters()) == 1


def test_a_firm_that_comes_to_match_is_new_and_one_that_returns_is_not(owner):
    saved = save(owner)
    known, other = Enterprise.objects.get(name="Đúc Hai"), *heard("Cơ khí Ba")
    for one, name in ((known, "Rèn Hai"), (other, "Đúc Ba")):
        Enterprise.objects.filter(pk=one.pk).update(name=name)
        SearchChange.objects.create(enterprise=one)
    search.rebuild()
    actions.look_for_new(at=SATURDAY)
    saved.refresh_from_db()
    assert saved.fresh == [other.pk]
    Enterprise.objects.filter(pk=known.pk).update(name="Đúc Hai")
    SearchChange.objects.create(enterprise=known)
    search.rebuild()
    assert actions.look_for_new(at=SATURDAY + timedelta(days=1)) == 0


def test_weekly_is_on_monday_morning(owner):
    assert save(owner, cadence=Cadence.WEEKLY).due_at == MONDAY
    assert actions.next_look(Cadence.WEEKLY, MONDAY) == MONDAY + timedelta(days=7)


def test_who_lost_the_register_is_told_nothing_and_sees_nothing(owner, world, as_actor, sign_in):
    saved = save(owner)
    heard("Đúc Ba")
    held = Membership.objects.filter(user=world.owner)
    held.update(valid_to=NOW.date())
    assert actions.look_for_new(at=SATURDAY) == 0
    assert Notice.objects.count() == 0
    client = sign_in(world.owner)
    assert client.get(f"{MINE}{saved.pk}/").status_code == 403
    page = client.get(MINE).content.decode()
    assert "Tạm dừng:" in page
    assert "/doanh-nghiep/?q=duc" not in page
    # With the right back, what came meanwhile is told.
    held.update(valid_to=None)
    assert actions.look_for_new(at=SATURDAY + timedelta(days=1)) == 1


def test_a_stopped_account_is_told_nothing(owner, world):
    save(owner)
    heard("Đúc Ba")
    world.owner.is_active = False
    world.owner.save()
    assert (actions.look_for_new(at=SATURDAY), Notice.objects.count()) == (0, 0)


def test_without_an_index_nothing_is_lost(owner):
    save(owner)
    heard("Đúc Ba")
    search.reset()
    assert actions.look_for_new(at=SATURDAY) == 0
    assert SavedSearch.objects.get().due_at == SATURDAY
    search.rebuild()
    assert actions.look_for_new(at=SATURDAY + timedelta(minutes=5)) == 1


def test_saved_without_an_index_the_first_look_only_looks(owner):
    search.reset()
    assert save(owner).known is None
    search.rebuild()
    assert actions.look_for_new(at=SATURDAY) == 0
    heard("Đúc Ba")
    assert actions.look_for_new(at=SATURDAY + timedelta(days=1)) == 1


def test_a_filter_nobody_understands_any_more_opens_nothing(owner):
    saved = save(owner, question="zone=KCN+Khong+Co")
    heard("Đúc Ba")
    assert actions.look_for_new(at=SATURDAY) == 0
    saved.refresh_from_db()
    assert (saved.trouble, Notice.objects.count()) == ("unreadable", 0)


def test_too_broad_to_watch(owner, monkeypatch):
    monkeypatch.setattr("matxich.registry.queries.saved_searches.DEEPEST", 1)
    with pytest.raises(actions.TooBroad):
        save(owner)
    assert save(owner, cadence=Cadence.NEVER).due_at is None


def test_two_workers_tell_once(owner, monkeypatch):
    saved = save(owner)
    heard("Đúc Ba")
    first = SavedSearch.objects.select_related("user").get(pk=saved.pk)
    assert actions.look_for_new(at=SATURDAY) == 1
    assert actions._look(first, SATURDAY) is False
    assert len(letters()) == 1


def test_what_may_not_be_saved(owner, as_actor, world, monkeypatch):
    save(owner)
    for name, question, refusal in (
        ("Khác", "q=duc", actions.SavedAlready),
        ("Đúc", "q=ren", actions.SavedAlready),
        ("Dài", "q=" + "x" * 4_001, actions.QuestionTooLong),
    ):
        with pytest.raises(refusal):
            save(owner, name, question)
    monkeypatch.setattr(actions, "MOST", 1)
    with pytest.raises(actions.TooManySaved):
        save(owner, "Hai", "q=hai")
    with pytest.raises(actions.Refusal):
        save(as_actor(world.enterprise), "Lén", "q=len", public=False)


def test_saving_from_the_list(owner, world, sign_in, client):
    assert client.get("/nha-cung-ung/luu/?q=duc").status_code == 302
    assert sign_in(world.enterprise).get("/doanh-nghiep/luu/?q=duc").status_code == 403
    firm_side = sign_in(world.enterprise)
    address = "/nha-cung-ung/luu/?q=duc&sort=name&page=2&view=map&khac=1"
    assert "Hiện có 2 doanh nghiệp khớp" in firm_side.get(address).content.decode()
    assert firm_side.post(address, {"name": " Đúc  ở đây ", "cadence": "weekly"}).status_code == 302
    saved = SavedSearch.objects.get()
    assert (saved.name, saved.question, saved.public, saved.user) == (
        "Đúc ở đây",
        "q=duc&sort=name",
        True,
        world.enterprise,
    )
    again = firm_side.post(address, {"name": "Khác", "cadence": "never"})
    assert again.status_code == 422
    assert "Câu hỏi này đã lưu với tên “Đúc ở đây”" in again.content.decode()
    assert "/nha-cung-ung/?q=duc&amp;sort=name" in firm_side.get(MINE).content.decode()


def test_owner_colleague_stranger(owner, world, sign_in):
    saved = save(owner)
    for page in ("", "sua/", "xoa/"):
        for who, status in ((world.owner, 200), (world.colleague, 403), (world.stranger, 403)):
            assert sign_in(who).get(f"{MINE}{saved.pk}/{page}").status_code == status
    assert "“duc”" not in sign_in(world.colleague).get(MINE).content.decode()
    assert sign_in(world.colleague).post(f"{MINE}{saved.pk}/xoa/").status_code == 403
    assert SavedSearch.objects.count() == 1


def test_renamed_stopped_and_forgotten(owner, world, sign_in):
    saved, client = save(owner), sign_in(world.owner)
    assert client.post(f"{MINE}{saved.pk}/sua/", {"name": "Lò đúc", "cadence": "never"}).status_code == 302
    saved.refresh_from_db()
    assert (saved.name, saved.due_at) == ("Lò đúc", None)
    assert client.post(f"{MINE}{saved.pk}/sua/", {"name": "", "cadence": "daily"}).status_code == 422
    assert client.post(f"{MINE}{saved.pk}/xoa/").status_code == 302
    assert SavedSearch.objects.count() == 0
    said = list(Entry.objects.filter(object_kind="saved_search").order_by("id").values_list("action", flat=True))
    assert said == ["saved_search.save", "saved_search.change", "saved_search.forget"]
    assert "Lò đúc" not in "".join(str(entry.personal) for entry in Entry.objects.all())


def test_what_was_new_is_shown(owner, world, sign_in):
    saved = save(owner)
    made = heard("Đúc Ba")
    actions.look_for_new(at=SATURDAY)
    page = sign_in(world.owner).get(f"{MINE}{saved.pk}/").content.decode()
    assert make_registry_id(made[0].pk) in page
    assert "Đúc Một" not in page
    assert "1 doanh nghiệp mới khớp, báo ngày 21/11/2026" in page


def test_one_click_stops_the_letters_without_signing_in(owner, client):
    saved = save(owner)
    heard("Đúc Ba")
    actions.look_for_new(at=SATURDAY)
    link = urlsplit(letters()[0].body.rsplit(" ", 1)[1]).path
    assert "Thôi nhận tin của “Đúc”?" in client.get(link).content.decode()
    assert SavedSearch.objects.get().cadence == "daily"
    for _ in range(2):
        assert "Đã thôi báo tin" in client.post(link).content.decode()
    saved.refresh_from_db()
    assert (saved.cadence, saved.due_at) == ("never", None)
    assert Entry.objects.filter(action="saved_search.stop").count() == 1
    assert client.get(link[:-2] + "xx/").status_code == 404


def test_letters_speak_the_language_of_the_reader(owner, world):
    world.owner.language = "en"
    world.owner.save()
    save(owner)
    heard("Đúc Ba")
    actions.look_for_new(at=SATURDAY)
    assert letters()[0].subject == "1 new enterprise matches “Đúc”"


def test_an_erased_person_leaves_no_question_behind(owner, world):
    from matxich.accounts.personal_data.signals import personal_data_erasure

    save(owner)
    personal_data_erasure.send(sender=None, subject=f"user:{world.owner.pk}", by=owner, at=NOW)
    assert SavedSearch.objects.count() == 0


def test_the_list_is_not_slower_with_more(owner, django_assert_num_queries):
    for number in range(3):
        save(owner, f"Số {number}", f"q=so+{number}")
    with django_assert_num_queries(1):
        assert len(rows_of_saved(owner)) == 3


def test_a_day_is_kept_and_shown(owner, sign_in, world):
    client = sign_in(world.owner)
    page = client.get("/doanh-nghiep/luu/?q=duc&on=31/12/2027").content.decode()
    assert "Chứng chỉ còn hiệu lực vào 31/12/2027" in page
    client.post("/doanh-nghiep/luu/?q=duc&on=31/12/2027", {"name": "Còn hạn", "cadence": "never"})
    assert SavedSearch.objects.get().question == "q=duc&on=2027-12-31"
    assert "Chứng chỉ còn hiệu lực vào 31/12/2027" in client.get(MINE).content.decode()
