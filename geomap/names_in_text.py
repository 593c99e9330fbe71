"""Whether a place name is part of a longer name of a person or an organisation: Paris Hilton, قناة الميادين."""

from dataclasses import dataclass

from gazetteer import NameMatch, Role
from geomap.reading import Reading

_CASED_SHARE = 0.01
"""Share of capitals among letters above which a text uses capitals; headlines in lower case have none."""
_TITLE_REACH = 4
"""Words between a title and the surname: رئيس الوزراء العراقي محمد شياع السوداني has three."""


@dataclass(frozen=True, slots=True)
class NameContext:
    """The role that a longer name gives a match (None: it stands by itself), and the words that say so."""

    role: Role | None
    cue: str = ""


def has_case(text: str) -> bool:
    """Whether a text uses capitals, so that a name without one is no name.

    Examples
    --------
    >>> has_case("Rockets hit Baghdad."), has_case("rockets hit baghdad"), has_case("قصف على بغداد")
    (True, False, False)
    """
    upper = sum(1 for c in text if c.isupper())
    lower = sum(1 for c in text if c.islower())
    return lower > 0 and upper > _CASED_SHARE * (upper + lower)


def capitalised(surface: str) -> bool:
    """Whether a surface begins with a capital or a letter of a script that has none.

    Examples
    --------
    >>> [capitalised(s) for s in ("Nice", "nice", "al-Tanf", "بغداد")]
    [True, False, True, True]
    """
    first = surface[:1]
    if first.lower() == first.upper() or first.isupper():
        return True
    return "-" in surface and any(c.isupper() for c in surface)  # al-Tanf, el-Fasher


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
        Whether the text uses capitals (`has_case`).
    """
    if reading.rules is None:
        return NameContext(None)
    before, after = match.first - 1, match.last + 1
    organisation = reading.hit_ending_at(before, "names.organisations") if before >= 0 else None
    if organisation and _touching(reading, before, match.first) and not match.clitic:
        return NameContext(Role.ORG_PART, _slice(reading, organisation.first, match.last))
    behind = reading.hits_between(after, after + 1, "names.organisations_after")
    if behind and _touching(reading, match.last, after) and (not cased or _capital(reading, after)):
        return NameContext(Role.ORG_PART, _slice(reading, match.first, after))
    return _person(reading, match, person_before, cased=cased)


def _person(reading: Reading, match: NameMatch, person_before: int, *, cased: bool) -> NameContext:
    """A title and name words before it, or (where there are capitals) a name word before or after it."""
    sentence = reading.sentence_of(match.first)
    for back in range(1, _TITLE_REACH + 2):
        word = match.first - back
        if word <= person_before or word < sentence.first or not _touching(reading, word, word + 1):
            break
        if reading.hits_between(word, word + 1, "places", "stance"):
            break
        title = reading.hit_ending_at(word, "names.titles")
        if title and back > 1:
            # between the title and the match stand name words: رئيس الوزراء محمد شياع السوداني
            return NameContext(Role.PERSON_PART, _slice(reading, title.first, match.last))
        if title and cased and not match.clitic:
            return NameContext(Role.PERSON_PART, _slice(reading, title.first, match.last))
    if not cased:
        return NameContext(None)
    after = match.last + 1
    if (
        after < sentence.last
        and reading.between(match.last, after) == " "
        and _capital(reading, after)
        and not reading.hits_between(after, after + 3, "places", "triggers", "sources")
    ):
        return NameContext(Role.PERSON_PART, _slice(reading, match.first, after))
    return NameContext(None)


def _touching(reading: Reading, left: int, right: int) -> bool:
    between = reading.between(left, right)
    return between.strip(" -\u200c\"'«“") == "" and "\n" not in between


def _capital(reading: Reading, word: int) -> bool:
    return reading.article.text[reading.words[word].start].isupper()


def _slice(reading: Reading, first: int, last: int) -> str:
    return reading.article.text[reading.words[first].start : reading.words[last].end]
