"""Every route × every person × an object of the owner's: who may is written down, and what a page does agrees with it.

`tests/access_matrix.txt` is the agreement: a new route, or a changed right, shows as a difference to be read and
committed (`UPDATE_ACCESS_MATRIX=1 .venv/bin/pytest tests/test_routes.py` writes it anew).
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from matxich.accounts.queries import person
from matxich.kit.access import Access
from matxich.kit.actor import ANONYMOUS
from tests.conftest import World
from tests.samples import sample_for
from tests.strict import StrictClient
from tests.test_repository import every_view

MATRIX = Path(__file__).parent / "access_matrix.txt"
ROUTES = sorted((route, view.access) for route, view in every_view() if hasattr(view, "access"))  # type: ignore[attr-defined]
REFUSED = {403, 404}


def filled(route: str, values: dict[str, object]) -> str:
    return re.sub(r"<\w+:(\w+)>", lambda match: str(values[match[1]]), route)


def allowed(statement: Access, actor: object, values: dict[str, object]) -> bool:
    objects = (statement.on(**values),) if statement.on else ()
    return bool(statement.rule(actor, *objects))


def line(route: str, statement: Access, verdicts: dict[str, bool]) -> str:
    who = " ".join(name for name, verdict in verdicts.items() if verdict) or "nobody"
    return f"{route} [{'+'.join(m for m in statement.methods if m != 'HEAD')}] {who}"


@pytest.mark.django_db
def test_who_may_is_what_was_agreed(world: World) -> None:
    today = timezone.localdate()
    actors = {"anonymous": ANONYMOUS} | {name: person(user, today) for name, user in world.people.items()}  # type: ignore[arg-type]
    lines = []
    for route, statement in ROUTES:
        values = sample_for(route)(world)
        lines.append(line(route, statement, {name: allowed(statement, one, values) for name, one in actors.items()}))
    if os.environ.get("UPDATE_ACCESS_MATRIX"):
        MATRIX.write_text("\n".join(lines) + "\n")
    assert lines == MATRIX.read_text().splitlines()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["anonymous", *World.__dataclass_fields__])
def test_pages_answer_as_their_access_says(name: str, world: World, sign_in: Callable[[object], Client]) -> None:
    if name in {"agency", "other_agency"}:
        return
    user = None if name == "anonymous" else getattr(world, name)
    actor = person(user, timezone.localdate()) if user else ANONYMOUS
    client = sign_in(user) if user else StrictClient()
    wrong = []
    for route, statement in ROUTES:
        values = sample_for(route)(world)
        may, url = allowed(statement, actor, values), filled(route, values)
        if "GET" in statement.methods:
            status = client.get(url).status_code
            fits = status < 400 or status == 404 if may else status in REFUSED or (not user and status == 302)
            # A page may have nothing to show in this state of the object and lead elsewhere; it never breaks.
            wrong += [] if fits or (may and status in {409, 410, 422, 503}) else [f"GET {url}: {status}, may={may}"]
        if "POST" in statement.methods and not may:
            status = client.post(url).status_code
            wrong += [] if status in REFUSED or (not user and status == 302) else [f"POST {url}: {status}, may={may}"]
    assert wrong == []
