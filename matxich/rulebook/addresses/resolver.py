"""From free text to a place on both maps."""

from matxich.rulebook.addresses.deciding import decide
from matxich.rulebook.addresses.gazetteer import Gazetteer
from matxich.rulebook.addresses.mentions import read
from matxich.rulebook.addresses.misspelt import guess
from matxich.rulebook.addresses.model import Point, Resolution
from matxich.rulebook.addresses.tokens import split
from matxich.rulebook.addresses.weighing import choices, gather


def resolve(text: str, gazetteer: Gazetteer, *, near: Point | None = None) -> Resolution:
    """Where an address written in any order, style or language lies on both maps.

    Every name found is weighed with the words beside it (kind of unit, street words, commas, marks);
    the commune, district and province that together explain most of the text win. `near` (latitude,
    longitude) decides between places the words leave open. Never raises on any text.
    """
    words = split(text)
    reading = read(words, gazetteer)
    evidence = gather(reading, gazetteer)
    found = choices(reading, gazetteer, evidence)
    if guesses := guess(reading, gazetteer, found):
        reading.mentions.extend(guesses)
        evidence = gather(reading, gazetteer)
        found = choices(reading, gazetteer, evidence)
    return decide(text, reading, gazetteer, evidence, found, near)
