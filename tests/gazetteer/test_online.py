"""Geocoders on the network, played by a server of this test: what it answers, and every way in which it fails."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer, LngLat, PlaceKind, SourceError
from gazetteer.online import OnlineGeocoder
from gazetteer.online_answers import answers_of
from gazetteer.online_client import Client, FailedError, Server, StopError, server_of

XANADU = {
    "osm_type": "node", "osm_id": 7, "lat": "33.5", "lon": "44.1", "category": "place", "type": "village",
    "name": "Xanadu", "display_name": "Xanadu, Iraq", "boundingbox": ["33.48", "33.52", "44.08", "44.12"],
    "namedetails": {"name": "زانادو", "name:en": "Xanadu"}, "address": {"country_code": "iq"},
}  # fmt: skip


@dataclass
class StandIn:
    """A geocoder that answers as it is told: (status, headers, body, seconds to wait)."""

    url: str = ""
    answers: list[tuple[int, dict[str, str], bytes, float]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    agents: list[str | None] = field(default_factory=list)
    at: list[float] = field(default_factory=list)

    def will(self, body: object = (), status: int = 200, wait: float = 0.0, **headers: str) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers.append((status, {k.replace("_", "-"): v for k, v in headers.items()}, content, wait))


@pytest.fixture
def server() -> Iterator[StandIn]:
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            stand_in.paths.append(self.path)
            stand_in.asked.append(parse_qs(parts.query).get("q", parse_qs(parts.query).get("text", [""]))[0])
            stand_in.agents.append(self.headers["User-Agent"])
            stand_in.at.append(time.monotonic())
            status, headers, body, wait = stand_in.answers.pop(0) if stand_in.answers else (200, {}, b"[]", 0.0)
            time.sleep(wait)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    stand_in.url = f"http://127.0.0.1:{http.server_address[1]}"
    yield stand_in
    http.shutdown()
    http.server_close()


class Time:
    """Seconds that pass only when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def geocoder(server: StandIn) -> Iterator[Callable[..., OnlineGeocoder]]:
    opened: list[OnlineGeocoder] = []

    def make(**options: object) -> OnlineGeocoder:
        opened.append(OnlineGeocoder(server.url, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for online in opened:
        online.close()


def test_a_village_comes_with_its_source_and_uncertainty(
    server: StandIn, geocoder: Callable[..., OnlineGeocoder], world: Gazetteer
) -> None:
    server.will([XANADU])
    (found,) = geocoder().find("زانادو", language="ar", world=world)
    place = found.place
    assert (place.id, place.kind, place.point, place.country) == (
        "osm:node/7",
        PlaceKind.SETTLEMENT,
        (44.1, 33.5),
        "IQ",
    )
    assert 2500 < place.radius_m < 3500  # half the diagonal of its box
    assert place.parents == ("admin1:IQ-AN", "geonames:99237")
    assert place.source.startswith("online: nominatim (127.0.0.1:")
    assert found.confidence == 0.6
    assert "knows Xanadu by this name" in found.reasons[0]
    assert server.asked == ["زانادو"]
    assert server.agents[0] is not None
    assert server.agents[0].startswith("geomap")
    assert "accept-language=ar" in server.paths[0]


def test_only_the_name_is_sent(server: StandIn, geocoder: Callable[..., OnlineGeocoder]) -> None:
    geocoder().find(" Xan \n adu ", countries=["IQ"])
    assert server.asked == ["Xan adu"]
    assert "IQ" not in server.paths[0]


def test_a_name_the_server_took_for_it_counts_less(server: StandIn, geocoder: Callable[..., OnlineGeocoder]) -> None:
    server.will([XANADU])
    (found,) = geocoder().find("Xanadu West")
    assert found.confidence == 0.35
    assert not found.same_name


def test_a_namesake_in_a_country_not_spoken_of_is_no_answer(
    server: StandIn, geocoder: Callable[..., OnlineGeocoder]
) -> None:
    server.will([XANADU])
    online = geocoder()
    assert online.find("Xanadu", countries=["SY", "LB"]) == ()
    assert len(online.find("Xanadu", countries=["IQ"])) == 1


def test_a_country_or_province_is_the_embedded_area(
    server: StandIn, geocoder: Callable[..., OnlineGeocoder], world: Gazetteer
) -> None:
    province = {
        **XANADU, "osm_type": "relation", "category": "boundary", "type": "administrative", "place_rank": 8,
        "boundingbox": ["31", "35", "39", "44"], "lat": "33", "lon": "42",
    }  # fmt: skip
    server.will([province])
    (found,) = geocoder().find("Xanadu", world=world)
    assert (found.place.id, found.place.has_area) == ("admin1:IQ-AN", True)
    server.will([{**province, "boundingbox": ["33", "33.1", "42", "42.1"]}])
    (found,) = geocoder().find("Xanadus", world=world)
    assert (found.place.id, found.place.kind) == ("osm:relation/7", PlaceKind.ADMIN1)  # too small to be Anbar


def test_streets_and_shops_are_no_places(server: StandIn, geocoder: Callable[..., OnlineGeocoder]) -> None:
    server.will(
        [{**XANADU, "category": "shop", "type": "bakery"}, {**XANADU, "category": "highway", "type": "primary"}]
    )
    assert geocoder().find("Xanadu") == ()


def test_photon_and_pelias(server: StandIn) -> None:
    told = {
        "osm_type": "R",
        "osm_id": 9,
        "osm_key": "place",
        "osm_value": "town",
        "name": "Xanadu",
        "countrycode": "IQ",
    }
    point = {"type": "Point", "coordinates": [44.1, 33.5]}
    server.will({"features": [{"geometry": point, "properties": {**told, "extent": [44.0, 33.6, 44.2, 33.4]}}]})
    with OnlineGeocoder(f"photon={server.url}") as photon:
        (found,) = photon.find("Xanadu")
    assert (found.place.id, found.place.kind, found.place.point) == (
        "osm:relation/9",
        PlaceKind.SETTLEMENT,
        (44.1, 33.5),
    )
    assert 13_000 < found.place.radius_m < 15_000
    told = {"gid": "whosonfirst:locality:5", "layer": "locality", "name": "Xanadu", "country_code": "IQ"}
    server.will({"features": [{"geometry": point, "properties": told, "bbox": [44.0, 33.4, 44.2, 33.6]}]})
    with OnlineGeocoder(f"pelias={server.url}") as pelias:
        (found,) = pelias.find("Xanadu")
    assert found.place.id == "pelias:whosonfirst:locality:5"


class TestFaults:
    def _fails(self, online: OnlineGeocoder, told: str) -> None:
        assert online.find("Xanadu") == ()
        assert len(online.warnings) == 1
        assert told in online.warnings[0]

    def test_an_error_of_the_server_is_tried_again_with_longer_pauses(
        self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]
    ) -> None:
        seconds = Time()
        server.will(status=500)
        server.will(status=503)
        server.will([XANADU])
        assert len(geocoder(clock=seconds.clock, sleep=seconds.sleep).find("Xanadu")) == 1
        assert seconds.waited == [2.0, 4.0]

    def test_after_three_tries_the_name_stays_unknown(
        self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]
    ) -> None:
        seconds = Time()
        for _ in range(3):
            server.will(status=500)
        self._fails(geocoder(clock=seconds.clock, sleep=seconds.sleep), "does not answer: status 500")
        assert len(server.asked) == 3

    def test_retry_after_is_obeyed(self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]) -> None:
        seconds = Time()
        server.will(status=429, Retry_After="17")
        server.will([XANADU])
        assert len(geocoder(clock=seconds.clock, sleep=seconds.sleep).find("Xanadu")) == 1
        assert seconds.waited == [17.0]

    def test_a_server_that_wants_peace_for_an_hour_is_not_asked_again(
        self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]
    ) -> None:
        server.will(status=429, Retry_After="3600")
        online = geocoder()
        self._fails(online, "wants us to wait 3600 s, longer than the time left")
        assert online.find("Shangri-La") == ()
        assert len(server.asked) == 1

    def test_a_server_that_hangs_costs_the_time_limit_and_no_more(
        self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]
    ) -> None:
        server.will([XANADU], wait=5)
        began = time.monotonic()
        self._fails(geocoder(limit_s=0.3), "")
        assert time.monotonic() - began < 2

    @pytest.mark.parametrize(
        "body",
        [b"<html>busy</html>", b"[[[[", b'{"a": 1}', b"7", b'[7, null, "x"]', b"\xff\xfe", b"[" * 50_000, b"null"],
    )
    @pytest.mark.parametrize("service", ["nominatim", "photon", "pelias"])
    def test_garbage_is_no_answer(self, server: StandIn, body: bytes, service: str) -> None:
        server.will(body)
        with OnlineGeocoder(f"{service}={server.url}") as online:
            assert online.find("Xanadu") == ()
            assert len(online.warnings) <= 1
            assert len(server.asked) == 1

    def test_a_huge_body_is_not_read(self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]) -> None:
        server.will(b'["' + b"x" * 30_000_000)
        self._fails(geocoder(), "more than 2 MB")

    def test_a_redirect_is_not_followed(self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]) -> None:
        seconds = Time()
        for _ in range(3):
            server.will(status=302, Location=f"{server.url}/elsewhere")
        self._fails(geocoder(clock=seconds.clock, sleep=seconds.sleep), "redirects us (302), which is not followed")
        assert not any("elsewhere" in path for path in server.paths)

    def test_a_refusal_ends_the_questions(self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]) -> None:
        server.will(status=403)
        online = geocoder()
        self._fails(online, "refuses us")
        online.find("Shangri-La")
        assert len(server.asked) == 1

    def test_a_server_that_is_down_is_asked_for_three_names_only(self) -> None:
        seconds = Time()
        with OnlineGeocoder("http://127.0.0.1:9", clock=seconds.clock, sleep=seconds.sleep) as online:
            for name in ("Xan", "Yan", "Zan", "Wan", "Van"):
                assert online.find(name) == ()
            assert "failed for 3 names in a row: no more names are asked" in online.warnings[-1]

    def test_all_questions_together_take_no_longer_than_the_limit(self, server: StandIn) -> None:
        seconds = Time()
        client = Client(Server("nominatim", server.url, 1.0), 5.0, seconds.clock, seconds.sleep)
        for n in range(5):
            client.ask(f"Xan {n}", "")
        with pytest.raises(StopError, match="5 s for online questions are used up"):
            client.ask("Xan 6", "")
        assert seconds.waited == [1.0] * 4  # once a second

    def test_a_local_server_is_asked_without_pauses(
        self, server: StandIn, geocoder: Callable[..., OnlineGeocoder]
    ) -> None:
        seconds = Time()
        online = geocoder(clock=seconds.clock, sleep=seconds.sleep)
        for name in ("Xan", "Yan", "Zan"):
            online.find(name)
        assert seconds.waited == []
        assert len(server.asked) == 3

    def test_what_no_server_answers_is_an_error_of_the_client_alone(self, server: StandIn) -> None:
        server.will(b"x")
        with pytest.raises(FailedError, match="can't be read"):
            Client(server_of(server.url), 5.0, time.monotonic, time.sleep).ask("Xan", "en")


