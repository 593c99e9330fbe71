"""Second-level areas → rows of the build: names in two languages at least where they are known, a point, a disc.

A district is mostly called after its seat: قضاء سنجار and the town سنجار. The bare name is the town's. The district has
it only where nothing else in the world does; with its word (district, قضاء, район) it is always the district.
"""

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.build.district_names import AREA_WORDS, KINDS, KindOfDistrict, core_of
from gazetteer.build.geonames import is_name
from gazetteer.build.rows import Row
from gazetteer.distance import distance_m
from gazetteer.errors import SourceError
from gazetteer.format import LANGUAGES, NameFlag
from gazetteer.names import fold
from gazetteer.place import LngLat, PlaceKind

TOLD = Path(__file__).resolve().parent.parent / "sources" / "districts.tsv"
_TOLD_CELLS = 3
_FIRST_LEVEL = frozenset(["PS"])
"""Countries whose first level GeoNames files as a second: the governorates of the West Bank and the Gaza Strip."""
_COVERED = frozenset(["IQ", "SY", "LB", "YE", "PS", "SD", "UA"])
"""Countries whose districts are kept even where nothing tells where in their governorate they are."""
_WIDER = 1.2
"""A district of the usual size of its country is a disc of its area, and this much wider: none is round."""
_SEAT_NEAR_M = 20_000
"""How far outside the disc of its other settlements a seat may be."""
_SHORTEST_BARE = 5
"""Letters. Shorter bare names are words and people: Hit, Lee, Sahar."""


@dataclass(frozen=True, slots=True)
class DistrictSource:
    """A row of ``districts.tsv.xz``; ``radius_m`` is 0 and ``point`` None where it does not say."""

    geonameid: int
    country: str
    admin1: str
    admin2: str
    point: LngLat | None
    radius_m: int
    basis: str
    names: tuple[str, ...]


def read_districts(table: Iterable[Mapping[str, str]]) -> Iterator[DistrictSource]:
    """Read the rows of ``districts.tsv.xz``."""
    for row in table:
        admin1, admin2 = row["code"].split(".", 1)
        yield DistrictSource(
            int(row["geonameid"]),
            row["country"],
            admin1,
            admin2,
            LngLat(float(row["lng"]), float(row["lat"])) if row["lng"] else None,
            int(row["radius_m"] or 0),
            row["basis"],
            tuple(name for name in (row["name"], *row["other"].split("|")) if name),
        )


def read_told(path: Path = TOLD) -> dict[int, dict[str, tuple[str, ...]]]:
    """Read districts.tsv: names that an editor gives, by GeoNames id and language; ``-`` drops the district.

    Raises
    ------
    SourceError
        A row that is not as its head says; names file and line.
    """
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith(("#", "geonameid\t")):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < _TOLD_CELLS or not cells[0].isdigit() or cells[1] not in (*LANGUAGES, "-"):
            raise SourceError(f"{path.name}:{number}: expected GeoNames id, language (or -) and names parted by |")
        names = found.setdefault(int(cells[0]), {})
        if cells[1] != "-":
            names[cells[1]] = tuple(name.strip() for name in cells[2].split("|") if name.strip())
    return found


