"""Hostile texts cost linear work: calls are counted, not seconds, so that no slow machine fails the test."""

import sys
from datetime import date
from types import FrameType

import pytest

from gazetteer import Gazetteer
from geomap import Article, analyse

MOST = 2.6
"""Calls for twice the text against once; linear is 2, quadratic 4."""
SIZE = 600


def _calls(text: str, world: Gazetteer) -> int:
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    article = Article("h", "-", None, date(2024, 3, 7), "en", text)
    sys.setprofile(note)
    try:
        analyse(article, world)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "attack ",
        "attack\n",
        "12 ",
        "killed 12 ",
        "attack in Mosul ",
        "attack there ",
        "denied attack ",
        "the city ",
        "if attack ",
        "A bomb exploded in Mosul on Tuesday, killing 5. ",
        "22 attacks in Iraq. ",
        "The attacks in Mosul. ",
        "(\u202e,;:",
    ],
    ids=repr,
)
def test_twice_the_text_is_twice_the_work(world: Gazetteer, unit: str) -> None:
    _calls(unit, world)
    once, twice = _calls(unit * SIZE, world), _calls(unit * SIZE * 2, world)
    assert twice <= once * MOST, (once, twice)