class TestCache:
    def test_a_name_is_asked_once_for_ever(self, server: StandIn, tmp_path: Path) -> None:
        path = tmp_path / "cache" / "online.sqlite"
        server.will([XANADU])
        for _ in range(2):
            with OnlineGeocoder(server.url, cache=path) as online:
                assert online.find("Xanadu")[0].place.id == "osm:node/7"
                assert online.find("nowhere at all") == ()
        assert server.asked == ["Xanadu", "nowhere at all"]

    def test_failures_are_not_kept(self, server: StandIn, tmp_path: Path) -> None:
        server.will(b"garbage")
        server.will([XANADU])
        for wanted in (0, 1):
            with OnlineGeocoder(server.url, cache=tmp_path / "online.sqlite") as online:
                assert len(online.find("Xanadu")) == wanted

    @pytest.mark.parametrize("what", ["folder", "garbage", "other tables", "unwritable"])
    def test_a_file_that_can_not_be_used_is_a_warning(self, server: StandIn, tmp_path: Path, what: str) -> None:
        path = tmp_path / "online.sqlite"
        if what == "folder":
            path.mkdir()
        elif what == "garbage":
            path.write_bytes(b"no database" * 1000)
        elif what == "other tables":
            with sqlite3.connect(path) as other:
                other.execute("CREATE TABLE answers (x)")
            other.close()
        else:
            (tmp_path / "file").write_text("x")
            path = tmp_path / "file" / "online.sqlite"
        server.will([XANADU])
        with OnlineGeocoder(server.url, cache=path) as online:
            for _ in range(2):
                assert len(online.find("Xanadu")) == 1
            assert len(online.warnings) == 1
            assert "kept for this run only" in online.warnings[0]
        assert len(server.asked) == 1

    def test_an_entry_of_another_version_is_asked_again(self, server: StandIn, tmp_path: Path) -> None:
        path = tmp_path / "online.sqlite"
        for entry in ("[[1]]", "no json", '{"a": 1}', '[["a","b",["c"],"no kind","d",1,2,null,3]]'):
            server.will([XANADU])
            with OnlineGeocoder(server.url, cache=path) as online:
                online.find("Xanadu")
            with sqlite3.connect(path) as file:
                file.execute("UPDATE answers SET answers = ?", (entry,))
            file.close()
            server.will([XANADU])
            with OnlineGeocoder(server.url, cache=path) as online:
                assert len(online.find("Xanadu")) == 1