class Districts:
    """Makes the rows of second-level areas.

    Parameters
    ----------
    sources
        Of ``districts.tsv.xz``.
    told
        Names that an editor gives: GeoNames id → language → names, the one to show first; none at all drops it.
    admin1
        (country, GeoNames admin1 code) → the row of the first-level area.
    countries
        ISO code → the row of the country.
    area_km2
        ISO code → size of the country.
    """

    def __init__(
        self,
        sources: Iterable[DistrictSource],
        told: Mapping[int, Mapping[str, tuple[str, ...]]],
        admin1: Mapping[tuple[str, str], Row],
        countries: Mapping[str, Row],
        area_km2: Mapping[str, float],
    ) -> None:
        self._told = told
        dropped = {key for key, names in told.items() if not names}
        self._sources = [s for s in sources if s.country in countries and s.geonameid not in dropped]
        self._admin1, self._countries = admin1, countries
        count = Counter(source.country for source in self._sources)
        self._usual_m = {
            iso: _WIDER * 1000 * math.sqrt(area_km2[iso] / number / math.pi) for iso, number in count.items()
        }

    def rows(
        self, settlements: Sequence[Row], others: Sequence[Row]
    ) -> tuple[list[Row], dict[tuple[str, str, str], str]]:
        """Give the rows, and (country, admin1 code, admin2 code) → id.

        Parameters
        ----------
        settlements
            Populated places, among them the seats.
        others
            Every other row; a bare name that one of them has is not given to a district.
        """
        seats = _Seats(settlements, {s.country for s in self._sources})
        taken = {fold(name) for row in others for name, _ in row.names}
        first_level = {(row.country, fold(core_of(name)[0])) for row in self._admin1.values() for name, _ in row.names}
        found: dict[tuple[str, str, str], Row] = {}
        ids: dict[tuple[str, str, str], str] = {}
        bare: list[tuple[Row, str]] = []
        for source in self._sources:
            row, cores = self._row(source, seats, first_level)
            if row is None:
                continue
            key = (source.country, source.admin1, fold(cores[0]))
            twin = found.get(key)
            if twin is None:
                found[key] = row
                bare += [(row, core) for core in cores]
            elif source.country in _COVERED:  # Caza du Matn and Metn District, both of GeoNames
                twin.names += row.names
            else:
                twin = None
                found[*key[:2], f"{key[2]} {source.geonameid}"] = row
            ids[source.country, source.admin1, source.admin2] = (twin or row).id
        self._add_bare(bare, seats, taken)
        return list(found.values()), ids

    @staticmethod
    def _add_bare(bare: Sequence[tuple[Row, str]], seats: "_Seats", taken: set[str]) -> None:
        count = Counter(folded for folded, _ in {(fold(core), row.id) for row, core in bare})
        for row, core in bare:
            folded = fold(core)
            if (
                len(folded) >= _SHORTEST_BARE
                and row.country in _COVERED
                and count[folded] == 1
                and folded not in taken
                and not seats.any_of(folded)
            ):
                row.names.append((core, NameFlag(0)))

    def _row(
        self, source: DistrictSource, seats: "_Seats", first_level: set[tuple[str | None, str]]
    ) -> tuple[Row | None, list[str]]:
        above = self._admin1.get((source.country, source.admin1), self._countries[source.country])
        told = self._told.get(source.geonameid, {})
        known = [name for name in (*(n for names in told.values() for n in names), *source.names) if is_name(name)]
        cores = list(dict.fromkeys(core for name in known if (core := core_of(name)[0])))
        if not cores:
            return None, []
        seat = seats.find(source, cores, above)
        where = self._where(source, seat, above)
        if where is None:
            return None, []
        kind = KINDS.get(source.country, KINDS[""])
        row = Row(
            id=f"geonames:{source.geonameid}",
            name="",
            kind=PlaceKind.ADMIN1 if source.country in _FIRST_LEVEL else PlaceKind.ADMIN2,
            feature="ADM1" if source.country in _FIRST_LEVEL else "ADM2",
            point=where[0],
            country=source.country,
            parent=above.id,
            population=0,
            radius_m=float(round(where[1])),
            source=f"geonames second level; extent: {where[2]}",
        )
        is_first = any((source.country, fold(core)) in first_level for core in cores)
        _name(row, known, cores, told, seat, kind, is_first=is_first)
        return row, cores

    def _where(self, source: DistrictSource, seat: Row | None, above: Row) -> tuple[LngLat, float, str] | None:
        usual = self._usual_m[source.country]
        if source.point is not None and source.basis == "outline":
            return source.point, source.radius_m, "outline"
        if source.point is not None and source.basis == "members":
            # settlements of 500 inhabitants may be one in the middle of an empty district
            return source.point, max(source.radius_m, usual), "its settlements"
        if source.point is not None:
            return source.point, usual, "middle of an outline, usual size"
        if seat is not None:
            return seat.point, usual, "its seat, usual size"
        if source.country in _COVERED and above.radius_m:
            return above.point, above.radius_m, "its governorate"
        return None


