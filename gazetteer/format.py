"""The files of the built gazetteer: their names, their version, and how a name points at places.

``names.marisa``    every folded name, followed by one space: a prefix search then ends at word boundaries only
``names.bin``       for each name (by its id in the trie) its postings: two arrays of unsigned 32-bit integers,
                    ``count + 1`` offsets, then the postings
``places.sqlite``   the places, their names by language, their polygons and the base map
``manifest.json``   version, SHA-256 of each file, counts, sources

A posting is an ordinal (a row of ``places``) in its low 24 bits and `NameFlag` bits above. For a block the ordinal is
a `BlockKind` in its low 8 bits, and above it one bit for each of `LANGUAGES` in which it holds; none means in all.
"""

from collections.abc import Iterable
from enum import IntEnum, IntFlag
from pathlib import Path

VERSION = 4
DATA = Path(__file__).parent / "data"
TRIE = "names.marisa"
POSTINGS = "names.bin"
PLACES = "places.sqlite"
MANIFEST = "manifest.json"

ORDINAL_BITS = 24
ORDINAL_MASK = (1 << ORDINAL_BITS) - 1

OWN = "your own gazetteer: "
"""How the source of a place from a user's file begins (`gazetteer.layers`)."""

LONGEST_NAME_WORDS = 32
"""Words of the longest name that is built: a scan looks no further ahead. The longest of GeoNames has 26."""

LANGUAGES = ("ar", "en", "fa", "he", "tr", "fr", "es", "ru", "uk", "de", "pt", "it")


class NameFlag(IntFlag):
    """What kind of name of the place this is."""

    PREFERRED = 1
    """Its main name in one of the languages, not a variant."""
    DEMONYM = 2
    """The people or the adjective: American."""
    CONTEXT = 4
    """Means the place only where its surroundings are spoken of: المنطقة الخضراء, the US embassy."""
    EXACT_CASE = 8
    """Counts only in capitals: US, UK."""
    ABBREVIATION = 32
    """Counts only beside what it abbreviates for: "Dallas, TX", "Macon, Ga.", "the Fla. man"."""
    BLOCK = 16
    """No place at all: a person, an organisation, an everyday word; the ordinal is what `block_number` gives."""


PREFERRED, DEMONYM, CONTEXT = int(NameFlag.PREFERRED), int(NameFlag.DEMONYM), int(NameFlag.CONTEXT)
EXACT_CASE, ABBREVIATION, BLOCK = int(NameFlag.EXACT_CASE), int(NameFlag.ABBREVIATION), int(NameFlag.BLOCK)
"""The same as plain integers, for what asks millions of postings: ``&`` of an IntFlag takes ten times as long."""


class BlockKind(IntEnum):
    """Why a name is not a place. EVERYDAY words may still be one where a cue says so."""

    PERSON = 0
    ORGANISATION = 1
    MEDIA = 2
    EVENT = 3
    EVERYDAY = 4


_KIND_BITS = 8


def block_number(kind: BlockKind, languages: Iterable[str] = ()) -> int:
    """Give the number that stands for a block in some languages (none: in all) where a place has its ordinal."""
    return kind | sum(1 << LANGUAGES.index(language) for language in set(languages)) << _KIND_BITS


def blocked_as(number: int, language: str | None) -> BlockKind | None:
    """Give why a name is no place in a text of a language; None when it is no block there.

    Parameters
    ----------
    number
        From `block_number`.
    language
        Of the text; every block holds where it is None or none of `LANGUAGES`.

    Examples
    --------
    >>> essen = block_number(BlockKind.EVERYDAY, ["de"])
    >>> [blocked_as(essen, language) is BlockKind.EVERYDAY for language in ("de", "en", None)]
    [True, False, True]
    """
    mask = number >> _KIND_BITS
    if mask and language in LANGUAGES and not mask >> LANGUAGES.index(language) & 1:
        return None
    return BlockKind(number & ((1 << _KIND_BITS) - 1))