@pytest.mark.parametrize(
    "written", ["gogle", "ftp://x", "pelias", "photon=file:///etc/passwd", "http://u:p@x", "http://", "nominatim=", ""]
)
def test_an_unknown_service_is_refused_with_the_cure(written: str) -> None:
    with pytest.raises(SourceError, match="write nominatim, photon"):
        server_of(written)


@pytest.mark.parametrize(
    ("url", "delay"),
    [("nominatim", 1.0), ("http://192.168.1.5:8080", 0.0), ("http://[::1]:80", 0.0), ("https://geo.example.org", 1.0)],
)
def test_servers_that_are_not_ours_are_asked_once_a_second(url: str, delay: float) -> None:
    assert server_of(url).delay_s == delay


KEYS = [
    "lat",
    "lon",
    "type",
    "name",
    "namedetails",
    "boundingbox",
    "address",
    "properties",
    "geometry",
    "coordinates",
    "extent",
    "bbox",
    "layer",
    "place_rank",
    "osm_value",
    "addresstype",
]
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)


@given(st.lists(json_values, max_size=4), st.sampled_from(["nominatim", "photon", "pelias"]))
def test_any_json_is_read_or_left_out(raws: list[object], service: str) -> None:
    for answer in answers_of(service, raws):
        assert isinstance(answer.point, LngLat)
        assert answer.radius_m > 0
