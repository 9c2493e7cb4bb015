"""The packaged taxonomy, read once in a process."""

from functools import cache
from pathlib import Path

from matxich.rulebook.taxonomy import Scheme, Taxonomy, load

DATA = Path(__file__).parent / "data" / "taxonomy"


@cache
def taxonomy() -> Taxonomy:
    """Every scheme that has a file; a TaxonomyFault where one is wrong."""
    paths = {scheme: DATA / f"{scheme}.csv" for scheme in Scheme}
    return load({scheme: path.read_text(encoding="utf-8") for scheme, path in paths.items() if path.is_file()})
