"""Your own gazetteer over the built-in one: formats, bad rows, standing, shapes, and what texts get from it."""

import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer, LngLat, SourceError
from gazetteer.__main__ import main
from gazetteer.areas import create_area_tables
from gazetteer.build.rows import Row
from gazetteer.build.writer import NameTable, write_places
from gazetteer.format import DATA, MANIFEST, PLACES, POSTINGS, TRIE, NameFlag
from gazetteer.layers import Problems
from gazetteer.layers.compile import Standing, build_layer
from gazetteer.layers.layer import compile_file
from gazetteer.layers.row import LayerRow
from gazetteer.place import PlaceKind
from gazetteer.ranking import prominence, told
from gazetteer.store import PlaceStore

CSV = (
    "name,lat,lon,kind,country,alternate_names,radius_m,id,language\n"
    "Xanadu Base,33.5,44.1,base,IQ,قاعدة زانادو;Ксанаду,4000,xb,en\n"
    "Baghdad,40.5,50.5,village,,,,,\n"
)


def _file(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _problems(path: Path) -> list[str]:
    with Gazetteer(layers=[path]) as world:
        return [str(problem) for problem in world.layers[0].problems.told]


class TestCsv:
    def test_its_names_are_found_in_every_script_with_clitics(self, tmp_path: Path) -> None:
        with Gazetteer(layers=[_file(tmp_path, "own.csv", CSV)]) as world:
            for name in ("Xanadu Base", "بقاعدة زانادو", "КСАНАДУ"):
                place = world.lookup(name)[0].place
                assert (place.id, place.radius_m, place.country) == ("own:xb", 4000, "IQ")
            assert place.source == "your own gazetteer: own.csv, line 2"
            assert place.parents == ("admin1:IQ-AN", "geonames:99237")
            text = "وصل إلى قاعدة زانادو قرب الفلوجة"
            assert "قاعدة زانادو" in [text[m.start : m.end] for m in world.scan(text)]

    def test_its_names_win_and_the_others_are_still_told(self, tmp_path: Path) -> None:
        with Gazetteer(layers=[_file(tmp_path, "own.csv", CSV)]) as world:
            found = [candidate.place for candidate in world.lookup("Baghdad")]
            assert found[0].point == LngLat(50.5, 40.5)
            assert found[1].id == "geonames:98182"
            assert world.place(found[0].id) == found[0]

    def test_of_two_layers_the_first_one_is_on_top(self, tmp_path: Path) -> None:
        one = _file(tmp_path, "one.csv", "name,lat,lon,id\nXan,1,1,x:1\n")
        two = _file(tmp_path, "two.csv", "name,lat,lon,id\nXan,2,2,x:1\n")
        with Gazetteer(layers=[one, two]) as world:
            place = world.place("x:1")
            assert place is not None
            assert place.point == LngLat(1, 1)

    def test_a_name_that_lists_take_for_a_word_is_a_place_when_you_say_so(self, tmp_path: Path) -> None:
        path = _file(tmp_path, "own.csv", "name,lat,lon\nNice,10,10\nAmerican,11,11\n")
        with Gazetteer(layers=[path]) as world:
            for name in ("Nice", "American"):
                (match,) = world.scan(name)
                assert world.demonym(match) is None
                assert not any(posting.flags & NameFlag.BLOCK for posting in match.postings)

    def test_headers_have_synonyms_and_any_order(self, tmp_path: Path) -> None:
        text = "Longitude;الاسم;LATITUDE;name:en;Country Code\n44,25;زانادو;33,5;Xanadu;العراق\n"
        with Gazetteer(layers=[_file(tmp_path, "own.csv", text)]) as world:
            place = world.lookup("Xanadu")[0].place
            assert (place.point, place.country) == (LngLat(44.25, 33.5), "IQ")
            assert world.name(place, "en") == "Xanadu"

    def test_a_header_without_positions_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"own\.csv, line 1: no column lat or lon; its first line must name"):
            Gazetteer(layers=[_file(tmp_path, "own.csv", "name,size\nX,3\n")])

    @pytest.mark.parametrize(
        ("row", "told"),
        [
            ("Xan,95,10,", "line 2: lat 95 is not between -90 and 90; lat and lon look swapped: swap them"),
            ("Xan,44.4,33.3,IQ", "line 2: lat 44.4, lon 33.3 is far from Iraq, and the other way round lies in it"),
            ("Xan,nan,10,", "line 2: lat 'nan' is no finite number"),
            ("Xan,inf,10,", "line 2: lat 'inf' is no finite number"),
            ("Xan,1,200,", "line 2: lon 200 is not between -180 and 180"),
            ("Xan,,10,", "line 2: lat is empty"),
            ('Xan,"33°18\'N",10,', 'line 2: lat "33°18\'N" is no number; write degrees with a point'),
            (",1,1,", "line 2: no name; fill the column name"),
            ("=cmd|'/c calc'!A1,1,1,", "line 2: name \"=cmd|'/c calc'!A1\" begins like a formula"),
            ("X\x01an,1,1,", "line 2: name 'X\\x01an' holds control characters"),
            ("12-34,1,1,", "line 2: name '12-34' has no letter"),
            ("X" * 91 + ",1,1,", "has more than 90 letters"),
            ("Xan,1,1,Atlantis", "line 2: country 'Atlantis' is not known; write its ISO 3166-1 code"),
        ],
    )
    def test_a_bad_row_is_told_and_the_rest_is_loaded(self, tmp_path: Path, row: str, told: str) -> None:
        path = _file(tmp_path, "own.csv", f"name,lat,lon,country\n{row}\nXanadu,1,1,\n")
        with Gazetteer(layers=[path]) as world:
            (problem,) = world.layers[0].problems.told
            assert told in str(problem)
            assert world.lookup("Xanadu")

    def test_a_nul_is_told_as_a_bad_name(self, tmp_path: Path) -> None:
        problems = _problems(_file(tmp_path, "own.csv", "name,lat,lon\nX\x00,1,1\nXan,1,1\n"))
        assert len(problems) == 1
        assert "control" in problems[0]

    def test_an_open_quotation_mark_loses_its_rows_only(self, tmp_path: Path) -> None:
        rows = "".join(f"Place{chr(97 + i % 26)}{i},1,1\n" for i in range(20_000))
        path = _file(tmp_path, "own.csv", f'name,lat,lon\n"Xan,1,1\n{rows}')
        with Gazetteer(layers=[path]) as world:
            assert world.layers[0].problems.count >= 1
            assert world.lookup("Placeb19995")

    def test_one_id_twice_is_told(self, tmp_path: Path) -> None:
        (problem,) = _problems(_file(tmp_path, "own.csv", "name,lat,lon,id\nXan,1,1,7\nXon,2,2,7\n"))
        assert "line 3: id own:7 stands on an earlier row too" in problem

    def test_when_no_row_is_good_the_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"none of its rows can be used; the first: own\.csv, line 2"):
            Gazetteer(layers=[_file(tmp_path, "own.csv", "name,lat,lon\nXan,100,200\n")])


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_unicode_is_recognised_by_its_mark(self, tmp_path: Path, encoding: str) -> None:
        path = _file(tmp_path, "own.csv", "name,lat,lon\nزانادو,1,1\n".encode(encoding))
        with Gazetteer(layers=[path]) as world:
            assert world.lookup("زانادو")

    @pytest.mark.parametrize(
        ("encoding", "told"), [("cp1256", "Windows-1256 .Arabic.: save it as UTF-8"), ("cp1251", "not UTF-8")]
    )
    def test_another_encoding_is_refused_with_the_cure(self, tmp_path: Path, encoding: str, told: str) -> None:
        name = "زانادو والمدينة" if encoding == "cp1256" else "Ксанаду"
        with pytest.raises(SourceError, match=told):
            Gazetteer(layers=[_file(tmp_path, "own.csv", f"name,lat,lon\n{name},1,1\n".encode(encoding))])

    @pytest.mark.parametrize("name", ["own.csv", "own.geojson", "own.zip", "own"])
    @pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04 no zip", b"\xff\xfe\x00"])
    def test_what_is_no_gazetteer_is_refused(self, tmp_path: Path, name: str, content: bytes) -> None:
        with pytest.raises(SourceError, match=name):
            Gazetteer(layers=[_file(tmp_path, name, content)])

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        for name in ("none.csv", "none.geojson"):
            with pytest.raises(SourceError, match=r"can't be read: .*check the path"):
                Gazetteer(layers=[tmp_path / name])


