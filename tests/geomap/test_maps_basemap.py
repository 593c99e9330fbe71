"""The base map: cut at the area shown, fine inside, coarse outside, nothing missing and nothing twice."""

import dataclasses
import math
import sqlite3
from pathlib import Path

import pytest
from incident_samples import IRAQ, MOSUL, NOWHERE, ROCKETS, SYRIA, ring

from gazetteer.areas import create_area_tables, ring_contains
from gazetteer.base_map import BorderKind
from gazetteer.build.rows import Row
from gazetteer.build.writer import NameTable, write_places, write_prominent
from gazetteer.format import PLACES
from gazetteer.geometry import Bounds, Geometry
from gazetteer.place import LngLat, PlaceKind
from gazetteer.store import PlaceStore
from geomap.maps import Map, basemap
from geomap.maps.basemap import from_gazetteer, names
from geomap.maps.shown import area_shown, on_earth, unwrapped

BOX = Bounds(40.0, 30.0, 50.0, 38.0)


def test_the_area_shown_has_a_margin_and_none_without_geometry() -> None:
    assert area_shown([NOWHERE]) is None
    around_mosul = area_shown([MOSUL])
    assert around_mosul
    assert (around_mosul.min_lat, around_mosul.max_lat) == pytest.approx((34.84, 37.84))
    assert around_mosul.max_lng - around_mosul.min_lng == pytest.approx(3 * 1.6 / math.cos(math.radians(36.34)))
    tall = area_shown([ROCKETS, dataclasses.replace(MOSUL, geometry=IRAQ)])
    assert tall
    assert (tall.min_lat, tall.max_lat) == pytest.approx((29.1 - 9.7 / 3, 37.35 + 9.7 / 3))
    flat = area_shown([MOSUL, dataclasses.replace(MOSUL, geometry=Geometry("Point", LngLat(13.13, 36.34)))])
    assert flat
    assert (flat.min_lng, flat.max_lng) == pytest.approx((3.13, 53.13))
    assert flat.max_lat - flat.min_lat == pytest.approx(50 * math.cos(math.radians(36.34)) / 1.6)


def test_a_country_over_the_date_line_is_shown_in_one_piece() -> None:
    russia = Geometry(
        "MultiPolygon",
        (
            (ring((30, 50), (60, 45), (140, 45), (180, 65), (180, 70), (60, 70)),),
            (ring((-180, 65), (-170, 66), (-180, 70)),),
        ),
    )
    assert unwrapped(russia).bounds == Bounds(30, 45, 190, 70)
    america = Geometry(
        "MultiPolygon",
        ((ring((-125, 30), (-70, 25), (-70, 49), (-120, 49)),), (ring((172, 52), (175, 52), (174, 53)),)),
    )
    assert unwrapped(america).bounds == Bounds(-188, 25, -70, 53)
    world_wide = Geometry(
        "MultiPolygon", ((ring((-170, 0), (-10, 0), (-10, 9)),), (ring((10, 0), (170, 0), (170, 9)),))
    )
    assert unwrapped(world_wide) is world_wide
    assert unwrapped(IRAQ) is IRAQ


def test_what_runs_past_the_date_line_is_cut_there() -> None:
    assert on_earth(Bounds(150, 40, 200, 70)) == Bounds(150, 40, 180, 70)
    assert on_earth(Bounds(185, 40, 200, 70)) == Bounds(-175, 40, -160, 70)
    assert on_earth(Bounds(-200, 40, -190, 70)) == Bounds(160, 40, 170, 70)


def test_names_are_of_the_most_populous_in_the_language_asked_for(tmp_path: Path) -> None:
    rows = [
        Row(f"x:{number}", name, PlaceKind(kind), "", LngLat(lng, lat), "IQ", None, population, 1.0, "test")
        for number, (name, kind, lng, lat, population) in enumerate(
            (
                ("Smallville", "settlement", 44.0, 33.0, 10),
                ("Bigtown", "settlement", 45.0, 33.0, 1000),
                ("Elsewhere", "settlement", 5.0, 33.0, 10_000),
                ("Iraq", "country", 43.0, 33.0, 99),
                ("No point", "country", 0.0, 0.0, 99),
                ("A base", "site", 44.0, 33.0, 0),
            )
        )
    ]
    rows[1].display["ar"] = "المدينة الكبيرة"
    connection = sqlite3.connect(tmp_path / PLACES)
    create_area_tables(connection)
    write_places(connection, rows, NameTable())
    write_prominent(connection)
    connection.commit()
    connection.close()
    store = PlaceStore(tmp_path)
    try:
        labels = names(store, Bounds(-1, -1, 50, 40), "ar")
        assert [(label.text, label.kind, label.rank, label.country) for label in labels] == [
            ("Iraq", "country", 0, "IQ"),
            ("Elsewhere", "city", 1, None),
            ("المدينة الكبيرة", "city", 2, None),
            ("Smallville", "city", 3, None),
        ]
        assert [label.text for label in names(store, BOX, "en")] == ["Iraq", "Bigtown", "Smallville"]
    finally:
        store.close()


def test_the_embedded_base_map_surrounds_what_is_shown() -> None:
    base = from_gazetteer(area_shown([MOSUL, dataclasses.replace(MOSUL, geometry=IRAQ)]), "ar")
    assert {line.kind for line in base.lines} == {
        BorderKind.COAST,
        BorderKind.COUNTRY,
        BorderKind.ADMIN1,
        BorderKind.DISPUTED,
    }
    shores = [shore.positions for shore in base.world.shores]
    assert all(shore[0] == shore[-1] for shore in shores)

    def on_land(point: LngLat) -> bool:
        return sum(ring_contains(shore, point) for shore in shores) % 2 == 1

    assert all(
        on_land(LngLat(*p)) for p in ((-100, 40), (-60, -10), (20, 0), (100, 60), (135, -25), (175, 67), (0, -80))
    )
    assert not any(on_land(LngLat(*p)) for p in ((-30, 30), (-140, 0), (75, -20), (51, 42)))  # oceans, the Caspian
    fine = [ring_.positions for ring_ in base.land]
    assert any(ring_contains(ring_, LngLat(44.4, 33.3)) for ring_ in fine)
    assert not any(ring_contains(ring_, LngLat(50.5, 28.0)) for ring_ in fine), "the Gulf is no land"
    names_ = {label.text for label in base.labels}
    assert "العراق" in names_


def test_a_map_of_two_countries_is_at_most_half_a_megabyte() -> None:
    text = Map([MOSUL, dataclasses.replace(MOSUL, geometry=IRAQ), dataclasses.replace(MOSUL, geometry=SYRIA)]).html()
    assert len(text.encode()) <= 500_000


def test_no_incident_gives_the_world() -> None:
    base = from_gazetteer(None, "en")
    assert base.box is None
    assert base.land == ()
    assert len(base.world.shores) > 400


def test_no_heavy_library_is_needed() -> None:
    assert not {"shapely", "numpy"} & set(vars(basemap))
