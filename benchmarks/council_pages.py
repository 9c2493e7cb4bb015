"""Pages of councils at size: python -m benchmarks.council_pages [--cases N].

In the home MATXICH_HOME names: an invented council of seven, two batches, of fifty cases and of N, every ballot opened
and every case concluded; then what ranking, calibration and allocation of the batch take, and the list of cases, the
ranking and a member's own list, each asked for as the browser does. A page may not ask more of the database for N
cases than for fifty (limits: 15 queries a list, 20 the ranking, 120 kB a page).
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import django

SEED, FEW, AT_ONCE, ROUNDS = 5, 50, 1_000, 5
LIST_QUERIES, RANKING_QUERIES, HEAVIEST = 15, 20, 120_000
MOST = {"need": 20, "method": 30, "capacity": 20, "costs": 15, "effect": 15}
ROLES = ("chair", "vice", "reviewer", "reviewer", "finance", "member", "member")
MILLION = 10**6


def judged(batch: Any, seats: Sequence[Any], count: int, *, first: int = 1, seed: int = SEED) -> None:
    """So many concluded cases of the batch with a ballot of every seat, as the actions leave them, in a few writes."""
    from matxich.appraisal.criteria import criteria_of
    from matxich.appraisal.models import Ballot, Case, Outcome
    from matxich.appraisal.queries.results import sheets_of
    from matxich.rulebook.appraisal.decision import decide
    from matxich.rulebook.law.truth import Truth

    chance, criteria, at = Random(seed), criteria_of(batch), batch.created_at
    severity = [chance.uniform(-5, 5) for _seat in seats]
    for start in range(first, first + count, AT_ONCE):
        cases = Case.objects.bulk_create(
            Case(
                batch=batch, owner_kind="bench", owner_id=batch.pk * 10**6 + n, reference=f"BM-{n:05d}",
                title=f"Đề án mẫu {n}", organisation=f"Công ty Mẫu {n}", asked=chance.randint(20, 120) * 5 * MILLION,
                dossier_sha256=f"{n:064x}", province="31", sector="co_khi", sme=bool(n % 4), state="concluded",
                submitted_at=at + timedelta(minutes=n), opened_by="os:bench", opened_at=at,
            )
            for n in range(start, min(start + AT_ONCE, first + count))
        )  # fmt: skip
        ballots, outcomes = [], []
        for case in cases:
            quality = chance.uniform(45, 95)
            own = [
                Ballot(
                    case=case, member=seat, values=_values(quality - severe + chance.uniform(-3, 3)),
                    verdict="pass" if quality - severe >= 65 else "fail", comment="mẫu", state="opened",
                    seal="0" * 64, nonce="0", saved_at=at, submitted_at=at,
                )
                for seat, severe in zip(seats, severity, strict=True)
            ]  # fmt: skip
            result = decide(criteria, sheets_of(own), entitled=len(own))
            ballots += own
            outcomes.append(
                Outcome(
                    case=case, result=result.document(), recommended=result.recommended.verdict,
                    amount=case.asked if result.recommended == Truth.YES else 0, rules_version=result.version,
                    by="os:bench", at=at,
                )
            )  # fmt: skip
        Ballot.objects.bulk_create(ballots, batch_size=AT_ONCE)
        Outcome.objects.bulk_create(outcomes)


def _values(good: float) -> dict[str, Any]:
    return {"points": {code: str(min(top, max(0, round(top * good / 100)))) for code, top in MOST.items()}}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=5_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import transaction

    from matxich.appraisal.actions.ranking import work_out
    from matxich.kit.actor import system_actor

    with transaction.atomic():
        official, member, batches = fill(asked.cases)
    failed: list[str] = []
    costs: list[dict[str, int]] = []
    for batch in batches:
        began, spent = time.perf_counter(), time.process_time()
        with transaction.atomic():
            run = work_out(batch, [], system_actor(), batch.created_at + timedelta(days=1))
        wall, processor = time.perf_counter() - began, time.process_time() - spent
        cases = len(run.problem["ranks"])
        print(f"{cases} cases: ranked, calibrated and allocated in {wall:.1f} s wall, {processor:.1f} s processor")
        costs.append(pages(batch, official, member, cases, failed))
    failed += [f"{page} grows" for page, few in costs[0].items() if costs[1][page] != few]
    print("over the limit: " + ", ".join(failed) if failed else "all within the limits")
    return 1 if failed else 0


def pages(batch: Any, official: Any, member: Any, cases: int, failed: list[str]) -> dict[str, int]:
    """Queries of each page; what is over a limit is added to `failed`."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    asked = (
        ("list", official, f"/tham-dinh/{batch.pk}/", LIST_QUERIES),
        ("ranking", official, f"/tham-dinh/{batch.pk}/xep-hang/", RANKING_QUERIES),
        ("own list", member, "/ho-so-cham/", LIST_QUERIES),
    )
    found = {}
    for name, user, address, most in asked:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            page = client.get(address)
        queries = len(seen)  # the next request empties the log
        if page.status_code != 200:
            raise SystemExit(f"{address} answers {page.status_code}")
        times = []
        for _round in range(ROUNDS):
            spent = time.process_time()
            client.get(address)
            times.append((time.process_time() - spent) * 1000)
        weight, found[name] = len(page.content), queries
        print(f"  {name}: {queries} queries, {weight / 1000:.0f} kB, {statistics.median(times):.0f} ms processor")
        failed += [f"{name} at {cases}"] if queries > most or weight > HEAVIEST else []
    return found


