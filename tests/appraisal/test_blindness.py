"""Before opening, for everybody: no names on ballots, no scores and no counts, on any page, file, notice or history.

A crawler opens every page of the room as every person there is, follows every link of it, and looks for what ballots
hold. For somebody with an interest it also looks for anything of the case at all.
"""

import re

import pytest
from django.urls import get_resolver

from matxich.accounts.states import Role
from matxich.appraisal.actions import ballots, interests, sessions
from matxich.appraisal.models import Ballot, Case
from matxich.ledger.models import Entry
from matxich.ledger.queries import visible_to
from matxich.notices.models import Notice
from tests.appraisal.conftest import actor, dossier, new_user, sheet, vote
from tests.appraisal.test_flow import LATER
from tests.conftest import NOW
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db

SECRET = "KIN-MIT-MAT"
PLACES = ("/ho-so-cham/", "/hoi-dong/", "/phien-hop/", "/tham-dinh/", "/tieu-chi/", "/ke-hoach-hoi-dong/", "/nhat-ky/",
          "/thong-bao/", "/viec-cua-toi/")  # fmt: skip
FOLLOWED = PLACES[:6]
"""History is asked whole, below; its pages of single entries are many and all alike."""
LINKS = re.compile(r'href="(/[^"#]*)"')


@pytest.fixture
def sealed(bench, world):
    """Two cases in an open session; four of six ballots of the first are in. Titles and scores are unmistakable."""
    made = bench(dossiers=[dossier(1, title="HOSO-THU-NHAT"), dossier(2, title="HOSO-THU-HAI")])
    seats, by = made.seats, actor(made.seats[6].user)
    case = made.cases[0]
    for index, seat in enumerate(seats[:4]):
        told = sheet(70 + index) | {"points-need": "13,5", "opinion-need": f"{SECRET}-{index}", "comment": SECRET}
        vote(case, seat, told)
    ballots.save_ballot(case=case, told={"comment": SECRET}, by=actor(seats[4].user), at=NOW, base_version=0)
    session = sessions.plan_session(
        council=made.council, batch=made.batch, starts_at=LATER, venue="P", online_url="", cases=made.cases, by=by,
        at=NOW,
    )  # fmt: skip
    session = sessions.convene(session=session, by=by, at=NOW, base_version=session.version)
    for seat in seats:
        sessions.arrive(session=session, member=seat, by=by, at=LATER)
    session = sessions.open_session(session=session, by=by, at=LATER, base_version=session.version)
    item = session.items.order_by("order").first()
    sessions.move_item(item=item, event="present", by=by, at=LATER)
    sessions.move_item(item=item, event="vote", by=by, at=LATER)
    made.leader = new_user("lanh-dao@matxich.test", "Lãnh Đạo", world.agency, Role.LEADER)
    return made


def crawl(user, own: tuple[str, ...] = ()) -> dict[str, str]:
    """Every page of the room that the person can open, by address; files too."""
    client = StrictClient()
    client.force_login(user)
    waiting = [*PLACES, *own]
    for pattern in ("case", "ballot"):
        waiting += [
            f"/ho-so-cham/{pk}/{'phieu/' if pattern == 'ballot' else ''}"
            for pk in Case.objects.values_list("pk", flat=True)
        ]
    seen: dict[str, str] = {}
    while waiting and len(seen) < 250:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        body = (
            answer.content.decode(errors="ignore") if not answer.streaming else b"".join(answer).decode(errors="ignore")
        )
        seen[address] = body if answer.status_code < 400 else ""
        for link in LINKS.findall(seen[address]):
            path = link.replace("&amp;", "&")
            if path.startswith(FOLLOWED) and path not in seen:
                waiting.append(path)
    return seen


def opened(user, address: str) -> str:
    """One page as the person sees it; nothing when it is refused."""
    client = StrictClient()
    client.force_login(user)
    answer = client.get(address)
    return answer.content.decode() if answer.status_code < 400 else ""


def everybody(sealed, world):
    people = {**world.people, "leader": sealed.leader}
    people |= {f"seat {index} {seat.role}": seat.user for index, seat in enumerate(sealed.seats)}
    return people


def test_nobody_reads_a_sealed_ballot_anywhere(sealed, world):
    own = {f"seat {index} {seat.role}" for index, seat in enumerate(sealed.seats[:5])}
    for name, user in everybody(sealed, world).items():
        pages = crawl(user)
        leaks = [address for address, body in pages.items() if SECRET in body]
        ballot_pages = [f"/ho-so-cham/{sealed.cases[0].pk}/phieu/"]
        assert [each for each in leaks if name not in own or each not in ballot_pages] == [], name


