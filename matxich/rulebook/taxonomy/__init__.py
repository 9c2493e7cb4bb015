"""What firms make and how, by whatever name in four languages: concepts, their loading, and mapping text to them."""

from matxich.rulebook.taxonomy.loading import TaxonomyFault, load
from matxich.rulebook.taxonomy.mapping import Alternative, Mapping, map_all, map_text
from matxich.rulebook.taxonomy.model import LANGUAGES, Concept, Language, Scheme, Taxonomy

__all__ = [
    "LANGUAGES", "Alternative", "Concept", "Language", "Mapping", "Scheme", "Taxonomy", "TaxonomyFault", "load",
    "map_all", "map_text",
]  # fmt: skip
