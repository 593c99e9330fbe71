"""Curated sites and regions → rows of the build."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gazetteer.build.curated import CuratedRegion, CuratedSite, LocalNames
from gazetteer.build.rows import Row
from gazetteer.format import NameFlag
from gazetteer.names import fold
from gazetteer.place import PlaceKind


def site_rows(sites: Iterable[CuratedSite], parents: "ParentIndex") -> Iterator[Row]:
    """Give the rows of curated sites; a parent that the gazetteer does not hold leaves the country as parent."""
    for site in sites:
        row = Row(
            id=site.id,
            name=site.name,
            kind=site.kind,
            feature=site.feature,
            point=site.point,
            country=site.country,
            parent=parents.find(site.country, site.parent),
            population=0,
            radius_m=site.radius_m,
            source=f"curated: {site.source}",
        )
        _name(row, site.names)
        row.names += [(name, NameFlag.CONTEXT | NameFlag.PREFERRED) for name in site.context]
        yield row


def with_sites(rows: Sequence[Row], sites: Sequence[Row]) -> tuple[list[Row], dict[str, str]]:
    """Put curated sites among the other rows; a row that a site was copied from gives it its names and goes.

    Returns
    -------
    rows
        All rows.
    replaced
        Id of a row that went → id of the site that took its place.
    """
    taken = {_copied_from(site): site for site in sites}
    kept: list[Row] = []
    replaced: dict[str, str] = {}
    for row in rows:
        site = taken.get(row.id)
        if site is None:
            kept.append(row)
            continue
        site.names += row.names
        site.population = max(site.population, row.population)
        replaced[row.id] = site.id
        if site.parent == row.id:  # a town that is named as its own parent stays where the other source has it
            site.parent = row.parent
    result = [*kept, *sites]
    for row in result:  # Najaf is a site now, and the shrine of Imam Ali lies in it
        row.parent = replaced.get(row.parent or "", row.parent)
    return result, replaced


def _copied_from(site: Row) -> str:
    """Give the id that a site's source names: ``curated: airportsdata:ORAA`` → ``icao:ORAA``."""
    return site.source.removeprefix("curated: ").replace("airportsdata:", "icao:")


def region_rows(regions: Iterable[CuratedRegion], countries: Mapping[str, str]) -> Iterator[Row]:
    """Give the rows of curated regions and waters."""
    for region in regions:
        row = Row(
            id=region.id,
            name=region.name,
            kind=region.kind,
            feature=region.feature,
            point=region.point,
            country=region.country,
            parent=countries.get(region.country) if region.country else None,
            population=0,
            radius_m=region.radius_m,
            source=f"curated: {region.source}",
        )
        _name(row, region.names)
        yield row


def _name(row: Row, names: Iterable[LocalNames]) -> None:
    for local in names:
        row.display[local.language] = local.names[0]
        row.names += [(name, NameFlag.PREFERRED) for name in local.names]
    row.names.append((row.name, NameFlag.PREFERRED))


_PARENTS = (PlaceKind.SETTLEMENT, PlaceKind.ADMIN1, PlaceKind.REGION)


class ParentIndex:
    """Finds the place that a curated row names as its parent.

    Parameters
    ----------
    rows
        The places of the other sources.
    countries
        ISO code → id of the country, for parents that are not found.
    wanted
        ISO codes of the countries whose places are asked for.
    """

    def __init__(self, rows: Iterable[Row], countries: Mapping[str, str], wanted: Collection[str]) -> None:
        self._countries = countries
        self._by_name: dict[tuple[str | None, str], Row] = {}
        for row in rows:
            if row.country not in wanted or row.kind not in _PARENTS:
                continue
            for name in {row.name, *(name for name, _ in row.names)}:
                key = (row.country, fold(name))
                kept = self._by_name.get(key)
                if kept is None or _weight(row) > _weight(kept):
                    self._by_name[key] = row

    def find(self, country: str, name: str) -> str | None:
        """Give the id of the most populous place of that name in the country, else the country's."""
        row = self._by_name.get((country, fold(name)))
        return row.id if row else self._countries.get(country)


def _weight(row: Row) -> tuple[bool, int]:
    return (row.kind is PlaceKind.SETTLEMENT, row.population)
