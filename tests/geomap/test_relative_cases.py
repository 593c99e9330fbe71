"""Golden cases of places told by others (tests/cases/relative.tsv), and what the record makes of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from gazetteer import Gazetteer, LngLat, PlaceKind, Precision
from gazetteer.distance import distance_m
from gazetteer.geometry import Geometry
from gazetteer.relative import is_relative
from geomap import relative_phrases
from geomap.articles.article import Article
from geomap.errors import LanguageError
from geomap.languages.table import Table
from geomap.mentions import Found
from geomap.pipeline import Analysis, analyse
from geomap.reading import Reading
from geomap.relative.anchors import anchors
from geomap.relative.table import compiled, languages, phrases
from geomap.relative.tokens import Token, tokens_of
from geomap.tokens import Sentence

CASES = Path(__file__).parents[1] / "cases" / "relative.tsv"


def _cases() -> list[list[str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines]


def _analysed(language: str, text: str, world: Gazetteer) -> Analysis:
    return analyse(Article("1", "-", None, None, language, text), world)


@pytest.mark.parametrize("case", _cases(), ids=lambda c: f"{c[0]}/{c[3]}/{c[7]}")
def test_where_the_words_put_it(world: Gazetteer, case: list[str]) -> None:
    language, text, name, kind, lat, lng, within_km, why = case
    analysis = _analysed(language, text, world)
    surfaces = [text[found.mention.start : found.mention.end] for found in analysis.found]
    # the gazetteer may come to know a part by a name of its own: "northern Syria"
    at = next((i for i, surface in enumerate(surfaces) if name in surface), None)
    assert at is not None, (why, surfaces)
    resolution = analysis.resolutions[at]
    place = resolution.place
    assert place is not None, why
    if surfaces[at] != name and place.kind is PlaceKind.REGION:
        assert distance_m(place.point, LngLat(float(lng), float(lat))) <= float(within_km) * 2000, (why, place.point)
        return
    assert (place.id.split(":")[1] if is_relative(place.id) else "-") == kind, (why, place.id)
    assert distance_m(place.point, LngLat(float(lng), float(lat))) <= float(within_km) * 1000, (why, place.point)
    if kind != "-":
        assert resolution.precision is not None
        assert resolution.precision.is_area, why
        assert resolution.reasons[0].startswith("the words ")


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 60
    assert {"ar", "en", "ru", "fr", "es"} <= {case[0] for case in _cases()}
    assert sum(case[3] == "-" for case in _cases()) >= 12


@pytest.mark.parametrize("language", languages())
def test_every_file_loads(language: str) -> None:
    found = phrases(language)
    assert found is not None
    assert {"offset", "direction", "part", "between", "road", "coast", "border"} <= {p.kind for p in found.patterns}
    assert {direction for _, direction in found.directions} == {direction for _, direction in found.parts} - {"centre"}


@pytest.mark.parametrize("language", languages())
def test_every_pattern_has_a_word_that_must_be_there(language: str) -> None:
    index = anchors(language)
    assert index is not None
    assert not index.always  # such a pattern would be tried on every sentence of every article


def test_sentences_without_such_words_are_passed_over(world: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Sentence] = []

    def noted(
        reading: Reading, sentence: Sentence, found: Sequence[Found], first_words: Mapping[int, int]
    ) -> list[Token]:
        read.append(sentence)
        return tokens_of(reading, sentence, found, first_words)

    monkeypatch.setattr(relative_phrases, "tokens_of", noted)
    _analysed("en", "Rockets hit Baghdad and Mosul on Tuesday. Two men died in Kirkuk, and ten in Basra.", world)
    assert not read
    _analysed("en", "Rockets hit Baghdad. Two men died 20km north of Kirkuk.", world)
    assert len(read) == 1


@pytest.mark.parametrize(
    ("language", "text", "place_id"),
    [
        ("en", "Houthi rebels attacked a ship in the Red Sea on Tuesday.", "sea:red-sea"),
        ("en", "A drone hit a fuel depot in Red Sea state in Sudan.", "admin1:SD-RS"),
        ("ar", "هاجمت مسيرة سفينة في البحر الأحمر يوم الثلاثاء.", "sea:red-sea"),
        ("ar", "قصفت مسيرة مستودعا في ولاية البحر الأحمر في السودان.", "admin1:SD-RS"),
    ],
)
def test_a_name_that_says_it_is_a_sea_is_the_sea(world: Gazetteer, language: str, text: str, place_id: str) -> None:
    (incident,) = _analysed(language, text, world).incidents
    assert incident.places[0].place_id == place_id


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"patern": {}}, "patern: is not known"),
        ({"patterns": {"offset": ["{d} south"]}}, "write {X} once"),
        ({"patterns": {"between": ["between {X}"]}}, "and {Y} once where two places are named"),
        ({"patterns": {"offset": ["{q} {X}"]}}, "{q} is not known; write {X}, {Y}, {d}"),
        ({"patterns": {"offset": ["a$b {X}"]}}, "can't read 'a$b'"),
        ({"directions": {"up": ["up"]}}, "up: is not known"),
        ({"units": {"li": ["li"]}}, "li: is not known"),
    ],
)
def test_a_mistake_is_told_with_its_cure(content: dict[str, object], told: str) -> None:
    with pytest.raises(LanguageError) as error:
        compiled(Table("relative/xx.toml", "", content))
    assert told in str(error.value)
    assert str(error.value).startswith("relative/xx.toml")


class TestIncidents:
    def test_an_offset_is_a_circle_that_says_how_uncertain_it_is(self, world: Gazetteer) -> None:
        text = "A car bomb exploded 20 km south of Mosul on Tuesday, killing two people."
        (incident,) = _analysed("en", text, world).incidents
        place = incident.places[0]
        assert place.precision is Precision.NEAR_SETTLEMENT
        assert place.name == "20 km south of Mosul"
        assert (place.relation, place.as_written, place.country, place.admin1) == ("near", "Mosul", "IQ", "Nineveh")
        assert 10_000 < place.uncertainty_m < 25_000
        assert isinstance(incident.geometry, Geometry)
        assert incident.geometry.type == "Polygon"
        bounds = incident.geometry.bounds
        assert bounds.min_lat < place.point.lat < bounds.max_lat < 36.36

    def test_between_two_cities_is_one_incident(self, world: Gazetteer) -> None:
        text = "Gunmen attacked a bus between Mosul and Erbil on Tuesday, killing two people."
        (incident,) = _analysed("en", text, world).incidents
        assert incident.places[0].name == "between Mosul and Erbil"
        assert len({place.place_id for place in incident.places}) == 1

    def test_a_town_in_the_north_of_a_country_is_the_place(self, world: Gazetteer) -> None:
        text = "قصفت المدفعية مدينة إدلب في شمال سوريا يوم الثلاثاء، ما أدى إلى مقتل شخصين."
        (incident,) = _analysed("ar", text, world).incidents
        assert "Idlib" in incident.places[0].name
        # a region of the gazetteer has no list of its towns
        others = [place for place in incident.places[1:] if place.kind is not PlaceKind.REGION]
        assert {place.relation for place in others} <= {"contains"}
        assert not any(place.name == "Syria" for place in incident.places)

    def test_the_north_of_a_country_is_drawn_as_its_north(self, world: Gazetteer) -> None:
        (incident,) = _analysed("en", "Air strikes hit northern Syria on Tuesday, killing two people.", world).incidents
        assert incident.places[0].precision is Precision.REGION
        assert incident.places[0].country == "SY"
        assert incident.geometry is not None
        assert incident.geometry.bounds.min_lat > 34.9

    def test_off_the_coast_stays_in_the_water(self, world: Gazetteer) -> None:
        text = "A missile hit a container ship off the coast of Hodeidah on Tuesday, killing two people."
        (incident,) = _analysed("en", text, world).incidents
        assert incident.places[0].precision is Precision.WATER
        assert not any(place.kind == "country" for place in world.containing(incident.places[0].point))


def test_long_lists_of_names_take_linear_time(world: Gazetteer) -> None:
    import time

    def seconds(count: int) -> float:
        text = "20 km " * count + "north of Mosul and " * count + "."
        began = time.perf_counter()
        _analysed("en", text, world)
        return time.perf_counter() - began

    seconds(50)
    assert seconds(800) < 12 * max(seconds(200), 0.05)
