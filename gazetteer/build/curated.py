"""The hand-edited truth of ``gazetteer/sources/*.tsv``: read, or refused with file, line and cure.

Five files, UTF-8, tab-separated, with ``#`` comment lines and one header row. Several names in a cell are
parted by ``|``, the first of a language being the one to show:

sites.tsv
    Places that no package holds: bases, crossings, camps, quarters, villages.
regions.tsv
    Named areas that are no administrative units, with a coarse outline drawn by hand.
aliases.tsv
    Further names for places of other sources.
demonyms.tsv
    Nationalities, which are no places.
not_places.tsv
    Persons, organisations, media and events with a place in their name; everyday words that are also names.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from gazetteer.errors import SourceError
from gazetteer.geometry import Ring
from gazetteer.names import fold
from gazetteer.place import LngLat, PlaceKind

SOURCES = Path(__file__).resolve().parent.parent / "sources"
LANGUAGES = ("ar", "en", "fa", "he", "tr", "fr", "es", "ru", "uk", "de", "pt", "it")
SITE_COLUMNS: tuple[str, ...] = ("id", "name", "kind", "feature", "lat", "lng", "radius_m", "country", "parent")
SITE_COLUMNS += (*LANGUAGES, "context", "source")
REGION_COLUMNS: tuple[str, ...] = ("id", "name", "kind", "feature", "country", "lat", "lng", "radius_m", "polygon")
REGION_COLUMNS += (*LANGUAGES, "source")
ALIAS_COLUMNS = ("target", "name", "language", "preferred", "case")
DEMONYM_COLUMNS = ("country", "language", "forms")
NOT_PLACE_COLUMNS = ("text", "language", "kind", "note")

_SITE_KINDS = (PlaceKind.SITE, PlaceKind.DISTRICT, PlaceKind.SETTLEMENT)
_REGION_KINDS = (PlaceKind.REGION, PlaceKind.WATER)
_TARGETS = ("geonames", "country", "admin1", "disputed")
_MIN_RING = 4  # three corners and the first again
# Groupings and test codes that CLDR lists beside the countries.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_T = TypeVar("_T")


class NotPlaceKind(StrEnum):
    """What a text that is no place is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    MEDIA = "media"
    EVENT = "event"
    EVERYDAY = "everyday"
    """An ordinary word of its language: a place only with a cue there, and any time in another language."""
    NAME = "name"
    """A given or family name, in every language: a place only with a cue."""


