from datetime import date

import pytest

from gazetteer import Gazetteer
from geomap import Article
from geomap.pipeline import analyse


@pytest.mark.parametrize(
    ("language", "text", "areas"),
    [
        ("ru", "ПВО сбила дроны над Воронежской и Курской областями.", ["Voronezh", "Kursk"]),
        ("ru", "Пожары начались в Иркутской, Томской и Амурской областях.", ["Irkutsk", "Tomsk", "Amur"]),
        ("ru", "Четыре дрона сбиты над Курской и один — над Калужской областью.", ["Kursk", "Kaluga"]),
        ("ru", "Над Белгородской областью сбиты дроны, ещё четыре — над Воронежской.", ["Belgorod", "Voronezh"]),
        ("uk", "Обстріл зафіксовано в Харківській та Сумській областях.", ["Kharkiv", "Sumy"]),
    ],
)
def test_areas_share_their_noun(world: Gazetteer, language: str, text: str, areas: list[str]) -> None:
    analysis = analyse(Article("1", "-", None, date(2024, 3, 7), language, text), world)
    places = [r.place for r in analysis.resolutions if r.place is not None]
    assert [p.name for p in places] == areas
    assert {p.kind.value for p in places} == {"admin1"}


def test_an_adjective_with_a_noun_of_its_own_leans_on_none(world: Gazetteer) -> None:
    text = "В Московской области пожар, на Курской дуге нашли снаряд."
    analysis = analyse(Article("1", "-", None, date(2024, 3, 7), "ru", text), world)
    assert "Kursk" not in [r.place.name for r in analysis.resolutions if r.place is not None]