def test_no_page_tells_how_many_ballots_are_in(sealed, world):
    """The same pages with none, some and all ballots in: not a letter differs but for whose ballot it is."""
    case = sealed.cases[0]
    people = {name: user for name, user in everybody(sealed, world).items() if "seat" not in name}
    people |= {"a member without a ballot": sealed.seats[5].user, "secretary": sealed.seats[6].user}
    some = {name: cleaned(crawl(user)) for name, user in people.items()}
    Ballot.objects.filter(case=case, state="submitted").update(state="draft", submitted_at=None, seal="")
    none = {name: cleaned(crawl(user)) for name, user in people.items()}
    for name in people:
        assert some[name].keys() == none[name].keys(), name
        for address in some[name]:
            assert some[name][address] == none[name][address], (name, address)


def test_history_and_notices_keep_the_secret(sealed, world):
    """Four ballots were handed in: nobody reads so in the history, but for the one who did."""
    assert Entry.objects.filter(action="ballot.submit").count() == 4
    for name, user in everybody(sealed, world).items():
        seen = visible_to(actor(user)).filter(object_kind="ballot")
        assert set(seen.values_list("actor_id", flat=True)) <= {f"user:{user.pk}"}, name
    assert visible_to(actor(world.owner)).filter(action="case.open").count() == 2
    assert not Notice.objects.filter(subject__contains="phiếu").exists()
    assert not Notice.objects.filter(subject__contains="HOSO-THU-NHAT").exists()


def test_only_the_secretary_knows_who_is_missing_and_only_if_the_rule_allows(sealed, world):
    case, secretary = sealed.cases[0], sealed.seats[6]
    missing = sealed.seats[5].user.name
    page = f"/ho-so-cham/{case.pk}/"
    assert "chưa nộp" not in opened(secretary.user, page)
    sealed.council.counts_shown = True
    sealed.council.save()
    body = opened(secretary.user, page)
    assert "Còn 2 người chưa nộp" in body and missing in body and SECRET not in body
    for name, user in everybody(sealed, world).items():
        if "secretary" not in name:
            assert "chưa nộp" not in opened(user, page), name
    interests.declare_interest(
        case=case, category="other", detail="x", steps_back=False, by=actor(secretary.user), at=NOW
    )
    assert opened(secretary.user, page) == ""


def test_an_interest_hides_the_case_everywhere(sealed, world):
    """Pages, lists, the session room, history, notices: only the declaration itself still says which case it was."""
    case, seat = sealed.cases[0], sealed.seats[5]
    interests.declare_interest(
        case=case, category="contract", detail="hợp đồng cũ", steps_back=False, by=actor(seat.user), at=NOW
    )
    pages = crawl(seat.user)
    assert pages[f"/ho-so-cham/{case.pk}/"] == "" and pages[f"/ho-so-cham/{case.pk}/phieu/"] == ""
    assert [address for address, body in pages.items() if "HOSO-THU-NHAT" in body] == []
    assert any("HOSO-THU-HAI" in body for body in pages.values())


def test_after_opening_those_who_may_see_everything(sealed, world):
    case, by = sealed.cases[0], actor(sealed.seats[6].user)
    item = case.items.get()
    sessions.move_item(item=item, event="open", by=by, at=LATER, reason="hai người ốm")
    page = f"/ho-so-cham/{case.pk}/"
    assert SECRET in opened(world.owner, page)
    assert SECRET in opened(sealed.seats[5].user, page)
    for stranger in (world.stranger, world.administrator, world.enterprise, world.viewer):
        assert opened(stranger, page) == ""


def test_every_page_of_the_room_is_crawled():
    """A new place of the room has to be added to PLACES."""
    rooms = [each for each in get_resolver().url_patterns if getattr(each, "app_name", "") == "appraisal"]
    routes = [f"/{pattern.pattern}" for room in rooms for pattern in room.url_patterns]
    assert routes and [route for route in routes if not route.startswith(PLACES)] == []


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|\d\d:\d\d \d\d/\d\d/\d{4}')


def cleaned(pages: dict[str, str]) -> dict[str, str]:
    return {address: TOKEN.sub("", body) for address, body in pages.items()}
