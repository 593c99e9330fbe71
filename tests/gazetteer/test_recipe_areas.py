"""The maintainer's recipe on hand-made squares: clean, carve, simplify, cut."""

import pytest
import shapely
from shapely.geometry import Polygon, box

from gazetteer.build.recipe import coverage, packages, seas, tables
from gazetteer.build.recipe.area_table import COLUMNS as AREA_COLUMNS
from gazetteer.build.recipe.area_table import Overridden, countries, rows
from gazetteer.build.recipe.coverage import Piece
from gazetteer.build.recipe.packages import Feature, RawSea
from gazetteer.build.recipe.tables import NamedSea, Override
from gazetteer.build.topology_file import dump
from gazetteer.errors import SourceError

pytestmark = pytest.mark.skipif(
    tuple(map(int, shapely.__version__.split(".")[:2])) < (2, 2), reason="the recipe needs shapely 2.2 (coverage_clean)"
)
WEST, EAST, SOUTH = box(0, 0, 1.0004, 1), box(1, 0, 2, 1), box(0, -1, 2, 0)


def override(area: str, action: str, value: str) -> Override:
    return Override(area, action, value, "disputed.tsv:1")


def build(*overrides: Override) -> dict[str, Polygon]:
    pieces = [Piece("west", WEST), Piece("east", EAST), Piece("south", SOUTH)]
    return {piece.key: piece.geometry for piece in coverage.build(pieces, overrides)}


def feature(code: str, country: str = "IQ", **known: object) -> Feature:
    values = {
        "iso_3166_2": "", "geonameid": 0, "geonames_level": 1, "geonames_code": "", "type": "Province", "name": code,
        "names": (("en", code.title()),), "alternates": (), "geonames_name": "", "geometry": None,
    }  # fmt: skip
    return Feature(code=code, country=country, **{**values, **known})  # type: ignore[arg-type]


