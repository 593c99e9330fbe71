"""The place of an incident, chosen among the mentions of its sentence."""

from collections.abc import Sequence

from gazetteer import PlaceKind
from gazetteer.distance import distance_m
from geomap.incidents.draft import Location, Trigger
from geomap.incidents.heads import Pair, telling
from geomap.incidents.scene import Scene, Site
from geomap.incidents.sites import inside, lies_within, unknown_of
from geomap.mentions import Found

_PER_WORD = 0.12
_PER_MARK = 0.8  # a place in another clause: "..., while in Basra" belongs to what follows there
_OTHER_TRIGGER = 2.0  # another event stands between: "a blast in Mosul and a clash in Tikrit"
_AFTER = 0.6
_ADJUNCT = 1.0
_LOCATED = 1.0
_FRONT = 0.8  # "In Nineveh province, a car bomb exploded"
_LEAST = -2.5
_LIST_GAP = 6  # "Diyala | province and four times in the | Saladin"
_ALONE = 0.0
"""The least score with which a trigger leaves its best place, already taken by a nearer trigger, for another one."""
_OWN_FIGURE = 8
"""Steps from a figure to the place that it is told for: "34 deaths in the state of Khartoum"."""
_TAKES = frozenset({"abduction", "arrest", "deportation", "displacement"})
"""Events whose place is where people are taken from: "gunmen abducted ten farmers from the village of"."""
_NOT_ITS_SCENE = 10.0
_TOLD = 2.5
"""What an own figure adds to a place: "34 died in the fires, 23 of them in the province of Béjaïa""."""
_WHERE = 1.5  # "in Petrópolis, where 235 people died in storms"
_SHORT_WORD = 4
_UNKNOWN_LEAD = 0.5
"""By how much a place that the gazetteer could not resolve must stand nearer to keep others from being the scene."""
_DEFINITE = 1.0  # "the attacks" rather refers to an event than tells it


def locate_all(
    scene: Scene, sites: Sequence[Site], triggers: Sequence[Trigger]
) -> list[tuple[tuple[Location, ...], ...]]:
    """Give each trigger the places of its event: one group an incident, the incident's own place first in its group.

    Every place of the sentence goes to the trigger that tells most of it, and a trigger that got none to its best
    place. A second place for one trigger must be told by itself: in a list with the first, or with a figure or date of
    its own ("a drone hit a depot in Kosti, and shells fell on El Obeid"; "ten died in Basra, three in Najaf").
    """
    if not sites or not triggers:
        return [() for _ in triggers]
    tolled = _told_sites(scene, sites, scene.toll_words)
    scores = [
        [_site_score(scene, trigger, site) + _TOLD * (s in tolled) for s, site in enumerate(sites)]
        for trigger in triggers
    ]
    unknown = unknown_of(scene)
    claimed: list[list[int]] = [[] for _ in triggers]
    for s in range(len(sites)):
        t = max(range(len(triggers)), key=lambda k: (scores[k][s], -k))
        if scores[t][s] >= _LEAST:
            claimed[t].append(s)
    told = tolled | _told_sites(scene, sites, scene.date_words)
    located: list[tuple[tuple[Location, ...], ...]] = []
    for t, trigger in enumerate(triggers):
        best = max(range(len(sites)), key=lambda s: (scores[t][s], -s))
        lost = max((_score(scene, trigger, f) for f in unknown if not inside(scene, f, sites[best])), default=_LEAST)
        if scores[t][best] < max(_LEAST, lost - _UNKNOWN_LEAD):
            located.append(())
            continue
        first = max(claimed[t], key=lambda s: (scores[t][s], -s), default=best)
        if first != best and first not in told and scores[t][first] < _ALONE:
            first = best
        kept = [s for s in claimed[t] if s == first or s in told or _listed(scene, sites, first, s, trigger)]
        chosen = _without_containers(scene, sites, sorted({first, *kept}), tolled)
        located.append(_groups(scene, [(sites[s], scores[t][s]) for s in chosen]))
    return located


def _site_score(scene: Scene, trigger: Trigger, site: Site) -> float:
    return max(_score(scene, trigger, scene.found[i]) for i in site.members)


def _told_sites(scene: Scene, sites: Sequence[Site], words: Sequence[int]) -> frozenset[int]:
    """Sites with a figure or date of their own: the nearest site of some figure, with a word of place before it."""
    told = set()
    for word in words:
        nearest = min(range(len(sites)), key=lambda s: _steps_to(scene, sites[s], word))
        site = sites[nearest]
        if scene.found[site.members[0]].located and _steps_to(scene, site, word) <= _OWN_FIGURE:
            told.add(nearest)
    return frozenset(told)


def _steps_to(scene: Scene, site: Site, word: int) -> float:
    first, last = scene.found[site.members[0]].match.first, scene.found[site.members[-1]].match.last
    if first <= word <= last:
        return 0
    if word < first:
        return first - word + 3 * scene.reading.parted(word, first) - 0.5
    return word - last + 3 * scene.reading.parted(last, word)


