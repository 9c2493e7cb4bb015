"""The forms, gates, checklists and results as they ship, read once in a process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from matxich.policy.packaged import packaged_law
from matxich.rulebook import proposals as rulebook
from matxich.rulebook.proposals.checklists import Paper, Result, checklists_of, results_of
from matxich.rulebook.proposals.forms import Form, form_of
from matxich.rulebook.proposals.gates import Gate, gates_of

DATA = Path(rulebook.__file__).parent / "data"


@cache
def forms() -> Mapping[str, Form]:
    """By id. A LawFault where a file is wrong."""
    instruments = packaged_law().library.by_id
    read = (form_of(path.name, _text(path.name), instruments) for path in sorted(DATA.glob("form-*.yaml")))
    return {form.id: form for form in read}


@cache
def gates() -> Mapping[str, Gate]:
    return gates_of("gates.yaml", _text("gates.yaml"))


@cache
def checklists() -> Mapping[str, tuple[Paper, ...]]:
    return checklists_of("checklists.yaml", _text("checklists.yaml"), packaged_law().library.by_id)


@cache
def results() -> Mapping[str, Result]:
    return results_of("results.yaml", _text("results.yaml"))


def _text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")