def test_overlaps_and_gaps_are_cleaned() -> None:
    shapes = list(build().values())
    assert shapely.coverage_is_valid(shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(4)


def test_a_carved_part_becomes_an_area_and_the_rest_stays() -> None:
    shapes = build(override("west", "carve", "golan POLYGON ((0.8 -9, 9 -9, 9 9, 0.8 9, 0.8 -9))"))
    assert shapes["golan"].area == pytest.approx(0.2)
    assert shapes["west"].area == pytest.approx(0.8)


def test_a_carved_part_may_go_to_a_neighbour() -> None:
    shapes = build(override("west", "carve", "east POLYGON ((0.8 -9, 9 -9, 9 9, 0.8 9, 0.8 -9))"))
    assert shapes["east"].bounds == pytest.approx((0.8, 0, 2, 1))
    assert shapes["east"].geom_type == "Polygon"


def test_merged_areas_are_one() -> None:
    shapes = build(override("west", "merge", "east"))
    assert sorted(shapes) == ["east", "south"]
    assert shapes["east"].area == pytest.approx(2)


def test_a_gap_is_filled_where_it_is_said() -> None:
    ring = Polygon(box(0, 0, 3, 3).exterior.coords, [box(1, 1, 2, 2).exterior.coords])
    (ice, around) = coverage.build([Piece("x", ring)], [override("ice", "fill", "POINT (1.5 1.5)")])
    assert (ice.key, around.key) == ("ice", "x")
    assert ice.geometry.area == pytest.approx(1)


@pytest.mark.parametrize(
    "wrong",
    [
        override("nowhere", "carve", "x POLYGON ((0 0, 1 0, 1 1, 0 0))"),
        override("nowhere", "merge", "east"),
        override("west", "carve", "x POLYGON ((50 50, 51 50, 51 51, 50 50))"),
        override("ice", "fill", "POINT (0.5 0.5)"),
    ],
)
def test_an_override_that_hits_nothing_is_refused_with_its_line(wrong: Override) -> None:
    with pytest.raises(SourceError, match=r"disputed\.tsv:1"):
        build(wrong)


def test_every_level_is_valid_and_coarser_ones_drop_islets_but_no_country() -> None:
    pieces = [*(Piece(key, shape) for key, shape in build().items()), Piece("islet", box(5, 5, 5.01, 5.01))]
    pieces.append(Piece("malta", box(8, 8, 8.02, 8.02)))
    pieces.sort(key=lambda piece: piece.key)
    owners = {"west": "AA", "east": "AA", "south": "BB", "islet": "AA", "malta": "MT"}
    world, region, local = coverage.levels(pieces, owners)
    assert "islet" in local
    assert "islet" not in region
    assert "malta" in world
    assert dump(local) == dump(coverage.levels(pieces, owners)[2]), "the same bytes twice"


def test_countries_come_from_overrides_first_and_must_be_codes() -> None:
    features = {"RUS-283": feature("RUS-283", "RU"), "X": feature("X", "-99")}
    overridden = Overridden([override("RUS-283", "country", "UA"), override("gap", "country", "-")])
    assert countries(["RUS-283", "gap"], features, overridden) == {"RUS-283": "UA", "gap": ""}
    with pytest.raises(SourceError, match="-99"):
        countries(["X"], features, overridden)
    with pytest.raises(SourceError, match="no country"):
        countries(["new"], features, overridden)


def table(features: list[Feature], *overrides: Override) -> dict[str, dict[str, str]]:
    by_code = {f.code: f for f in features}
    pieces = [Piece(f.code, box(i, 0, i + 1 + 0.1 * i, 1)) for i, f in enumerate(features)]
    overridden = Overridden(overrides)
    owner = countries(by_code, by_code, overridden)
    return {row[0]: dict(zip(AREA_COLUMNS, row, strict=True)) for row in rows(pieces, by_code, overridden, owner)}


def test_a_code_that_two_areas_have_stays_with_one() -> None:
    found = table([feature("a", iso_3166_2="AF-PAR"), feature("b", iso_3166_2="AF-PAR")])
    assert [found[key]["iso_3166_2"] for key in "ab"] == ["", "AF-PAR"]
    told = table([feature("a", iso_3166_2="AF-PAR"), feature("b", iso_3166_2="AF-PAR")], override("a", "iso", "AF-PAR"))
    assert [told[key]["iso_3166_2"] for key in "ab"] == ["AF-PAR", ""]


def test_codes_that_natural_earth_makes_up_are_left_out() -> None:
    found = table([feature("a", iso_3166_2="SY-X01~"), feature("b", iso_3166_2="-99-X06~")])
    assert [row["iso_3166_2"] for row in found.values()] == ["", ""]


def test_a_bare_direction_is_no_name() -> None:
    names = (("en", "South"), ("fr", "Sud"), ("ar", "محافظة الجنوب"))
    found = table([feature("LBN-1", "LB", names=names, name="Sud"), feature("b", "LB")])
    assert found["LBN-1"]["en"] == "South Province"
    assert found["LBN-1"]["fr"] == ""
    assert found["LBN-1"]["ar"] == "محافظة الجنوب"
    assert found["LBN-1"]["other"] == ""


def test_names_shared_by_two_areas_and_names_told_are_not_taken_from_natural_earth() -> None:
    apulia = feature("BT", alternates=("Puglia", "Barletta"))
    other = feature("FG", alternates=("Puglia",))
    assert table([apulia, other])["BT"]["other"] == "Barletta"
    told = table([apulia, other], override("BT", "names", "-"), override("BT", "name:en", "Barletta|BAT"))
    assert (told["BT"]["en"], told["BT"]["other"]) == ("Barletta|BAT", "")


def test_an_only_area_is_its_country_and_no_place_of_its_own() -> None:
    assert table([feature("MCO+00?", "MC")])["MCO+00?"]["kind"] == "part"


def test_a_kosovo_pattern_reaches_every_area() -> None:
    overridden = Overridden([override("KOS*", "line", "RS")])
    assert overridden.line("KOS-5902") == "RS"
    assert overridden.line("SRB-1") == ""


def test_a_pickle_that_asks_for_code_is_refused() -> None:
    import io
    import pickle

    with pytest.raises(SourceError, match="plain data"):
        packages._NoCode(io.BytesIO(pickle.dumps(Polygon))).load()


def sea(key: str, feature_code: str = "", shape: str = "", english: str = "") -> NamedSea:
    return NamedSea(key, feature_code, shape, (("en", (english or key,)),), "seas.tsv:1")


def test_seas_are_named_drawn_summed_and_dropped() -> None:
    raw = [
        RawSea("INDIAN OCEAN", (tuple(box(0, 0, 9, 9).exterior.coords), tuple(box(3, 3, 5, 5).exterior.coords))),
        RawSea("Golfo San Jorge", (tuple(box(9, 0, 12, 9).exterior.coords),)),
        RawSea("Cove", (tuple(box(20, 0, 21, 1).exterior.coords),)),
    ]
    named = [
        sea("both", "OCN", "indian-ocean+golfo-san-jorge"),
        sea("strait-of-hormuz", "STRT", "POLYGON ((30 0, 31 0, 31 1, 30 0))", "Strait of Hormuz"),
        sea("cove", "drop"),
    ]
    found = {s.key: s for s in seas.build(raw, named)}
    assert sorted(found) == ["both", "golfo-san-jorge", "indian-ocean", "strait-of-hormuz"]
    assert found["indian-ocean"].names == (("en", ("Indian Ocean",)),)
    assert found["indian-ocean"].geometry.area == pytest.approx(77), "an island in it is a hole"
    assert found["golfo-san-jorge"].feature == "GULF"
    assert found["both"].geometry.area == pytest.approx(104)


def test_a_sea_that_is_not_there_is_refused() -> None:
    with pytest.raises(SourceError, match=r"seas\.tsv:1: no sea atlantis"):
        seas.build([], [sea("atlantis")])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("X\tsteal\tY", "unknown action"),
        ("X\tkind\tcounty", "unknown kind"),
        ("X\tcarve\tY POLYGON 1 2", "no POLYGON"),
        ("X\tmerge\t", "no value"),
    ],
)
def test_a_wrong_row_names_file_line_and_cure(tmp_path: "tables.Path", line: str, message: str) -> None:
    path = tmp_path / "disputed.tsv"
    path.write_text(f"area\taction\tvalue\treason\tsource\n{line}\n", "utf-8")
    with pytest.raises(SourceError, match=rf"disputed\.tsv:2: .*{message}"):
        tables.read_overrides(path)
