"""Place mentions → JSON Lines, one line an article."""

import json
import unicodedata
from collections.abc import Collection
from enum import StrEnum

from gazetteer import Resolution, Role
from geomap.articles.article import Article

_MARKS = ("Mn", "Lm")
"""Harakat and tatweel are part of their word."""


class Spans(StrEnum):
    """What the offsets of a mention hold; corpora differ in it.

    ``NAME``: the name alone: بغداد of "ببغداد". ``WORD``: the whole words that hold it, with what is written onto them:
    "ببغداد". The Arabic and Hebrew corpora of names annotate words, guides of incidents names.
    """

    NAME = "name"
    WORD = "word"


def mentions_line(
    article: Article, resolutions: Collection[Resolution], roles: Collection[Role], spans: Spans = Spans.NAME
) -> str:
    """Give the line of one article.

    Parameters
    ----------
    article
        The article.
    resolutions
        Its resolved mentions.
    roles
        Which to write.
    spans
        Whether offsets hold the name or the whole words around it.

    Returns
    -------
    str
        ``{"id", "toponyms": [{start, end, surface, role, place_id, name, lat, lon, precision, confidence}]}`` and a
        line end. Offsets are code points; an area's ``lat``, ``lon`` are its label point. Null when unresolved.
    """
    toponyms = []
    for resolution in resolutions:
        mention, place = resolution.mention, resolution.place
        if mention.role not in roles:
            continue
        start, end = mention.start, mention.end
        if spans is Spans.WORD:
            start, end = _whole_words(article.text, start, end)
        toponyms.append(
            {
                "start": start,
                "end": end,
                "surface": article.text[start:end],
                "role": mention.role.value,
                "place_id": place.id if place else None,
                "name": place.name if place else None,
                "lat": place.point.lat if place else None,
                "lon": place.point.lng if place else None,
                "precision": resolution.precision.value if resolution.precision else None,
                "confidence": resolution.confidence,
            }
        )
    return json.dumps({"id": article.id, "toponyms": toponyms}, ensure_ascii=False) + "\n"


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to the letters and marks written onto its ends; a hyphen or an apostrophe ends a word."""
    while start and _is_of_word(text[start - 1]):
        start -= 1
    while end < len(text) and _is_of_word(text[end]):
        end += 1
    return start, end


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) in _MARKS
