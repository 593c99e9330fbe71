"""The commands as a user types them, and what they say of bad input."""

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geomap import cli
from geomap.cli import main

GOOD = {
    "id": "a",
    "language": "en",
    "published": "2024-03-07",
    "text": "A car bomb exploded in Mosul on Tuesday, killing three people.",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(GOOD) + "\n", "utf-8")
    return path


def test_map_writes_a_map_and_geojson(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", str(articles), "-o", str(tmp_path / "m.html"), "--geojson", str(tmp_path / "m.geojson")]) == 0
    features = json.loads((tmp_path / "m.geojson").read_text("utf-8"))["features"]
    assert [f["properties"]["sub_type"] for f in features] == ["bombing"]
    assert "<html" in (tmp_path / "m.html").read_text("utf-8")
    assert "1 incidents" in capsys.readouterr().err


def test_the_same_input_gives_the_same_bytes(articles: Path, tmp_path: Path) -> None:
    for name in ("1.html", "2.html"):
        assert main(["map", str(articles), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


@pytest.mark.parametrize("suffix", ["geojson", "jsonl"])
def test_extract(articles: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    assert main(["extract", str(articles), "-o", str(out)]) == 0
    content = json.loads(out.read_text("utf-8"))
    properties = (content["features"][0] if suffix == "geojson" else content)["properties"]
    assert (properties["killed_min"], properties["date_start"], properties["article_id"]) == (3, "2024-03-05", "a")


def test_mentions_gives_one_line_an_article(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["mentions", str(articles), "-o", str(out)]) == 0
    (line,) = out.read_text("utf-8").splitlines()
    found = json.loads(line)
    assert found["id"] == "a"
    (toponym,) = found["toponyms"]
    assert GOOD["text"][toponym["start"] : toponym["end"]] == toponym["surface"] == "Mosul"
    assert toponym["role"] == "location"
    assert set(toponym) == {
        "start", "end", "surface", "role", "place_id", "name", "lat", "lon", "precision", "confidence",
    }  # fmt: skip


def test_mentions_of_other_roles(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Tehran denied it. An American official agreed.", "utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["mentions", str(path), "-o", str(out), "--roles", "metonym,demonym"]) == 0
    assert [t["surface"] for t in json.loads(out.read_text("utf-8"))["toponyms"]] == ["Tehran", "American"]


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("قصف بالموصل وببغداد أمس", ["الموصل", "بغداد"], ["بالموصل", "وببغداد"]),
        ("ירי בחיפה", ["חיפה"], ["בחיפה"]),
        ("A bomb in Mosul's old town", ["Mosul"], ["Mosul"]),
    ],
)
def test_mentions_with_their_prefixes(tmp_path: Path, text: str, names: list[str], words: list[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    out = tmp_path / "out.jsonl"
    for spans, expected in (("name", names), ("word", words)):
        assert main(["mentions", str(path), "-o", str(out), "--spans", spans]) == 0
        toponyms = json.loads(out.read_text("utf-8"))["toponyms"]
        assert [t["surface"] for t in toponyms] == expected
        assert [text[t["start"] : t["end"]] for t in toponyms] == expected


def test_explain_tells_why(articles: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["explain", str(articles)]) == 0
    told = capsysbinary.readouterr().out.decode()
    for words in ("Mosul: location (in)", "is Mosul, settlement, IQ", "because:", "bombing", "2024-03-05", "supports"):
        assert words in told, words


def test_explain_tells_what_was_dropped(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The group threatened to launch a rocket attack on Erbil.", "utf-8")
    assert main(["explain", str(path)]) == 0
    told = capsysbinary.readouterr().out.decode()
    assert "INCIDENTS (0)" in told
    assert "rocket attack: missile_or_rocket_attack? no: threat: threatened" in told


BAD = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n ",
    "binary.txt": b"\x00\x01\x02PK",
    "latin1.txt": "caf\xe9 in Mosul".encode("latin-1"),
    "broken.jsonl": b'{"id": "x", "text": "fine text in Mosul"}\n{"id": \n',
    "notext.jsonl": b'{"id": "y"}\n',
    "date.jsonl": b'{"id": "z", "text": "t", "published": "soon"}\n',
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_is_told_in_one_line_and_the_rest_goes_on(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = tmp_path / name
    content = BAD[name]
    if content is not None:
        path.write_bytes(content)
    out = tmp_path / "out.geojson"
    assert main(["extract", str(path), str(articles), "-o", str(out)]) == 1
    told = capsys.readouterr().err
    assert len([line for line in told.splitlines() if name in line and "no rules" not in line]) == 1, told
    assert "Traceback" not in told
    ids = [f["properties"]["article_id"] for f in json.loads(out.read_text("utf-8"))["features"]]
    assert ids == ["a"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["map", "x.txt"],
        ["extract", "x.txt", "-o", "out.xlsx"],
        ["extract", "x.txt", "-o", "-", "--published", "soon"],
        ["mentions", "x.txt", "--roles", "nothing"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "geomap", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_output_that_cant_be_written_is_told(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(articles), "-o", "no/such/folder/out.geojson"]) == 1
    assert "no/such/folder" in capsys.readouterr().err


def test_a_language_without_rules_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Egy bomba robbant Budapesten.", "language": "hu"}), "utf-8")
    assert main(["extract", str(path), "-o", str(tmp_path / "o.geojson")]) == 0
    assert "no rules for language 'hu'" in capsys.readouterr().err


def test_a_closed_pipe_is_no_error(articles: Path) -> None:
    command = f"{sys.executable} -m geomap extract {articles} -o - | head -c 1 > /dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
    assert "Traceback" not in done.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "shown"), [(_Terminal(), True), (io.StringIO(), False)])
def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, shown: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli, "_PROGRESS_AFTER_S", 0.0)
    with cli._progress() as advance:
        for _ in range(3):
            advance()
            time.sleep(0.11)  # the bar is drawn ten times a second at the most
    assert ("articles" in stream.getvalue()) is shown


class TestOwnGazetteer:
    ROWS = "name,lat,lon,kind,country\nXanadu Base,33.5,44.1,base,IQ\nBad,,,,\n"
    TEXT = "BAGHDAD, 5 Dec 2023 - A rocket attack hit Xanadu Base on Tuesday, killing two soldiers."

    def test_the_map_and_the_record_have_the_place_and_say_whose_it_is(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        own, article, out = tmp_path / "own.csv", tmp_path / "a.txt", tmp_path / "out.geojson"
        own.write_text(self.ROWS, "utf-8")
        article.write_text(self.TEXT, "utf-8")
        assert main(["extract", str(article), "-o", str(out), "--gazetteer", str(own)]) == 1
        assert "own.csv, line 3: lon is empty; fill it with degrees" in capsys.readouterr().err
        document = json.loads(out.read_text("utf-8"))
        assert document["attribution"].endswith("Your own gazetteer: own.csv.")
        (feature,) = document["features"]
        assert feature["geometry"] == {"type": "Point", "coordinates": [44.1, 33.5]}
        assert feature["properties"]["place_name"] == "Xanadu Base"
        assert "from your own gazetteer: own.csv, line 2" in feature["properties"]["places"][0]["reasons"]

    def test_a_file_that_is_no_gazetteer_stops_with_a_message(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        article = tmp_path / "a.txt"
        article.write_text(self.TEXT, "utf-8")
        assert main(["explain", str(article), "--gazetteer", str(tmp_path / "none.csv")]) == 1
        assert "check the path" in capsys.readouterr().err


def test_a_map_without_a_file_to_write_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_text("A car bomb exploded in Mosul on Tuesday.", "utf-8")
    assert main(["map", str(article)]) != 0
    assert "-o MAP.html" in capsys.readouterr().err
