"""A language's file of relative places, read and compiled: words folded, patterns as lists of elements."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from gazetteer.names import fold
from gazetteer.relative import BEARING
from geomap.errors import LanguageError
from geomap.languages.table import Table

METRES = {
    "km": 1000.0,
    "two_km": 2000.0,
    "m": 1.0,
    "mile": 1609.344,
    "two_miles": 2 * 1609.344,
    "nautical_mile": 1852.0,
}
"""Units; those of two are duals, which need no number."""
DUALS = ("two_km", "two_miles")
KINDS = ("not", "offset", "distance", "direction", "part", "outskirts", "stretch", "between", "road", "coast", "border")
SLOTS = ("X", "Y", "d", "dir", "part")
DASH = "-"
_ELEMENT = re.compile(r"\([^()]*\)\??|\S+")
_WORDS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*\*?(?: [^\W_]+(?:[-'’][^\W_]+)*\*?)*|-")

Phrase = tuple[str, ...]
"""Folded words; one that ends with * stands for all that begin so."""


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a pattern: a slot, or one of some phrases; ``optional`` when it may be missing."""

    slot: str
    phrases: tuple[Phrase, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a phrase looks like, and which kind of place it tells."""

    kind: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """A language's words for relative places.

    Attributes
    ----------
    before_name, about, few
        Words in front of names, in front of distances, and for "a few".
    units
        (phrase, metres, whether it is a dual), the longest first.
    directions, parts
        (phrase, direction), the longest first.
    patterns
        In the order of `KINDS`.
    """

    before_name: tuple[Phrase, ...]
    about: tuple[Phrase, ...]
    few: tuple[Phrase, ...]
    units: tuple[tuple[Phrase, float, bool], ...]
    directions: tuple[tuple[Phrase, str], ...]
    parts: tuple[tuple[Phrase, str], ...]
    patterns: tuple[Pattern, ...]


def languages() -> tuple[str, ...]:
    """Give the codes of the languages that have a file.

    Examples
    --------
    >>> {"ar", "en", "es", "fr", "ru"} <= set(languages())
    True
    """
    names = (entry.name for entry in files("geomap.relative").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@lru_cache(maxsize=32)
def phrases(language: str) -> Phrases | None:
    """Give the phrases of a language, None where it has no file.

    Raises
    ------
    LanguageError
        The file is wrong: says where, and the cure.

    Examples
    --------
    >>> found = phrases("en")
    >>> found.directions[0], phrases("xx")
    ((('north', 'east'), 'northeast'), None)
    """
    if language not in languages():
        return None
    name = f"relative/{language}.toml"
    try:
        content = tomllib.loads((files("geomap.relative") / f"{language}.toml").read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(f"{name}: {error}") from None
    return compiled(Table(name, "", content))


def compiled(table: Table) -> Phrases:
    """Compile the content of a file.

    Raises
    ------
    LanguageError
        A key or a pattern can't be read.
    """
    table.known("before_name", "about", "few", "units", "directions", "parts", "patterns")
    units = table.table("units").known(*METRES)
    patterns = table.table("patterns").known(*KINDS)
    return Phrases(
        before_name=tuple(_phrases(table, "before_name")),
        about=tuple(_phrases(table, "about")),
        few=tuple(_phrases(table, "few")),
        units=tuple(
            sorted(
                ((phrase, METRES[unit], unit in DUALS) for unit in units.content for phrase in _phrases(units, unit)),
                key=lambda row: -len(row[0]),
            )
        ),
        directions=_directions(table.table("directions").known(*BEARING)),
        parts=_directions(table.table("parts").known(*BEARING, "centre")),
        patterns=tuple(
            Pattern(kind, elements)
            for kind in KINDS
            for written in patterns.words(kind)
            for elements in (tuple(_elements(written, patterns, kind)),)
        ),
    )


def _directions(table: Table) -> tuple[tuple[Phrase, str], ...]:
    found = [(phrase, direction) for direction in table.content for phrase in _phrases(table, direction)]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def _phrases(table: Table, key: str) -> Iterator[Phrase]:
    for written in table.words(key):
        yield _folded(written, table, key)


def _folded(written: str, table: Table, key: str) -> Phrase:
    if not _WORDS.fullmatch(written):
        raise table.wrong(key, f"can't read {written!r}; write words parted by single spaces, word* for any ending")
    if written == DASH:
        return (DASH,)
    words: list[str] = []
    for word in written.split():
        words += fold(word).split()
        if word.endswith("*"):
            words[-1] += "*"
    return tuple(words)


def _elements(written: str, table: Table, key: str) -> Iterator[Element]:
    names = re.findall(r"\{(\w+)\}", written)
    pairs = key in ("stretch", "between", "road", "border")
    if names.count("X") != 1 or names.count("Y") != pairs:
        raise table.wrong(key, f"{written!r}: write {{X}} once, and {{Y}} once where two places are named, else never")
    for piece in _ELEMENT.findall(written):
        optional = piece.endswith("?")
        core = piece.removesuffix("?")
        if core.startswith("{"):
            if core[1:-1] not in SLOTS or not core.endswith("}"):
                raise table.wrong(
                    key, f"{written!r}: {core} is not known; write {{X}}, {{Y}}, {{d}}, {{dir}} or {{part}}"
                )
            yield Element(core[1:-1], (), optional)
        else:
            options = core[1:-1].split("|") if core.startswith("(") else [core]
            yield Element("", tuple(_folded(option.strip(), table, key) for option in options), optional)
