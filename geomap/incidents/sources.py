"""Who says so: the words that name the source of a sentence, and what it does with the news."""

from dataclasses import dataclass
from typing import Literal

from geomap.incident import NO_DATE, Report, When
from geomap.lexicon import Hit
from geomap.reading import Reading
from geomap.tokens import Sentence

_LONGEST_SOURCE = 14
"""Words of the longest source taken: "the spokesman of the ministry of foreign affairs of ..." has ten."""
_NAME = 3
"""Words of a name behind the office: سخنگوی ارتش | عبدالله رستمی."""
_STRONG = ";؛:"
_QUOTES = '"“”«»„'
Stance = Literal["reports", "confirms", "claims", "denies", "accuses"]
SourceType = Literal["official", "media", "witness", "party", "social_media", "article"]
_STANCES: dict[str, Stance] = {
    "stance.reports": "reports",
    "stance.according": "reports",
    "stance.confirms": "confirms",
    "stance.claims": "claims",
    "stance.denies": "denies",
    "stance.accuses": "accuses",
}
_TYPES: tuple[SourceType, ...] = ("social_media", "media", "official", "witness", "party")


@dataclass(frozen=True, slots=True)
class Speech:
    """A sentence's reporting verb and its source.

    Attributes
    ----------
    verb
        The reporting verb.
    stance
        What it does with the news.
    first, last
        Words [first, last) of the source; empty when the speaker of the sentence before goes on.
    said
        When it was said, if the sentence or the one before tells.
    """

    verb: Hit
    stance: Stance
    first: int
    last: int
    said: When = NO_DATE


def speeches(reading: Reading, sentence: Sentence, name_ends: frozenset[int]) -> list[Speech]:
    """Give the reporting verbs of a sentence with their sources, in text order.

    Parameters
    ----------
    name_ends
        Last words of persons' names: a source ends with its name (وصف رئيس الوزراء محمد السوداني | إضعاف الأمن بأنه).
    """
    if reading.rules is None:
        return []
    found: list[Speech] = []
    for hit in reading.hits_between(sentence.first, sentence.last, *_STANCES):
        if found and hit.first <= found[-1].verb.last:
            continue
        first, last = _trimmed(reading, *_source(reading, sentence, hit, name_ends))
        found.append(Speech(hit, _STANCES[hit.label], first, last))
    return found


def _source(reading: Reading, sentence: Sentence, verb: Hit, name_ends: frozenset[int]) -> tuple[int, int]:
    """Words of the source of a reporting verb."""
    assert reading.rules is not None  # noqa: S101 - the caller checked
    if reading.rules.source_order == "verb_last":
        return _opening(reading, sentence, verb)
    if reading.rules.source_order == "subject_first" and verb.label != "stance.according":
        first = verb.first
        while first > sentence.first and not _breaks(reading, first - 1) and verb.first - first < _LONGEST_SOURCE:
            first -= 1
        if first < verb.first:
            return first, verb.first
    last = verb.last + 1
    if verb.last + 1 < sentence.last and reading.between(verb.last, verb.last + 1).strip():
        return last, last
    while last < sentence.last and last - verb.last <= _LONGEST_SOURCE:
        ends = reading.hits_between(last, last + 8, "stance.complement", "triggers.", "casualties.")
        if any(hit.first == last for hit in ends):
            break
        last += 1
        if last < sentence.last and (_breaks(reading, last - 1) or last - 1 in name_ends):
            break
    return verb.last + 1, last


def _opening(reading: Reading, sentence: Sentence, verb: Hit) -> tuple[int, int]:
    """Words of a source that opens the clause which its verb ends: Valilik, Van'da üç kişinin öldüğünü | bildirdi."""
    first = verb.first
    before = reading.hits_between(sentence.first, verb.first, *_STANCES)  # the clause before has a verb of its own
    begin = max(hit.last for hit in before) + 1 if before else sentence.first
    while first > begin and not any(mark in reading.between(first - 1, first) for mark in _STRONG):
        first -= 1
    named = [
        hit
        for hit in reading.hits_between(first, min(first + _LONGEST_SOURCE, verb.first), "sources.")
        if not any(reading.parted(k, k + 1) for k in range(first, hit.first))
        and not reading.hits_between(first, hit.first, "triggers.", "casualties.")
    ]
    if not named:
        return verb.first, verb.first
    last = named[-1].last + 1
    placed = reading.hits_between(first, named[0].first, "places.in_after")
    if placed:
        first = placed[-1].last + 1
    while last < verb.first and last - named[-1].last <= _NAME and _goes_on(reading, last):
        last += 1
    return first, last


def _goes_on(reading: Reading, word: int) -> bool:
    """Whether a source's name or office goes on with a word: استاندار | کردستان."""
    if _breaks(reading, word - 1) or reading.words[word].folded.isdigit():
        return False
    stops = ("triggers.", "casualties.", "places.in", "places.near", "places.from", "places.onto", "figures.")
    if any(hit.first == word for hit in reading.hits_between(word, word + 4, *stops)):
        return False
    return not any(hit.first <= word + 1 for hit in reading.hits_between(word, word + 5, "places.in_after"))


def _trimmed(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Cut a clitic that was written apart from the end: قال مسؤول لـ"..."."""
    assert reading.rules is not None  # noqa: S101 - the caller checked
    while first < last and reading.words[last - 1].folded in reading.rules.conjunctions | {"ل", "ب"}:
        last -= 1
    return first, last


def _breaks(reading: Reading, word: int) -> bool:
    """Whether a clause ends between a word and the next one."""
    between = reading.between(word, word + 1)
    return bool(reading.parted(word, word + 1)) or any(quote in between for quote in _QUOTES)


def report(reading: Reading, sentence: Sentence, speech: Speech | None) -> Report:
    """Give the report that a sentence is: by its source, or by the article itself."""
    article = reading.article
    if speech is None or speech.first >= speech.last:
        return Report("", "article", speech.stance if speech else "reports", article.id, sentence.start, sentence.end)
    start, end = reading.words[speech.first].start, reading.words[speech.last - 1].end
    types = {hit.label.split(".")[1] for hit in reading.hits_between(speech.first, speech.last, "sources.")}
    source_type: SourceType = next((kind for kind in _TYPES if kind in types), "article")
    return Report(article.text[start:end], source_type, speech.stance, article.id, start, end)
