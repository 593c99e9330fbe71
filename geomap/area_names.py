"""Names of areas inside longer names: "the southern Red Sea" is the sea's south, and no province of Eritrea."""

from collections.abc import Sequence

from gazetteer import Candidate, Gazetteer, NameMatch, PlaceKind
from geomap.names_in_text import capitalised
from geomap.reading import Reading


def names_inside(reading: Reading, world: Gazetteer, match: NameMatch) -> tuple[NameMatch, ...]:
    """Give a match as it is, or the names inside it when its first word is written small and it is no named region.

    "Southern Lebanon" is a region of the gazetteer however it is written. Only for texts that use capitals.

    Parameters
    ----------
    reading
        The article.
    world
        The open gazetteer.
    match
        A match of one or several words.
    """
    text = reading.article.text
    small = text[match.start : match.start + 1].islower() or not capitalised(text[match.start : match.end])
    if match.first == match.last or not small:
        return (match,)
    if capitalised(text[match.start : match.end]) and not reading.hits_between(
        match.first, match.first + 1, "places.direction"
    ):
        return (match,)  # "provincia di Catania" is its name
    if any(c.place.kind is PlaceKind.REGION for c in world.candidates(match)):
        return (match,)
    inner = world.scan(text, reading.words[match.first + 1 : match.last + 1], reading.article.language)
    shift = match.first + 1
    return tuple(m._replace(first=m.first + shift, last=m.last + shift) for m in inner)


def says_water(reading: Reading, match: NameMatch, candidates: Sequence[Candidate]) -> bool:
    """Whether a name says itself that it is a sea: the Red Sea, and not one of three governorates called after it."""
    if match.first == match.last or not any(c.place.kind is PlaceKind.WATER for c in candidates):
        return False
    return bool(reading.hits_between(match.first, match.last + 1, "places.kinds.water"))