def fill(count: int) -> tuple[Any, Any, list[Any]]:
    """An official, a member and two ranked batches, of FEW cases and of `count`."""
    from django.utils import timezone

    from matxich.accounts.actions import create_agency, create_user, grant
    from matxich.accounts.models import User
    from matxich.accounts.states import Role
    from matxich.appraisal.actions import batches, councils
    from matxich.appraisal.actions.criteria import set_in_use
    from matxich.appraisal.models import Batch
    from matxich.kit.actor import system_actor

    by, at = system_actor(), timezone.now()
    agency = create_agency(
        name="Sở Công Thương (đo)", kind="provincial_department", place="31", valid_from=date(2025, 7, 1), by=by, at=at
    )

    def user(number: int, role: str) -> Any:
        email, name = f"do{number}-{at:%H%M%S}@matxich.example", f"Người Đo {number}"
        made = create_user(email=email, name=name, password="do-luong-ma-thoi-26", by=by, at=at)
        User.objects.filter(pk=made.pk).update(is_demo=True)  # without a second factor
        grant(user=made, agency=agency, role=role, scope="31", by=by, at=at)
        return User.objects.get(pk=made.pk)

    official = user(99, Role.OFFICER)
    council = councils.create_council(
        agency=agency, place="31", facts=councils.CouncilFacts(name="Hội đồng đo", kind="staff"), by=by, at=at
    )
    seats = [
        councils.seat_member(
            council=council, user=user(number, Role.COUNCIL_MEMBER), by=by, at=at,
            facts=councils.SeatFacts(role=role, votes=True, organisation=f"Đơn vị {number}"),
        )
        for number, role in enumerate(ROLES)
    ]  # fmt: skip
    council.refresh_from_db()
    councils.found_council(council=council, number="", on=None, by=by, at=at, base_version=council.version)
    facts = batches.BatchFacts(
        name="Đợt đo",
        council=council,
        route=council.kind,
        criteria=set_in_use("cnht-default", agency=agency, by=by, at=at),
    )
    made = []
    for number in (FEW, count):
        batch = batches.create_batch(agency=agency, year=at.year, place="31", facts=facts, by=by, at=at)
        judged(batch, seats, number)
        Batch.objects.filter(pk=batch.pk).update(state="ranked", ranked_at=at)
        batch.refresh_from_db()
        made.append(batch)
    return official, seats[2].user, made


if __name__ == "__main__":
    sys.exit(main())
