"""An article with names that no gazetteer has, and a server that knows them: played by an object of this test."""

import json
from collections.abc import Collection, Sequence
from datetime import date

import pytest

from gazetteer import Gazetteer, LngLat, Place, PlaceKind
from gazetteer.online import OnlineGeocoder, OnlinePlace
from geomap.articles.article import Article
from geomap.cli import main
from geomap.exports import to_geojson
from geomap.maps import BaseMap, Map
from geomap.pipeline import Analysis, analyse


class Known(OnlineGeocoder):
    """A server that knows some villages of Iraq by their names."""

    def __init__(self, *names: str) -> None:
        super().__init__("http://127.0.0.1:9")
        self._names = names
        self.asked: list[str] = []

    def find(
        self, name: str, *, language: str | None = None, countries: Collection[str] = (), world: object = None
    ) -> tuple[OnlinePlace, ...]:
        del language, world
        self.asked.append(name)
        if name not in self._names or (countries and "IQ" not in countries):
            return ()
        place = Place(
            id="osm:node/7",
            name=name,
            kind=PlaceKind.SETTLEMENT,
            feature="",
            point=LngLat(44.1, 33.5),
            country="IQ",
            parents=(),
            population=0,
            radius_m=2500.0,
            has_area=False,
            source="online: test",
        )
        return (OnlinePlace(place, 0.6, ("asked online: test",)),)


def _analysed(text: str, language: str, server: OnlineGeocoder | None, world: Gazetteer) -> Analysis:
    return analyse(Article("1", "-", None, date(2023, 12, 6), language, text), world, server)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "A car bomb exploded in the village of Xanadu in Iraq on Tuesday, killing two people.", "Xanadu"),
        ("en", "In Iraq, a drone struck Xanadu camp and a bomb exploded near Zarqun Qalu.", "Zarqun Qalu"),
        ("ar", "قتل جنديان في هجوم بطائرة مسيرة على بلدة زانادو في العراق يوم الثلاثاء.", "زانادو"),
        ("ar", "انفجرت سيارة مفخخة في قرية كفر زانادو بالعراق وقتل شخصان.", "كفر زانادو"),
    ],
)
def test_a_name_beside_a_word_of_place_is_asked_and_placed(
    world: Gazetteer, language: str, text: str, name: str
) -> None:
    analysis = _analysed(text, language, server := Known(name), world)
    assert name in server.asked
    surfaces = [text[f.mention.start : f.mention.end] for f in analysis.found]
    assert name in surfaces
    assert [f.match.first for f in analysis.found] == sorted(f.match.first for f in analysis.found)
    resolution = analysis.resolutions[surfaces.index(name)]
    assert resolution.reasons == ("asked online: test",)
    assert resolution.confidence == 0.6
    assert any(incident.places[0].place_id == "osm:node/7" for incident in analysis.incidents)


def test_files_and_maps_say_that_openstreetmap_was_asked(world: Gazetteer) -> None:
    text = "A car bomb exploded in the village of Xanadu in Iraq on Tuesday, killing two people."
    for server, told in ((Known("Xanadu"), True), (None, False)):
        incidents = _analysed(text, "en", server, world).incidents
        assert ("OpenStreetMap contributors" in json.loads(to_geojson(incidents))["attribution"]) is told
        assert ("OpenStreetMap contributors" in Map(incidents, basemap=BaseMap()).html()) is told


def test_known_names_people_and_numbers_are_not_sent(world: Gazetteer) -> None:
    text = (
        "In Baghdad, Prime Minister Mohammed Xanadu said that on Tuesday, 5 December 2023, rockets hit Mosul. "
        "In December, the United Nations met in Geneva near the city of 400 towers."
    )
    _analysed(text, "en", server := Known(), world)
    assert server.asked == []


def test_nothing_is_asked_unless_the_user_wants_it(world: Gazetteer) -> None:
    text = "A car bomb exploded in the village of Xanadu in Iraq."
    without = _analysed(text, "en", None, world)
    named = zip((text[f.mention.start : f.mention.end] for f in without.found), without.resolutions, strict=True)
    assert [r.place for surface, r in named if surface == "Xanadu"] == [None]
    unknown = _analysed(text, "en", Known(), world)
    assert (unknown.found, unknown.resolutions) == (without.found, without.resolutions)


def test_a_list_of_a_thousand_names_asks_forty(world: Gazetteer) -> None:
    def letters(n: int) -> str:
        return "".join(chr(97 + int(digit)) for digit in str(n))

    text = " ".join(f"A bomb exploded in the village of Xqz{letters(n)}." for n in range(1000))
    _analysed(text, "en", server := Known(), world)
    assert len(server.asked) == 40


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--online", "gogle"], "not known; write nominatim"),
        (["--online", "http://127.0.0.1:9"], "nominatim (127.0.0.1:9)"),
    ],
)
def test_the_command_says_what_went_wrong_and_still_writes(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], told: str
) -> None:
    folder = tmp_path_factory.mktemp("online")
    (folder / "a.txt").write_text("A car bomb exploded in the village of Xanadu in Iraq.", "utf-8")
    cache = str(folder / "cache.sqlite")
    status = main(
        ["extract", str(folder / "a.txt"), "-o", str(folder / "o.geojson"), *arguments, "--online-cache", cache,
         "--online-limit", "1"]
    )  # fmt: skip
    assert told in capsys.readouterr().err
    assert (status, (folder / "o.geojson").exists()) == ((1, False) if "gogle" in arguments else (0, True))
