"""Objects of the appraisal room for the walk over all routes: the owner's province, begun and finished work."""

from typing import Any

from tests.conftest import NOW, World


def council(world: World):  # type: ignore[no-untyped-def]
    from matxich.appraisal.models import Council
    from tests.appraisal.conftest import make_council

    return Council.objects.filter(kind="council").first() or make_council(world)


def batch(world: World):  # type: ignore[no-untyped-def]
    """Appraising, with two cases that nobody has opened."""
    from matxich.appraisal.actions import batches, cases
    from matxich.appraisal.models import Batch
    from matxich.kit.actor import system_actor
    from tests.appraisal.conftest import dossier, make_batch

    if found := Batch.objects.filter(state="appraising").first():
        return found
    made = make_batch(world, council(world))
    for number in (1, 2):
        cases.open_case(batch=made, owner=("sample", number), dossier=dossier(number), by=system_actor(), at=NOW)
    return batches.start_batch(batch=made, by=system_actor(), at=NOW, base_version=made.version)


def case(world: World):  # type: ignore[no-untyped-def]
    return batch(world).cases.first()


def ranked(world: World):  # type: ignore[no-untyped-def]
    """A staff unit's batch, concluded and ranked."""
    from matxich.appraisal.actions import ballots, batches, cases, concluding
    from matxich.appraisal.models import Batch
    from matxich.kit.actor import system_actor
    from tests.appraisal.conftest import Bench, declare_all, dossier, make_batch, make_council, sheet, vote

    if found := Batch.objects.filter(state="ranked").first():
        return found
    by = system_actor()
    made = Bench(make_council(world, kind="staff"), Batch())
    made.batch = make_batch(world, made.council)
    for number in (11, 12):
        one = cases.open_case(batch=made.batch, owner=("sample", number), dossier=dossier(number), by=by, at=NOW)
        made.cases.append(one)
    started = batches.start_batch(batch=made.batch, by=by, at=NOW, base_version=made.batch.version)
    made.cases = list(started.cases.select_related("batch__council", "batch__criteria"))
    declare_all(made)
    for each, total in zip(made.cases, (80, 50), strict=True):
        for seat in made.seats:
            if seat.votes:
                vote(each, seat, sheet(total, "pass" if total >= 65 else "fail"))
        ballots.open_ballots(case=each, by=by, at=NOW)
        concluding.conclude_case(case=each, conditions="", by=by, at=NOW)
    return batches.rank_batch(batch=started, by=by, at=NOW, base_version=started.version)


def decision(world: World):  # type: ignore[no-untyped-def]
    from matxich.accounts.queries import person
    from matxich.appraisal.actions.decisions import draft_decision
    from matxich.appraisal.models import Decision

    by = person(world.owner, NOW.date())  # type: ignore[arg-type]
    return Decision.objects.first() or draft_decision(batch=ranked(world), by=by, at=NOW)


def interest(world: World):  # type: ignore[no-untyped-def]
    from matxich.appraisal.actions.interests import declare_interest
    from matxich.appraisal.models import Interest
    from tests.appraisal.conftest import actor

    seat = council(world).members.order_by("id").first()
    return Interest.objects.first() or declare_interest(
        case=case(world), category="other", detail="x", steps_back=False, by=actor(seat.user), at=NOW
    )


def run(world: World):  # type: ignore[no-untyped-def]
    from matxich.appraisal.actions.assignment import Wanted, run_assignment
    from matxich.appraisal.models import AssignmentRun
    from matxich.kit.actor import system_actor

    return AssignmentRun.objects.first() or run_assignment(
        batch=batch(world), wanted=Wanted(needs=2, least=0, most=5), by=system_actor(), at=NOW
    )


def session(world: World):  # type: ignore[no-untyped-def]
    from datetime import timedelta

    from matxich.appraisal.actions.sessions import plan_session
    from matxich.appraisal.models import Session
    from matxich.kit.actor import system_actor

    return Session.objects.first() or plan_session(
        council=council(world), batch=batch(world), starts_at=NOW + timedelta(days=400), venue="Phòng mẫu",
        online_url="", cases=list(batch(world).cases.select_related("batch")), by=system_actor(), at=NOW,
    )  # fmt: skip


def plan(world: World):  # type: ignore[no-untyped-def]
    from matxich.appraisal.actions.plans import PlanFacts, announce_plan, save_plan
    from matxich.appraisal.models import CouncilPlan
    from matxich.kit.actor import system_actor

    if found := CouncilPlan.objects.first():
        return found
    facts = PlanFacts(duties="Thẩm định đề án", sessions=({"month": 3, "subject": "Đợt 1"},), members_expected=7)
    by = system_actor()
    saved = save_plan(council=council(world), year=2026, facts=facts, by=by, at=NOW, base_version=0)
    return announce_plan(plan=saved, by=by, at=NOW, base_version=saved.version)


def criteria(world: World):  # type: ignore[no-untyped-def]
    """A draft of the owner's agency."""
    from matxich.appraisal.actions.criteria import write_set
    from matxich.appraisal.models import CriteriaSet
    from matxich.appraisal.packaged import packaged_sets
    from matxich.kit.actor import system_actor

    data = dict(packaged_sets()["cnht-default"]) | {"version": "mẫu-1"}
    return CriteriaSet.objects.filter(state="draft").first() or write_set(
        agency=world.agency,
        data=data,
        by=system_actor(),
        at=NOW,  # type: ignore[arg-type]
    )


def key(make):  # type: ignore[no-untyped-def]
    def values(world: World) -> dict[str, Any]:
        return {"pk": make(world).pk}

    return values


PREFIXES = {
    "/ke-hoach-hoi-dong/<int:pk>/": key(plan),
    "/ho-so-cham/dot/<int:pk>/": key(batch),
    "/ho-so-cham/<int:pk>/": key(case),
    "/hoi-dong/<int:pk>/": key(council),
    "/hoi-dong/<int:pk>/ke-hoach/<int:year>/": lambda world: {"pk": plan(world).council_id, "year": 2026},
    "/hoi-dong/thanh-vien/<int:pk>/": lambda world: {"pk": council(world).members.order_by("id").first().pk},
    "/phien-hop/<int:pk>/": key(session),
    "/phien-hop/noi-dung/<int:pk>/": lambda world: {"pk": session(world).items.first().pk},
    "/tham-dinh/<int:pk>/": key(batch),
    "/tham-dinh/<int:pk>/xep-hang/": key(ranked),
    "/tham-dinh/<int:pk>/xep-hang/tai-ve/": key(ranked),
    "/tham-dinh/<int:pk>/phuong-an/": key(ranked),
    "/tham-dinh/loi-ich/<int:pk>/": key(interest),
    "/tham-dinh/phan-cong/<int:pk>/": key(run),
    "/tham-dinh/ho-so/<int:pk>/": key(case),
    "/tham-dinh/phuong-an/<int:pk>/": key(decision),
    "/tieu-chi/<int:pk>/": key(criteria),
}
