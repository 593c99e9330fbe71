from datetime import date

import pytest

from gazetteer import Gazetteer
from geomap import Article
from geomap.pipeline import analyse


@pytest.mark.parametrize(
    ("language", "text", "place", "country"),
    [
        ("uk", "Вибух у Харкові.", "Kharkiv", "UA"),
        ("uk", "Пожежа в Нікополі.", "Nikopol", "UA"),
        ("uk", "Пожежа в Молдові.", "Moldova", "MD"),
        ("uk", "Вибух у Смілі.", "Smila", "UA"),
        ("ru", "Пожар во Львове.", "Lviv", "UA"),
        ("ru", "Пожар в Уфе.", "Ufa", "RU"),
        ("ru", "Пожар в Ухте.", "Ukhta", "RU"),
        ("ru", "Пожар в Ельце.", "Yelets", "RU"),
        ("ru", "Пожар в Иваново.", "Ivanovo", "RU"),
    ],
)
def test_a_case_form_is_of_the_place_known_best(
    world: Gazetteer, language: str, text: str, place: str, country: str
) -> None:
    analysis = analyse(Article("1", "-", None, date(2024, 3, 7), language, text), world)
    assert [(r.place.name, r.place.country) for r in analysis.resolutions if r.place] == [(place, country)]
