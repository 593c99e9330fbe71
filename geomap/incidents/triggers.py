"""Triggers of an article: the longest and most telling phrase where several overlap."""

from collections.abc import Iterator, Sequence

from gazetteer import Role
from geomap.incident import When
from geomap.incidents.draft import Trigger
from geomap.languages.rules import EVENT_TYPE, Rules
from geomap.lexicon import Hit
from geomap.mentions import Found
from geomap.reading import Reading

_BETWEEN = 2
VAGUE = frozenset({"attack", "explosion", "remote_violence", "fire", "protest", "shelling"})
"""Types that a more telling word in the same sentence makes precise: "attack ... rockets", "انفجار ... عبوة"."""


def find_triggers(reading: Reading, found: Sequence[Found], dates: Sequence[When] = ()) -> Iterator[Trigger]:
    """Give the triggers of an article in text order, one where phrases overlap.

    Words inside a place, person or organisation name are none ("Battle", "حرب العراق"), nor are phrases that the
    language file lists as names, nor are words of a date ("March").
    """
    if reading.rules is None:
        return
    taken = [
        (f.match.first, f.match.last)
        for f in found
        if f.mention.role in (Role.PERSON_PART, Role.ORG_PART) or (f.candidates and (f.located or f.asked))
    ]
    taken += [(hit.first, hit.last) for hit in reading.hits if hit.label == "background.names"]
    taken += [(reading.word_at(w.span[0]), reading.word_at(w.span[1] - 1)) for w in dates if w.span]
    ends: dict[int, int] = {}  # word of a name → the last word of that name
    for first, last in taken:
        for word in range(first, last + 1):
            ends[word] = max(last, ends.get(word, -1))
    for index, sentence in enumerate(reading.sentences):
        hits = reading.hits_between(sentence.first, sentence.last, "triggers.")
        kept: list[Hit] = []
        for hit in sorted(hits, key=_telling):
            # a place inside a longer phrase is no obstacle; a phrase inside a name is none
            inside_name = ends.get(hit.first, -1) >= hit.last
            if not inside_name and not any(hit.first <= k.last and k.first <= hit.last for k in kept):
                kept.append(hit)
        for hit in sorted(kept, key=lambda h: h.first):
            yield _trigger(reading, reading.rules, hit, index)


def _telling(hit: Hit) -> tuple[bool, bool, bool, int, int, str]:
    """Effects first, then telling types, then the longest phrase, then the first."""
    _, name, form = hit.label.split(".")
    return (form != "effects", name not in EVENT_TYPE, name in VAGUE, hit.first - hit.last, hit.first, hit.label)


def _trigger(reading: Reading, rules: Rules, hit: Hit, sentence: int) -> Trigger:
    _, name, form = hit.label.split(".")
    sub_type = name if name in EVENT_TYPE else None
    event_type = EVENT_TYPE.get(name, name)
    clitic = reading.clitic(hit)
    definite = form == "nouns" and (clitic in rules.definite or _demonstrated(reading, rules, hit))
    definite = definite and not _of_a(reading, rules, hit)
    cut = next((clitic.removesuffix(a) for a in rules.articles if clitic.endswith(a)), clitic)
    return Trigger(hit, event_type, sub_type, form, definite, hit.start + len(cut), sentence)


def _of_a(reading: Reading, rules: Rules, hit: Hit) -> bool:
    """Whether a noun is told of something new: "l'explosion d'une bombe", "the collapse of a bridge"."""
    behind = range(hit.last + 2, min(hit.last + 1 + _BETWEEN, len(reading.words)))
    return any(reading.words[k].folded in rules.indefinite and not reading.parted(hit.last, k) for k in behind)


def _demonstrated(reading: Reading, rules: Rules, hit: Hit) -> bool:
    """Whether a demonstrative or "the" stands before a noun, with at most two words between: "the Diyala attacks"."""
    for word in range(hit.first - 1, max(-1, hit.first - 2 - _BETWEEN), -1):
        if reading.words[word].folded in rules.demonstratives:
            # "said that an air strike": that is no demonstrative unless it touches the noun
            return word == hit.first - 1 or not reading.hits_between(word, word + 1, "stance.complement")
        if reading.words[word].folded in rules.indefinite:
            return False
        if reading.parted(word, word + 1) or reading.hits_between(word, word + 1, "places.", "stance.", "triggers."):
            return False
    return False
