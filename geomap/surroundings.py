"""The words of place around a name: in, near, south of, the city of, from; and names joined to such a name."""

from typing import NamedTuple

from gazetteer import NameMatch, PlaceKind
from gazetteer.names import words
from geomap.reading import Reading

_LOCATIVE_CLITICS = ("ب", "ב")
_STEPS = 3
"""Words that may stand between the preposition and the name: in the | northern | city of."""
_APOSTROPHES = ("'", "’", "‘", "`")
_BEHIND = 8
"""Words of the longest phrase behind a name: Refah | 'ın batı mahallelerini."""
_JOINED = 3
"""Words that may stand between two joined names: in Syria and | the northern | Iraq."""


class Surroundings(NamedTuple):
    """What the words around a name say of it.

    Attributes
    ----------
    located
        A word of place governs it.
    near
        The words say near, outside, in the vicinity.
    origin
        The words say from.
    asked
        Kinds that a word beside it names.
    cue
        The words that say so.
    """

    located: bool = False
    near: bool = False
    origin: bool = False
    asked: frozenset[PlaceKind] = frozenset()
    cue: str = ""


def surroundings(  # noqa: C901 - one walk back over the words before the name
    reading: Reading, match: NameMatch, before: NameMatch | None
) -> Surroundings:
    """Read the words around a match.

    Parameters
    ----------
    reading
        The article.
    match
        The match.
    before
        The previous name when a word of place governs that one: "in Syria and Iraq" puts both.
    """
    if reading.rules is None:
        return Surroundings(located=any(c in match.clitic for c in _LOCATIVE_CLITICS))
    asked: set[PlaceKind] = set()
    text = reading.article.text
    located = near = origin = False
    cue_at = match.first
    if any(c in match.clitic for c in _LOCATIVE_CLITICS):
        located = True
    elif any(match.clitic.endswith(c) for c in reading.rules.origin_clitics):  # מלבנון, "from Lebanon"
        origin = located = True
    behind = _behind(reading, match)
    located = located or bool(behind)
    near = "places.near_after" in behind
    origin = origin or not behind.isdisjoint(("places.from_after", "places.from_suffix"))
    word = match.first - 1
    sentence = reading.sentence_of(match.first)
    for _ in range(_STEPS):
        if word < sentence.first or reading.parted(word, match.first):
            break
        kind = reading.hit_ending_at(word, "places.kinds")
        hit = reading.hit_ending_at(word, "places.")
        if hit and hit.label in ("places.in", "places.near", "places.direction", "places.from", "places.onto"):
            near = near or hit.label == "places.near"
            origin = origin or hit.label == "places.from"
            located = located or hit.label != "places.onto" or _moves(reading, hit.first, sentence.first)
        if kind and not (before and before.last == kind.first - 1):  # "Salah al-Din | district of | Aleppo"
            asked.add(PlaceKind(kind.label.rsplit(".", 1)[1]))
            located = True
        if not hit and not kind and not _stepped_over(reading, word):
            break
        cue_at = (hit or kind).first if (hit or kind) else word  # type: ignore[union-attr]
        if hit and hit.label in ("places.in", "places.from", "places.onto"):
            break
        word = cue_at - 1
    located = located or _undergoes(reading, match)
    origin = origin or (located and _from_before(reading, cue_at, max(sentence.first, before.last if before else 0)))
    asked |= _asked_behind(reading, match) | _asked_unwritten(reading, match)
    if not located and before is not None and _joined(reading, before, match):
        return Surroundings(located=True, asked=frozenset(asked), cue="joined to a place before it")
    cue = text[reading.words[cue_at].start : reading.words[match.first].start].strip() or match.clitic
    return Surroundings(located, near, origin, frozenset(asked), cue if located else "")


def _behind(reading: Reading, match: NameMatch) -> set[str]:
    """Labels of the endings and words of place behind a name: Ankara'da, Halep'ten, Van yakınlarında."""
    after = match.last + 1
    if after >= len(reading.words):
        return set()
    suffixed = reading.between(match.last, after) in _APOSTROPHES
    labels = ("places.in_after", "places.near_after", "places.from_after")
    suffixes = ("places.in_suffix", "places.from_suffix") if suffixed else ()
    return {
        hit.label
        for hit in reading.hits_between(after, after + _BEHIND, *labels, *suffixes)
        if hit.first == after and not reading.parted(match.last, hit.last)
    }


