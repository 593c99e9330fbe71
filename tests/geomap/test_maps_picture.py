"""Still pictures for reports, and the HTML that embeds a map."""

import dataclasses
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from incident_samples import ALL_INCIDENTS, BASEMAP, ENGLISH_INCIDENTS, FLOODS, MOSUL, ROCKETS

from geomap.cli import main
from geomap.errors import MapError
from geomap.incident import Incident, Status
from geomap.maps import Map, Tiles, picture_format
from geomap.maps.embed import SANDBOX, snippet

HOSTILE = (
    "$\\frac{1}{0}$ $x",
    "{{7*7}} {% raw %}",
    "</svg><script>alert(1)</script>",
    "a\u202eb\x00c\ud800",
    "\\input{/etc/passwd}",
)


@pytest.fixture
def matplotlib() -> None:
    if importlib.util.find_spec("matplotlib") is None:
        reason = "matplotlib is not installed: pip install -e '.[test]'"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def picture(incidents: tuple[Incident, ...], path: Path) -> bytes:
    Map(incidents, basemap=BASEMAP).picture(path)
    return path.read_bytes()


@pytest.mark.usefixtures("matplotlib")
@pytest.mark.parametrize(("kind", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_the_same_incidents_give_the_same_picture(tmp_path: Path, kind: str, magic: bytes) -> None:
    first = picture(ALL_INCIDENTS, tmp_path / f"1.{kind}")
    assert first.startswith(magic)
    assert first == picture(ALL_INCIDENTS, tmp_path / f"2.{kind}")
    assert first != picture(ENGLISH_INCIDENTS, tmp_path / f"3.{kind}")


@pytest.mark.usefixtures("matplotlib")
@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_drawn_as_text(tmp_path: Path, text: str) -> None:
    place = dataclasses.replace(MOSUL.places[0], as_written=text, name=text)
    incident = dataclasses.replace(MOSUL, title=text, event_type=text, places=(place,))
    drawn = Map((incident,), title=text, basemap=BASEMAP)
    drawn.picture(tmp_path / "map.svg")
    written = (tmp_path / "map.svg").read_text("utf-8")
    assert "<script" not in written
    assert "http" not in written.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "http://creativecommons.org", ""
    ).replace("https://matplotlib.org", "")


@pytest.mark.usefixtures("matplotlib")
def test_nothing_one_and_many_have_a_picture(tmp_path: Path) -> None:
    for name, incidents in (("none", ()), ("one", (MOSUL,)), ("many", ALL_INCIDENTS * 5)):
        assert len(picture(incidents, tmp_path / f"{name}.png")) > 20_000


@pytest.mark.usefixtures("matplotlib")
def test_arabic_is_shaped_and_no_glyph_is_missing(tmp_path: Path) -> None:
    # filterwarnings = error: a missing glyph fails the test
    denied = dataclasses.replace(FLOODS, status=Status.DISPUTED)
    assert picture((ROCKETS, denied), tmp_path / "map.pdf")


def test_another_ending_is_refused_before_the_work() -> None:
    with pytest.raises(MapError, match=r"map\.bmp: a still map ends with \.png, \.svg or \.pdf"):
        picture_format("map.bmp")


def test_without_matplotlib_the_cure_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("geomap.maps.find_spec", lambda _: None)
    with pytest.raises(MapError, match=r"pip install 'geomap\[static\]'"):
        Map((MOSUL,), basemap=BASEMAP).picture(tmp_path / "map.png")


# Embedding ----------------------------------------------------------------------------------------


def test_the_snippet_is_a_frame_that_can_do_no_more_than_it_must(tmp_path: Path) -> None:
    path = tmp_path / "my map.html"
    Map((MOSUL,), title='A "B" <c>', basemap=BASEMAP).save(path)
    text = snippet(str(path), src='x" onload="alert(1)', height=500)
    assert 'src="x&quot; onload=&quot;alert(1)"' in text
    assert 'title="A &quot;B&quot; &lt;c&gt;"' in text
    assert f'sandbox="{SANDBOX}"' in text
    assert "allow-same-origin" not in text
    assert 'height="500"' in text
    assert "my%20map.html" in snippet(str(path))
    assert "geomap-data" in snippet(str(path), inline=True)


def test_what_is_no_map_is_not_embedded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.html"
    other.write_text("<title>x</title>")
    assert main(["embed", str(other)]) == 1
    assert "it is no map of geomap" in capsys.readouterr().err
    assert main(["embed", str(tmp_path / "none.html")]) == 1
    assert "can't be read" in capsys.readouterr().err


def test_embed_prints_the_snippet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Map((MOSUL,), basemap=BASEMAP).save(tmp_path / "map.html")
    assert main(["embed", str(tmp_path / "map.html"), "--src", "maps/map.html", "--height", "480"]) == 0
    assert capsys.readouterr().out.startswith('<iframe src="maps/map.html" title="Map of reported incidents"')
    for wrong in ("0", "-3", "x", "1e3"):
        with pytest.raises(SystemExit):
            main(["embed", "map.html", "--height", wrong])


# Tiles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://{s}.example.org/{z}/{x}/{y}.png",
        "https://a@b.example/{z}/{x}/{y}.png",
        "https://x.example/{z}/{x}/{y}.png; script-src *",
        "https://x.example/{z}/{x}/{y}.png'",
        'https://x.example/{z}/{x}/{y}.png">',
        "javascript:alert(1)//{z}{x}{y}",
        "https:///{z}/{x}/{y}",
        "",
    ],
)
def test_an_address_that_opens_more_than_a_host_is_refused(url: str) -> None:
    with pytest.raises(MapError, match="is no address of tiles"):
        Tiles(url, "me")


def test_tiles_need_an_attribution() -> None:
    with pytest.raises(MapError, match="need an attribution"):
        Tiles("https://tiles.example.org/{z}/{x}/{y}.png", " ")


def test_the_policy_opens_for_the_host_of_the_tiles_only() -> None:
    tiles = Tiles("https://tiles.example.org:8443/{z}/{x}/{y}.png", "me")
    with_tiles = Map((MOSUL,), basemap=BASEMAP, tiles=tiles).html()
    assert "img-src data: https://tiles.example.org:8443;" in with_tiles
    assert "img-src data:;" in Map((MOSUL,), basemap=BASEMAP).html()


# The command --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("matplotlib")
def test_the_command_writes_still_pictures(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("A car bomb exploded in Mosul on 5 March 2024, killing three people.", "utf-8")
    picture_ = tmp_path / "map.svg"
    done = [
        sys.executable,
        "-m",
        "geomap",
        "map",
        str(article),
        "-o",
        str(tmp_path / "m.html"),
        "--static",
        str(picture_),
    ]
    subprocess.run(done, check=True, capture_output=True)
    assert picture_.read_text("utf-8").startswith("<?xml")


def test_a_wrong_picture_name_stops_before_the_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Nothing happened.", "utf-8")
    assert main(["map", str(article), "-o", str(tmp_path / "m.html"), "--static", "x.gif"]) == 1
    assert "x.gif: a still map ends with" in capsys.readouterr().err
    assert not (tmp_path / "m.html").exists()