def _feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


SQUARE = [[[44.0, 33.0], [44.0, 33.2], [44.2, 33.2], [44.2, 33.0], [44.0, 33.0]]]


class TestJson:
    def test_points_and_polygons(self, tmp_path: Path) -> None:
        features = [
            _feature({"type": "Point", "coordinates": [44.1, 33.1]}, name="Xan", name_ar="زان", kind="village"),
            _feature({"type": "Polygon", "coordinates": SQUARE}, title="Xanland", aliases=["Xania", "زانلاند"]),
        ]
        content = json.dumps({"type": "FeatureCollection", "features": features})
        with Gazetteer(layers=[_file(tmp_path, "own.geojson", content)]) as world:
            village, land = world.lookup("زان")[0].place, world.lookup("زانلاند")[0].place
            assert (village.kind, world.name(village, "ar")) == (PlaceKind.SETTLEMENT, "زان")
            assert (land.kind, land.has_area, land.name) == (PlaceKind.REGION, True, "Xanland")
            shape = world.shape(land)
            assert shape is not None
            assert shape.bounds == (44.0, 33.0, 44.2, 33.2)
            assert world.containing(LngLat(44.1, 33.1))[0] == land
            assert land not in world.containing(LngLat(44.3, 33.1))
            assert "geonames:99237" in {place.id for place in world.containing(LngLat(44.1, 33.1))}

    @pytest.mark.parametrize(
        ("feature", "told"),
        [
            (_feature(None, name="Xon"), "no geometry"),
            (
                _feature({"type": "LineString", "coordinates": [[1, 1], [2, 2]]}, name="Xon"),
                "'LineString' gives no place",
            ),
            (_feature({"type": "Point", "coordinates": [1, 144]}, name="Xon"), "look swapped"),
            (_feature({"type": "Point", "coordinates": ["1", 1]}, name="Xon"), "no pair of numbers"),
            (_feature({"type": "Polygon", "coordinates": [[[1, 1], [2, 2]]]}, name="Xon"), "fewer than three corners"),
            (_feature({"type": "Point", "coordinates": [1, 1]}), "no name"),
            ({"type": "Feature"}, "no Feature with properties"),
            (7, "no Feature with properties"),
        ],
    )
    def test_a_bad_feature_is_told_and_the_rest_is_loaded(self, tmp_path: Path, feature: object, told: str) -> None:
        good = _feature({"type": "Point", "coordinates": [1, 1]}, name="Xan")
        content = json.dumps({"type": "FeatureCollection", "features": [feature, good]})
        (problem,) = _problems(_file(tmp_path, "own.geojson", content))
        assert problem.startswith("own.geojson, feature 1: ")
        assert told in problem

    @pytest.mark.parametrize("content", ["[]", "{}", '{"a": NaN}', "[" * 100_000, '{"type":"FeatureCollection"}'])
    def test_what_is_no_geojson_is_refused(self, tmp_path: Path, content: str) -> None:
        with pytest.raises(SourceError, match=r"own\.geojson"):
            Gazetteer(layers=[_file(tmp_path, "own.geojson", content)])

    def test_linked_places(self, tmp_path: Path) -> None:
        feature = {
            "@id": "https://example.org/places/7",
            "type": "Feature",
            "properties": {"title": "Xanadu", "ccodes": ["IQ"]},
            "names": [
                {"toponym": "زانادو", "lang": "ar", "when": {"timespans": [{"start": {"in": "1900"}}]}},
                {"toponym": "Shangdu", "lang": "en"},
            ],
            "types": [{"identifier": "aat:1", "label": "odd thing"}, {"identifier": "aat:2", "label": "city"}],
            "links": [{"type": "closeMatch", "identifier": "gn:98182"}],
            "geometry": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Point", "coordinates": [44.1, 33.1]},
                    {"type": "Polygon", "coordinates": SQUARE},
                ],
            },
        }
        collection = {"type": "FeatureCollection", "@context": "https://example.org/lpf", "features": [feature]}
        with Gazetteer(layers=[_file(tmp_path, "own.jsonld", json.dumps(collection))]) as world:
            place = world.lookup("زانادو")[0].place
            assert (place.id, place.kind, place.country) == ("https://example.org/places/7", PlaceKind.SETTLEMENT, "IQ")
            assert (place.name, place.has_area) == ("Xanadu", True)
            assert world.lookup("Shangdu")[0].place == place

    def test_a_detailed_polygon_is_drawn_with_fewer_positions(self, tmp_path: Path) -> None:
        from math import cos, pi, sin

        ring = [[44 + cos(2 * pi * k / 5000), 33 + sin(2 * pi * k / 5000)] for k in range(5000)]
        content = json.dumps(_feature({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, name="Xanland"))
        with Gazetteer(layers=[_file(tmp_path, "own.geojson", content)]) as world:
            shape = world.shape(world.lookup("Xanland")[0].place)
            assert shape is not None
            assert 30 < len(shape.positions) <= 2001


def _dump_line(geonameid: int, name: str, code: str = "P.PPL", **cells: str) -> str:
    feature_class, feature = code.split(".")
    row = [str(geonameid), name, name, cells.get("alternates", ""), cells.get("lat", "33.5"), cells.get("lng", "44.1")]
    row += [feature_class, feature, cells.get("country", "IQ"), "", cells.get("admin1", "00"), "", "", ""]
    return "\t".join([*row, cells.get("population", "0"), "", "", "Asia/Baghdad", "2024-01-01"]) + "\n"


DUMP = (
    _dump_line(5, "Xanprov", "A.ADM1", admin1="01")
    + _dump_line(99237, "Iraq", "A.PCLI", alternates="Xiraq")
    + _dump_line(98182, "Baghdad", alternates="Xbaghdad,زبغداد,BGW,xba ghdad,http://x")
    + _dump_line(700, "Nice")
    + _dump_line(701, "Xanville", admin1="01", population="20000", alternates="زانفيل")
    + _dump_line(702, "Xanbrook", "H.STM")
    + _dump_line(703, "Xanruin", "P.PPLQ")
    + "broken line\n"
    + _dump_line(704, "Xanbad", lat="93")
)


class TestGeonamesDump:
    @pytest.mark.parametrize("packed", [False, True])
    def test_further_places_are_found(self, tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - a parameter
        path = _file(tmp_path, "IQ.txt", DUMP)
        if packed:
            with zipfile.ZipFile(tmp_path / "IQ.zip", "w") as archive:
                archive.writestr("readme.txt", "x" * 10_000)
                archive.write(path, "IQ.txt")
            path = tmp_path / "IQ.zip"
        with Gazetteer(layers=[path]) as world:
            place = world.lookup("زانفيل")[0].place
            assert (place.id, place.population, place.source) == ("geonames:701", 20000, f"geonames dump {path.name}")
            assert world.lookup("Xanbrook")[0].place.kind is PlaceKind.WATER
            assert not world.lookup("Xanruin")
            assert [str(problem) for problem in world.layers[0].problems.told] == [
                f"{path.name}, line 8: 1 columns instead of the 19 of a GeoNames dump; mend or remove the line",
                f"{path.name}, line 9: lat 93 is not between -90 and 90; lat and lon look swapped: swap them",
            ]

    def test_what_is_known_keeps_its_place_and_gets_further_names(self, tmp_path: Path) -> None:
        with Gazetteer(layers=[_file(tmp_path, "IQ.txt", DUMP)]) as world:
            for name in ("Baghdad", "Xbaghdad", "زبغداد"):
                place = world.lookup(name)[0].place
                assert (place.id, place.source) == ("geonames:98182", "geonames cities500")
            assert len({candidate.place.id for candidate in world.lookup("Baghdad")}) == len(world.lookup("Baghdad"))
            assert world.lookup("Xiraq")[0].place.has_area
            assert not world.lookup("xba ghdad")

    def test_a_hamlet_or_stream_wins_over_no_known_name(self, tmp_path: Path) -> None:
        with Gazetteer(layers=[_file(tmp_path, "IQ.txt", DUMP + _dump_line(705, "Paris", "H.STM"))]) as world:
            assert world.lookup("Nice")[0].place.country == "FR"
            assert world.lookup("Paris")[0].place.country == "FR"
            (match,) = world.scan("Nice")
            assert any(posting.flags & NameFlag.BLOCK for posting in match.postings)  # still an everyday word

    def test_compiled_once_it_is_a_layer_and_a_base(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        source, folder = _file(tmp_path, "IQ.txt", DUMP), tmp_path / "compiled"
        assert main(["build", str(source), "-o", str(folder)]) == 0
        told = capsys.readouterr()
        assert "6 places, 10 names; use it: --gazetteer" in told.out
        assert "IQ.txt, line 9: lat 93" in told.err
        with Gazetteer(layers=[folder]) as world:
            assert world.lookup("Xanville")[0].place.parents[-1] == "geonames:99237"
        with Gazetteer(folder) as alone:
            assert alone.lookup("Xanville")[0].place.parents == ("geonames:5", "geonames:99237")
            assert not alone.lookup("Madrid")

    def test_the_same_source_gives_the_same_bytes(self, tmp_path: Path, world: Gazetteer) -> None:
        source = _file(tmp_path, "IQ.txt", DUMP)
        for folder in ("one", "two"):
            compile_file(source, tmp_path / folder, world, Problems("IQ.txt"))
        for name in (TRIE, POSTINGS, PLACES, MANIFEST):
            assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name

    def test_a_build_that_stopped_half_way_is_refused(self, tmp_path: Path, world: Gazetteer) -> None:
        folder = tmp_path / "half"
        compile_file(_file(tmp_path, "IQ.txt", DUMP), folder, world, Problems("IQ.txt"))
        with pytest.raises(SourceError, match="places with one id: geonames:7"):
            compile_file(_file(tmp_path, "X.txt", _dump_line(7, "Xan") * 2), folder, world, Problems("X.txt"))
        with pytest.raises(FileNotFoundError):
            Gazetteer(layers=[folder])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["Xan", "Baghdad", "Al-Xan", "زان", "Sana'a", "xan xan"]), min_size=1), max_size=8
    )
)
def test_names_are_compiled_as_the_build_compiles_them(
    tmp_path_factory: pytest.TempPathFactory, names: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("same")
    table, rows = NameTable(), []
    for ordinal, of_place in enumerate(names):
        row = Row(f"x:{ordinal}", of_place[0], PlaceKind.SITE, "SITE", LngLat(1, 1), None, None, 0, 1.0, "test")
        row.names = [(name, NameFlag.PREFERRED if i % 2 else NameFlag(0)) for i, name in enumerate(of_place)]
        rows.append(LayerRow(row))
        for name, flags in row.names:
            table.add(name, ordinal, flags)
    build_layer(rows, folder / "layer", "test", Standing.ABOVE)
    table.write(folder / TRIE, folder / POSTINGS)
    for name in (TRIE, POSTINGS):
        assert (folder / name).read_bytes() == (folder / "layer" / name).read_bytes()


def _schema(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(name, sql) for name, sql in rows if not name.startswith(_OF_MAPS)}


_OF_MAPS = ("base_", "prominent")
"""What only maps read, and only of the built-in places."""


def test_a_compiled_layer_opens_and_reads_like_the_built_in_places(tmp_path: Path) -> None:
    iraq = Row("geonames:99237", "Iraq", PlaceKind.COUNTRY, "PCLI", LngLat(44, 33), "IQ", None, 9, 5e5, "test")
    village = Row("own:x", "Al-Xan", PlaceKind.SETTLEMENT, "PPL", LngLat(44.123456, -33.1), "IQ", iraq.id, 7, 1500, "t")
    for row, shown in ((iraq, "العراق"), (village, "الخان")):
        row.names += [(row.name, NameFlag.PREFERRED), (shown, NameFlag(0))]
        row.display["ar"] = shown
    build_layer([LayerRow(iraq), LayerRow(village)], tmp_path / "layer", "test", Standing.ABOVE)
    assert _schema(tmp_path / "layer" / PLACES) == _schema(DATA / PLACES)
    built = tmp_path / "built"
    built.mkdir()
    names = NameTable()
    with closing(sqlite3.connect(built / PLACES)) as connection:
        create_area_tables(connection)
        write_places(connection, [iraq, village], names)
        connection.commit()
    names.write(built / TRIE, built / POSTINGS)
    for name in (TRIE, POSTINGS):  # with the variants of names: El-Xan
        assert (built / name).read_bytes() == (tmp_path / "layer" / name).read_bytes()
    with closing(PlaceStore(built)) as ours, closing(PlaceStore(tmp_path / "layer")) as theirs:
        for row in (iraq, village):
            ordinal = theirs.ordinal(row.id)
            assert ordinal is not None
            assert ordinal == ours.ordinal(row.id)
            assert theirs.place(ordinal) == ours.place(ordinal)
            assert theirs.name(row.id, "ar") == ours.name(row.id, "ar")
        assert theirs.ordinals(PlaceKind.COUNTRY) == (0,)
    with Gazetteer(layers=[tmp_path / "layer"]) as world:
        assert world.lookup("El Xan")[0].place.id == "own:x"


def test_a_layers_names_are_bent_as_the_language_bends_them(tmp_path: Path) -> None:
    path = _file(tmp_path, "own.csv", "name,lat,lon,country\nКсанаград,50,30,UA\n")
    with Gazetteer(layers=[path]) as world:
        (match,) = world.scan("в Ксанаграде", language="ru")
        assert match.inflected
        (candidate,) = world.candidates(match)
        assert (candidate.place.name, candidate.preferred, candidate.abbreviation) == ("Ксанаград", True, False)


def test_scanning_with_a_layer_without_names_of_the_text_changes_nothing(tmp_path: Path, world: Gazetteer) -> None:
    text = "Rockets hit the Green Zone in Baghdad; قصف على دير الزور وببغداد, and the Gulf of Aden near Nice."
    with Gazetteer(layers=[_file(tmp_path, "own.csv", CSV.replace("Baghdad", "Xaghdad"))]) as layered:
        assert list(layered.scan(text)) == list(world.scan(text))


def test_the_longer_name_wins_over_layers(tmp_path: Path) -> None:
    path = _file(tmp_path, "own.csv", "name,lat,lon\nGulf,1,1\nAden Market Square,12.8,45\n")
    with Gazetteer(layers=[path]) as world:
        text = "In the Gulf of Aden a ship sank, and in Aden Market Square a shop burned."
        found = [text[m.start : m.end] for m in world.scan(text)]
        assert {"Gulf of Aden", "Aden Market Square"} <= set(found)
        assert not {"Gulf", "Aden"} & set(found)


@pytest.mark.parametrize("name", ["Baghdad", "Khiam", "Nice", "Anbar", "Red Sea", "Ain al-Asad"])
def test_what_explain_tells_adds_up(world: Gazetteer, name: str) -> None:
    for candidate in world.lookup(name):
        for flags in (NameFlag.PREFERRED, NameFlag(0)):
            total = sum(score for score, _ in told(candidate.place, flags))
            assert total == pytest.approx(prominence(candidate.place, flags), abs=0.2)


def test_layers_cost_nothing_to_those_who_use_none() -> None:
    code = "import sys, gazetteer; gazetteer.open_gazetteer(); print('gazetteer.layers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


class TestCommands:
    def test_lookup_and_explain(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = _file(tmp_path, "own.csv", CSV + "Bad,,,,,,,,\n")
        assert main(["lookup", "قاعدة زانادو", "--gazetteer", str(path)]) == 0
        told = capsys.readouterr()
        assert "Xanadu Base" in told.out
        assert "own.csv, line 4: lon is empty" in told.err
        assert main(["explain", "Baghdad", "--gazetteer", str(path)]) == 0
        out = capsys.readouterr().out
        assert "the standing of its layer" in out
        assert "source: your own gazetteer: own.csv, line 3" in out
        assert "7,216,000 inhabitants" in out

    def test_explain_of_words_and_unknown_names(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "Nice"]) == 0
        assert "an everyday word" in capsys.readouterr().out
        assert main(["explain", "the Xanadu of Paris"]) == 1
        assert "a part of it is a name: Paris: Paris (geonames:2988507)" in capsys.readouterr().out

    def test_a_damaged_folder_is_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["lookup", "x", "--gazetteer", str(tmp_path)]) == 1
        assert "the gazetteer's data are not there" in capsys.readouterr().err
