"""A word that is everyday in one language is a place in another."""

import pytest

from gazetteer import Gazetteer
from geomap import Article, analyse


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Snow fell on Boden on Monday, and Kiruna lost power.", ["Boden", "Kiruna"]),
        ("de", "Boden und Wetter waren gut, sagte der Bauer aus Kiruna.", ["Kiruna"]),
        ("uk", "Щастя нікому не гарантоване, сказав мер Бахмута.", ["Бахмута"]),
        ("ru", "Счастье не купишь, заявил мэр Харькова.", ["Харькова"]),
        ("tr", "Kabul edildi; Ankarada toplantı yapıldı.", ["Ankarada"]),
    ],
)
def test_everyday_words_of_the_language(world: Gazetteer, language: str, text: str, found: list[str]) -> None:
    analysis = analyse(Article("1", "-", None, None, language, text), world)
    spans = [text[r.mention.start : r.mention.end] for r in analysis.resolutions]
    assert spans == found
