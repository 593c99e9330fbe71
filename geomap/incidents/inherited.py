"""An event told without a word for it: a figure or a date at a place, of the kind of event told of before.

"The flood took 110 lives in Ahrweiler ... Wallonia counted 27 dead"; "Soma, 13 May 2014: 301 miners". A learned head
weighs each place of a sentence that got no event with the kinds of event told of before it and in the headline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log1p

from gazetteer import PlaceKind, Role
from geomap.incidents.draft import Trigger
from geomap.incidents.figures import Toll
from geomap.incidents.heads import Pair, Signs, chance, part
from geomap.incidents.history import History
from geomap.incidents.kinds import BLOODLESS
from geomap.incidents.modality import UNREAL
from geomap.incidents.scene import Scene, Site
from geomap.lexicon import Hit

LIKELY_INHERITED = 0.65
"""The least chance with which a place with a figure or a date is given the kind of event told of before."""
_KINDS = 2
"""Kinds of event told of before that a place is weighed with."""
_BACK = 20
_FAR = 6
_CLOSE = 4
"""Words between a place and a figure or date that belongs to it: "37 of them in", "Soma, 13 May 2014"."""
_NONE = 99
_OPENING = 2
_SHORT = 14
"""Words of a sentence that tells nothing else: "Málaga: one.\""""
_AREAS = (PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a figure or date: what a reader sees of the event."""

    first: int
    last: int
    what: str


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A place of a sentence and the kind of event that it inherits; ``trigger`` stands at the figure or date."""

    site: Site
    trigger: Trigger
    pair: Pair


def inherit(
    scene: Scene, history: History, sites: Sequence[Site], tolls: Sequence[Toll]
) -> tuple[list[Inheritance], list[Pair]]:
    """Give the places of a sentence that inherit a kind of event, and all pairs that were weighed.

    Parameters
    ----------
    scene, history
        The sentence, and what was told before it.
    sites
        Its places that no trigger of its own took.
    tolls
        Its figures of killed and injured.
    """
    if not sites or not (tolls or scene.date_words or scene.number_words) or not (history.kinds or history.headline):
        return [], []
    marks = [
        *(Mark(t.first, t.last, "toll") for t in tolls if t.what != "both" and t.figure.span.max != 0),
        *(Mark(word, word, "date") for word in scene.date_words),
        *(Mark(word, word, "number") for word in sorted(scene.number_words)),
    ]
    kinds = list(_kinds(history))
    if not marks or not kinds or _is_unreal(scene):
        return [], []
    pairs: list[Pair] = []
    kept: list[Inheritance] = []
    for site in sites:
        first, last = _span(scene, site)
        own = _site_signs(scene, history, site, marks)
        mark = min(marks, key=lambda m: (_apart(m, first, last), m.what != "toll", m.first))
        best: Inheritance | None = None
        for rank, kind in enumerate(kinds):
            signs = {**own, **_kind_signs(scene, history, site, kind, rank)}
            trigger = _stand_in(scene, kind, mark)
            found = scene.found[site.head]
            odds = chance(part("inherited", signs))
            pair = Pair(trigger, found, scene.resolutions[site.head], signs, odds, "inherited")
            pairs.append(pair)
            if odds >= LIKELY_INHERITED and (best is None or odds > best.pair.chance):
                best = Inheritance(site, trigger, pair)
        if best:
            kept.append(best)
    return kept, pairs


def _is_unreal(scene: Scene) -> bool:
    """Whether the sentence threatens, plans or supposes: "if such an earthquake hit, 400 buildings could collapse"."""
    return bool(scene.reading.hits_between(scene.sentence.first, scene.sentence.last, *UNREAL))


def _kinds(history: History) -> Iterator[Trigger]:
    """The last kinds of event told of, the latest first, and that of the headline."""
    seen: set[tuple[str, str | None]] = set()
    recent = [*reversed(history.kinds[-_BACK:])]
    given = 0
    for trigger in [*recent, *([history.headline] if history.headline else [])]:
        key = (trigger.event_type, trigger.sub_type)
        from_title = trigger is history.headline
        if key not in seen and (from_title or given < _KINDS) and trigger.sub_type not in BLOODLESS:
            seen.add(key)
            given += not from_title
            yield trigger


def _span(scene: Scene, site: Site) -> tuple[int, int]:
    return scene.found[site.members[0]].match.first, scene.found[site.members[-1]].match.last


def _apart(mark: Mark, first: int, last: int) -> int:
    return max(0, first - mark.last, mark.first - last)


def _stand_in(scene: Scene, kind: Trigger, mark: Mark) -> Trigger:
    words = scene.reading.words
    hit = Hit(f"casualties.{mark.what}", mark.first, mark.last, words[mark.first].start, words[mark.last].end)
    return replace(kind, hit=hit, form="casualties", definite=False, start=hit.start, sentence=scene.index)


def _site_signs(scene: Scene, history: History, site: Site, marks: Sequence[Mark]) -> Signs:
    first, last = _span(scene, site)
    reading, sentence = scene.reading, scene.sentence
    found, resolution = scene.found[site.head], scene.resolutions[site.head]
    place = resolution.place
    assert place is not None  # noqa: S101 - only resolved mentions become sites
    near = {what: min((_apart(m, first, last) for m in marks if m.what == what), default=_NONE) for what in _WHAT}
    by_mark = min(marks, key=lambda m: _apart(m, first, last))
    gap = max((by_mark.last, first), (last, by_mark.first), key=lambda row: row[1] - row[0])
    parted = reading.parted(*gap) if gap[1] > gap[0] else 0
    members = [scene.found[i] for i in site.members]
    signs = {
        "bias": 1.0,
        "toll_close": float(near["toll"] <= _CLOSE),
        "date_close": float(near["date"] <= _CLOSE),
        "number_close": float(near["number"] <= _CLOSE),
        "toll": float(near["toll"] < _NONE),
        "date": float(near["date"] < _NONE),
        "parted": float(min(3, parted)),
        "words": log1p(min(near.values())),
        "short": float(sentence.last - sentence.first <= _SHORT),
        "opens": float(first - sentence.first <= _OPENING),
        "located": float(any(m.located for m in members)),
        "near": float(found.near),
        "back": float(found.back),
        "facility": float(found.mention.role is Role.FACILITY),
        "country": float(place.kind is PlaceKind.COUNTRY),
        "area": float(place.kind in _AREAS),
        "settlement": float(place.kind is PlaceKind.SETTLEMENT),
        "sure": resolution.confidence,
        "told_by": float(bool(scene.speeches)),
        "triggers": log1p(len(scene.triggers)),
        "places": log1p(len(scene.resolutions)),
        "in_title": float(place.id in history.titled),
        "repeated": log1p(history.mentioned.get(place.id, 1) - 1),
    }
    return {name: value for name, value in signs.items() if value}


_WHAT = ("toll", "date", "number")


def _kind_signs(scene: Scene, history: History, site: Site, kind: Trigger, rank: int) -> Signs:
    place = scene.resolutions[site.head].place
    assert place is not None  # noqa: S101 - as above
    from_title = kind is history.headline
    near = not from_title and history.paragraphs[kind.sentence] == history.paragraphs[scene.index]
    apart = _FAR if from_title else min(_FAR, scene.index - kind.sentence)
    signs = {
        f"type_{kind.event_type}": 1.0,
        "second_kind": float(rank == 1),
        "of_title": float(from_title),
        "as_title": float(history.headline is not None and history.headline.event_type == kind.event_type),
        "apart": float(apart),
        "same_paragraph": float(near),
        "told_often": log1p(history.often[kind.event_type]),
        "told_here": float((place.id, kind.event_type) in history.here),
        "here_before": float(place.id in history.types_at),
        "vague": float(kind.sub_type is None),
    }
    return {name: value for name, value in signs.items() if value}