class _Seats:
    """Settlements by name, to find the one that a district is called after."""

    def __init__(self, settlements: Iterable[Row], countries: Iterable[str]) -> None:
        wanted = frozenset(countries)
        self._by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._anywhere: set[str] = set()
        for row in settlements:
            if row.country is None:
                continue
            every = row.country in KINDS
            for name in {row.name, *(name for name, _ in row.names)}:
                folded = fold(name)
                self._anywhere.add(folded)
                if row.country in wanted and (every or name == row.name):
                    self._by_name[row.country, folded].append(row)

    def any_of(self, folded: str) -> bool:
        """Whether any settlement of the world has this name."""
        return folded in self._anywhere

    def find(self, source: DistrictSource, cores: Iterable[str], above: Row) -> Row | None:
        """Give the most populous settlement of the district's name inside its disc, or in its first-level area."""
        named = {row.id: row for core in cores for row in self._by_name.get((source.country, fold(core)), ())}
        if source.point is None:
            near = [row for row in named.values() if row.parent == above.id]
        else:
            reach = max(source.radius_m, _SEAT_NEAR_M) + _SEAT_NEAR_M
            near = [row for row in named.values() if distance_m(row.point, source.point) <= reach]
        return max(near, key=lambda row: (row.feature.startswith("PPLA"), row.population, row.id), default=None)


def _name(  # noqa: PLR0913, PLR0917 - one row out of all that is known of its names
    row: Row,
    known: Sequence[str],
    cores: Sequence[str],
    told: Mapping[str, tuple[str, ...]],
    seat: Row | None,
    kind: KindOfDistrict,
    *,
    is_first: bool,
) -> None:
    """Give a row its names: those of its sources, and its bare name with the words for a district."""
    latin = [core for core in cores if _script(core) == "LATIN"]
    arabic = [core for core in cores if _script(core) == "ARABIC" and _is_arabic(core)]
    if seat is not None:
        latin = [*_plain([seat.display.get("en", seat.name)]), *latin, *_plain([seat.name])]
        arabic += [name for name in (seat.display.get("ar"),) if name]
    latin = list(dict.fromkeys(latin))
    english = told.get("en") or tuple(
        [n for n in known if core_of(n)[1] in kind.english_words and n.isascii()]
        + [f"{core} {word}" for core in latin for word in kind.english]
    )
    row.name = english[0] if english else known[0]
    row.display["en"] = row.name
    whole = [n for n in known if _script(n) == "ARABIC" and _is_arabic(n) and core_of(n)[1]]
    given = {"en": english, "ar": (*told.get("ar", ()), *whole, *_with(arabic, kind.arabic))}
    given |= {language: told[language] for language in told if language not in given}
    for language, word in (("fa", kind.persian), ("tr", kind.turkish), ("he", kind.hebrew)):
        own = seat.display.get(language) if seat and word else None
        if own and language not in given:
            given[language] = (f"{own} {word}" if language == "tr" else f"{word} {own}",)
    for name in known:
        for language in _languages(name):
            given.setdefault(language, (name,))
    for language, names in given.items():
        # منطقة خاركيف is the oblast: a word that means areas of any size goes with no name of a first-level area
        clear = [n for n in names if not (is_first and core_of(n)[1] in AREA_WORDS and n not in told.get(language, ()))]
        if clear:
            row.display[language] = clear[0]
        row.names += [(name, NameFlag.PREFERRED) for name in clear]
    bare = {fold(core) for core in cores}
    row.names += [(name, NameFlag(0)) for name in known if fold(name) not in bare]
    row.names += [(f"{word} {core}", NameFlag(0)) for word in kind.before for core in latin[:2]]


def _with(cores: Iterable[str], words: Iterable[str]) -> list[str]:
    return [f"{word} {core}" for word in words for core in cores]


def _plain(names: Iterable[str]) -> list[str]:
    return [core for name in names if (core := core_of(name)[0]) and _script(core) == "LATIN"]


def _script(text: str) -> str:
    letter = next((c for c in text if c.isalpha()), " ")
    return unicodedata.name(letter, "").split(" ")[0]


def _is_arabic(text: str) -> bool:
    """Whether a text in Arabic script has letters of Arabic alone: قەزای is Kurdish."""
    return not any(c in "ەێۆڕڵگچپژڤھیک" for c in text)


def _languages(name: str) -> tuple[str, ...]:
    """Languages that a name of a source is surely in, by its letters."""
    match _script(name):
        case "HEBREW":
            return ("he",)
        case "CYRILLIC" if any(c in "іїєґ" for c in name.lower()):
            return ("uk",)
        case "CYRILLIC" if any(c in "ыэъё" for c in name.lower()) or name.endswith("ский район"):
            return ("ru",)
        case _:
            return ()
