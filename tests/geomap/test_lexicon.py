import pytest

from gazetteer.names import words
from geomap.errors import LanguageError
from geomap.lexicon import Lexicon


def _find(phrases: list[str], text: str, clitics: tuple[str, ...] = ()) -> list[str]:
    return [text[h.start : h.end] for h in Lexicon({"x": phrases}, clitics, "xx.toml").find(words(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "wanted"),
    [
        ("rocket attack", "A Rocket  attack.", ["Rocket  attack"]),
        ("(rocket|missile) (attack|attacks)", "missile attacks", ["missile attacks"]),
        ("attack*", "attackers", ["attackers"]),
        ("fired .. rockets", "fired two large old rockets", ["fired two large old rockets"]),
        ("fired .. rockets", "fired one two three four rockets", []),
        ("* forces", "Iraqi forces", ["Iraqi forces"]),
        ("sit-in", "a sit-in", ["sit-in"]),
        ("attack", "attacked", []),
        ("*angriff", "Der Raketenangriff, ein Angriff", ["Raketenangriff", "Angriff"]),
        ("*angriff auf", "der Angriffe auf", []),
    ],
)
def test_phrases(phrase: str, text: str, wanted: list[str]) -> None:
    assert _find([phrase], text) == wanted


def test_clitics_stand_before_every_word() -> None:
    assert _find(["هجوم صاروخي"], "بالهجوم الصاروخي", ("ال", "بال")) == ["بالهجوم الصاروخي"]


def test_the_clitic_that_was_cut() -> None:
    lexicon = Lexicon({"x": ["هجوم"]}, ("ال", "بال", "ب"), "xx.toml")
    assert [lexicon.cut(word, "x") for word in ("هجوم", "بالهجوم", "بهجوم")] == ["", "بال", "ب"]


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("attack?", r"xx.toml: x: 'attack\?': can't read 'attack\?'"),
        (".. attack", "stands at an end"),
        ("", "an empty phrase"),
        ("(|a) b", "an empty alternative"),
    ],
)
def test_a_phrase_that_cant_be_read_is_named(phrase: str, message: str) -> None:
    with pytest.raises(LanguageError, match=message):
        Lexicon({"x": [phrase]}, (), "xx.toml")


def test_many_gaps_stay_linear() -> None:
    lexicon = Lexicon({"x": ["a .. b .. c .. d"]}, (), "xx.toml")
    assert lexicon.find(words("a b c " * 20_000))[:1] == []


def test_a_wide_gap_reaches_ten_words_in_one_clause_only() -> None:
    lexicon = Lexicon({"hit": ["drone ... struck"]}, (), "xx.toml")
    near = "a drone that came from the far south at dawn struck it"
    assert [near[hit.start : hit.end] for hit in lexicon.find(words(near))] == [
        "drone that came from the far south at dawn struck"
    ]
    assert not lexicon.find(words("a drone flew over, then lightning struck"))
    assert not lexicon.find(words("a drone " + "very " * 11 + "struck"))
