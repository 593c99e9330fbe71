"""Whether a place name is part of a longer name: Paris Hilton, قناة الميادين, Bank of Lebanon, Dublin City Council."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from gazetteer import NameMatch, Role
from geomap.reading import Reading
from geomap.tokens import Sentence

_TITLE_REACH = 4
"""Words between a title and the surname: رئيس الوزراء العراقي محمد شياع السوداني has three."""
_TITLED_SHARE = 0.7
"""Share of capitalised words from which a sentence is a headline: "Film Festival Director Visits Columbia State"."""
_TITLED_WORDS = 4


class NameContext(NamedTuple):
    """What a longer name around a match makes of it.

    Attributes
    ----------
    role
        The role it gives: part of a person's or organisation's name, the place of a local body (metonym) or of a
        building (facility); None when the match stands by itself.
    cue
        The words that say so.
    capital_before, capital_after
        A capitalised word touches it that is no known word: perhaps the rest of a longer name.
    """

    role: Role | None
    cue: str = ""
    capital_before: bool = False
    capital_after: bool = False


@cache
def _given_names() -> Mapping[str, frozenset[str]]:
    text = (files("geomap.languages") / "given_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {code: frozenset(names.split()) for code, names in rows}


@cache
def given_names(language: str | None) -> frozenset[str]:
    """Give the folded given names that a text of a language knows: its own and the English ones.

    Examples
    --------
    >>> "mark" in given_names("en"), "sarah" in given_names("en"), "محمد" in given_names("ar")
    (False, True, True)
    """
    found = _given_names()
    return found.get(language or "", frozenset()) | found["en"]


def is_cased(surface: str) -> bool:
    """Whether a surface is in a script that has capitals.

    Examples
    --------
    >>> is_cased("Nice"), is_cased("Київ"), is_cased("بغداد")
    (True, True, False)
    """
    return surface.lower() != surface.upper()


def capitalised(surface: str) -> bool:
    """Whether a surface begins with a capital or a letter of a script that has none.

    Examples
    --------
    >>> [capitalised(s) for s in ("Nice", "nice", "al-Tanf", "provincia di Catania", "بغداد")]
    [True, False, True, True, True]
    """
    first = surface[:1]
    if first.lower() == first.upper() or first.isupper():
        return True
    # al-Tanf, el-Fasher; provincia di Catania, región de Arequipa: the name begins after what it is
    return ("-" in surface or " " in surface) and any(c.isupper() for c in surface)


def is_headline(reading: Reading, sentence: Sentence) -> bool:
    """Whether most words of a sentence are capitalised, so that a capital tells nothing."""
    long_words = [w for w in reading.words[sentence.first : sentence.last] if w.end - w.start > 3]  # noqa: PLR2004 - "of"
    upper = sum(1 for w in long_words if reading.article.text[w.start].isupper())
    return len(long_words) >= _TITLED_WORDS and upper >= _TITLED_SHARE * len(long_words)


def name_context(reading: Reading, match: NameMatch, person_before: int, *, cased: bool) -> NameContext:
    """Look for the rest of a longer name around a match.

    Parameters
    ----------
    reading
        The article.
    match
        The match.
    person_before
        Last word of the person's name before it, -1 if there is none: a title belongs to that name.
    cased
        Whether capitals tell names here (`has_case`, and the sentence is no headline).
    """
    if reading.rules is None:
        return _capitals(reading, match) if cased else NameContext(None)
    before, after = match.first - 1, match.last + 1
    if before >= 0 and not match.clitic and _touching(reading, before, match.first):
        # the longest says most: estación de policía de Cali is a building, policía de Cali a body
        ending = [
            (hit, role)
            for label, role in _BEFORE
            if (hit := reading.hit_ending_at(before, label)) and hit.label == label  # a prefix of its ``_after``
        ]
        if ending:
            hit, role = min(ending, key=lambda found: found[0].first)
            return NameContext(role, _slice(reading, hit.first, match.last))
    if after < len(reading.words) and _touching(reading, match.last, after) and (not cased or _capital(reading, after)):
        for label, role in _AFTER:
            if reading.hits_between(after, after + 2, label) and _begins(reading, after, label):
                return NameContext(role, _slice(reading, match.first, after))
    person = _person(reading, match, person_before, cased=cased)
    if person:
        return NameContext(Role.PERSON_PART, person)
    return _capitals(reading, match) if cased else NameContext(None)


_BEFORE = (
    ("names.organisations", Role.ORG_PART),
    ("names.bodies", Role.METONYM),
    ("names.buildings", Role.FACILITY),
)
_AFTER = (
    ("names.organisations_after", Role.ORG_PART),
    ("names.buildings_after", Role.FACILITY),
    ("names.bodies_after", Role.METONYM),
)


def _begins(reading: Reading, word: int, label: str) -> bool:
    return any(hit.first == word and hit.label == label for hit in reading.hits_between(word, word + 3, label))


def _person(reading: Reading, match: NameMatch, person_before: int, *, cased: bool) -> str:
    """The words that make a match part of a person's name, "" when none do: a title, a given name, an initial."""
    sentence = reading.sentence_of(match.first)
    given = given_names(reading.article.language)
    last = match.first - 1
    if (
        last >= sentence.first
        and not match.clitic
        and _name_gap(reading, last)
        and (reading.words[last].folded in given or _is_initial(reading, last))
        and (not cased or _capital(reading, last))
        and not reading.hits_between(last, last + 1, "places", "stance")  # على (on) folds like علي (Ali)
    ):
        return _slice(reading, last, match.last)
    for back in range(1, _TITLE_REACH + 2):
        word = match.first - back
        if word <= person_before or word < sentence.first or not _name_gap(reading, word):
            break
        if reading.hits_between(word, word + 1, "places", "stance"):
            break
        if cased and back > 1 and not _capital(reading, word + 1):
            break  # "director of Tennessee": not every word between is a name's
        title = reading.hit_ending_at(word, "names.titles")
        if title and (back > 1 or (cased and not match.clitic and not match.inflected)):  # мэр Харькова is no name
            # between the title and the match stand name words: رئيس الوزراء محمد شياع السوداني
            return _slice(reading, title.first, match.last)
    after = match.last + 1
    if (
        cased
        and match.first == match.last
        and reading.words[match.first].folded in given
        and after < sentence.last
        and reading.between(match.last, after) == " "
        and _capital(reading, after)
        and not reading.hits_between(after, after + 3, "places", "triggers", "sources", "names")
    ):
        return _slice(reading, match.first, after)  # Jordan Henderson, Sydney Sweeney
    return ""