def _stepped_over(reading: Reading, word: int) -> bool:
    """Whether a word may stand between a word of place and the name: in the ..., im | irakischen | Kut."""
    assert reading.rules is not None  # noqa: S101 - the caller checked; for the type checker
    demonstrative = reading.words[word].folded in reading.rules.demonstratives
    return demonstrative or reading.hit_ending_at(word, "names.adjectives") is not None


def _undergoes(reading: Reading, match: NameMatch) -> bool:
    """Whether the name is what something happens to: "Syria saw 14 attacks", شهدت سوريا."""
    assert reading.rules is not None  # noqa: S101 - the caller checked; for the type checker
    if reading.rules.source_order == "verb_first":
        return match.first > 0 and reading.hit_ending_at(match.first - 1, "places.undergoes") is not None
    behind = match.last + 1
    return any(hit.first == behind for hit in reading.hits_between(behind, behind + 2, "places.undergoes"))


def _from_before(reading: Reading, word: int, first: int) -> bool:
    """Whether "from" stands a word or two before the words of place: fired from the coast near Mocha."""
    for hit in reading.hits_between(max(first, word - 3), word, "places.from"):
        begin = hit.last + 1
        # "from a coastal area near Mocha", but "from his house in Aden", حشد من الزوار في مدينة الصدر
        placed = begin == word or bool(reading.hits_between(begin, begin + 1, "places."))
        if placed and not reading.parted(hit.last, word) and not reading.hits_between(begin, word, "triggers."):
            return True
    return False


def _moves(reading: Reading, word: int, first: int) -> bool:
    """Whether "on" or "at" follows a trigger, so that what it governs is where it strikes."""
    return bool(reading.hits_between(first, word + 1, "triggers."))


def _asked_behind(reading: Reading, match: NameMatch) -> set[PlaceKind]:
    """Anbar province, Jenin camp: the kind stands behind the name in languages that put the subject first."""
    after = match.last + 1
    if reading.rules is None or reading.rules.source_order == "verb_first" or after >= len(reading.words):
        return set()
    if reading.between(match.last, after) != " ":
        return set()
    return {
        PlaceKind(hit.label.rsplit(".", 1)[1])
        for hit in reading.hits_between(after, after + 3, "places.kinds")
        if hit.first == after
    }


def _asked_unwritten(reading: Reading, match: NameMatch) -> set[PlaceKind]:
    """The kind that the noun says which a name shares with another one: "над Воронежской и Курской областями"."""
    assert reading.rules is not None  # noqa: S101 - the caller checked; for the type checker
    if match.key.count(" ") <= match.last - match.first:
        return set()
    return {
        PlaceKind(hit.label.rsplit(".", 1)[1])
        for hit in reading.rules.lexicon.find(words(match.key))
        if hit.label.startswith("places.kinds.")
    }


def _joined(reading: Reading, before: NameMatch, match: NameMatch) -> bool:
    """Whether a name is joined to the one before it by a comma, "and", or the clitic و."""
    assert reading.rules is not None  # noqa: S101 - the caller checked; for the type checker
    gap = range(before.last + 1, match.first)
    if len(gap) > _JOINED or reading.sentence_of(before.first) is not reading.sentence_of(match.first):
        return False
    joiners = reading.rules.conjunctions
    by_clitic = any(match.clitic.startswith(c) for c in joiners) or match.clitic in joiners
    between = reading.between(before.last, match.first)
    if not gap:
        return by_clitic or between.strip() in (",", "،", "/")
    written = [reading.words[i].folded for i in gap]
    rest = [i for i in gap if reading.words[i].folded not in joiners and not reading.hits_between(i, i + 1, "places.")]
    return (written[0] in joiners or by_clitic or between.lstrip()[:1] in ",،") and not rest
