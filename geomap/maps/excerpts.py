"""The words of the articles that a map shows: each once, however many quotes share them.

Quotes overlap: one sentence proves two incidents, and its neighbours are its context. What the quotes of an article
need is joined to excerpts, and a quote is a place in one.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from geomap.incident import Evidence, Quote
from geomap.maps.columns import Table, clean, has_astral, utf16

CONTEXT = 300
"""Code points around a quote that are shown on demand, where the article is at hand: two or three sentences, enough to
judge whether it says what the map says, and far from a copy of the article."""
_WORD = 40
"""The context begins and ends at a space, if there is one so near."""
_LONGEST = 20_000
"""Code points. A longer excerpt is not joined with the next: a book of quotes costs linear time."""


class _Window(NamedTuple):
    start: int
    end: int
    text: str


class Excerpts:
    """The excerpts of all articles, and where each quote is.

    Parameters
    ----------
    articles
        Whole texts by article id, as far as they are at hand.
    quotes
        All quotes, in the order of the incidents.
    """

    def __init__(self, articles: dict[str, str], quotes: Iterable[Quote]) -> None:
        self.table = Table(article=-1, start=0)
        self.texts: list[str] = []
        self._article_of: dict[str, int] = {}
        self._where: dict[tuple[str, int, str], tuple[int, int]] = {}
        self._pending: dict[str, dict[tuple[int, str], Quote]] = {}
        self._articles = articles
        for quote in quotes:
            self._pending.setdefault(quote.article_id, {}).setdefault((quote.start, quote.exact), quote)

    def belongs(self, article_id: str, number: int) -> None:
        """Say which row of the table of articles an id is; before its quotes are looked for."""
        self._article_of[article_id] = number

    def find(self, quote: Quote) -> tuple[int, int]:
        """Give a quote's excerpt and its offset there, in UTF-16 units."""
        if quote.article_id in self._pending:
            self._lay_out(quote.article_id, self._pending.pop(quote.article_id))
        return self._where[quote.article_id, quote.start, quote.exact]

    @staticmethod
    def marks(evidence: Evidence) -> tuple[int, list[tuple[int, int, str]]]:
        """Give a quote's length, and where each mark begins in it, its length, and what it shows; in UTF-16 units.

        A mark that would end between a letter and its combining marks is widened to hold them.
        """
        text, offset = evidence.quote.exact, evidence.quote.start
        astral = has_astral(text)
        found: list[tuple[int, int, str]] = []
        for mark in evidence.marks:
            start, end = max(0, mark.start - offset), min(len(text), mark.end - offset)
            while start < end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me"):
                end += 1
            if start < end and astral:
                start, end = utf16(text, start), utf16(text, end)
            if start < end:
                found.append((start, end - start, mark.what))
        return utf16(text, len(text)) if astral else len(text), found

    def _lay_out(self, article_id: str, quotes: dict[tuple[int, str], Quote]) -> None:
        for window, inside in self._windows(article_id, quotes.values()):
            astral = has_astral(window.text)
            for quote in inside:
                at = quote.start - window.start
                place = (len(self.texts), utf16(window.text, at) if astral else at)
                self._where[article_id, quote.start, quote.exact] = place
            self.table.add(self._article_of.get(article_id, -1), window.start)
            self.texts.append(clean(window.text))

    def _windows(self, article_id: str, quotes: Iterable[Quote]) -> Iterator[tuple[_Window, list[Quote]]]:
        """Join the surroundings of quotes where they overlap and agree."""
        article = self._articles.get(article_id)
        found = sorted(((_surroundings(quote, article), quote) for quote in quotes), key=lambda pair: pair[0])
        joined: _Window | None = None
        inside: list[Quote] = []
        for window, quote in found:
            if joined and window.start <= joined.end and len(joined.text) < _LONGEST:
                overlap = joined.text[window.start - joined.start :]
                shorter = min(len(overlap), len(window.text))
                if overlap[:shorter] == window.text[:shorter]:
                    joined = _Window(joined.start, max(joined.end, window.end), joined.text + window.text[shorter:])
                    inside.append(quote)
                    continue
            if joined:
                yield joined, inside
            joined, inside = window, [quote]
        if joined:
            yield joined, inside


def _surroundings(quote: Quote, article: str | None) -> _Window:
    """Give a quote with its context: from the article, if that says what the quote says, else the quote's own."""
    if article is not None and article[quote.start : quote.end] == quote.exact:
        start, end = max(0, quote.start - CONTEXT), min(len(article), quote.end + CONTEXT)
        if start > 0:
            space = article.find(" ", start, min(start + _WORD, quote.start))
            start = space + 1 if space >= 0 else start
        if end < len(article):
            space = article.rfind(" ", max(end - _WORD, quote.end), end)
            end = space if space >= 0 else end
        return _Window(start, end, article[start:end])
    start = quote.start - len(quote.prefix)
    text = quote.prefix + quote.exact + quote.suffix
    return _Window(start, start + len(text), text)
