"""From "there", "the city", "this area" to the place that they speak of: a mention that stands at these words."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import PlaceKind, Resolution, Role
from geomap.lexicon import Hit
from geomap.mentions import Found
from geomap.reading import Reading

_BACK = 12
"""Mentions looked back at; the place that "the city" means is rarely further than a paragraph away."""
_OWN_NAME = 2
"""Words between "the city" and its own name: "the city of Mosul", "the southern city of Basra"."""
_SUITS = {
    PlaceKind.SETTLEMENT: frozenset({PlaceKind.SETTLEMENT, PlaceKind.DISTRICT}),
    PlaceKind.ADMIN1: frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2}),
    PlaceKind.SITE: frozenset({PlaceKind.SITE, PlaceKind.DISTRICT}),
    PlaceKind.DISTRICT: frozenset({PlaceKind.DISTRICT, PlaceKind.SETTLEMENT, PlaceKind.ADMIN2, PlaceKind.SITE}),
    PlaceKind.WATER: frozenset({PlaceKind.WATER}),
    PlaceKind.COUNTRY: frozenset({PlaceKind.COUNTRY}),
}
_ANY = frozenset(set(PlaceKind) - {PlaceKind.COUNTRY, PlaceKind.WATER})


def with_anaphors(
    reading: Reading, found: Sequence[Found], resolutions: Sequence[Resolution]
) -> tuple[list[Found], list[Resolution]]:
    """Add a mention for every phrase that points back at a place: "In the same city, gunmen ...".

    The added mention stands at the phrase's words and carries the offsets of the name that it speaks of, so that a
    place is always shown as it was written.

    Returns
    -------
    tuple[list[Found], list[Resolution]]
        All mentions in the order of their words, and what each was resolved to.
    """
    rows = list(zip(found, resolutions, strict=True))
    extra = []
    for hit in reading.hits:
        if hit.label == "places.here" and (row := _antecedent(reading, rows, hit)):
            item, resolution = row
            match = replace(item.match, first=hit.first, last=hit.last, clitic="")
            role = item.mention.role if item.mention.role is Role.FACILITY else Role.LOCATION
            cue = reading.article.text[hit.start : hit.end]
            mention = replace(item.mention, role=role, cue=f"{cue!r} speaks of it")
            back = replace(item, match=match, mention=mention, located=True, from_origin=False, back=True)
            extra.append((back, resolution))
    if extra:
        rows = sorted([*rows, *extra], key=lambda row: row[0].match.first)
    return [item for item, _ in rows], [resolution for _, resolution in rows]


def _antecedent(
    reading: Reading, rows: Sequence[tuple[Found, Resolution]], hit: Hit
) -> tuple[Found, Resolution] | None:
    asked = _asked(reading, hit)
    behind = bisect_left(rows, hit.last, key=lambda row: row[0].match.first)
    if behind < len(rows) and rows[behind][0].match.first - hit.last <= _OWN_NAME + 1:
        follower = rows[behind][0]
        if follower.candidates and not reading.parted(hit.last, follower.match.first):
            return None  # "the city of Mosul"
    upto = bisect_right(rows, hit.first - 1, key=lambda row: row[0].match.last)
    for item, resolution in reversed(rows[max(0, upto - _BACK) : upto]):
        place = resolution.place
        if place is None or not item.candidates or place.kind not in asked or item.from_origin:
            continue
        if item.mention.role in (Role.LOCATION, Role.FACILITY) or place.kind is PlaceKind.SETTLEMENT:
            return item, resolution
    return None


def _asked(reading: Reading, hit: Hit) -> frozenset[PlaceKind]:
    """Kinds that "the city" or "the province" may mean; any for "there"."""
    for kind in reading.hits_between(hit.first, hit.last + 1, "places.kinds"):
        return _SUITS[PlaceKind(kind.label.rsplit(".", 1)[1])]
    return _ANY
