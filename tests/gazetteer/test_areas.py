"""The committed areas, and the tables made of them."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer.areas import Areas, create_area_tables
from gazetteer.build.areas import DERIVED, AreaSources, Shape, store_shape
from gazetteer.build.generic import is_generic
from gazetteer.errors import SourceError
from gazetteer.geometry import Geometry, decode
from gazetteer.place import LngLat, PlaceKind

POINTS = [
    ("Baghdad", 44.39, 33.31, "IQ", "IRQ-3063"),
    ("Mosul", 43.13, 36.34, "IQ", "IRQ-3051"),
    ("Halabja", 45.98, 35.18, "IQ", "halabja"),
    ("Sulaymaniyah", 45.43, 35.56, "IQ", "IRQ-3242"),
    ("Halba", 36.08, 34.54, "LB", "akkar"),
    ("Baalbek", 36.21, 34.0, "LB", "baalbek-hermel"),
    ("Zahle", 35.9, 33.85, "LB", "LBN-3022"),
    ("Hadibo", 54.02, 12.65, "YE", "socotra"),
    ("En Nuhud", 28.43, 12.7, "SD", "west-kordofan"),
    ("El Obeid", 30.22, 13.18, "SD", "SDN-883"),
    ("Tskhinvali", 43.97, 42.24, "GE", "south-ossetia"),
    ("Gori", 44.11, 41.98, "GE", "GEO-3039"),
    ("Simferopol", 34.1, 44.95, "UA", "RUS-283"),
    ("Sevastopol", 33.55, 44.6, "UA", "RUS-5482"),
    ("Donetsk", 37.8, 48.0, "UA", "UKR-327"),
    ("Majdal Shams", 35.77, 33.27, "SY", "golan-heights"),
    ("Katzrin", 35.69, 32.99, "SY", "golan-heights"),
    ("Kiryat Shmona", 35.57, 33.21, "IL", "ISR-3056"),
    ("Shebaa Farms", 35.70, 33.30, "SY", "shebaa-farms"),
    ("Khan Arnabeh, UNDOF", 35.89, 33.18, "SY", "SYR-145"),
    ("Al-Aqsa", 35.2354, 31.7780, "PS", "east-jerusalem"),
    ("Knesset", 35.205, 31.777, "IL", "ISR-3058"),
    ("Gaza", 34.45, 31.5, "PS", "GAZ+00?"),
    ("Jenin", 35.3, 32.46, "PS", "WEB+00?"),
    ("Hebron", 35.1, 31.53, "PS", "WEB+00?"),
    ("Pristina", 21.16, 42.66, "XK", "KOS-5902"),
    ("Taipei", 121.53, 25.04, "TW", "TWN-1166"),
    ("Laayoune", -13.2, 27.15, "EH", "MAR-3456"),
    ("Tarfaya", -12.9, 27.93, "MA", "MAR-3457"),
    ("Smara", -11.67, 26.74, "EH", "MAR-3456"),
    ("Hargeisa", 44.06, 9.56, "SO", "SOL+00?"),
    ("Kyrenia", 33.32, 35.32, "CY", "CYN+00?"),
    ("Sukhumi", 41.02, 43.01, "GE", "GEO-3015"),
    ("Tiraspol", 29.6, 46.84, "MD", "MDA-1628"),
    ("Kaliningrad", 20.5, 54.71, "RU", "RUS-2324"),
    ("Chukotka over the antimeridian", -175.0, 66.5, "RU", "RUS-2321"),
    ("Suva", 178.44, -18.1, "FJ", "FJI-2617"),
    ("Vaduz", 9.52, 47.14, "LI", "LIE-4895"),
    ("Monaco", 7.42, 43.735, "MC", None),
    ("Vatican", 12.453, 41.903, "VA", None),
    ("Maseru", 27.48, -29.31, "LS", None),
    ("Cayenne", -52.3, 4.9, "GF", None),
    ("Panjshir", 69.7, 35.4, "AF", "AFG-1769"),
]


@pytest.fixture(scope="module")
def sources() -> AreaSources:
    return AreaSources()


@pytest.fixture(scope="module")
def shapes(sources: AreaSources) -> dict[str, Shape]:
    """Every shape by a readable name."""
    found = {f"area {area.key}": sources.area_shape(area.key) for area in sources.admin_areas}
    found |= {f"country {c.country}": sources.country_shape(c.country) for c in sources.countries}
    found |= {f"sea {sea.key}": sources.sea_shape(sea.key) for sea in sources.seas}
    return found


@pytest.fixture(scope="module")
def names(shapes: dict[str, Shape]) -> list[str]:
    return list(shapes)


@pytest.fixture(scope="module")
def connection(shapes: dict[str, Shape]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    create_area_tables(connection)
    for ordinal, shape in enumerate(shapes.values()):
        store_shape(connection, ordinal, shape)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def areas(connection: sqlite3.Connection) -> Areas:
    return Areas(connection)


@pytest.mark.parametrize(
    ("point", "country", "area"), [(LngLat(*p[1:3]), *p[3:]) for p in POINTS], ids=[p[0] for p in POINTS]
)
def test_a_point_is_in_the_right_country(
    areas: Areas, names: list[str], point: LngLat, country: str, area: str | None
) -> None:
    found = [names[ordinal] for ordinal in areas.containing(point)]
    assert [name for name in found if name.startswith("country")] == [f"country {country}"]
    if area is not None:
        assert found[0] == f"area {area}", "the smallest area first"


@pytest.mark.parametrize(
    ("sea", "lng", "lat"),
    [
        ("red-sea", 38, 20), ("bab-el-mandeb", 43.35, 12.6), ("strait-of-hormuz", 56.5, 26.5),
        ("persian-gulf", 51, 27), ("gulf-of-aden", 47, 12.5), ("black-sea", 33, 43.5), ("sea-of-azov", 36.5, 46),
        ("strait-of-gibraltar", -5.6, 35.95), ("mediterranean-sea", 33, 33), ("pacific-ocean", -170, 0),
        ("atlantic-ocean", -30, 1), ("taiwan-strait", 119, 24.5),
    ],
)  # fmt: skip
def test_a_point_at_sea_is_in_its_sea_and_no_country(
    areas: Areas, names: list[str], sea: str, lng: float, lat: float
) -> None:
    found = [names[ordinal] for ordinal in areas.containing(LngLat(lng, lat))]
    assert f"sea {sea}" in found
    assert not [name for name in found if not name.startswith("sea")]


def test_a_narrow_strait_comes_before_its_sea(areas: Areas, names: list[str]) -> None:
    found = [names[ordinal] for ordinal in areas.containing(LngLat(43.35, 12.6))]
    assert found == ["sea bab-el-mandeb", "sea red-sea"]


def test_every_shape_is_valid_geojson(shapes: dict[str, Shape]) -> None:
    shapely = pytest.importorskip("shapely")
    for name, shape in shapes.items():
        for geometry in (shape.drawn, shape.full):
            for exterior, *holes in geometry.polygons:
                assert shapely.LinearRing(exterior).is_ccw, name
                assert not any(shapely.LinearRing(hole).is_ccw for hole in holes), name
            parts = [shapely.Polygon(polygon[0], polygon[1:]) for polygon in geometry.polygons]
            assert shapely.MultiPolygon(parts).is_valid, name
            west, south, east, north = geometry.bounds
            assert -180 <= west < east <= 180, name
            assert -90 <= south < north <= 90, name


def test_a_dissolved_country_is_the_union_of_its_areas(sources: AreaSources) -> None:
    shapely = pytest.importorskip("shapely")

    def shape(geometry: Geometry) -> "shapely.MultiPolygon":
        return shapely.MultiPolygon([shapely.Polygon(p[0], p[1:]) for p in geometry.polygons])

    for country in ("IQ", "SY", "UA", "RU", "PS", "EH", "ZA"):
        parts = [shape(sources.area_shape(key).full) for key in sources._keys_of_countries[country]]
        union = shapely.coverage_union_all(parts)
        full = sources.country_shape(country).full
        assert len(full.polygons) == len(shapely.get_parts(union)), country
        assert shape(full).area == pytest.approx(union.area), country


@pytest.mark.parametrize(
    ("country", "most"), [("IQ", 400), ("SY", 500), ("LB", 400), ("UA", 1200), ("TR", 1200), ("RU", 2500), ("CA", 3000)]
)
def test_a_country_is_drawn_with_few_positions(sources: AreaSources, country: str, most: int) -> None:
    assert len(sources.country_shape(country).drawn.positions) <= most


def test_a_country_of_islets_keeps_them(sources: AreaSources) -> None:
    assert len(sources.country_shape("MV").drawn.polygons) > 100


def test_drawn_and_full_are_about_the_same_size(shapes: dict[str, Shape]) -> None:
    shapely = pytest.importorskip("shapely")
    for name, shape in shapes.items():
        sizes = [sum(shapely.Polygon(p[0], p[1:]).area for p in g.polygons) for g in (shape.drawn, shape.full)]
        assert sizes[0] == pytest.approx(sizes[1], rel=0.12), name


def test_every_area_has_an_english_name_that_says_something(sources: AreaSources) -> None:
    for area in sources.admin_areas:
        assert area.name
        assert not any(is_generic(name) for names in area.names for name in names.names), area.key
        assert area.kind in (PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION)


def test_codes_are_unique(sources: AreaSources) -> None:
    for values in (
        [area.iso_3166_2 for area in sources.admin_areas if area.iso_3166_2],
        [area.geonameid for area in sources.admin_areas if area.geonameid],
        [area.slug for area in sources.admin_areas if area.slug],
        [area.key for area in sources.admin_areas],
        [sea.key for sea in sources.seas],
    ):
        assert len(values) == len(set(values))


def test_every_area_is_filed_under_a_country_but_those_that_are_decided_otherwise(sources: AreaSources) -> None:
    nobody = {area.key for area in sources.admin_areas if area.country is None}
    assert nobody == {"PGA+00?", "PFA+00?", "patagonian-ice-field"}


def test_disputed_areas_have_their_names_and_slugs(sources: AreaSources) -> None:
    by_slug = {area.slug: area for area in sources.admin_areas if area.slug}
    assert {"golan-heights", "west-bank", "gaza-strip", "east-jerusalem", "crimea", "somaliland"} <= by_slug.keys()
    golan = {names.language: names.names for names in by_slug["golan-heights"].names}
    assert golan["ar"][:2] == ("هضبة الجولان", "الجولان")
    kirkuk = next(area for area in sources.admin_areas if area.key == "IRQ-3049")
    assert (kirkuk.name, kirkuk.iso_3166_2) == ("Kirkuk", "IQ-KI")


def test_label_points_are_inside(areas: Areas, sources: AreaSources, names: list[str]) -> None:
    for area in sources.admin_areas:
        if area.country in ("IQ", "SY", "LB", "UA", "IL", "PS", "YE", "SD"):
            assert f"area {area.key}" in [names[o] for o in areas.containing(area.point)], area
    for country in sources.countries:
        assert f"country {country.country}" in [names[o] for o in areas.containing(country.point)], country


def test_several_areas_make_a_region(sources: AreaSources) -> None:
    donbas = sources.area_shape("UKR-327", "UKR-329").full
    assert donbas.type == "Polygon"
    with pytest.raises(SourceError, match="no area XXX"):
        sources.area_shape("XXX")


def test_a_place_without_an_area(areas: Areas) -> None:
    assert areas.shape(10**6) is None
    assert areas.bounds(10**6) is None


def test_a_shape_and_its_box(areas: Areas, names: list[str]) -> None:
    iraq = names.index("country IQ")
    shape = areas.shape(iraq)
    assert shape is not None
    assert shape.bounds == areas.bounds(iraq)


def test_a_shape_drawn_by_hand_can_be_stored() -> None:
    connection = sqlite3.connect(":memory:")
    create_area_tables(connection)
    ring = (LngLat(0, 0), LngLat(4, 0), LngLat(4, 4), LngLat(0, 4), LngLat(0, 0))
    pond = (LngLat(1, 1), LngLat(1, 2), LngLat(2, 2), LngLat(2, 1), LngLat(1, 1))
    store_shape(connection, 7, Geometry("Polygon", (ring, pond)))
    areas = Areas(connection)
    assert areas.containing(LngLat(3, 3)) == (7,)
    assert areas.containing(LngLat(1.5, 1.5)) == (), "in its hole"
    connection.close()


def test_the_build_gives_the_same_bytes_twice(connection: sqlite3.Connection) -> None:
    again = AreaSources()
    shape = again.country_shape("IQ")
    (blob,) = connection.execute(
        "SELECT shape FROM areas WHERE min_lng = ? AND max_lat = ? AND extent > 30",
        (shape.drawn.bounds.min_lng, shape.drawn.bounds.max_lat),
    ).fetchone()
    assert decode(blob) == shape.drawn


def test_derived_files_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in DERIVED.iterdir()}
    assert sum(size for name, size in sizes.items() if name.endswith(".topo")) < 2_500_000
    assert sizes["features.tsv.xz"] < 1_500_000


def test_feature_codes(sources: AreaSources) -> None:
    codes = {code.geonameid: code for code in sources.feature_codes()}
    assert codes[98182].feature == "PPLC"  # Baghdad
    assert len(codes) > 150_000


def test_a_missing_or_damaged_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"areas\.tsv\.xz: not there"):
        _ = AreaSources(tmp_path).admin_areas
    (tmp_path / "seas.tsv.xz").write_bytes(b"no xz")
    with pytest.raises(SourceError, match=r"seas\.tsv\.xz: damaged"):
        _ = AreaSources(tmp_path).seas
