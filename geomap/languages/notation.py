"""How the patterns of a language file are written.

A pattern is words and slots in the order in which they are said::

    "{day} {month} [{year}]"         a slot in braces is filled from a list of words, or is a number;
                                     what stands in square brackets may be missing
    "ago|earlier"                    one of several words
    "(in|since) {year}"              in round brackets: has to stand before (or after), but is no part of it
    "(!in) {month} {day}"            must not stand before (or after)
    "(#)"                            any number in figures stands there
"""

import re
from typing import NamedTuple

from geomap.languages.reading import pieces

_PARTS = re.compile(r"\(!?[^()]+\)|\[[^\[\]]+\]|\{\w+\}|[^\s\[\](){}]+|\S")
_MAX_OPTIONAL = 4
ANY_FIGURE = "#"
"""In round brackets: any number in figures."""


class PatternError(ValueError):
    """A pattern is not well written; says why."""


class Pattern(NamedTuple):
    """A pattern in parts: what has to stand around it, and must not, and its core, optional parts in brackets."""

    core: tuple[str, ...]
    before: frozenset[str]
    not_before: frozenset[str]
    after: frozenset[str]
    not_after: frozenset[str]


def parse(pattern: str) -> Pattern:
    """Part a pattern.

    Examples
    --------
    >>> parsed = parse("(!in) {month} [the] {day}")
    >>> parsed.core, sorted(parsed.not_before)
    (('{month}', '[the]', '{day}'), ['in'])
    """
    parts = _PARTS.findall(pattern)
    sets: tuple[set[str], ...] = (set(), set(), set(), set())
    while parts and len(parts[0]) > 1 and parts[0].startswith("("):
        _context(parts.pop(0), sets[0], sets[1])
    while parts and len(parts[-1]) > 1 and parts[-1].startswith("("):
        _context(parts.pop(), sets[2], sets[3])
    if not parts or any(part in "([{" for part in parts):
        raise PatternError("a bracket is not closed, or nothing stands outside the round brackets")
    if any(part.startswith("(") for part in parts):
        raise PatternError("round brackets may stand at the beginning and at the end only")
    if sum(part[0] == "[" for part in parts) > _MAX_OPTIONAL:
        raise PatternError(f"more than {_MAX_OPTIONAL} parts in square brackets; write two patterns")
    return Pattern(tuple(parts), *(frozenset(words) for words in sets))


def inner(part: str) -> list[str]:
    """Give the elements of an optional part, or the part itself.

    Examples
    --------
    >>> inner("[, {year}]"), inner("{year}")
    ([',', '{year}'], ['{year}'])
    """
    return _PARTS.findall(part[1:-1]) if part[0] == "[" else [part]


def _context(part: str, wanted: set[str], unwanted: set[str]) -> None:
    inner = part[1:-1]
    target = unwanted if inner.startswith("!") else wanted
    for word in inner.removeprefix("!").split("|"):
        folded = pieces(word)
        if len(folded) != 1:
            raise PatternError(f"{word!r} in round brackets is not one word")
        target.add(folded[0])
