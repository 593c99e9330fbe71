"""The place of an incident, chosen among the mentions of its sentence."""

from bisect import bisect_left, bisect_right
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
_BESIDE = 5  # words between a name and its container: "Merowe in the north of | the Northern State"
_ALONE = 0.0
"""The least score with which a trigger leaves its best place, already taken by a nearer trigger, for another one."""
_OWN_FIGURE = 8
"""Steps from a figure to the place that it is told for: "34 deaths in the state of Khartoum"."""
_LOCATOR = 3
"""Words from a place to one that only tells where it is: "Longton, near | Preston"."""
_ELSEWHERE_REACH = 10
"""Words before a name in which the longest phrase stands that says it is elsewhere: "was flown | to the city of"."""
_TAKES = frozenset({"abduction", "arrest", "deportation", "displacement"})
"""Events whose place is where people are taken from: "gunmen abducted ten farmers from the village of"."""
_NOT_ITS_SCENE = 10.0
_AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION})
_TOLD = 2.5
"""What an own figure adds to a place: "34 died in the fires, 23 of them in the province of Béjaïa""."""
_WHERE = 1.5  # "in Petrópolis, where 235 people died in storms"
_SHORT_WORD = 4
_UNKNOWN_LEAD = 0.5
"""By how much a place that the gazetteer could not resolve must stand nearer to keep others from being the scene."""
_DEFINITE = 1.0  # "the attacks" rather refers to an event than tells it


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with everything that placing an incident needs."""

    reading: Reading
    sentence: Sentence
    found: Mapping[int, Found]
    resolutions: Mapping[int, Resolution]
    triggers: Sequence[Trigger]
    speeches: Sequence[Speech]
    dateline: int | None
    number_words: frozenset[int] = frozenset()
    toll_words: tuple[int, ...] = ()
    date_words: tuple[int, ...] = ()
    trigger_words: tuple[int, ...] = ()

    @property
    def here(self) -> list[Found]:
        """The mentions of the sentence that may be places."""
        return [self.found[i] for i in self.resolutions]

    def triggers_between(self, left: int, right: int) -> int:
        """Count the triggers that begin between two words."""
        return bisect_left(self.trigger_words, right) - bisect_right(self.trigger_words, left)


@dataclass(frozen=True, slots=True)
class Site:
    """Mentions of one sentence that say one place: "the Green Zone in Baghdad". ``head`` is the finest of them."""

    members: tuple[int, ...]
    head: int


def locate_all(scene: Scene, triggers: Sequence[Trigger]) -> list[tuple[tuple[Location, ...], ...]]:
    """Give each trigger the places of its event: one group an incident, the incident's own place first in its group.

    Every place of the sentence goes to the trigger that tells most of it, and a trigger that got none to its best
    place. A second place for one trigger must be told by itself: in a list with the first, or with a figure or date of
    its own ("a drone hit a depot in Kosti, and shells fell on El Obeid"; "ten died in Basra, three in Najaf").
    """
    sites = sites_of(scene)
    if not sites or not triggers:
        return [() for _ in triggers]
    tolled = _told_sites(scene, sites, scene.toll_words)
    scores = [
        [_site_score(scene, trigger, site) + _TOLD * (s in tolled) for s, site in enumerate(sites)]
        for trigger in triggers
    ]
    unknown = _unknown(scene)
    claimed: list[list[int]] = [[] for _ in triggers]
    for s in range(len(sites)):
        t = max(range(len(triggers)), key=lambda k: (scores[k][s], -k))
        if scores[t][s] >= _LEAST:
            claimed[t].append(s)
    told = tolled | _told_sites(scene, sites, scene.date_words)
    located: list[tuple[tuple[Location, ...], ...]] = []
    for t, trigger in enumerate(triggers):
        best = max(range(len(sites)), key=lambda s: (scores[t][s], -s))
        lost = max((_score(scene, trigger, f) for f in unknown if not _inside(scene, f, sites[best])), default=_LEAST)
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


def sites_of(scene: Scene) -> list[Site]:
    """Put the eligible mentions of a sentence together: a name and the container written beside it are one place."""
    sites: list[Site] = []
    last = -1
    for i, found in _eligible(scene):
        before = sites[-1] if sites else None
        if before is not None and found.match.first - last <= _BESIDE and _no_event_between(scene, last, found):
            head = before.head
            locator = found.match.first - last <= _LOCATOR and _only_locates(scene, last, found)
            if locator or scene.resolutions[head].place is scene.resolutions[i].place or _lies_in(scene, head, i):
                sites[-1] = Site((*before.members, i), head)
                last = found.match.last
                continue
            if _lies_in(scene, i, head):
                sites[-1] = Site((*before.members, i), i)
                last = found.match.last
                continue
        sites.append(Site((i,), i))
        last = found.match.last
    return sites


def _only_locates(scene: Scene, last: int, found: Found) -> bool:
    """Whether a name only tells where the one before it is: "Longton, near Preston", قضاء الطارمية شمال بغداد."""
    if found.near:
        return True
    gap = range(last + 1, found.match.first)
    reading = scene.reading
    if _names_its_area(scene, last, found):
        return True
    directed = any(hit.last == gap.stop - 1 for hit in reading.hits_between(gap.start, gap.stop, "places.direction"))
    if directed and not any(found.match.clitic.startswith(c) for c in reading.joiners):
        return not any(reading.words[k].folded in reading.joiners for k in gap)
    return _between(scene, last, found)


def _names_its_area(scene: Scene, last: int, found: Found) -> bool:
    """Whether an area of the same country is written behind a place as where it lies: الخيام في جنوب لبنان."""
    reading = scene.reading
    inner = next((i for i, f in scene.found.items() if f.match.last == last and i in scene.resolutions), None)
    outer = next((i for i, f in scene.found.items() if f is found), None)
    if inner is None or outer is None:
        return False
    small, large = scene.resolutions[inner].place, scene.resolutions[outer].place
    if small is None or large is None or small.kind in _AREAS or large.kind not in _AREAS:
        return False
    gap = range(last + 1, found.match.first)
    if small.country != large.country or not gap or reading.parted(last, found.match.first):
        return False
    return all(reading.hits_between(k, k + 1, "places.") or reading.words[k].folded in reading.articles for k in gap)


def _between(scene: Scene, last: int, found: Found) -> bool:
    """Whether two names are the ends of one place: "between Aswan and Luxor"."""
    reading = scene.reading
    before = next((f for f in scene.found.values() if f.match.last == last), None)
    if before is None:
        return False
    begin = max(scene.sentence.first, before.match.first - _LOCATOR)
    for hit in reading.hits_between(begin, before.match.first, "places.between"):
        if not reading.parted(hit.last, found.match.first):
            return True
    return False


def _no_event_between(scene: Scene, last: int, found: Found) -> bool:
    return not any(last < t.hit.first < found.match.first for t in scene.triggers) and not any(
        last < word < found.match.first for word in scene.toll_words
    )


def _unknown(scene: Scene) -> list[Found]:
    """Names that stand as places and could not be resolved: what happened there happened nowhere else."""
    eligible = {i for i, _ in _eligible(scene)}
    return [
        f
        for i, f in scene.found.items()
        if i in scene.resolutions and i not in eligible and scene.resolutions[i].place is None and f.located
    ]


def _inside(scene: Scene, unknown: Found, site: Site) -> bool:
    """Whether a site is what holds a name that could not be resolved: "the Salah al-Din district of Aleppo"."""
    first = scene.found[site.members[0]].match.first
    return 0 < first - unknown.match.last <= _BESIDE and not scene.triggers_between(unknown.match.last, first)


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
        return large != small and not both_told and _lies_in(scene, sites[small].head, sites[large].head)

    return [s for s in chosen if not any(only_contains(s, other) for other in chosen)]


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


def _eligible(scene: Scene) -> list[tuple[int, Found]]:
    """Mentions that may be where something happened: resolved locations and facilities outside source and dateline."""
    speaking = [range(s.first, s.last) for s in scene.speeches]
    takes = any(t.sub_type in _TAKES for t in scene.triggers)
    origins = [] if takes else [i for i in scene.resolutions if scene.found[i].from_origin]
    return [
        (i, f)
        for i, f in ((i, scene.found[i]) for i in scene.resolutions)
        if scene.resolutions[i].place is not None
        and f.mention.role in (Role.LOCATION, Role.FACILITY)
        and i != scene.dateline
        and not any(f.match.first in span for span in speaking)
        and (takes or not f.from_origin)
        and not any(t.hit.first <= f.match.first and f.match.last <= t.hit.last == t.hit.first for t in scene.triggers)
        and not any(_contained_behind(scene, origin, i) for origin in origins)
        and not _elsewhere(scene, f)
    ]


def _elsewhere(scene: Scene, found: Found) -> bool:
    """Whether the words before a name say that it is not the scene: "a judge in", "was flown to"."""
    reading, first = scene.reading, found.match.first
    begin = max(scene.sentence.first, first - _ELSEWHERE_REACH)
    for hit in reading.hits_between(begin, first, "places.elsewhere"):
        gap = range(hit.last + 1, first)
        if reading.parted(hit.last, first):
            continue
        if all(reading.hits_between(k, k + 1, "places.") or reading.words[k].folded in reading.articles for k in gap):
            return True
    behind = reading.hits_between(found.match.last + 1, found.match.last + 8, "places.elsewhere_after")
    return any(hit.first == found.match.last + 1 and not reading.parted(found.match.last, hit.first) for hit in behind)


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


def _contained_behind(scene: Scene, left: int, right: int) -> bool:
    """Whether the right name is the container written behind the left: المنطقة الخضراء ببغداد."""
    if left not in scene.resolutions or right not in scene.resolutions:
        return False
    gap = scene.found[right].match.first - scene.found[left].match.last - 1
    return 0 <= gap <= 3 and _lies_in(scene, left, right)  # noqa: PLR2004 - "in the south of"


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
