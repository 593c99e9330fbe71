"""An event told in words that no language file has: found by a sentence encoder where it is installed.

A sentence that names a place and gave no event is read by the encoder (`geomap.encoder`); the head ``untold`` weighs
what that says with what the rules see. Without the encoder nothing is found here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

from gazetteer import PlaceKind, Role
from geomap import encoder
from geomap.incidents.draft import Trigger
from geomap.incidents.figures import Toll
from geomap.incidents.heads import Pair, Signs, chance, part
from geomap.incidents.modality import UNREAL
from geomap.incidents.scene import Scene, Site
from geomap.incidents.sites import sites_of
from geomap.lexicon import Hit

LIKELY_UNTOLD = 0.3
"""The least chance with which a place of a sentence without triggers gets an event."""
LIKELY_SECOND = 0.5
"""The same for a second place of one sentence: most such sentences tell of one."""
OF_TOPIC = 0.2
"""What the type told of before it adds to the encoder's score of that type, which is 0 to 1 mostly."""
FORM = "sentences"
"""The form of a trigger that is a whole clause."""
_AREAS = (PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION)
_MOST_PLACES = 3
_MOST_SENTENCES = 200
"""Sentences of an article that are encoded, 3 ms each; the longest article that we read has 60 that name a place."""
_LEAD = 2


@dataclass(frozen=True, slots=True)
class Silent:
    """A sentence that names places and gave no event, as it stood when it was read.

    ``topic`` is the type of event told of before it, ``heard`` whether it has triggers that tell of nothing.
    """

    scene: Scene
    index: int
    topic: str | None
    tolls: Sequence[Toll]
    heard: bool


@dataclass(frozen=True, slots=True)
class Overheard:
    """An event of a silent sentence: its type in a trigger that is its clause, its place, and why."""

    trigger: Trigger
    site: Site
    pair: Pair


def overhear(silent: Sequence[Silent]) -> tuple[list[list[Overheard]], list[Pair]]:
    """Give the events of the first silent sentences, a list for each, and all pairs that were weighed."""
    given: list[list[Overheard]] = []
    pairs: list[Pair] = []
    if not silent or not encoder.is_installed():
        return given, pairs
    heard = silent[:_MOST_SENTENCES]
    text = heard[0].scene.reading.article.text
    read = encoder.readings([text[s.scene.sentence.start : s.scene.sentence.end] for s in heard])
    for one, reading in zip(heard, read, strict=True):
        events, weighed = _events(one, reading)
        given.append(events)
        pairs += weighed
    return given, pairs


def _events(silent: Silent, reading: encoder.Reading) -> tuple[list[Overheard], list[Pair]]:
    scene = silent.scene
    scores = {name: value + OF_TOPIC * (name == silent.topic) for name, value in reading.types.items()}
    first, second = sorted(scores, key=lambda name: (-scores[name], name))[:2]
    shared = _sentence_signs(silent, reading.event, first, scores[first], scores[first] - scores[second])
    weighed: list[Overheard] = []
    sites = sites_of(scene)[:_MOST_PLACES]
    for rank, site in enumerate(sites):
        signs = {**shared, **_site_signs(scene, site, rank, len(sites))}
        trigger = _clause(silent, site, first)
        found, resolution = scene.found[site.head], scene.resolutions[site.head]
        pair = Pair(trigger, found, resolution, signs, chance(part("untold", signs)), "untold")
        weighed.append(Overheard(trigger, site, pair))
    ranked = sorted(weighed, key=lambda event: -event.pair.chance)
    kept = [e for k, e in enumerate(ranked) if e.pair.chance >= (LIKELY_SECOND if k else LIKELY_UNTOLD)]
    return sorted(kept, key=lambda e: e.trigger.start), [event.pair for event in weighed]


def _clause(silent: Silent, site: Site, event_type: str) -> Trigger:
    """Give a trigger that is the clause of a place: what a reader sees of the type."""
    reading, sentence = silent.scene.reading, silent.scene.sentence
    at = silent.scene.found[site.head].match.first
    if not sentence.first <= at < sentence.last:
        at = sentence.first
    first = reading.clause_start(at, sentence.first)
    last = at
    while last + 1 < sentence.last and not reading.parted(last, last + 1):
        last += 1
    start, end = reading.words[first].start, reading.words[last].end
    hit = Hit(f"encoder.{event_type}", first, last, start, end)
    return Trigger(hit, event_type, None, FORM, definite=False, start=start, sentence=silent.index)


def _sentence_signs(silent: Silent, event: float, name: str, score: float, margin: float) -> Signs:
    scene, reading, sentence = silent.scene, silent.scene.reading, silent.scene.sentence
    labels = {hit.label for hit in reading.hits_between(sentence.first, sentence.last, "modality.", "stance.")}
    signs = {
        "bias": 1.0,
        "event": event,
        "type_score": score,
        "type_margin": margin,
        "as_before": float(name == silent.topic),
        "heard": float(silent.heard),
        "killed": float(any(t.what == "killed" and t.figure.span.max != 0 for t in silent.tolls)),
        "tolls": float(bool(silent.tolls)),
        "dates": float(bool(scene.date_words)),
        "lead": float(silent.index < _LEAD),
        "told_by": float(bool(scene.speeches)),
        "unreal": float(not labels.isdisjoint(UNREAL)),
        "denied": float("stance.denies" in labels or "modality.refuted" in labels),
        f"type_{name}": 1.0,
    }
    return {key: value for key, value in signs.items() if value}


def _site_signs(scene: Scene, site: Site, rank: int, count: int) -> Signs:
    found, resolution = scene.found[site.head], scene.resolutions[site.head]
    place = resolution.place
    assert place is not None  # noqa: S101 - only resolved mentions become sites
    signs = {
        "first_place": float(rank == 0),
        "only_place": float(count == 1),
        "places": log1p(count),
        "located": float(any(scene.found[i].located for i in site.members)),
        "near": float(found.near),
        "back": float(found.back),
        "facility": float(found.mention.role is Role.FACILITY),
        "country": float(place.kind is PlaceKind.COUNTRY),
        "area": float(place.kind in _AREAS),
        "settlement": float(place.kind is PlaceKind.SETTLEMENT),
        "sure": resolution.confidence,
        "in_title": float(place.id in scene.titled),
        "told_before": float(place.id in scene.told),
        "repeated": log1p(scene.mentioned.get(place.id, 1) - 1),
    }
    return {key: value for key, value in signs.items() if value}
