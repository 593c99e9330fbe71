"""Areas made of other areas (``gazetteer/sources/groups.tsv``) → rows and shapes: Tuscany of its provinces, Sumatra.

Natural Earth's first-level table has the regions of Italy, France, Spain and Belgium only in their parts. What is a
first-level area of its country becomes the parent of its members; islands and landscapes do not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.build.areas import AreaSources, Shape
from gazetteer.build.curated import SOURCES, CuratedRow, LocalNames, read_table
from gazetteer.build.rows import Row
from gazetteer.distance import distance_m
from gazetteer.errors import SourceError
from gazetteer.format import LANGUAGES, NameFlag
from gazetteer.place import LngLat, PlaceKind

COLUMNS: tuple[str, ...] = ("id", "name", "kind", "feature", "country", "members", *LANGUAGES)
_KINDS = ("admin1", "region")


@dataclass(frozen=True, slots=True)
class Group:
    """An area that consists of others: ids of Natural Earth's areas; ``country`` is None where it spans several."""

    id: str
    name: str
    kind: PlaceKind
    feature: str
    country: str | None
    members: tuple[str, ...]
    names: tuple[LocalNames, ...]


def read_groups(path: Path = SOURCES / "groups.tsv") -> tuple[Group, ...]:
    """Read groups.tsv.

    Examples
    --------
    >>> [group.members for group in read_groups() if group.name == "Umbria"]
    [('admin1:IT-PG', 'admin1:IT-TR')]
    """
    return read_table(path, COLUMNS, _group, lambda group: group.id)


def _group(row: CuratedRow) -> Group:
    kind = PlaceKind(row.one_of("kind", _KINDS))
    return Group(
        id=row.identifier(f"{kind.value}:"),
        name=row.text("name"),
        kind=kind,
        feature=row.text("feature"),
        country=row.country() if row.cells["country"] else None,
        members=tuple(row.text("members").split(",")),
        names=row.local_names("ar", "en"),
    )


def group_rows(groups: Iterable[Group], areas: Sequence[Row], countries: Mapping[str, str]) -> Iterator[Row]:
    """Give the rows of groups, and put the members of first-level ones below them.

    Parameters
    ----------
    groups
        From `read_groups`.
    areas
        Rows of Natural Earth's areas; their parents are changed.
    countries
        ISO code → id of the country.

    Raises
    ------
    SourceError
        A member is no area.
    """
    by_id = {row.id: row for row in areas}
    for group in groups:
        lost = [member for member in group.members if member not in by_id]
        if lost:
            raise SourceError(f"groups.tsv: {group.id}: no area {', '.join(lost)}; mend its members")
        members = [by_id[member] for member in group.members]
        middle = _middle(members)
        row = Row(
            id=group.id,
            name=group.name,
            kind=group.kind,
            feature=group.feature,
            point=middle,
            country=group.country,
            parent=countries.get(group.country) if group.country else None,
            population=0,
            radius_m=round(max(distance_m(middle, member.point) + member.radius_m for member in members)),
            source="curated: groups of first-level areas",
        )
        for local in group.names:
            row.display[local.language] = local.names[0]
            row.names += [(name, NameFlag.PREFERRED) for name in local.names]
        if group.kind is PlaceKind.ADMIN1:
            for member in members:
                member.parent = group.id
        yield row


def _middle(members: Sequence[Row]) -> LngLat:
    """Give the label point of the member that lies nearest to the mean of all: a point inside the group."""
    lng = sum(member.point.lng for member in members) / len(members)
    lat = sum(member.point.lat for member in members) / len(members)
    return min((member.point for member in members), key=lambda point: distance_m(point, LngLat(lng, lat)))


def group_shape(group: Group, sources: AreaSources, keys: Mapping[str, str]) -> Shape:
    """Give the outline of a group: its members' taken together; ``keys`` are Natural Earth's by the id of the area."""
    return sources.area_shape(*(keys[member] for member in group.members))
