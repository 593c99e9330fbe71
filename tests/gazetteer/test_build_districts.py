"""Second-level areas: names, discs, seats; the built ones against a table of cases."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from gazetteer import Gazetteer, SourceError
from gazetteer.build.area_rows import AdminLocator
from gazetteer.build.areas import AreaSources
from gazetteer.build.districts import Districts, DistrictSource, read_told
from gazetteer.build.rows import Row
from gazetteer.distance import distance_m
from gazetteer.format import NameFlag
from gazetteer.place import LngLat, PlaceKind

CASES = Path(__file__).parents[1] / "cases" / "districts.tsv"


def cases() -> list[list[str]]:
    lines = CASES.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@pytest.fixture(scope="module")
def world() -> Iterator[Gazetteer]:
    with Gazetteer() as world:
        yield world


@pytest.mark.parametrize(
    ("name", "country", "kind", "lat", "lng", "km"), cases(), ids=[f"{c[0]}-{c[1]}" for c in cases()]
)
def test_a_name_gives_the_right_area(  # noqa: PLR0913, PLR0917 - the columns of the table
    world: Gazetteer, name: str, country: str, kind: str, lat: str, lng: str, km: str
) -> None:
    found = world.lookup(name, country=country)
    assert found, "not found"
    place = found[0].place
    assert place.kind.value == kind, place
    assert distance_m(place.point, LngLat(float(lng), float(lat))) <= float(km) * 1000, place
    if kind in ("admin1", "admin2"):
        assert place.radius_m > 1000, "never a pin"


def row(id_: str, name: str, kind: PlaceKind, lng: float, country: str = "IQ") -> Row:
    made = Row(id_, name, kind, "PPL", LngLat(lng, 36), country, "first", 9000, 1000, "test")
    made.names.append((name, NameFlag.PREFERRED))
    return made


def source(number: int, *names: str, lng: float | None = 42.0) -> DistrictSource:
    point = None if lng is None else LngLat(lng, 36)
    return DistrictSource(number, "IQ", "15", str(number), point, 20_000, "members" if point else "", names)


def build(
    *sources: DistrictSource,
    towns: tuple[Row, ...] = (),
    told: Mapping[int, Mapping[str, tuple[str, ...]]] = MappingProxyType({}),
) -> tuple[list[Row], dict[tuple[str, str, str], str]]:
    first = row("first", "Nineveh", PlaceKind.ADMIN1, 42)
    first.radius_m = 90_000
    country = row("IQ", "Iraq", PlaceKind.COUNTRY, 43)
    made = Districts(sources, told, {("IQ", "15"): first}, {"IQ": country}, {"IQ": 400_000.0})
    return made.rows(list(towns), [first, country])


def test_the_bare_name_stays_with_the_seat() -> None:
    (sinjar, shawan), ids = build(
        source(1, "Sinjar District"),
        source(2, "Shawan District"),
        towns=(row("t", "Sinjar", PlaceKind.SETTLEMENT, 42),),
    )
    assert "Sinjar" not in [name for name, _ in sinjar.names]
    assert ("Shawan", NameFlag(0)) in shawan.names, "nothing else is called so"
    assert ids["IQ", "15", "1"] == "geonames:1"


def test_a_district_takes_the_arabic_name_of_its_seat() -> None:
    seat = row("t", "Sinjar", PlaceKind.SETTLEMENT, 42)
    seat.display["ar"] = "سنجار"
    (made,), _ = build(source(1, "Sinjar District"), towns=(seat,))
    assert made.display["ar"] == "قضاء سنجار"


def test_without_settlements_it_lies_at_its_seat_or_somewhere_in_its_governorate() -> None:
    seat = row("t", "Baaj", PlaceKind.SETTLEMENT, 41.5)
    (at_seat, somewhere), _ = build(source(1, "Baaj District", lng=None), source(2, "Hatra", lng=None), towns=(seat,))
    assert (at_seat.point, "seat" in at_seat.source) == (seat.point, True)
    assert (somewhere.radius_m, "governorate" in somewhere.source) == (90_000, True)


def test_told_names_come_first_and_a_dash_drops(tmp_path: Path) -> None:
    path = tmp_path / "districts.tsv"
    path.write_text("geonameid\tlanguage\tnames\n1\tar\tقضاء البعاج|البعاج\n2\t-\told\n", "utf-8")
    told = read_told(path)
    (made,), _ = build(source(1, "Baaj District"), source(2, "Old District"), told=told)
    assert made.display["ar"] == "قضاء البعاج"
    path.write_text("geonameid\tlanguage\tnames\nBaaj\tar\tx\n", "utf-8")
    with pytest.raises(SourceError, match=r"districts\.tsv:2"):
        read_told(path)


@pytest.fixture(scope="module")
def locator() -> Iterator[AdminLocator]:
    locator = AdminLocator(AreaSources())
    yield locator
    locator.close()


@pytest.mark.parametrize(
    ("name", "lng", "lat", "slug", "country"),
    [
        ("Katzrin", 35.69, 32.99, "golan-heights", "SY"),
        ("Simferopol airport", 33.975, 45.052, "crimea", "UA"),
        ("Belbek air base", 33.575, 44.69, "sevastopol", "UA"),
        ("Tskhinvali", 43.97, 42.24, "south-ossetia", "GE"),
        ("Ercan airport", 33.496, 35.155, "northern-cyprus", "CY"),
        ("Hebron", 35.1, 31.53, "west-bank", "PS"),
        ("Matan, by the line", 34.977, 32.154, None, None),
        ("Gori", 44.11, 41.98, None, None),
    ],
)
def test_what_lies_in_a_disputed_area_is_filed_there(  # noqa: PLR0913, PLR0917
    locator: AdminLocator, name: str, lng: float, lat: float, slug: str | None, country: str | None
) -> None:
    area = locator.disputed(LngLat(lng, lat))
    assert (area and area.slug, area and area.country) == (slug, country), name
