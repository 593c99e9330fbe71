"""The base map: cut at the area shown, fine inside, coarse outside, nothing missing and nothing twice."""

import dataclasses
import math
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from incident_samples import IRAQ, MOSUL, NOWHERE, ROCKETS, SYRIA, ring

from gazetteer.areas import Areas, BorderKind, BorderLine, Detail, create_area_tables, ring_contains
from gazetteer.build.rows import Row
from gazetteer.build.writer import NameTable, write_places
from gazetteer.format import PLACES
from gazetteer.geometry import Bounds, Geometry, PolygonRings
from gazetteer.place import LngLat, PlaceKind
from gazetteer.store import PlaceStore
from geomap.maps import Map, basemap
from geomap.maps.basemap import (
    _on_earth,
    area_shown,
    around,
    cut,
    from_gazetteer,
    joined,
    names,
    simplified,
    unwrapped,
    within,
)

BOX = Bounds(40.0, 30.0, 50.0, 38.0)
numbers = st.floats(-60, 60).map(lambda x: round(x, 2))


def length(pieces: Iterable[tuple[LngLat, ...]]) -> float:
    return sum(math.dist(a, b) for piece in pieces for a, b in pairwise(piece))


@given(st.lists(st.tuples(numbers, numbers).map(LngLat._make), min_size=2, max_size=12))
def test_a_cut_line_is_what_lies_in_the_box(line: list[LngLat]) -> None:
    box = Bounds(-20, -10, 30, 25)
    pieces = list(cut(line, box))
    assert all(-20.0001 <= p.lng <= 30.0001 and -10.0001 <= p.lat <= 25.0001 for piece in pieces for p in piece)
    # as long as the steps of a fine ruler that fall into the box
    ruler = 400
    inside = sum(
        math.dist(a, b) / ruler
        for a, b in pairwise(line)
        for k in range(ruler)
        for share in [(k + 0.5) / ruler]
        if -20 <= a.lng + share * (b.lng - a.lng) <= 30 and -10 <= a.lat + share * (b.lat - a.lat) <= 25
    )
    assert length(pieces) == pytest.approx(inside, abs=2 * len(line) * 170 / ruler)


def test_a_line_that_only_touches_is_outside() -> None:
    assert list(cut((LngLat(30, 30), LngLat(50, 20), LngLat(60, 30)), BOX)) == []


def test_pieces_that_follow_each_other_are_one() -> None:
    line = tuple(LngLat(lng, 33 + lng % 2) for lng in range(35, 56))
    assert [len(piece) for piece in cut(line, BOX)] == [11]


@given(st.permutations(range(7)), st.lists(st.booleans(), min_size=7, max_size=7))
def test_lines_are_joined_whatever_their_order_and_direction(order: list[int], turned: list[bool]) -> None:
    corners = [LngLat(math.cos(k), math.sin(k)) for k in range(7)]
    lines = [(corners[k], LngLat(9 + k, 9), corners[(k + 1) % 7]) for k in range(7)]
    (ring_,) = joined(tuple(reversed(lines[k])) if turned[k] else lines[k] for k in order)
    assert ring_[0] == ring_[-1]
    assert sorted(ring_[:-1]) == sorted(corners + [LngLat(9 + k, 9) for k in range(7)])


def test_what_meets_the_date_line_is_closed_along_it() -> None:
    (shore,) = joined([(LngLat(180, 65), LngLat(150, 60)), (LngLat(150, 60), LngLat(180, 70))])
    assert shore[0] == shore[-1]
    assert set(shore) == {LngLat(180, 65), LngLat(150, 60), LngLat(180, 70)}


@given(st.lists(st.tuples(numbers, numbers).map(LngLat._make), min_size=2, max_size=30), st.floats(0.1, 20))
def test_a_simplified_line_keeps_its_ends_and_stays_near(line: list[LngLat], step: float) -> None:
    short = simplified(line, step)
    assert (short[0], short[-1]) == (line[0], line[-1])
    assert len(short) <= len(line)
    for position in line:
        nearest = min(
            math.dist(position, (a.lng + k / 200 * (b.lng - a.lng), a.lat + k / 200 * (b.lat - a.lat)))
            for a, b in pairwise(short)
            for k in range(201)
        )
        assert nearest <= step + 0.5  # the ruler's own step


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


class FakeAreas:
    """One square country over the box's western edge, in two details."""

    def __init__(self) -> None:
        self.asked: list[tuple[Bounds, Detail]] = []

    def land(self, bounds: Bounds, detail: Detail) -> Iterator[PolygonRings]:
        self.asked.append((bounds, detail))
        yield (ring((bounds.min_lng, 30), (45, 30), (45, 35), (bounds.min_lng, 35)),)

    def borders(self, bounds: Bounds, detail: Detail) -> Iterator[BorderLine]:
        self.asked.append((bounds, detail))
        yield BorderLine(BorderKind.COAST, (LngLat(35, 25), LngLat(45, 25), LngLat(45, 35)))
        yield BorderLine(BorderKind.COAST, (LngLat(35, 25), LngLat(35, 35), LngLat(45, 35)))
        yield BorderLine(BorderKind.COAST, ring((1, 1), (1.1, 1), (1.1, 1.1)))
        yield BorderLine(BorderKind.COUNTRY, (LngLat(35, 32), LngLat(38, 32.1), LngLat(45, 32)))


def test_fine_inside_the_box() -> None:
    areas = FakeAreas()
    ((outer,),), lines = within(cast("Areas", areas), BOX)
    assert min(p.lng for p in outer) < BOX.min_lng  # over the edge, so that no seam shows
    assert {line.kind for line in lines} == {BorderKind.COAST, BorderKind.COUNTRY}
    assert all(BOX.min_lng <= p.lng <= BOX.max_lng for line in lines for p in line.line)
    assert {detail for _, detail in areas.asked} == {Detail.REGION}
    within(cast("Areas", areas), Bounds(44, 33, 46, 35))
    assert areas.asked[-1][1] is Detail.LOCAL


def test_coarse_around_it_in_closed_shores() -> None:
    areas = FakeAreas()
    world = around(cast("Areas", areas), step=0.2)
    assert {detail for _, detail in areas.asked} == {Detail.WORLD}
    assert world.borders == (BorderLine(BorderKind.COUNTRY, (LngLat(35, 32), LngLat(45, 32))),)
    ((shore),) = world.shores  # the islet is left out
    assert length([shore]) == 40
    assert len(around(cast("Areas", areas), step=0.0).shores) == 2


def test_what_runs_past_the_date_line_is_cut_there() -> None:
    assert _on_earth(Bounds(150, 40, 200, 70)) == Bounds(150, 40, 180, 70)
    assert _on_earth(Bounds(185, 40, 200, 70)) == Bounds(-175, 40, -160, 70)
    assert _on_earth(Bounds(-200, 40, -190, 70)) == Bounds(160, 40, 170, 70)


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
    assert all(shore[0] == shore[-1] for shore in base.world.shores)

    def on_land(point: LngLat) -> bool:
        return sum(ring_contains(shore, point) for shore in base.world.shores) % 2 == 1

    assert all(
        on_land(LngLat(*p)) for p in ((-100, 40), (-60, -10), (20, 0), (100, 60), (135, -25), (175, 67), (0, -80))
    )
    assert not any(on_land(LngLat(*p)) for p in ((-30, 30), (-140, 0), (75, -20), (51, 42)))  # oceans, the Caspian
    assert any(ring_contains(polygon[0], LngLat(44.4, 33.3)) for polygon in base.land)
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
