"""The health page says what is wrong, also when what is wrong is the database itself."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from matxich.registry import search

HEALTH = "/suc-khoe/"
pytestmark = pytest.mark.django_db


@contextmanager
def away() -> Iterator[None]:
    """Every statement fails, as when the server does not answer."""

    def fail(*_statement: object) -> None:
        raise OperationalError("could not connect to server")

    with connection.execute_wrapper(fail):
        yield


def test_all_is_well(client):
    search.rebuild()
    response = client.get(HEALTH)
    assert (response.status_code, response.json()["ok"], set(response.json()["parts"].values())) == (200, True, {"ok"})


def test_the_database_is_away(client, world, sign_in):
    signed_in = sign_in(world.owner)
    for visitor in (client, signed_in):
        with away():
            response = visitor.get(HEALTH)
        told = response.json()
        assert (response.status_code, told["ok"]) == (503, False)
        assert told["parts"] | {"index": "", "disk": "ok"} == {
            "database": "cannot be reached",
            "migrations": "cannot be examined",
            "index": "",
            "ledger": "cannot be examined",
            "notices": "cannot be examined",
            "disk": "ok",
        }
    assert signed_in.get("/viec-cua-toi/").status_code == 200


def test_the_program_is_newer_than_the_database(client):
    search.rebuild()
    MigrationRecorder(connection).migration_qs.filter(app="registry").latest("id").delete()
    response = client.get(HEALTH)
    assert (response.status_code, response.json()["parts"]["migrations"]) == (503, "pending")
    assert {name for name, told in response.json()["parts"].items() if told != "ok"} == {"migrations"}
