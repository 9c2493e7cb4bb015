"""Pages of rounds, firms, people and courses: who may open them, what they say, what they refuse."""

import pytest
from django.urls import reverse

from matxich.accounts.models import Agency, Membership, User
from matxich.coaching.models import Participant, Person, WeeklyLog
from matxich.coaching.urls import urlpatterns
from tests.coaching.world import a_cohort, open_token
from tests.conftest import NOW
from tests.samples import sample_for

OWN = [each for each in urlpatterns if not each.name.startswith("follow_up")]


def address(pattern, world):
    return reverse(f"coaching:{pattern.name}", kwargs=sample_for(f"/{pattern.pattern}")(world))


@pytest.mark.parametrize("pattern", OWN, ids=lambda pattern: pattern.name)
def test_the_owner_opens_every_page_and_a_stranger_no_page_of_a_firm(pattern, made, world, sign_in):
    where = address(pattern, world)
    methods = pattern.callback.access.methods
    if "GET" not in methods:
        assert sign_in(world.owner).get(where).status_code == 405
        return
    answer = sign_in(world.owner).get(where)
    expected = {"cancel": 403, "select": 403, "promote": 403, "decline": 403, "schedule": 403, "verify": 403,
                "return_measurement": 403, "rate": 403, "reading_evidence": 404}  # fmt: skip
    assert answer.status_code == expected.get(pattern.name, 200), where
    if "doanh-nghiep" in where:
        assert sign_in(world.stranger).get(where).status_code == 403


def test_a_stranger_sees_the_round_without_its_firms(made, world, sign_in):
    page = sign_in(world.stranger).get(reverse("coaching:cohort", args=[made.cohort.pk])).content.decode()
    assert "Cơ khí Một" not in page
    assert "Cơ khí Một" in sign_in(world.owner).get(reverse("coaching:cohort", args=[made.cohort.pk])).content.decode()
    assert (
        "Cơ khí Một" in sign_in(world.ministry).get(reverse("coaching:cohort", args=[made.cohort.pk])).content.decode()
    )


def _account(email, role, kind):
    agency = Agency.objects.create(kind=kind, name=f"Đơn vị {email}", place="")
    user = User.objects.create(email=email, name=email, created_at=NOW, is_demo=True)
    Membership.objects.create(user=user, agency=agency, role=role, scope="", valid_from=NOW.date())
    return user, agency


def test_a_sponsor_sees_its_own_rounds_alone(made, sign_in):
    sponsor, agency = _account("taitro@matxich.test", "sponsor", "partner")
    client = sign_in(sponsor)
    assert client.get(reverse("coaching:cohort", args=[made.cohort.pk])).status_code == 403
    party = made.agreement.parties.get(role="lead_firm")
    party.agency = agency
    party.save()
    made.cohort.sponsor = party
    made.cohort.save()
    assert client.get(reverse("coaching:cohort", args=[made.cohort.pk])).status_code == 200
    assert client.get(reverse("coaching:participant", args=[made.running.pk])).status_code == 200
    assert client.get(reverse("coaching:edit", args=[made.cohort.pk])).status_code == 403


def test_an_expert_sees_its_own_firms_in_three_languages(made, sign_in):
    user, _agency = _account("chuyengia@matxich.test", "expert", "association")
    client = sign_in(user)
    assert "Tài khoản chưa gắn" in client.get(reverse("coaching:schedule")).content.decode()
    Person.objects.filter(pk=made.expert.pk).update(user=user)
    page = client.get(reverse("coaching:schedule")).content.decode()
    assert "Cơ khí Một" in page
    assert "Đúc Hai" not in page
    assert client.get(reverse("coaching:participant", args=[made.running.pk])).status_code == 200
    assert client.get(reverse("coaching:participant", args=[made.closed.pk])).status_code == 403
    user.language = "ko"
    user.save()
    assert "내 일정" in client.get(reverse("coaching:schedule"), headers={"accept-language": "ko"}).content.decode()


def test_a_week_logged_twice_is_settled_on_its_page(made, world, sign_in):
    client = sign_in(world.owner)
    where = reverse("coaching:settle_log", args=[made.conflict.pk])
    page = client.get(where).content.decode()
    assert "Vẽ dòng chảy" in page
    assert "Đo chuyển đổi" in page
    assert client.post(where, {"choice": "merge"}).status_code == 302
    used = WeeklyLog.objects.get(participant=made.running, week=1, state="kept")
    assert used.answers == {"week.done": "Vẽ dòng chảy\nĐo chuyển đổi"}
    assert WeeklyLog.objects.filter(participant=made.running, week=1).count() == 3


def test_a_firm_answers_by_a_link_once(made, client):
    where = reverse("coaching:follow_up_by_link", args=[open_token(made)])
    page = client.get(where)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.post(where, {"base_version": 0}).status_code == 422
    told = {"base_version": 0, "market__new_sales": "1,2 tỷ", "firm__recommend": "9"}
    assert "Đã nhận câu trả lời" in client.post(where, told).content.decode()
    follow_up = made.closed.follow_ups.get(moment="m6")
    assert follow_up.answers == {"market.new_sales": 1_200_000_000, "firm.recommend": 9}
    assert client.get(where).status_code == 410
    assert client.get(reverse("coaching:follow_up_by_link", args=["khac"])).status_code == 404


def test_the_evidence_goes_to_word_and_pdf(made, world, sign_in):
    client = sign_in(world.owner)
    page = client.get(reverse("coaching:evidence", args=[made.closed.pk])).content.decode()
    assert "2 trên 2 chỉ số tốt lên" in page
    assert "tốt lên 13,0 điểm phần trăm" in page
    where = reverse("coaching:evidence_file", args=[made.closed.pk])
    assert b"".join(client.get(where, {"dang": "docx"}).streaming_content)[:2] == b"PK"
    assert b"".join(client.get(where, {"dang": "pdf"}).streaming_content)[:4] == b"%PDF"


def test_a_sheet_with_a_gap_says_which_question(made, world, sign_in):
    client = sign_in(world.owner)
    where = reverse("coaching:audit", args=[made.running.pk]) + "?phieu=audit_5s3d"
    answer = client.post(where, {"on": "2026-11-01", "moment": "base", "five__sort": "3"})
    assert answer.status_code == 422
    assert "Chưa trả lời: Sắp xếp" in answer.content.decode()


def test_the_board_asks_the_same_whatever_it_holds(made, world, sign_in, django_assert_max_num_queries):
    client = sign_in(world.ministry)
    client.get(reverse("coaching:cohorts"))
    with django_assert_max_num_queries(30):
        client.get(reverse("coaching:cohort", args=[made.cohort.pk]))


def test_a_refused_move_keeps_the_page(made, world, sign_in):
    firm = Participant.objects.get(pk=made.running.pk)
    answer = sign_in(world.owner).post(reverse("coaching:begin", args=[firm.pk]), {"base_version": firm.version})
    assert answer.status_code == 409
    assert a_cohort(world).running.state == "running"
