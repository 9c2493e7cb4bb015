"""What is asked of zones."""

from matxich.zones.queries.facts import Known, history_of, known_of, listed_zones
from matxich.zones.queries.tenants import tenants_of

__all__ = ["Known", "history_of", "known_of", "listed_zones", "tenants_of"]