def _listed(scene: Scene, sites: Sequence[Site], first: int, other: int, trigger: Trigger) -> bool:
    """Whether two sites stand in one list: "in Syria and Iraq", "22 times in Iraq and 18 in Syria"."""
    others = [t.hit.first for t in scene.triggers if t is not trigger]
    lo, hi = sorted((first, other))
    return all(
        _in_one_list(scene, scene.found[sites[k].members[-1]], scene.found[sites[k + 1].members[0]], others)
        for k in range(lo, hi)
    )


def _without_containers(
    scene: Scene, sites: Sequence[Site], chosen: Sequence[int], tolled: frozenset[int]
) -> list[int]:
    """Leave out what only contains another chosen place: "In North Kordofan, a drone fell on a clinic at El Obeid"."""

    def only_contains(large: int, small: int) -> bool:
        both_told = large in tolled and small in tolled
        return large != small and not both_told and lies_within(scene, sites[small].head, sites[large].head)

    return [s for s in chosen if not any(only_contains(s, other) for other in chosen)]


def group_of(scene: Scene, site: Site, pair: Pair) -> tuple[Location, ...]:
    """Give the places that one site says, the finest first, chosen by a learned head."""
    members = (site.head, *(i for i in site.members if i != site.head))
    found = [(i, scene.found[i], scene.resolutions[i]) for i in members]
    why = f"place chosen with chance {pair.chance:.2f} ({telling(pair.head, pair.signs)})"
    return tuple(
        Location(f, r, f.near, (why, *r.reasons), f.mention.start, f.mention.end, 0.0, pair.chance) for _, f, r in found
    )


def _groups(scene: Scene, chosen: Sequence[tuple[Site, float]]) -> tuple[tuple[Location, ...], ...]:
    groups: list[list[Location]] = []
    for site, score in chosen:
        members = (site.head, *(i for i in site.members if i != site.head))
        locations = [_location(scene, i, score) for i in members]
        home = next((g for g in groups if _one_place(g[0], locations[0])), None)
        if home is None:
            groups.append(locations)
        else:
            home += locations
    return tuple(tuple(group) for group in groups)


def _score(scene: Scene, trigger: Trigger, found: Found) -> float:
    reading, hit = scene.reading, trigger.hit
    after = found.match.first > hit.first
    left, right = (hit.last, found.match.first) if after else (found.match.last, hit.first)
    if right <= left:  # the place stands inside the phrase
        return _LOCATED + _AFTER
    if not after and right == left + 1 and scene.reading.between(left, right) == " " and trigger.form == "nouns":
        return _LOCATED + _ADJUNCT  # "the Diyala attacks"
    score = -_PER_WORD * (right - left - 1) - _PER_MARK * reading.parted(left, right)
    verb_last = reading.rules is not None and reading.rules.source_order == "verb_last"
    score += _AFTER if after != verb_last else 0.0  # where the verb ends the clause its place stands before it
    score += _LOCATED if found.located else 0.0
    if not after and found.located and _fronted(scene, found):
        score += _FRONT
    if not after and _leads(scene, found):
        score += _WHERE
    score -= _NOT_ITS_SCENE if found.from_origin and trigger.sub_type not in _TAKES else 0.0
    score -= _DEFINITE if trigger.definite else 0.0
    return score - _OTHER_TRIGGER * scene.triggers_between(left, right)


def _leads(scene: Scene, found: Found) -> bool:
    """Whether "where" follows a name: what is told behind it happened there."""
    last = found.match.last
    return any(hit.first == last + 1 for hit in scene.reading.hits_between(last + 1, last + 5, "places.where"))


def _fronted(scene: Scene, found: Found) -> bool:
    """Whether a place opens its sentence: nothing but words of place and conjunctions stand before it."""
    reading = scene.reading
    return found.match.first - scene.sentence.first <= 3 and not reading.hits_between(  # noqa: PLR2004 - "In the city of"
        scene.sentence.first, found.match.first, "stance."
    )


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
        or (len(reading.words[k].folded) <= _SHORT_WORD and reading.words[k].folded in reading.rules.function_words)
        for k in gap
    )


def _one_place(a: Location, b: Location) -> bool:
    """Whether two places of one sentence are one scene: a zone and an embassy inside it."""
    fine = (PlaceKind.SITE, PlaceKind.DISTRICT)
    if a.place.id == b.place.id:
        return True
    reach = max(a.place.radius_m, b.place.radius_m)
    return a.place.kind in fine and b.place.kind in fine and distance_m(a.place.point, b.place.point) <= reach


def _location(scene: Scene, i: int, score: float) -> Location:
    found = scene.found[i]
    cue = found.mention.cue or "no cue"
    reasons = (f"place chosen with score {score:.1f} ({cue})", *scene.resolutions[i].reasons)
    return Location(found, scene.resolutions[i], found.near, reasons, found.mention.start, found.mention.end, score)
