"""Names that the gazetteer has in another language only: read by their sound, in the countries of the article.

ماناي in an Arabic article on the Philippines is Manay: no source gives the Arabic name. What stands where a place must
stand ("in the village of", "in" before an unknown capitalised word, في before a word that is none of the language's) is
compared by sound with the settlements and areas of those countries (`Gazetteer.sounding_like`). Such a reading is
marked in its reasons and never surer than the sounds are alike.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from gazetteer import Candidate, Gazetteer, Mention, NameMatch, PlaceKind, Resolution, Role, fold
from gazetteer.format import NameFlag
from gazetteer.passes.asked import is_asked
from gazetteer.passes.language import HOME
from gazetteer.ranking import prominence
from gazetteer.sounds import Heard
from geomap.mentions import Found
from geomap.reading import Reading
from geomap.unknown_names import unknown_names

_MOST = 60
"""Names of one article that are compared: a list of 50,000 unknown names costs no more."""
_ALIKE = 0.15
"""Distance up to which a name sounds alike in a script without vowels: بوسا ريكا and Poza Rica are 0.12 apart, راعيين
(shepherds) and Ar Rayna 0.17."""
_ALIKE_WITH_VOWELS = 0.1
"""The same in Latin and Cyrillic script: Маракаї and Maracay are 0.08 apart, "Torinese" and Thuringia 0.12."""
_ALIKE_AT_HOME = 0.03
"""The same in countries that write the article's language, where the gazetteer has the names as they are written:
Erdington is not Wardington (0.04), "Blessem" not Fließem (0.08); Mecúfi is Mecufi."""
_HOME_NAMED = 0.13
"""At home in a script without vowels, behind "the village of" only: ארגו and Argo are 0.12 apart."""
_FARTHEST = max(_ALIKE, _ALIKE_WITH_VOWELS, _ALIKE_AT_HOME, _HOME_NAMED)
_SEMITIC = re.compile("[عحضظذةءؤئ]")
"""Letters that Arabic hardly writes in foreign names: مؤازرة (support) is no El Mazra'a."""
_NEXT = 0.07
"""How much farther the other places may sound that the article's company chooses among."""
_MOST_CANDIDATES = 6
_UNCASED = ("ar", "fa", "he")
"""Languages whose script has no capitals, and writes few vowels."""
_FREQUENT = Path(__file__).parent / "languages" / "frequent"
_PREFIXES = {"ar": ("ب",), "he": ("ב",)}
"""What means "in" and is written onto the name."""
_ARTICLES = {"ar": "ال", "he": "ה"}
_SHORTEST = 4
"""Letters of an unknown word that may be a name by its sound alone: shorter ones sound like everything."""
_HEARD_KINDS = frozenset({PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.ADMIN1, PlaceKind.ADMIN2})


def hear(
    reading: Reading,
    found: Sequence[Found],
    resolutions: Sequence[Resolution],
    world: Gazetteer,
    taken: Collection[tuple[int, int]] = (),
) -> tuple[Found, ...]:
    """Give the mentions of an article with those put in that are read by their sound.

    Parameters
    ----------
    reading, found, resolutions
        The article and its mentions; the resolved ones say in which countries to look.
    world
        The gazetteer.
    taken
        Offsets of numbers and dates: no names.
    """
    countries = frozenset(r.place.country for r in resolutions if r.place and r.place.country)
    if reading.rules is None or not countries or not (_is_uncased(reading) or reading.cased):
        return tuple(found)
    known = list(found)
    compared = 0
    for i, item in enumerate(known):
        if _is_open(item, resolutions[i]) and compared < _MOST:
            compared += 1
            known[i] = _heard(reading, item, world, countries) or item
    for proposals in _unknown(reading, known, taken):
        if compared >= _MOST:
            break
        compared += 1
        for item in proposals:  # the longer reading first
            if heard := _heard(reading, item, world, countries):
                known.insert(bisect_left(known, item.match.first, key=lambda other: other.match.first), heard)
                break
    return tuple(known)


def _is_open(item: Found, resolution: Resolution) -> bool:
    """Whether a place is named that is not known: no candidate, or in another script than Latin none that is safe."""
    if not item.located or item.country or item.mention.role is not Role.LOCATION or resolution.place:
        return False
    return not item.candidates or not item.match.key.isascii()


def _is_uncased(reading: Reading) -> bool:
    return reading.article.language in _UNCASED


def _unknown(
    reading: Reading, found: Sequence[Found], taken: Collection[tuple[int, int]]
) -> Iterator[tuple[Found, ...]]:
    frequent = frequent_words(reading.article.language or "")
    for proposals in unknown_names(reading, found, taken):
        if kept := tuple(item for item in proposals if item.match.key not in frequent):
            yield kept
    if _is_uncased(reading):
        yield from _bare(reading, found, taken, frequent)


