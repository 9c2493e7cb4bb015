"""Address resolver: free text to a commune and province on the maps before and after 01/07/2025."""

from matxich.rulebook.addresses.gazetteer import Gazetteer
from matxich.rulebook.addresses.model import Resolution, SuccessionRow, UnitRow, ZoneRow
from matxich.rulebook.addresses.resolver import resolve

__all__ = ["Gazetteer", "Resolution", "SuccessionRow", "UnitRow", "ZoneRow", "resolve"]