def _name_gap(reading: Reading, word: int) -> bool:
    return _touching(reading, word, word + 1) or reading.between(word, word + 1) == ". "


def _is_initial(reading: Reading, word: int) -> bool:
    token = reading.words[word]
    return token.end - token.start == 1 and _capital(reading, word) and reading.between(word, word + 1) == ". "


def _capitals(reading: Reading, match: NameMatch) -> NameContext:
    """Whether capitalised words that nothing explains touch the match."""
    if reading.rules is not None and reading.rules.nouns_capitalised:
        return NameContext(None)
    sentence = reading.sentence_of(match.first)
    before, after = match.first - 1, match.last + 1
    known = ("places", "triggers", "sources", "names")
    left = (
        before > sentence.first
        and reading.between(before, match.first) in (" ", "-")
        and _capital(reading, before)
        and not reading.hits_between(before, before + 1, *known)
    )
    right = (
        after < sentence.last
        and reading.between(match.last, after) in (" ", "-")
        and _capital(reading, after)
        and not reading.hits_between(after, after + 1, *known)
    )
    return NameContext(None, "", capital_before=left, capital_after=right)


def _touching(reading: Reading, left: int, right: int) -> bool:
    between = reading.between(left, right)
    return between.strip(" -\u200c\"'«“") == "" and "\n" not in between


def _capital(reading: Reading, word: int) -> bool:
    return reading.article.text[reading.words[word].start].isupper()


def _slice(reading: Reading, first: int, last: int) -> str:
    return reading.article.text[reading.words[first].start : reading.words[last].end]