@dataclass(frozen=True, slots=True)
class LocalNames:
    """The names of one place in one language, the preferred first."""

    language: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CuratedSite:
    """A row of sites.tsv.

    Attributes
    ----------
    id
        ``site:`` and a slug.
    name
        The English name to show.
    kind
        Site, district or settlement.
    feature
        GeoNames feature code.
    point
        Its position.
    radius_m
        Metres around ``point`` that hold it.
    country
        ISO 3166-1 alpha-2.
    parent
        The city or area that contains it, in English.
    names
        Names that denote it anywhere.
    context
        Names, of any language, that denote it only where its parent or its country is spoken of.
    source
        Where the position comes from.
    """

    id: str
    name: str
    kind: PlaceKind
    feature: str
    point: LngLat
    radius_m: float
    country: str
    parent: str
    names: tuple[LocalNames, ...]
    context: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CuratedRegion:
    """A row of regions.tsv.

    ``polygon`` is closed and counter-clockwise; ``country`` is None where it spans several.
    """

    id: str
    name: str
    kind: PlaceKind
    feature: str
    country: str | None
    point: LngLat
    radius_m: float
    polygon: Ring
    names: tuple[LocalNames, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of ``target``: ``geonames:ID``, ``country:XX``, ``admin1:XX-YY`` or ``disputed:SLUG``.

    ``exact_case`` names (US, ABD) count only when written exactly so; an ``abbreviation``
    (Ga., TX) counts only behind its town or with its dot; ``preferred`` ones are shown.
    """

    target: str
    name: str
    language: str
    preferred: bool
    exact_case: bool
    abbreviation: bool


@dataclass(frozen=True, slots=True)
class Demonym:
    """How one language says the nationality of one country, without the article."""

    country: str
    language: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotPlace:
    """A text that holds or is a place's name and means no place."""

    text: str
    language: str
    kind: NotPlaceKind
    note: str


@dataclass(frozen=True, slots=True)
class CuratedRow:
    """A row of a table, its cells by column, and where it stands, for messages."""

    where: str
    cells: dict[str, str]

    def fail(self, what: str) -> SourceError:
        """Make the error of this row."""
        return SourceError(f"{self.where}: {what}")

    def text(self, column: str) -> str:
        """Give a cell that must not be empty."""
        value = self.cells[column]
        if not value:
            raise self.fail(f"{column} is empty; fill it in, or remove the row")
        return value

    def names(self, column: str) -> tuple[str, ...]:
        """Give the names of a cell, parted by ``|``."""
        cell = self.cells[column]
        names = tuple(cell.split("|")) if cell else ()
        for name in names:
            if name != name.strip() or not fold(name):
                raise self.fail(f"{column} holds the empty or padded name {name!r}; remove it or its spaces")
        return names

    def number(self, column: str, lowest: float, highest: float) -> float:
        """Give a number within limits."""
        try:
            value = float(self.text(column))
        except ValueError:
            raise self.fail(f"{column} is no number: {self.cells[column]!r}") from None
        if not lowest <= value <= highest:
            raise self.fail(f"{column} {value:g} is not between {lowest:g} and {highest:g}")
        return value

    def point(self) -> LngLat:
        """Give the position."""
        return LngLat(self.number("lng", -180, 180), self.number("lat", -90, 90))

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        """Give a cell that is one of some words."""
        value = self.cells[column]
        if value not in allowed:
            raise self.fail(f"unknown {column} {value!r}; it is one of {', '.join(allowed)}")
        return value

    def country(self) -> str:
        """Give the ISO 3166-1 alpha-2 code."""
        value = self.text("country")
        if value not in _countries():
            raise self.fail(f"unknown country {value!r}; give its ISO 3166-1 alpha-2 code in capitals")
        return value

    def local_names(self, *needed: str) -> tuple[LocalNames, ...]:
        """Give the names by language; those that are needed must be there."""
        for column in needed:
            self.text(column)
        return tuple(LocalNames(code, names) for code in LANGUAGES if (names := self.names(code)))

    def identifier(self, prefix: str) -> str:
        """Give the id, which starts with a prefix."""
        value = self.text("id")
        if not value.startswith(prefix) or value == prefix:
            raise self.fail(f"id {value!r} does not start with {prefix!r} and a slug")
        return value


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    from babel import Locale

    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES  # noqa: PLR2004


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[CuratedRow]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceError(f"{path} is missing; it is part of the repository, restore it") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    header_seen = False
    for number, line in enumerate(text.split("\n"), start=1):
        where = f"{path.name}:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header_seen:
            if tuple(cells) != columns:
                raise SourceError(f"{where}: the header is not {' '.join(columns)!r}, parted by tabs")
            header_seen = True
            continue
        if len(cells) != len(columns):
            raise SourceError(f"{where}: {len(cells)} cells for {len(columns)} columns; count the tabs")
        yield CuratedRow(where, dict(zip(columns, cells, strict=True)))
    if not header_seen:
        raise SourceError(f"{path.name}: no header row; it is {' '.join(columns)!r}, parted by tabs")


def read_table(
    path: Path, columns: tuple[str, ...], make: Callable[[CuratedRow], _T], key: Callable[[_T], object]
) -> tuple[_T, ...]:
    """Read the rows of a table; two of one key are an error."""
    seen: dict[object, str] = {}
    entries = []
    for row in _rows(path, columns):
        entry = make(row)
        identity = key(entry)
        if identity in seen:
            raise row.fail(f"the same as {seen[identity]} ({identity}); remove one of the two")
        seen[identity] = row.where
        entries.append(entry)
    return tuple(entries)


def _site(row: CuratedRow) -> CuratedSite:
    return CuratedSite(
        id=row.identifier("site:"),
        name=row.text("name"),
        kind=PlaceKind(row.one_of("kind", _SITE_KINDS)),
        feature=row.text("feature"),
        point=row.point(),
        radius_m=row.number("radius_m", 1, 100_000),
        country=row.country(),
        parent=row.text("parent"),
        names=row.local_names("en"),
        context=row.names("context"),
        source=row.text("source"),
    )


def _ring(row: CuratedRow) -> Ring:
    corners = []
    for pair in row.text("polygon").split(","):
        try:
            lng, lat = (float(number) for number in pair.split())
        except ValueError:
            raise row.fail(f"polygon corner {pair.strip()!r} is not 'lng lat'") from None
        if not (-180 <= lng <= 180 and -90 <= lat <= 90):  # noqa: PLR2004
            raise row.fail(f"polygon corner {pair.strip()!r} lies outside the world; is it lng lat?")
        corners.append(LngLat(lng, lat))
    if corners[0] != corners[-1]:
        corners.append(corners[0])
    if len(corners) < _MIN_RING:
        raise row.fail("polygon has fewer than three corners")
    turn = sum(a.lng * b.lat - b.lng * a.lat for a, b in pairwise(corners))
    return tuple(corners if turn > 0 else reversed(corners))


def _region(row: CuratedRow) -> CuratedRegion:
    return CuratedRegion(
        id=row.identifier("region:"),
        name=row.text("name"),
        kind=PlaceKind(row.one_of("kind", _REGION_KINDS)),
        feature=row.text("feature"),
        country=row.country() if row.cells["country"] else None,
        point=row.point(),
        radius_m=row.number("radius_m", 1, 10_000_000),
        polygon=_ring(row),
        names=row.local_names("ar", "en"),
        source=row.text("source"),
    )


def _alias(row: CuratedRow) -> Alias:
    target = row.text("target")
    authority, _, rest = target.partition(":")
    if authority not in _TARGETS or not rest:
        raise row.fail(f"unknown target {target!r}; it is geonames:ID, country:XX, admin1:XX-YY or disputed:SLUG")
    if authority == "geonames" and not rest.isdigit():
        raise row.fail(f"target {target!r} has no number after geonames:")
    if authority in ("country", "admin1") and rest.partition("-")[0] not in _countries():
        raise row.fail(f"target {target!r} names an unknown country")
    name = row.text("name")
    row.names("name")
    return Alias(
        target=target,
        name=name,
        language=row.one_of("language", LANGUAGES),
        preferred=row.one_of("preferred", ("", "yes")) == "yes",
        exact_case=row.one_of("case", ("", "exact", "abbreviation")) == "exact",
        abbreviation=row.one_of("case", ("", "exact", "abbreviation")) == "abbreviation",
    )


def _demonym(row: CuratedRow) -> Demonym:
    row.text("forms")
    return Demonym(row.country(), row.one_of("language", LANGUAGES), row.names("forms"))


def _not_place(row: CuratedRow) -> NotPlace:
    kinds = tuple(NotPlaceKind)
    row.text("text")
    row.names("text")
    kind = NotPlaceKind(row.one_of("kind", kinds))
    return NotPlace(row.cells["text"], row.one_of("language", LANGUAGES), kind, row.cells["note"])


def read_sites(path: Path = SOURCES / "sites.tsv") -> tuple[CuratedSite, ...]:
    """Read sites.tsv.

    Examples
    --------
    >>> [site.point.lat for site in read_sites() if site.id == "site:ain-al-asad"]
    [33.7856]
    """
    return read_table(path, SITE_COLUMNS, _site, lambda site: site.id)


def read_regions(path: Path = SOURCES / "regions.tsv") -> tuple[CuratedRegion, ...]:
    """Read regions.tsv.

    Examples
    --------
    >>> sahel = next(region for region in read_regions() if region.id == "region:sahel")
    >>> sahel.polygon[0] == sahel.polygon[-1]
    True
    """
    return read_table(path, REGION_COLUMNS, _region, lambda region: region.id)


def read_aliases(path: Path = SOURCES / "aliases.tsv") -> tuple[Alias, ...]:
    """Read aliases.tsv.

    Examples
    --------
    >>> [alias.target for alias in read_aliases() if alias.name == "ABD"]
    ['country:US']
    """
    return read_table(path, ALIAS_COLUMNS, _alias, lambda alias: (alias.target, alias.language, alias.name))


def read_demonyms(path: Path = SOURCES / "demonyms.tsv") -> tuple[Demonym, ...]:
    """Read demonyms.tsv.

    Examples
    --------
    >>> [entry.country for entry in read_demonyms() if "Iraqis" in entry.forms]
    ['IQ']
    """
    return read_table(path, DEMONYM_COLUMNS, _demonym, lambda entry: (entry.country, entry.language))


def read_not_places(path: Path = SOURCES / "not_places.tsv") -> tuple[NotPlace, ...]:
    """Read not_places.tsv.

    Examples
    --------
    >>> {str(entry.kind) for entry in read_not_places() if entry.text == "Paris Hilton"}
    {'person'}
    """
    return read_table(path, NOT_PLACE_COLUMNS, _not_place, lambda entry: (entry.language, fold(entry.text)))
