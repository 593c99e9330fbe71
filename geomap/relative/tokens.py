"""A sentence as the patterns of relative places see it: words, numbers, names, and marks that part them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geomap.mentions import Found
from geomap.reading import Reading
from geomap.relative.anchors import GLUED, forms_of
from geomap.relative.table import DASH
from geomap.tokens import Sentence

_DASHES = frozenset("-–—−")
_THOUSANDS = 3
_PARTING = re.compile(r"[,،;؛:()\[\]\n.!?؟]")
NAME, NUMBER, WORD, MARK = "name", "number", "word", "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes
    ----------
    kind
        NAME, NUMBER, WORD or MARK.
    forms
        A word folded, then without each clitic that it may begin with; the marks themselves.
    value
        Of a number.
    mention
        Index of a name's mention.
    clitic
        What is written onto a name.
    start, end
        Offsets in the text.
    """

    kind: str
    forms: tuple[str, ...]
    start: int
    end: int
    value: float = 0.0
    mention: int = -1
    clitic: str = ""


def tokens_of(
    reading: Reading, sentence: Sentence, found: Sequence[Found], first_words: Mapping[int, int]
) -> list[Token]:
    """Give the tokens of a sentence; numbers in figures are read, with their decimals, numbers in words are words.

    Parameters
    ----------
    reading, sentence
        The article and one of its sentences.
    found
        Its mentions.
    first_words
        Index of a mention's first word → index of the mention.
    """
    tokens: list[Token] = []
    word = sentence.first
    while word < sentence.last:
        if word > sentence.first:
            tokens += _mark(reading, word, tokens)
        if word in first_words:
            mention = first_words[word]
            match = found[mention].match
            tokens.append(Token(NAME, (), match.start, match.end, mention=mention, clitic=match.clitic))
            word = match.last + 1
            continue
        word = _word(reading, word, sentence.last, tokens)
    return tokens


def _mark(reading: Reading, word: int, tokens: Sequence[Token]) -> list[Token]:
    """A comma and its like part phrases; a dash counts between names, or with spaces around it."""
    between = reading.between(word - 1, word)
    start = reading.words[word - 1].end
    if _PARTING.search(between):
        return [Token(MARK, (",",), start, start + len(between))]
    if between.strip() and set(between.strip()) <= _DASHES and (between != between.strip() or tokens[-1].kind == NAME):
        return [Token(MARK, (DASH,), start, start + len(between))]
    return []


def _word(reading: Reading, word: int, last: int, tokens: list[Token]) -> int:
    """Read a word or a number in figures; gives the index of the word behind it."""
    token = reading.words[word]
    glued = GLUED.fullmatch(token.folded)
    if not glued:
        surface = reading.article.text[token.start : token.end]
        forms = forms_of(token.folded, surface, reading.article.language)
        tokens.append(Token(WORD, forms, token.start, token.end))
        return word + 1
    value, after = float(glued[2]), word + 1
    if not glued[3] and after < last:
        value, after = _continued(reading, value, after)
    tokens.append(Token(NUMBER, (), token.start, reading.words[after - 1].end, value=value))
    if glued[3]:  # 20km
        tokens.append(Token(WORD, (glued[3],), token.start, token.end))
    return after


def _continued(reading: Reading, value: float, word: int) -> tuple[float, int]:
    """The rest of a number behind its first digits: 1,500 and 2.5, and the middle of 10-15."""
    digits = reading.words[word].folded
    between = reading.between(word - 1, word)
    if not digits.isdecimal() or len(digits) > 6:  # noqa: PLR2004 - no distance
        return value, word
    if between in (",", ".", "٬", "٫", "\u00a0", "\u202f", "'") and len(digits) == _THOUSANDS and between != "٫":
        return value * 1000 + int(digits), word + 1
    if between in (",", ".", "٫"):
        return value + int(digits) / 10 ** len(digits), word + 1
    if between.strip() in _DASHES and int(digits) > value:
        return (value + int(digits)) / 2, word + 1
    return value, word
