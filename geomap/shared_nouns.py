"""Names that share their noun: "над Воронежской и Курской областями", "в Брянской области, а ещё два — над Калужской".

Slavic news writes the noun of several areas once. The gazetteer finds the name that the noun stands beside; here the
adjectives that lean on it are tried with it.
"""

from collections.abc import Iterator, Sequence

from gazetteer import Gazetteer, NameMatch
from geomap.names_in_text import capitalised
from geomap.reading import Reading

LANGUAGES = frozenset({"ru", "uk"})
_FURTHEST = 40
"""Words from a noun to an adjective that leans on it: the clauses of one sentence."""
_LISTED = 3
"""Words between two adjectives of one list: "в Брянской, а также Курской областях"."""


def with_shared_nouns(reading: Reading, world: Gazetteer, matches: Sequence[NameMatch]) -> tuple[NameMatch, ...]:
    """Give the matches of a text, and those of the adjectives that share the noun of another one.

    Parameters
    ----------
    reading
        The article.
    world
        The open gazetteer.
    matches
        What was found in it, in the order of their words.
    """
    if reading.article.language not in LANGUAGES or reading.rules is None:
        return tuple(matches)
    found = {m.first: m for holder in matches if _has_noun(reading, holder) for m in _leaning(reading, world, holder)}
    if not found:
        return tuple(matches)
    taken = {word for m in matches if m.last > m.first for word in range(m.first, m.last + 1)}
    added = [m for first, m in found.items() if first not in taken]
    kept = [m for m in matches if m.first not in found or m.first in taken]
    return tuple(sorted([*kept, *added], key=lambda m: m.first))


def _has_noun(reading: Reading, match: NameMatch) -> bool:
    """Whether a name of two words ends with the kind of place that it is: Курской областями."""
    return match.last == match.first + 1 and bool(
        reading.hits_between(match.last, match.last + 1, "places.kinds.admin1", "places.kinds.district")
    )


def _leaning(reading: Reading, world: Gazetteer, holder: NameMatch) -> Iterator[NameMatch]:
    """The adjectives of a sentence that the noun of a match belongs to as well."""
    text, words = reading.article.text, reading.words
    sentence = reading.sentence_of(holder.first)
    noun = text[words[holder.last].start : words[holder.last].end]
    next_one = holder.first
    for k in range(holder.first - 1, max(sentence.first, holder.first - _FURTHEST) - 1, -1):
        if _is_adjective(reading, k) and (_listed(reading, k, next_one) or _stands_alone(reading, k)):
            match = _named(reading, world, k, noun)
            if match is not None:
                next_one = k
                yield match
    for k in range(holder.last + 1, min(sentence.last, holder.last + _FURTHEST)):
        if _is_adjective(reading, k) and _stands_alone(reading, k):
            match = _named(reading, world, k, noun)
            if match is not None:
                yield match


def _is_adjective(reading: Reading, word: int) -> bool:
    surface = reading.article.text[reading.words[word].start : reading.words[word].end]
    return capitalised(surface) and reading.words[word].folded.endswith(_ENDINGS)


_ENDINGS = tuple(
    "скои цкои скую цкую ская цкая скии цкии ском ськоі цькоі ською цькою ськіи цькіи ську цьку ська цька ському "  # noqa: SIM905 - read as words
    "цькому ськии цькии ським цьким".split()
)
"""Folded endings of adjectives that are names: Курской, Сумська."""


def _listed(reading: Reading, left: int, right: int) -> bool:
    """Whether only commas and conjunctions, or words of place, part two adjectives."""
    assert reading.rules is not None  # noqa: S101 - asked for texts with rules only
    if right - left > _LISTED:
        return False
    if right == left + 1:
        return "," in reading.between(left, right)
    joined = any(reading.words[k].folded in reading.rules.conjunctions for k in range(left + 1, right))
    marked = "," in reading.between(left, left + 1)
    return (joined or marked) and all(_is_small(reading, k) for k in range(left + 1, right))


def _is_small(reading: Reading, word: int) -> bool:
    folded = reading.words[word].folded
    assert reading.rules is not None  # noqa: S101 - asked for texts with rules only
    return (
        folded in reading.rules.conjunctions
        or folded in reading.rules.function_words
        or bool(reading.hits_between(word, word + 1, "places.in", "places.onto"))
        or folded in ("также", "також")
    )


def _stands_alone(reading: Reading, word: int) -> bool:
    """Whether a word of place stands before an adjective, and no noun of its own behind it."""
    if not reading.hits_between(word - 1, word, "places.in", "places.onto", "places.near", "places.from"):
        return False
    if word + 1 >= len(reading.words) or word + 1 >= reading.sentence_of(word).last:
        return True
    return reading.between(word, word + 1) != " " or _is_small(reading, word + 1)


def _named(reading: Reading, world: Gazetteer, word: int, noun: str) -> NameMatch | None:
    """Give the name that an adjective makes with a noun, at the adjective's own words; None where there is none."""
    start, end, _ = reading.words[word]
    surface = reading.article.text[start:end]
    whole = f"{surface} {noun}"
    for match in world.scan(whole, None, reading.article.language):
        if match.start == 0 and match.end == len(whole):
            return match._replace(start=start, end=end, first=word, last=word, inflected=True)
    return None
