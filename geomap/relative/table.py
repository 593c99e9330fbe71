"""A language's file of relative places, read and compiled: words folded, patterns as lists of elements."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
_REMEMBERED = 10_000
_ELEMENT = re.compile(r"\([^()]*\)\??|\S+")
_WORDS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*\*?(?: [^\W_]+(?:[-'’][^\W_]+)*\*?)*|-")

Phrase = tuple[str, ...]
"""Folded words; one that ends with * stands for all that begin so."""


class FirstWords:
    """Phrases by their first words: which of them a word may begin is told without a look at the others.

    Parameters
    ----------
    phrases
        The phrases, in order.

    Attributes
    ----------
    phrases
        The phrases.
    letters
        Indices of the phrases that are one letter: it may be written onto a name (والموصل).

    Examples
    --------
    >>> FirstWords([("off",), ("kilomet*", "away"), ("off", "of")]).at(("off",))
    (0, 2)
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        exact: dict[str, list[int]] = defaultdict(list)
        begun: list[tuple[str, int]] = []
        letters = []
        for number, phrase in enumerate(self.phrases):
            if phrase[0].endswith("*"):
                begun.append((phrase[0][:-1], number))
            else:
                exact[phrase[0]].append(number)
            if len(phrase) == len(phrase[0]) == 1:
                letters.append(number)
        self._exact, self._begun = dict(exact), tuple(begun)
        self.letters = tuple(letters)
        self.at = lru_cache(maxsize=_REMEMBERED)(self._at)

    def _at(self, forms: tuple[str, ...]) -> tuple[int, ...]:
        """Give the indices of the phrases that a word, in any of its forms, may begin."""
        found = {number for form in forms for number in self._exact.get(form, ())}
        found.update(number for form in forms for start, number in self._begun if form.startswith(start))
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a pattern: a slot, or one of some phrases; ``optional`` when it may be missing."""

    slot: str
    phrases: tuple[Phrase, ...]
    optional: bool
    first: FirstWords


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
    first
        The first words of each list of phrases, by its name.
    """

    before_name: tuple[Phrase, ...]
    about: tuple[Phrase, ...]
    few: tuple[Phrase, ...]
    units: tuple[tuple[Phrase, float, bool], ...]
    directions: tuple[tuple[Phrase, str], ...]
    parts: tuple[tuple[Phrase, str], ...]
    patterns: tuple[Pattern, ...]
    first: Mapping[str, FirstWords]


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
    lists = {key: tuple(_phrases(table, key)) for key in ("before_name", "about", "few")}
    rows = [(phrase, METRES[unit], unit in DUALS) for unit in units.content for phrase in _phrases(units, unit)]
    rows.sort(key=lambda row: -len(row[0]))
    directions = _directions(table.table("directions").known(*BEARING))
    parts = _directions(table.table("parts").known(*BEARING, "centre"))
    first = {key: FirstWords(listed) for key, listed in lists.items()}
    for key, listed in (("units", rows), ("directions", directions), ("parts", parts)):
        first[key] = FirstWords(row[0] for row in listed)
    return Phrases(
        before_name=lists["before_name"],
        about=lists["about"],
        few=lists["few"],
        units=tuple(rows),
        directions=directions,
        parts=parts,
        first=first,
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
            yield Element(core[1:-1], (), optional, FirstWords(()))
        else:
            options = core[1:-1].split("|") if core.startswith("(") else [core]
            found = tuple(_folded(option.strip(), table, key) for option in options)
            yield Element("", found, optional, FirstWords(found))
