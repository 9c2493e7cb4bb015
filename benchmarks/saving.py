"""Applicants who write at once, on the server as it is run: python -m benchmarks.saving [--savers N] [--seconds N].

PostgreSQL when DATABASE_URL names one (python -m tests.postgres …): 200 savers; SQLite: 20. Each is a signed-in person
whose page saves behind its back as the script of the page does, 2.5 seconds after the typing stops, then types on.
Two share a proposal: most write different sections, one pair in ten the same one, where whoever comes second is told
so and goes on from the newer version. Nothing may be lost: at the end every section holds the last text that was
answered with "saved", and its version counts every such answer.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("MATXICH_HOME", tempfile.mkdtemp(prefix="matxich-saving-"))

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.list_page import PORT, server  # noqa: E402
from matxich.accounts.models import Agency, Membership, User  # noqa: E402
from matxich.accounts.queries import person  # noqa: E402
from matxich.accounts.states import AgencyKind, Role  # noqa: E402
from matxich.programmes.models import Call, FundingLine, Programme, YearPlan  # noqa: E402
from matxich.proposals.actions.drafting import start_proposal  # noqa: E402
from matxich.proposals.models import Proposal  # noqa: E402
from matxich.registry.models import Claim, Enterprise  # noqa: E402

NOW = datetime.now(UTC)
P95_MS = 500
PAUSE = (5.0, 15.0)
"""Seconds from one saving to the next: some typing, then the two and a half that the script waits."""
SECTIONS = (("muc-tieu", "goal"), ("su-can-thiet", "problem"))


@dataclass
class Saver:
    """`kept`: the last text answered with "saved"; `saved` counts such answers, `passed` those who came second."""

    number: int
    proposal: int
    section: str
    field: str
    cookie: str
    token: str
    base: int = 0
    kept: str = ""
    kept_at: int = 0
    saved: int = 0
    passed: int = 0
    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def a_call() -> Call:
    office = Agency.objects.create(kind=AgencyKind.PROVINCIAL_DEPARTMENT, name="Sở đo thử", place="31")
    today = timezone.localdate()
    own = {"created_by": "0", "created_at": NOW}
    programme = Programme.objects.create(
        code="DO-THU", name="Chương trình đo thử", kind="kc_local", agency=office, place="31",
        starts=date(today.year, 1, 1), ends=date(today.year + 2, 1, 1), state="running", **own,
    )  # fmt: skip
    line = FundingLine.objects.create(
        programme=programme, year=today.year, source="kc_local", layer="national", name="Ngân sách", **own
    )
    plan = YearPlan.objects.create(
        programme=programme, year=today.year, state="approved", decision_no="1/QĐ", decided_on=today, approved_by="1",
        submitted_by="0", **own,
    )  # fmt: skip
    call = Call.objects.create(
        plan=plan, code="DO-THU-1", title="Đợt đo thử", content_groups=[], supports=["KC-12"], state="published",
        opens_at=NOW - timedelta(days=1), closes_at=NOW + timedelta(days=1), published_at=NOW, **own,
    )  # fmt: skip
    call.funding_lines.add(line)
    return call


def savers(count: int) -> list[Saver]:
    """Two of a firm on its proposal; every tenth pair in the same section."""
    call, found = a_call(), []
    for pair in range(count // 2):
        firm = Enterprise.objects.create(name=f"Công ty đo thử {pair}", province_34="31", created_at=NOW)
        agency = Agency.objects.create(kind=AgencyKind.ENTERPRISE, name=firm.name, place="31")
        users = [_user(f"{pair}-{which}@matxich.example", agency) for which in (1, 2)]
        Claim.objects.create(
            enterprise=firm, claimant=users[0], agency=agency, state="approved", submitted_at=NOW, decided_at=NOW,
            decided_by="0", approved_at=NOW,
        )  # fmt: skip
        made = start_proposal(
            call=call, content="KC-12", title=f"Đề án {pair}", enterprise=firm,
            by=person(users[0], timezone.localdate()), at=NOW,
        )  # fmt: skip
        for which, user in enumerate(users):
            section, name = SECTIONS[0 if pair % 10 == 0 else which]
            cookie, token = _signed_in(user)
            found.append(Saver(2 * pair + which, made.pk, section, name, cookie, token))
    return found


def _user(email: str, agency: Agency) -> User:
    user = User.objects.create(email=email, name=email, created_at=NOW)
    Membership.objects.create(
        user=user, agency=agency, role=Role.REPRESENTATIVE, scope="31", valid_from=timezone.localdate() - timedelta(9)
    )
    return user


def _signed_in(user: User) -> tuple[str, str]:
    client, token = Client(), _get_new_csrf_string()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}", token


def go_on(saver: Saver, until: float, ready: threading.Barrier) -> None:
    chance = Random(saver.number)
    ready.wait()
    time.sleep(chance.uniform(0, PAUSE[1]))
    while time.perf_counter() < until:
        save(saver, f"Người {saver.number} ghi lần {saver.saved + saver.passed}: giảm tỷ lệ lỗi, tăng năng suất. " * 8)
        time.sleep(chance.uniform(*PAUSE))


def save(saver: Saver, text: str) -> None:
    body = urlencode({"base": saver.base, saver.field: text})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded", "Cookie": saver.cookie, "X-CSRFToken": saver.token,
        "X-Background": "1",
    }  # fmt: skip
    begun = time.perf_counter()
    line = HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        line.request("POST", f"/de-an/{saver.proposal}/phan/{saver.section}/", body, headers)
        answer = line.getresponse()
        told = answer.read()
    except OSError as fault:
        saver.faults.append(repr(fault))
        return
    finally:
        line.close()
    saver.waits.append((time.perf_counter() - begun) * 1000)
    if answer.status == 200:
        saver.base = saver.kept_at = json.loads(told)["base"]
        saver.kept, saver.saved = text.strip(), saver.saved + 1
    elif answer.status == 409:
        saver.passed += 1
        saver.base = _version(saver)
    else:
        saver.faults.append(f"{answer.status} {told[:120]!r}")


def warm(some: list[Saver]) -> None:
    """`matxich serve` loads everything before its processes part; here each has read its rulebook first."""
    for each in some[:40]:
        save(each, f"Người {each.number} mở trang: giảm tỷ lệ lỗi.")
        each.waits.clear()


def _version(saver: Saver) -> int:
    """What reloading the page would tell."""
    try:
        return Proposal.objects.get(pk=saver.proposal).parts.get(saver.section, 0)
    finally:
        connection.close()


def lost(all_savers: list[Saver]) -> list[str]:
    """Sections that do not hold what was answered with "saved"."""
    found, groups = [], dict[tuple[int, str], list[Saver]]()
    for each in all_savers:
        groups.setdefault((each.proposal, each.section), []).append(each)
    for (pk, section), writers in groups.items():
        kept = Proposal.objects.get(pk=pk)
        counted, version = sum(each.saved for each in writers), kept.parts.get(section, 0)
        last = max(writers, key=lambda each: each.kept_at)
        if counted != version or (counted and kept.answers.get(last.field) != last.kept):
            found.append(f"{pk} {section}: {counted} saved, version {version}")
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--savers", type=int, default=200 if connection.vendor == "postgresql" else 20)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args(arguments)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
    everybody = savers(options.savers)
    connection.close()
    with server():
        warm(everybody)
        ready = threading.Barrier(len(everybody))
        until = time.perf_counter() + options.seconds
        threads = [threading.Thread(target=go_on, args=(each, until, ready)) for each in everybody]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    waits = sorted(wait for each in everybody for wait in each.waits)
    faults = [fault for each in everybody for fault in each.faults]
    gone = lost(everybody)
    late = statistics.quantiles(waits, n=20)[-1]
    told = f"p50 {statistics.median(waits):.0f} ms, p95 {late:.0f} ms, worst {waits[-1]:.0f} ms"
    load = f"{len(waits) / options.seconds:.0f} a second, load of the machine {os.getloadavg()[0]:.1f}"
    print(f"{connection.vendor}, {len(everybody)} savers, {len(waits)} savings, {load}: {told}")
    print(f"{sum(each.passed for each in everybody)} came second and were told; {len(faults)} failed; {len(gone)} lost")
    for one in [*faults[:5], *gone[:5]]:
        print(f"  {one}")
    good = late <= P95_MS and not faults and not gone
    print("reached" if good else "not reached")
    return 0 if good else 1


if __name__ == "__main__":
    os.chdir(Path(__file__).parent.parent)
    sys.exit(main())
