"""Names that the gazetteer does not know, asked of a server on the network; only when the user wants it.

Asked are mentions that nothing was safe for, and names that only the words beside them show to be places
(`geomap.unknown_names`). What comes back is marked: in its reasons, in its source, and by a confidence of at most 0.6.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from gazetteer import Candidate, Gazetteer, PlaceKind, Resolution, Role
from gazetteer.online import OnlineGeocoder, OnlinePlace
from gazetteer.resolver import PRECISION
from geomap.mentions import Found
from geomap.reading import Reading
from geomap.unknown_names import unknown_names

_MOST = 40
"""Names of one article that are asked for: an article of a list of names is no reason for an hour of questions."""
_PLACED = (Role.LOCATION, Role.FACILITY)


def ask_online(  # noqa: PLR0913, PLR0917 - what reading an article gave, and whom to ask
    reading: Reading,
    found: Sequence[Found],
    resolutions: Sequence[Resolution],
    online: OnlineGeocoder,
    world: Gazetteer,
    taken: Collection[tuple[int, int]] = (),
) -> tuple[tuple[Found, ...], tuple[Resolution, ...]]:
    """Give the mentions and resolutions of an article with what a server knows put in.

    Parameters
    ----------
    reading, found, resolutions
        The article and its mentions.
    online
        The server.
    world
        The gazetteer.
    taken
        Offsets of numbers and dates: no names.
    """
    countries = _countries(found, resolutions)
    language = reading.article.language
    known, resolved = list(found), list(resolutions)
    asked: set[str] = set()

    def ask(item: Found) -> tuple[OnlinePlace, ...]:
        """Only places of this very name: a server's guess for "Air" is no place that the article names."""
        name = _surface(reading, item)
        if name not in asked and len(asked) >= _MOST:
            return ()
        asked.add(name)
        answers = online.find(name, language=language, countries=countries, world=world)
        return tuple(answer for answer in answers if answer.same_name and _is_asked(item, answer))

    for i, (item, resolution) in enumerate(zip(found, resolutions, strict=True)):
        if resolution.place is None and item.mention.role in _PLACED and (answers := ask(item)):
            known[i] = item if item.candidates else _with_candidates(item, answers)
            resolved[i] = _settled(item, resolution, answers)
    for proposals in unknown_names(reading, found, taken):
        for item in proposals:  # the longer reading first
            if answers := ask(item):
                at = bisect_left(known, item.match.first, key=lambda other: other.match.first)
                known.insert(at, _with_candidates(item, answers))
                resolved.insert(at, _settled(item, Resolution(item.mention, None, None, None, 0.0), answers))
                break
    return tuple(known), tuple(resolved)


def _with_candidates(item: Found, answers: Sequence[OnlinePlace]) -> Found:
    """A name that the gazetteer has nothing for means what the server says: only such names are places of incidents."""
    own = tuple(Candidate(a.place, item.match.key, a.confidence, a.reasons) for a in answers)
    return replace(item, candidates=own)


def _surface(reading: Reading, item: Found) -> str:
    return reading.article.text[item.mention.start : item.mention.end]


def _countries(found: Sequence[Found], resolutions: Sequence[Resolution]) -> frozenset[str]:
    """Countries that the article speaks of, by their places or their people."""
    places = [r.place for r in resolutions if r.place] + [item.country for item in found if item.country]
    return frozenset(place.country for place in places if place.country)


def _is_asked(item: Found, answer: OnlinePlace) -> bool:
    """A village is no sea; a settlement and a district of one may be called either."""
    built = frozenset({PlaceKind.SETTLEMENT, PlaceKind.DISTRICT})
    asked = item.asked | built if item.asked & built else item.asked
    return not asked or answer.place.kind in asked


def _settled(item: Found, before: Resolution, answers: tuple[OnlinePlace, ...]) -> Resolution:
    """The best answer as a resolution; what the gazetteer had for the name stays among what it could have been."""
    best = answers[0]
    others = [f"{a.place.name} ({a.place.id})" for a in answers[1:3]]
    reasons = (*best.reasons, *([f"could also be {', '.join(others)}"] if others else []))
    return Resolution(
        item.mention,
        best.place,
        PRECISION[best.place.kind],
        best.place.radius_m,
        best.confidence,
        reasons,
        before.rejected,
    )
