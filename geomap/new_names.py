"""Names that the gazetteer lacks, where the words around them leave no doubt: قرية X, the village of X, X Drive.

They are mentions like all others, unresolved: an honest map says that a place was named and that it does not know it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from geomap.names_in_text import is_cased, is_headline
from geomap.reading import Reading

_LONGEST_RUN = 3
"""Capitalised words of a name before its tail: Sir Wilfrid Laurier Boulevard."""
_SHORTEST = 3
"""Letters of a name in a script without capitals: "قرية ما" (some village) names none."""
_DEFINITE = ("ال", "لل", "وال", "بال", "فال", "كال")
_ARTICLE = "ال"
"""Words of one Arabic name agree in it: مستشفى الشفاء الطبي."""


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that the gazetteer lacks: the indices of its words (last inclusive), its offsets and the cue."""

    first: int
    last: int
    start: int
    end: int
    cue: str
    tailed: bool
    """Whether its last word says what it is (Drive, County): it covers gazetteer names inside it."""


def new_names(reading: Reading, known: Collection[int]) -> Iterator[NewName]:
    """Give the new names of an article.

    Parameters
    ----------
    reading
        The article, read.
    known
        Indices of the words that begin a name of the gazetteer.
    """
    if reading.rules is None:
        return
    text = reading.article.text
    cased = reading.cased
    for hit in reading.hits:
        if hit.label == "names.tails" and cased:
            yield from _tailed(reading, hit.first, hit.last)
        elif hit.label in ("names.heads", "names.heads_kept"):
            name = _behind(reading, hit.last + 1, known, cased=cased)
            kept = hit.label == "names.heads_kept"
            if name is not None and (not kept or _is_named_by(reading, hit.last, name[0])):
                first, last = name
                first = hit.last if kept else first
                start, end = reading.words[first].start, reading.words[last].end
                yield NewName(first, last, start, end, text[hit.start : hit.end], tailed=False)


def _tailed(reading: Reading, tail: int, last: int) -> Iterator[NewName]:
    """Capitalised words before a tail: Shadyside Drive, Hyland-Croy Road."""
    text = reading.article.text
    sentence = reading.sentence_of(tail)
    if not text[reading.words[tail].start].isupper() or is_headline(reading, sentence):
        return
    first = tail
    while (
        first > sentence.first
        and tail - first < _LONGEST_RUN
        and reading.between(first - 1, first) in (" ", "-", ". ")
        and text[reading.words[first - 1].start].isupper()
        and not _is_word_of_place(reading, first - 1)
    ):
        first -= 1
    if first == tail or (first == sentence.first and tail - first == 1):
        return
    end = reading.words[last].end
    dotted = text[end : end + 1] == "." and reading.words[last].end - reading.words[last].start <= 4  # noqa: PLR2004 - St., Blvd.
    yield NewName(
        first, last, reading.words[first].start, end + dotted, text[reading.words[tail].start : end], tailed=True
    )


def _is_word_of_place(reading: Reading, word: int) -> bool:
    assert reading.rules is not None  # noqa: S101 - the caller checked; for the type checker
    folded = reading.words[word].folded
    return folded in reading.rules.demonstratives or bool(
        reading.hits_between(word, word + 1, "places.in", "places.near", "places.from", "places.onto", "names.titles")
    )


def _is_named_by(reading: Reading, head: int, first: int) -> bool:
    """Whether a definite name follows an indefinite head: مستشفى الروم; not الجامع القديم, طريق مسدود."""
    words = reading.words
    return not words[head].folded.startswith(_DEFINITE) and words[first].folded.startswith(_ARTICLE)


def _behind(reading: Reading, first: int, known: Collection[int], *, cased: bool) -> tuple[int, int] | None:
    """The words of a name behind "the village of", None when the gazetteer knows it or none stands there."""
    words = reading.words
    text = reading.article.text
    if first >= len(words) or first in known or reading.between(first - 1, first) not in (" ", " «", ' "', " “"):
        return None
    surface = text[words[first].start : words[first].end]
    if cased and is_cased(surface):
        last = first
        while (
            last + 1 < len(words)
            and last - first < _LONGEST_RUN - 1
            and last + 1 not in known
            and reading.between(last, last + 1) in (" ", "-", "'", "’")
            and text[words[last + 1].start].isupper()
        ):
            last += 1
        return (first, last) if surface[:1].isupper() else None
    if reading.rules is None or len(words[first].folded) < _SHORTEST or not surface.isalpha():
        return None
    if words[first].folded in reading.rules.function_words or reading.hits_between(
        first, first + 1, "places.", "triggers.", "names.", "stance.", "casualties.", "sources.", "figures."
    ):
        return None
    second = first + 1
    more = (
        second < len(words)
        and second not in known
        and reading.between(first, second) == " "
        and words[first].folded.startswith(_ARTICLE)
        and words[second].folded.startswith(_ARTICLE)
    )
    return first, second if more else first