def _bare(
    reading: Reading, found: Sequence[Found], taken: Collection[tuple[int, int]], frequent: frozenset[str]
) -> Iterator[tuple[Found, ...]]:
    """Words behind "in", or with it written on, that are none of the language's: في ماناي, בוינידו."""
    used = {word for item in found for word in range(item.match.first, item.match.last + 1)}
    language = reading.article.language or ""
    starts = {start for start, _ in taken}
    for i, word in enumerate(reading.words):
        if i in used or len(word.folded) < _SHORTEST or not word.folded.isalpha() or word.start in starts:
            continue
        before = reading.hit_ending_at(i - 1, "places.in") or reading.hit_ending_at(i - 1, "places.near") if i else None
        prefix = "" if before else next((p for p in _PREFIXES.get(language, ()) if word.folded.startswith(p)), None)
        if prefix is None or _is_of_language(reading, i, prefix, frequent):
            continue
        longer = i + 1 < len(reading.words) and i + 1 not in used and reading.between(i, i + 1) == " "
        ends = (i + 1, i) if longer and not _is_of_language(reading, i + 1, "", frequent) else (i,)
        yield tuple(_proposed(reading, i, end, len(prefix)) for end in ends)


def _is_of_language(reading: Reading, i: int, prefix: str, frequent: frozenset[str]) -> bool:
    """Whether a word is no foreign name: frequent with or without its prefix, a cue, or with an article."""
    assert reading.rules is not None  # noqa: S101 - the caller checked; for the type checker
    folded = reading.words[i].folded
    bare = folded[len(prefix) :]
    article = _ARTICLES.get(reading.article.language or "", "")
    if folded in frequent or bare in frequent or len(bare) < _SHORTEST - 1 or (article and bare.startswith(article)):
        return True
    if not reading.rules.function_words.isdisjoint(reading.rules.lexicon.forms(folded)):
        return True
    return any(hit.first <= i <= hit.last for hit in reading.hits_between(max(0, i - 3), i + 1))


def _proposed(reading: Reading, first: int, last: int, prefix: int) -> Found:
    start, end = reading.words[first].start + prefix, reading.words[last].end
    text = reading.article.text
    match = NameMatch(start, end, fold(text[start:end]), text[start - prefix : start], False, (), first, last)  # noqa: FBT003
    mention = Mention(start, end, Role.LOCATION, reading.article.text[reading.words[first].start : end])
    return Found(mention, match, (), frozenset(), None, located=True, near=False, from_origin=False)


def _heard(reading: Reading, item: Found, world: Gazetteer, countries: frozenset[str]) -> Found | None:
    name = reading.article.text[item.mention.start : item.mention.end]
    alike = [
        h
        for h in world.sounding_like(name, countries, _FARTHEST)
        if _may_be(item, h) and h.distance <= _most(reading, item, h.place.country or "")
    ]
    if not alike or (alike[0].distance <= _ALIKE_AT_HOME and world.lookup(name)):
        return None  # the very name was there and was passed over: Lake, Council
    near = [h for h in alike if h.distance <= alike[0].distance + _NEXT][:_MOST_CANDIDATES]
    rows = (Candidate(h.place, h.place.name, prominence(h.place, NameFlag(0)), heard=True) for h in near)
    candidates = tuple(sorted([*item.candidates, *rows], key=lambda c: (-c.score, c.place.id)))
    return replace(item, candidates=candidates, heard=alike[0].distance)


def _most(reading: Reading, item: Found, country: str) -> float:
    """How far apart a name and a place of some country may sound."""
    language = reading.article.language or ""
    home = country in HOME.get(language, ())
    if language == "ar" and not home and _SEMITIC.search(reading.article.text, item.mention.start, item.mention.end):
        return -1.0
    if _is_uncased(reading):
        return _ALIKE if not home else _HOME_NAMED if item.asked else -1.0
    return _ALIKE_AT_HOME if home else _ALIKE_WITH_VOWELS


def _may_be(item: Found, heard: Heard) -> bool:
    return heard.place.kind in _HEARD_KINDS and (not item.asked or is_asked(item.asked, heard.place.kind))


@cache
def frequent_words(language: str) -> frozenset[str]:
    """Give the frequent words of a language, folded, that are no foreign names; empty where there is no list."""
    path = _FREQUENT / f"{language}.txt"
    return frozenset(path.read_text("utf-8").split("\n")) if path.is_file() else frozenset()
