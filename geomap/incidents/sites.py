"""The mentions of a sentence that may be where something happened, put together into sites."""

from gazetteer import PlaceKind, Role
from gazetteer.distance import distance_m
from gazetteer.relative import whole_of
from geomap.incidents.scene import Scene, Site
from geomap.mentions import Found

_BESIDE = 5  # words between a name and its container: "Merowe in the north of | the Northern State"
_LOCATOR = 3
"""Words from a place to one that only tells where it is: "Longton, near | Preston"."""
_ELSEWHERE_REACH = 10
"""Words before a name in which the longest phrase stands that says it is elsewhere: "was flown | to the city of"."""
_TAKES = frozenset({"abduction", "arrest", "deportation", "displacement"})
"""Events whose place is where people are taken from: "gunmen abducted ten farmers from the village of"."""
_AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION})


def sites_of(scene: Scene) -> list[Site]:
    """Put the eligible mentions of a sentence together: a name and the container written beside it are one place."""
    sites: list[Site] = []
    last = -1
    for i, found in _eligible(scene):
        before = sites[-1] if sites else None
        if before is not None and found.match.first - last <= _BESIDE and _no_event_between(scene, last, found):
            head = before.head
            locator = found.match.first - last <= _LOCATOR and _only_locates(scene, last, found)
            if locator or scene.resolutions[head].place is scene.resolutions[i].place or lies_within(scene, head, i):
                sites[-1] = Site((*before.members, i), head)
                last = found.match.last
                continue
            if lies_within(scene, i, head) or _is_its_province(scene, last, i):
                sites[-1] = Site((*before.members, i), i)
                last = found.match.last
                continue
        sites.append(Site((i,), i))
        last = found.match.last
    return sites


def _is_its_province(scene: Scene, last: int, inner: int) -> bool:
    """Whether the name right before a place is its province, whatever it was read as: Eskişehir | Seyitgazi'de."""
    small, found = scene.resolutions[inner].place, scene.found[inner]
    if small is None or found.match.first != last + 1 or scene.reading.between(last, found.match.first) != " ":
        return False
    before = next((f for f in scene.found.values() if f.match.last == last), None)
    return before is not None and any(
        c.place.kind is PlaceKind.ADMIN1 and c.place.id in small.parents for c in before.candidates
    )


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


def unknown_of(scene: Scene) -> list[Found]:
    """Names that stand as places and could not be resolved: what happened there happened nowhere else."""
    eligible = {i for i, _ in _eligible(scene)}
    return [
        f
        for i, f in scene.found.items()
        if i in scene.resolutions and i not in eligible and scene.resolutions[i].place is None and f.located
    ]


def inside(scene: Scene, unknown: Found, site: Site) -> bool:
    """Whether a site is what holds a name that could not be resolved: "the Salah al-Din district of Aleppo"."""
    first = scene.found[site.members[0]].match.first
    return 0 < first - unknown.match.last <= _BESIDE and not scene.triggers_between(unknown.match.last, first)


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
        and not any(f.match.first in span and not _counts(scene, i, span) for span in speaking)
        and (takes or not f.from_origin)
        and not any(t.hit.first <= f.match.first and f.match.last <= t.hit.last == t.hit.first for t in scene.triggers)
        and not any(_contained_behind(scene, origin, i) for origin in origins)
        and not _elsewhere(scene, f)
    ]


def _counts(scene: Scene, i: int, source: range) -> bool:
    """Whether a source is nothing but a town or province that counts its dead: "Cesena counted three dead"."""
    found, place = scene.found[i], scene.resolutions[i].place
    whole = found.match.last == source.stop - 1 and all(
        scene.reading.words[k].folded in scene.reading.articles for k in range(source.start, found.match.first)
    )
    state = place is None or place.kind is PlaceKind.COUNTRY or place.feature == "PPLC"
    return whole and not state and bool(scene.toll_words)


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


def lies_within(scene: Scene, inner: int, outer: int) -> bool:
    """Whether the place of one mention lies in that of another."""
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
    return 0 <= gap <= 3 and lies_within(scene, left, right)  # noqa: PLR2004 - "in the south of"
