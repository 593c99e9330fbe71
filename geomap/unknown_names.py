"""Names that no gazetteer has, shown to be places by the words beside them: "the village of Xanadu", بلدة زانادو.

Only for asking a server (`geomap.online_places`): a word that the gazetteer lacks is no mention by itself.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from gazetteer import Mention, NameMatch, PlaceKind, Role, fold
from geomap.lexicon import Hit
from geomap.mentions import Found
from geomap.reading import Reading

_LONGEST = 4
"""Words of a name where capitals show its end: "Kafr Zayta al-Sharqiya East"."""
_LONGEST_UNCASED = 2
"""The same where nothing shows it: كفر زيتا; the longer reading is asked first."""
_NAMED_KINDS = frozenset({PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.SITE, PlaceKind.ADMIN1})


def unknown_names(
    reading: Reading, found: Sequence[Found], taken: Collection[tuple[int, int]] = ()
) -> Iterator[tuple[Found, ...]]:
    """Give for each unknown name its readings, the longest first.

    Parameters
    ----------
    reading
        The article.
    found
        Its known mentions.
    taken
        Offsets of numbers and dates.
    """
    if reading.rules is None:
        return
    cased = reading.cased
    used = {word for item in found for word in range(item.match.first, item.match.last + 1)}
    used |= _words_of(reading, taken)
    for hit in reading.hits:
        kind = PlaceKind(hit.label.rsplit(".", 1)[1]) if hit.label.startswith("places.kinds.") else None
        if kind is None and not (cased and hit.label in ("places.in", "places.near")):
            continue
        if kind is not None and kind not in _NAMED_KINDS:
            continue
        proposals = _readings(reading, hit, kind, used, cased=cased)
        if proposals:
            used |= set(range(proposals[0].match.first, proposals[0].match.last + 1))
            yield proposals


def _words_of(reading: Reading, spans: Collection[tuple[int, int]]) -> set[int]:
    starts = [word.start for word in reading.words]
    return {word for start, end in spans for word in range(bisect_left(starts, start), bisect_left(starts, end))}


def _readings(
    reading: Reading, hit: Hit, kind: PlaceKind | None, used: Collection[int], *, cased: bool
) -> tuple[Found, ...]:
    first = hit.last + 1
    last = first
    sentence = reading.sentence_of(hit.first)
    while last < sentence.last and last - first < (_LONGEST if cased else _LONGEST_UNCASED):
        joint = reading.between(last - 1, last)
        if joint.strip("-'’") not in ("", " ") or not _may_be_name(reading, last, used, cased=cased):
            break
        last += 1
    if cased:
        return (_found(reading, first, last - 1, kind, hit),) if last > first else ()
    return tuple(_found(reading, first, end, kind, hit) for end in range(last - 1, first - 1, -1))


def _may_be_name(reading: Reading, word: int, used: Collection[int], *, cased: bool) -> bool:
    assert reading.rules is not None  # noqa: S101 - the caller checked; for the type checker
    folded = reading.words[word].folded
    surface = reading.article.text[reading.words[word].start : reading.words[word].end]
    if word in used or folded.isdigit() or len(folded) == 1:
        return False
    if cased and not surface[0].isupper():
        return False
    if not reading.rules.function_words.isdisjoint(reading.rules.lexicon.forms(folded)):
        return False
    return not any(hit.first == word for hit in reading.hits_between(word, word + 3))


def _found(reading: Reading, first: int, last: int, kind: PlaceKind | None, hit: Hit) -> Found:
    start, end = reading.words[first].start, reading.words[last].end
    text = reading.article.text
    cue = text[reading.words[hit.first].start : reading.words[hit.last].end]
    return Found(
        Mention(start, end, Role.LOCATION, cue),
        NameMatch(start, end, fold(text[start:end]), "", False, (), first, last),  # noqa: FBT003 - a tuple
        (),
        frozenset({kind}) if kind else frozenset(),
        None,
        located=True,
        near=hit.label == "places.near",
        from_origin=False,
    )
