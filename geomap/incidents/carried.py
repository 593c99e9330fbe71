"""A trigger whose sentence names no place for it: the place told before that it happened at, weighed by a learned head.

"Two men were shot in Basra. ... At dawn the police stormed the house": the second event has the first one's place.
"""

from bisect import bisect_left
from collections.abc import Iterator
from math import log1p

from gazetteer import PlaceKind, Resolution, Role
from geomap.incidents.draft import Location, Trigger
from geomap.incidents.heads import Pair, Signs, chance, part, telling
from geomap.incidents.history import SCENES, History, Row
from geomap.incidents.kinds import OPEN, compatible
from geomap.incidents.scene import Scene
from geomap.mentions import Found

LIKELY_CARRIED = 0.65
"""The least chance with which an event takes a place that is told of outside its clause."""
_BACK = 40
"""Mentions looked back at."""
_TOLD_BACK = 3
_MENTIONS_BACK = 3
_FAR = 6
"""Sentences beyond which a place counts as equally far."""
_AREAS = (PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION)
_KINDS_BACK = 40


def carry(scene: Scene, history: History, trigger: Trigger) -> tuple[Location | None, list[Pair]]:
    """Give the likeliest place of a trigger that has none in its sentence, None when none is; and all weighed."""
    shared = _shared(scene, history, trigger)
    base = part("carried", shared)
    pairs: list[Pair] = []
    for (found, resolution), signs in _candidates(scene, history, trigger):
        odds = chance(base + part("carried", signs))
        pairs.append(Pair(trigger, found, resolution, {**shared, **signs}, odds, "carried"))
    best = max(pairs, key=lambda pair: pair.chance, default=None)
    if best is None or best.chance < LIKELY_CARRIED:
        return None, pairs
    why = telling("carried", best.signs)
    reasons = (f"place told of before, chance {best.chance:.2f} ({why})", *best.resolution.reasons)
    mention = best.found.mention
    place = Location(
        best.found, best.resolution, best.found.near, reasons, mention.start, mention.end, 0.0, best.chance
    )
    return place, pairs


def _shared(scene: Scene, history: History, trigger: Trigger) -> Signs:
    """What speaks for any place told of before: how the trigger is told."""
    reading, sentence = scene.reading, scene.sentence
    stance = scene.stances.get(trigger.hit.first)
    like = [t for t in history.kinds[-_KINDS_BACK:] if compatible(t, trigger)]
    unresolved = any(r.place is None and f.located for f, r in _here(scene))
    signs = {
        "bias": 1.0,
        f"form_{trigger.form}": 1.0,
        f"type_{trigger.event_type}": 1.0,
        "definite": float(trigger.definite),
        "vague": float(trigger.sub_type in OPEN),
        "here": float(bool(reading.hits_between(sentence.first, sentence.last, "places.here"))),
        "hearsay": float(stance is not None),
        "tolls": float(bool(scene.toll_words)),
        "dates": float(bool(scene.date_words)),
        "unresolved": float(unresolved),
        "like_told": float(bool(like)),
        "like_near": float(any(trigger.sentence - t.sentence <= 1 for t in like)),
        "triggers": log1p(len(scene.triggers) - 1),
    }
    return {name: value for name, value in signs.items() if value}


def _here(scene: Scene) -> Iterator[Row]:
    return ((scene.found[i], resolution) for i, resolution in scene.resolutions.items())


def _candidates(scene: Scene, history: History, trigger: Trigger) -> Iterator[tuple[Row, Signs]]:
    """Places that it may have happened at, each once, the nearest mention of each."""
    seen: set[str] = set()
    own = [(row, "own") for row in _here(scene) if row[0].mention.role in SCENES and not row[0].from_origin]
    told = [((loc.found, loc.resolution), "told") for loc, _ in reversed(history.told[-_TOLD_BACK:])]
    for rank, ((found, resolution), where) in enumerate([*own, *told, *_mentioned(scene, history)]):
        place = resolution.place
        if place is None or place.id in seen:
            continue
        seen.add(place.id)
        yield (found, resolution), _signs(scene, history, trigger, found, resolution, where, rank)


def _mentioned(scene: Scene, history: History) -> list[tuple[Row, str]]:
    """The last places named before the sentence, and the first of the article."""
    rows = history.rows
    behind = bisect_left(rows, scene.sentence.first, key=lambda row: row[0].match.first)
    before = [row for row in rows[max(0, behind - _BACK) : behind][::-1] if _may_be(row)]
    first = next((row for row in rows[:behind] if _may_be(row)), None)
    return [*((row, "named") for row in before[:_MENTIONS_BACK]), *([(first, "first")] if first else [])]


def _may_be(row: Row) -> bool:
    found, resolution = row
    return resolution.place is not None and found.mention.role in SCENES and not found.from_origin


def _signs(  # noqa: PLR0913, PLR0917 - one place among its rivals
    scene: Scene, history: History, trigger: Trigger, found: Found, resolution: Resolution, where: str, rank: int
) -> Signs:
    place = resolution.place
    assert place is not None  # noqa: S101 - only resolved mentions are candidates
    sentences = scene.reading.sentences
    there = bisect_left(sentences, found.match.first + 1, key=lambda s: s.first) - 1
    apart = max(0, min(_FAR, trigger.sentence - there))
    like = [t for loc, t in history.told[-_KINDS_BACK:] if loc.place.id == place.id and compatible(t, trigger)]
    signs = {
        f"from_{where}": 1.0,
        "rank": log1p(rank),
        "apart": float(apart),
        "next_sentence": float(apart == 1),
        "same_paragraph": float(history.paragraphs[there] == history.paragraphs[trigger.sentence]),
        "told": float(place.id in history.types_at),
        "like_told_here": float(bool(like)),
        "last_told": float(bool(history.told) and history.told[-1][0].place.id == place.id),
        "in_title": float(place.id in history.titled),
        "repeated": log1p(history.mentioned.get(place.id, 1) - 1),
        "located": float(found.located),
        "facility": float(found.mention.role is Role.FACILITY),
        "back": float(found.back),
        "country": float(place.kind is PlaceKind.COUNTRY),
        "area": float(place.kind in _AREAS),
        "settlement": float(place.kind is PlaceKind.SETTLEMENT),
        "water": float(place.kind is PlaceKind.WATER),
        "sure": resolution.confidence,
    }
    return {name: value for name, value in signs.items() if value}
