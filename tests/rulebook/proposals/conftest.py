"""The forms, gates and checklists as they ship, read without a database."""

from pathlib import Path

import pytest

import matxich.rulebook.law as law
import matxich.rulebook.proposals as proposals
from matxich.rulebook.law.instruments import library
from matxich.rulebook.proposals.forms import Form, form_of
from matxich.rulebook.proposals.gates import Gate, gates_of

DATA = Path(proposals.__file__).parent / "data"
INSTRUMENTS = Path(law.__file__).parent / "data" / "instruments.yaml"


@pytest.fixture(scope="session")
def instruments() -> frozenset[str]:
    return frozenset(library([("instruments.yaml", INSTRUMENTS.read_text(encoding="utf-8"))]).by_id)


@pytest.fixture(scope="session")
def forms(instruments: frozenset[str]) -> dict[str, Form]:
    read = (form_of(path.name, path.read_text(encoding="utf-8"), instruments) for path in DATA.glob("form-*.yaml"))
    return {form.id: form for form in read}


@pytest.fixture(scope="session")
def gates() -> dict[str, Gate]:
    return gates_of("gates.yaml", (DATA / "gates.yaml").read_text(encoding="utf-8"))
