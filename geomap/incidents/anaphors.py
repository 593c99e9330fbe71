"""From "there", "the city", "this area" to the place that they speak of: a mention that stands at these words."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from gazetteer import PlaceKind, Resolution, Role
from geomap.incidents.draft import Location
from geomap.lexicon import Hit
from geomap.mentions import Found
from geomap.reading import Reading
from geomap.tokens import Sentence

_BACK = 12
"""Mentions looked back at; the place that "the city" means is rarely further than a paragraph away."""
_OWN_NAME = 2
"""Words between "the city" and its own name: "the city of Mosul", "the southern city of Basra"."""
_NEAR_WORDS = 120
"""Words back to the place of an incident that "the city" may mean: three long sentences."""
Row = tuple[Found, Resolution]
_SUITS = {
    PlaceKind.SETTLEMENT: frozenset({PlaceKind.SETTLEMENT, PlaceKind.DISTRICT}),
    PlaceKind.ADMIN1: frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2}),
    PlaceKind.SITE: frozenset({PlaceKind.SITE, PlaceKind.DISTRICT}),
    PlaceKind.DISTRICT: frozenset({PlaceKind.DISTRICT, PlaceKind.SETTLEMENT, PlaceKind.ADMIN2, PlaceKind.SITE}),
    PlaceKind.WATER: frozenset({PlaceKind.WATER}),
    PlaceKind.COUNTRY: frozenset({PlaceKind.COUNTRY}),
}
_ANY = frozenset(set(PlaceKind) - {PlaceKind.COUNTRY, PlaceKind.WATER})


def anaphors(
    reading: Reading, sentence: Sentence, rows: Sequence[Row], told: Sequence[Location]
) -> list[tuple[Found, Resolution]]:
    """Give a mention for every phrase of a sentence that points back at a place: "In the same city, gunmen ...".

    The mention stands at the phrase's words and carries the offsets of the name that it speaks of, so that a place is
    always shown as it was written.

    Parameters
    ----------
    rows
        All mentions of the article with what they were resolved to, in the order of their words.
    told
        Places of the incidents told so far, the latest last: "the same city" rather means one of them than the city
        where a minister spoke.
    """
    extra = []
    for hit in reading.hits_between(sentence.first, sentence.last, "places.here", "places.capital"):
        row = _antecedent(reading, rows, hit, told)
        if row is None:
            continue
        item, resolution = row
        match = item.match._replace(first=hit.first, last=hit.last, clitic="")
        role = item.mention.role if item.mention.role is Role.FACILITY else Role.LOCATION
        cue = reading.article.text[hit.start : hit.end]
        mention = replace(item.mention, role=role, cue=f"{cue!r} speaks of it")
        extra.append(
            (replace(item, match=match, mention=mention, located=True, from_origin=False, back=True), resolution)
        )
    return extra


def _antecedent(reading: Reading, rows: Sequence[Row], hit: Hit, told: Sequence[Location]) -> Row | None:
    behind = bisect_left(rows, hit.first, key=lambda row: row[0].match.first)
    if _has_own_name(reading, rows[behind : behind + 2], hit):
        return None
    before = rows[max(0, behind - _BACK) : behind][::-1]
    if reading.hits_between(hit.first, hit.last + 1, "places.capital"):
        return next((row for row in rows[max(0, behind - 2 * _BACK) : behind][::-1] if _is_capital(row)), None)
    asked = _asked(reading, hit)
    sentence = reading.sentence_of(hit.first)
    here = [row for row in before if row[0].match.first >= sentence.first and row[0].candidates]
    for item, resolution in here:
        if resolution.place is None and item.located:
            return None  # "those who walk to Tawila ... in the town's camps"
        if resolution.place is not None and resolution.place.kind in asked:
            return item, resolution
    for location in reversed(told[-_BACK:]):
        if sentence.first - location.found.match.last <= _NEAR_WORDS and location.place.kind in asked:
            return location.found, location.resolution
    return next((row for row in before if _suits(row, asked)), None)


def _has_own_name(reading: Reading, behind: Sequence[Row], hit: Hit) -> bool:
    """Whether a name belongs to the words themselves: "the city of Mosul"; also one that the gazetteer lacks."""
    if any(kind.last > hit.last for kind in reading.hits_between(hit.first, hit.last + 3, "places.kinds")):
        return True
    return any(
        0 < item.match.first - hit.last <= _OWN_NAME + 1
        and item.candidates
        and not reading.parted(hit.last, item.match.first)
        for item, _ in behind
    )


def _suits(row: Row, asked: frozenset[PlaceKind]) -> bool:
    item, place = row[0], row[1].place
    if place is None or not item.candidates or place.kind not in asked or item.from_origin:
        return False
    return item.mention.role in (Role.LOCATION, Role.FACILITY) or place.kind is PlaceKind.SETTLEMENT


def _is_capital(row: Row) -> bool:
    return row[1].place is not None and row[1].place.feature == "PPLC" and bool(row[0].candidates)


def _asked(reading: Reading, hit: Hit) -> frozenset[PlaceKind]:
    """Kinds that "the city" or "the province" may mean; any for "there"."""
    for kind in reading.hits_between(hit.first, hit.last + 1, "places.kinds"):
        return _SUITS[PlaceKind(kind.label.rsplit(".", 1)[1])]
    return _ANY
