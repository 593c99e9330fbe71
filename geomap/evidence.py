"""The quotes that prove an incident: exact slices of the article, with what they support."""

from collections.abc import Iterator

from geomap.incident import DateBasis, Evidence, Mark, Quote
from geomap.incidents.draft import Draft
from geomap.incidents.sentence import Aside
from geomap.merge import Event
from geomap.reading import Reading
from geomap.tokens import Sentence

_CONTEXT = 32
"""Characters of prefix and suffix, as annotation tools that use W3C selectors take."""


def evidence_of(event: Event, reading: Reading) -> tuple[Evidence, ...]:
    """Give the sentences that tell of an event: the proof first, then the others in text order."""
    marks: dict[Sentence, set[Mark]] = {}
    supports: dict[Sentence, dict[str, None]] = {}
    tellers: list[Draft | Aside] = [*event.drafts, *(r.draft for r in event.references), *event.totals, *event.asides]
    for teller in tellers:
        here = marks.setdefault(teller.sentence, set())
        says = supports.setdefault(teller.sentence, {})
        for mark, support in _marks(teller):
            if mark.end <= teller.sentence.end and mark.start >= teller.sentence.start:
                here.add(mark)
            says[support] = None
    _date_elsewhere(event, reading, marks, supports)
    proof = event.drafts[0].sentence
    ordered = sorted(marks, key=lambda s: (s != proof, s.start))
    return tuple(
        Evidence(
            _quote(reading, s), tuple(supports[s]), tuple(sorted(marks[s], key=lambda m: (m.start, m.end, m.what)))
        )
        for s in ordered
    )


def _marks(teller: Draft | Aside) -> Iterator[tuple[Mark, str]]:
    if isinstance(teller, Draft):
        yield Mark(teller.trigger.start, teller.trigger.hit.end, "trigger"), "type"
        for location in teller.locations:
            yield Mark(location.start, location.end, "place"), "place"
        if teller.when.span and teller.when.basis is not DateBasis.INFERRED_FROM_PUBLICATION:
            yield Mark(*teller.when.span, "date"), "date"
        if teller.count:
            yield Mark(teller.count.start, teller.count.end, "count"), "count"
        if teller.target:
            yield Mark(teller.target.start, teller.target.end, "target"), "target"
    if teller.killed:
        yield Mark(teller.killed.start, teller.killed.end, "killed"), "killed"
    if teller.injured:
        yield Mark(teller.injured.start, teller.injured.end, "injured"), "injured"
    if teller.actor:
        yield Mark(teller.actor.start, teller.actor.end, "actor"), "actor"
    if teller.damage:
        yield Mark(teller.damage.start, teller.damage.end, "damage"), "damage"


def _date_elsewhere(
    event: Event,
    reading: Reading,
    marks: dict[Sentence, set[Mark]],
    supports: dict[Sentence, dict[str, None]],
) -> None:
    """A date told in another sentence (of the statement that goes on) is evidence too."""
    for draft in event.drafts:
        span = draft.when.span
        if span is None or draft.sentence.start <= span[0] < draft.sentence.end:
            continue
        sentence = reading.sentence_of(reading.word_at(span[0]))
        marks.setdefault(sentence, set()).add(Mark(*span, "date"))
        supports.setdefault(sentence, {})["date"] = None


def _quote(reading: Reading, sentence: Sentence) -> Quote:
    text = reading.article.text
    start, end = sentence.start, sentence.end
    return Quote(
        reading.article.id,
        text[start:end],
        text[max(0, start - _CONTEXT) : start],
        text[end : end + _CONTEXT],
        start,
        end,
    )
