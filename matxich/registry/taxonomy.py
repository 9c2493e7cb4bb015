"""The packaged taxonomy, read once in a process."""

from functools import cache
from pathlib import Path

from django.utils.text import capfirst
from django.utils.translation import get_language

from matxich.rulebook.taxonomy import Language, Scheme, Taxonomy, load

DATA = Path(__file__).parent / "data" / "taxonomy"


@cache
def taxonomy() -> Taxonomy:
    """Every scheme that has a file; a TaxonomyFault where one is wrong."""
    paths = {scheme: DATA / f"{scheme}.csv" for scheme in Scheme}
    return load({scheme: path.read_text(encoding="utf-8") for scheme, path in paths.items() if path.is_file()})


def spoken() -> Language:
    """The language of the reader, as far as the taxonomy speaks it."""
    asked = (get_language() or "vi")[:2]
    return asked if asked in ("vi", "en", "ja", "ko") else "en"  # type: ignore[return-value]


def label_of(code: str) -> str:
    """A concept's label for the reader; KeyError for a code that is none."""
    return str(capfirst(taxonomy().concept(code).label(spoken())))


def path_of(code: str) -> str:
    """The labels of what is broader, the broadest first; "" at the top. One of several ways up is taken."""
    known, labels = taxonomy(), []
    while broader := known.concept(code).broader:
        code = broader[0]
        labels.append(label_of(code))
    return " › ".join(reversed(labels))
