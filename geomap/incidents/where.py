"""The place of an incident, chosen among the mentions of its sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gazetteer import PlaceKind, Resolution, Role
from gazetteer.distance import distance_m
from gazetteer.relative import whole_of
from geomap.incidents.draft import Location, Trigger
from geomap.incidents.sources import Speech
from geomap.mentions import Found
from geomap.reading import Reading
from geomap.tokens import Sentence

_PER_WORD = 0.12
_PER_MARK = 0.8  # a place in another clause: "..., while in Basra" belongs to what follows there
_OTHER_TRIGGER = 2.0  # another event stands between: "a blast in Mosul and a clash in Tikrit"
_AFTER = 0.6
_ADJUNCT = 1.0
_LOCATED = 1.0
_FRONT = 0.8  # "In Nineveh province, a car bomb exploded"
_LEAST = -2.5
_LIST_GAP = 6  # "Diyala | province and four times in the | Saladin"
_FINER = {
    PlaceKind.SITE: 0,
    PlaceKind.DISTRICT: 1,
    PlaceKind.SETTLEMENT: 2,
    PlaceKind.ADMIN2: 3,
    PlaceKind.ADMIN1: 4,
    PlaceKind.REGION: 5,
    PlaceKind.WATER: 5,
    PlaceKind.COUNTRY: 6,
}
_ALIKE = 3.0
"""How far below the best a finer place inside it may score and still be the place: "in northern Sudan, a drone hit, at
dawn on Wednesday, a power station in the city of Merowe"."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with everything that placing an incident needs."""

    reading: Reading
    sentence: Sentence
    found: Sequence[Found]
    resolutions: Mapping[int, Resolution]
    triggers: Sequence[Trigger]
    speeches: Sequence[Speech]
    dateline: int | None
    number_words: frozenset[int] = frozenset()

    @property
    def here(self) -> list[Found]:
        """The mentions of the sentence that may be places."""
        return [self.found[i] for i in self.resolutions]


def locate(scene: Scene, trigger: Trigger) -> tuple[tuple[Location, ...], ...]:
    """Give the places of a trigger's event: one group an incident, the incident's own place first in its group."""
    scored = sorted(
        ((_score(scene, trigger, f), f.match.first, i) for i, f in _eligible(scene)),
        key=lambda row: (-row[0], row[1]),
    )
    if not scored or scored[0][0] < _LEAST:
        return ()
    best = _finest(scene, [(score, i) for score, _, i in scored])
    members = [best, *_joined_to(scene, trigger, best)]
    groups: list[list[Location]] = []
    for i in members:
        location = _location(scene, i, scored)
        home = next((g for g in groups if _one_place(g[0], location)), None)
        if home is None:
            groups.append([location])
        else:
            home.append(location)
            home.sort(key=lambda loc: loc.found.match.first)
    return tuple(tuple(group) for group in groups)


def _eligible(scene: Scene) -> list[tuple[int, Found]]:
    """Mentions that may be where something happened: resolved locations and facilities outside source and dateline."""
    speaking = [range(s.first, s.last) for s in scene.speeches]
    origins = [i for i in scene.resolutions if scene.found[i].from_origin]
    return [
        (i, f)
        for i, f in ((i, scene.found[i]) for i in scene.resolutions)
        if scene.resolutions[i].place is not None
        and f.mention.role in (Role.LOCATION, Role.FACILITY)
        and i != scene.dateline
        and not any(f.match.first in span for span in speaking)
        and not f.from_origin
        and not any(t.hit.first <= f.match.first and f.match.last <= t.hit.last == t.hit.first for t in scene.triggers)
        and not any(_contained_behind(scene, origin, i) for origin in origins)
    ]


def _score(scene: Scene, trigger: Trigger, found: Found) -> float:
    reading, hit = scene.reading, trigger.hit
    after = found.match.first > hit.first
    left, right = (hit.last, found.match.first) if after else (found.match.last, hit.first)
    if right <= left:  # the place stands inside the phrase
        return _LOCATED + _AFTER
    if not after and right == left + 1 and scene.reading.between(left, right) == " " and trigger.form == "nouns":
        return _LOCATED + _ADJUNCT  # "the Diyala attacks"
    score = -_PER_WORD * (right - left - 1) - _PER_MARK * reading.parted(left, right)
    score += _AFTER if after else 0.0
    score += _LOCATED if found.located else 0.0
    if not after and found.located and _fronted(scene, found):
        score += _FRONT
    between = [t for t in scene.triggers if t is not trigger and left < t.hit.first < right]
    return score - _OTHER_TRIGGER * len(between)


def _fronted(scene: Scene, found: Found) -> bool:
    """Whether a place opens its sentence: nothing but words of place and conjunctions stand before it."""
    reading = scene.reading
    return found.match.first - scene.sentence.first <= 3 and not reading.hits_between(  # noqa: PLR2004 - "In the city of"
        scene.sentence.first, found.match.first, "stance."
    )


def _finest(scene: Scene, scored: Sequence[tuple[float, int]]) -> int:
    """Of the best place and what lies in it nearby, the finest: the Green Zone, not the Baghdad written after it."""
    top_score, top = scored[0]
    place = scene.resolutions[top].place
    for score, i in scored[1:]:
        other = scene.resolutions[i].place
        if place is None or other is None or top_score - score > _ALIKE or other.id == place.id:
            continue
        if _FINER[other.kind] < _FINER[place.kind] and _lies_in(scene, i, top):
            top, place = i, other
    return top


def _lies_in(scene: Scene, inner: int, outer: int) -> bool:
    small, large = scene.resolutions[inner].place, scene.resolutions[outer].place
    if small is None or large is None:
        return False
    if large.kind is PlaceKind.COUNTRY:
        return small.country == large.country
    if whole_of(large.id) in small.parents:  # Khiam in southern Lebanon
        return True
    return (
        large.kind in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT)
        and distance_m(small.point, large.point) <= large.radius_m * 1.5
    )


def _joined_to(scene: Scene, trigger: Trigger, best: int) -> list[int]:
    """Mentions joined to the chosen one: "in Syria and Iraq", "22 times in Iraq and 18 in Syria"."""
    members: list[int] = []
    found = scene.found
    others = [t.hit.first for t in scene.triggers if t is not trigger]
    eligible = {i for i, _ in _eligible(scene)}
    for step in (1, -1):
        chain = best
        while 0 <= chain + step < len(found):
            left, right = (chain, chain + step) if step == 1 else (chain + step, chain)
            contained = _contained_behind(scene, left, right)
            if not contained and not _in_one_list(scene, found[left], found[right], others):
                break
            chain += step
            if chain not in eligible:
                break
            if _is_second_scene(scene, best, chain):
                members.append(chain)
    return sorted(members)


def _contained_behind(scene: Scene, left: int, right: int) -> bool:
    """Whether the right name is the container written behind the left: المنطقة الخضراء ببغداد."""
    if left not in scene.resolutions or right not in scene.resolutions:
        return False
    gap = scene.found[right].match.first - scene.found[left].match.last - 1
    return 0 <= gap <= 3 and _lies_in(scene, left, right)  # noqa: PLR2004 - "in the south of"


def _is_second_scene(scene: Scene, best: int, other: int) -> bool:
    """Whether a joined place is a scene beside the chosen one, and not the city that holds it."""
    a, b = scene.resolutions[best].place, scene.resolutions[other].place
    if a is None or b is None:
        return False
    fine = (PlaceKind.SITE, PlaceKind.DISTRICT)
    if a.kind in fine and b.kind in fine:
        return True
    return not _lies_in(scene, other, best) and not _lies_in(scene, best, other)


def _in_one_list(scene: Scene, left: Found, right: Found, others: Sequence[int]) -> bool:
    """Whether only words of place, conjunctions, numbers and "times" stand between two names."""
    reading = scene.reading
    gap = range(left.match.last + 1, right.match.first)
    if len(gap) > _LIST_GAP or any(k in gap for k in others):
        return False
    if not (scene.sentence.first <= left.match.first and right.match.last < scene.sentence.last):
        return False
    assert reading.rules is not None  # noqa: S101 - triggers exist only with rules
    joiners = reading.rules.conjunctions
    between = reading.between(left.match.last, right.match.first)
    first = reading.words[gap[0]].folded if gap else ""
    second = reading.words[gap[1]].folded if len(gap) > 1 else ""
    joined = (
        any(right.match.clitic.startswith(c) for c in joiners)
        or first in joiners
        or (bool(gap) and gap[0] in scene.number_words and any(first.startswith(c) for c in joiners))
        or (second in joiners and bool(reading.hits_between(gap[0], gap[0] + 1, "places.kinds")))
        or between.lstrip()[:1] in ",،/"
    )
    if not joined:
        return False
    return all(
        reading.words[k].folded in joiners
        or k in scene.number_words
        or reading.hits_between(k, k + 1, "places.", "figures.times")
        or reading.words[k].folded in reading.rules.demonstratives
        for k in gap
    )


def _one_place(a: Location, b: Location) -> bool:
    """Whether two places of one sentence are one scene: a zone and an embassy inside it."""
    fine = (PlaceKind.SITE, PlaceKind.DISTRICT)
    if a.place.id == b.place.id:
        return True
    reach = max(a.place.radius_m, b.place.radius_m)
    return a.place.kind in fine and b.place.kind in fine and distance_m(a.place.point, b.place.point) <= reach


def _location(scene: Scene, i: int, scored: Sequence[tuple[float, int, int]]) -> Location:
    found = scene.found[i]
    score = next((s for s, _, k in scored if k == i), 0.0)
    cue = found.mention.cue or "no cue"
    reasons = (f"place chosen with score {score:.1f} ({cue})", *scene.resolutions[i].reasons)
    return Location(found, scene.resolutions[i], found.near, reasons, found.mention.start, found.mention.end)
