"""A read article with its resolved places → drafts of incidents: the path from sentence to sentence."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer import Resolution, Role
from gazetteer.names import words
from geomap.incident import When
from geomap.incidents.anaphors import anaphors
from geomap.incidents.draft import Draft, Dropped, Location, Trigger
from geomap.incidents.figures import Toll, numbers_of, tolls_of
from geomap.incidents.heads import Pair
from geomap.incidents.history import history_of
from geomap.incidents.kinds import BLOODLESS
from geomap.incidents.modality import UNREAL, background, unreal
from geomap.incidents.scene import Scene
from geomap.incidents.sentence import Aside, Reference, Step, Told, read_sentence, spoken_of, told_drafts
from geomap.incidents.sources import Speech, speeches
from geomap.incidents.triggers import VAGUE, find_triggers
from geomap.incidents.untold import Silent, overhear
from geomap.incidents.when import dates_of, split_dates, tells_of_old
from geomap.incidents.where import group_of
from geomap.languages.rules import EVENT_TYPE
from geomap.lexicon import Hit
from geomap.mentions import Found
from geomap.quantities import Number
from geomap.reading import Reading
from geomap.tokens import Sentence

_REMEMBERED = 12
"""Places of incidents that "the same city" may mean."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What an article's sentences say, in text order: drafts, references to them, asides.

    ``dropped`` and ``pairs`` are what was dropped, and every trigger weighed with every place.
    """

    steps: tuple[Step, ...]
    dropped: tuple[Dropped, ...]
    pairs: tuple[Pair, ...] = ()


def find_drafts(
    reading: Reading,
    found: Sequence[Found],
    resolutions: Sequence[Resolution],
    dates: Sequence[When],
    numbers: Sequence[Number],
) -> Findings:
    """Go through the sentences of an article.

    Parameters
    ----------
    reading
        The article, read.
    found, resolutions
        Its mentions and what each was resolved to, in the same order.
    dates, numbers
        Its date and number expressions.
    """
    steps: list[list[Step]] = []
    silent: list[tuple[Silent, Speech | None, Told]] = []
    dropped: list[Dropped] = []
    triggers = tuple(find_triggers(reading, found, dates))
    own_triggers = _by_sentence(triggers)
    dateline = _dateline(reading, found)
    pairs: list[Pair] = []
    name_ends = frozenset(f.match.last for f in found if f.mention.role is Role.PERSON_PART)
    rows = list(zip(found, resolutions, strict=True))
    told: deque[Location] = deque(maxlen=_REMEMBERED)
    history = history_of(reading, rows, _headline(reading))
    spans = [w.span for w in dates if w.span]
    last_speech: Speech | None = None
    topic: Trigger | None = None
    old = False
    for index, sentence in enumerate(reading.sentences):
        own = own_triggers.get(index, [])
        spoken = speeches(reading, sentence, name_ends)
        here = numbers_of(reading, sentence, numbers)
        tolls = tolls_of(reading, sentence, here)
        live, why_not, explained = _live(reading, own, spans)
        dropped += why_not
        if index and history.paragraphs[index] != history.paragraphs[index - 1]:
            topic, old = None, False  # a new paragraph
        if not live and not why_not and (stand_in := _stand_in(reading, index, tolls, topic or history.headline)):
            live, own = [stand_in], [stand_in]
        topic = live[-1] if live else topic
        event_dates, said = split_dates(reading, dates_of(sentence, dates), own, spoken)
        scene = Scene(
            reading,
            sentence,
            *_within(rows, sentence, anaphors(reading, sentence, rows, tuple(told))),
            own,
            spoken,
            dateline,
            _words_of(reading, here),
            tuple(t.word for t in tolls),
            tuple(reading.word_at(w.span[0]) for w in event_dates if w.span),
            tuple(t.hit.first for t in own),
            index,
            history.mentioned,
            history.titled,
            history.types_at,
            {t.hit.first: stance for t in live if (stance := spoken_of(reading, sentence, t))},
        )
        speech = _continued(reading, sentence, spoken, last_speech, said)
        if not said.end and speech is not None:
            said = speech.said
        read = Told(event_dates, said, here, tolls, background=old)
        sentence_steps, weighed = read_sentence(scene, live, speech, read, history)
        pairs += weighed
        if explained:
            sentence_steps, unclear = _concrete_only(sentence_steps, explained)
            dropped += unclear
        if not any(_is_placed(step) for step in sentence_steps):
            before = history.told[-1][1].event_type if history.told else None
            silent.append((Silent(scene, index, before, tolls, bool(own)), speech, read))
        old = old or tells_of_old(event_dates, reading.article.published)
        for step in sentence_steps:
            if isinstance(step, Draft) and step.locations:
                told.append(step.locations[0])
                history.add(step.locations[0], step.trigger)
        history.kinds += live
        steps.append(sentence_steps)
        last_speech = replace(speech, said=said) if speech else None
    pairs += _add_untold(steps, silent)
    return Findings(tuple(step for own in steps for step in own), tuple(dropped), tuple(pairs))


def _is_placed(step: Step) -> bool:
    return (isinstance(step, Draft) and bool(step.locations)) or (
        isinstance(step, Reference) and bool(step.draft.locations or step.fallback)
    )


def _add_untold(steps: list[list[Step]], silent: Sequence[tuple[Silent, Speech | None, Told]]) -> list[Pair]:
    """Add what the encoder hears in the sentences that gave nothing; what they said of the event before goes."""
    placed = [row for row in silent if row[0].scene.resolutions]
    heard, pairs = overhear([one for one, _, _ in placed])
    for (one, speech, told), events in zip(placed, heard, strict=False):
        if not events:
            continue
        told_by = [(e.trigger, (group_of(one.scene, e.site, e.pair),)) for e in events]
        drafts = told_drafts(one.scene, told_by, speech, told, one.tolls)
        steps[one.index] = [*(s for s in steps[one.index] if not isinstance(s, Aside)), *drafts]
    return pairs


def _live(
    reading: Reading, triggers: Sequence[Trigger], dated: Sequence[tuple[int, int]]
) -> tuple[list[Trigger], list[Dropped], str | None]:
    """Part the triggers of a sentence into those that tell of what happened, and the others with the reason.

    The only one that it has stays where it explains another event, with the reason: it may still tell of its own.
    """
    live, dropped, explaining = [], [], []
    supposed: set[int] = set()
    for trigger in triggers:
        if why_unreal := unreal(reading, trigger, supposed):
            supposed.add(trigger.hit.first)
            dropped.append(Dropped(trigger, why_unreal))
        elif why := background(reading, trigger, dated):
            explaining.append(Dropped(trigger, why))
        else:
            live.append(trigger)
    if not live and len(explaining) == 1:
        return [explaining[0].trigger], dropped, explaining[0].why
    return live, dropped + explaining, None


def _concrete_only(steps: Sequence[Step], why: str) -> tuple[list[Step], list[Dropped]]:
    """Keep what explains another event only where it is told with its own place and date or dead.

    "It came two weeks after the attack on Palmyra, in which three Americans died" tells of an attack.
    """
    kept: list[Step] = []
    dropped: list[Dropped] = []
    for step in steps:
        draft = step.draft if isinstance(step, Reference) else step
        if isinstance(draft, Draft) and not (
            draft.locations
            and (draft.killed or (draft.when.span and draft.when.end and draft.when.span[0] > draft.trigger.hit.start))
        ):
            dropped.append(Dropped(draft.trigger, why))
        else:
            kept.append(step)
    return kept, dropped


def _stand_in(reading: Reading, sentence: int, tolls: Sequence[Toll], topic: Trigger | None) -> Trigger | None:
    """Give a trigger for a sentence that only tells of killed or injured: the kind of event told of right before."""
    told = [t for t in tolls if t.what == "killed" and t.figure.span.max != 0]  # the injured may lie in hospital
    if not told or topic is None or topic.sub_type in BLOODLESS:
        return None
    toll = told[0]
    first, last = reading.word_at(toll.figure.start), reading.word_at(toll.figure.end - 1)
    label = f"casualties.{toll.what}"
    start, end = reading.words[first].start, reading.words[last].end
    hit = Hit(label, first, last, start, end)
    return Trigger(hit, topic.event_type, topic.sub_type, "casualties", definite=False, start=start, sentence=sentence)


def _by_sentence(triggers: Sequence[Trigger]) -> dict[int, list[Trigger]]:
    found: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        found[trigger.sentence].append(trigger)
    return found


def _words_of(reading: Reading, numbers: Sequence[Number]) -> frozenset[int]:
    return frozenset(k for n in numbers for k in range(reading.word_at(n.start), reading.word_at(n.end - 1) + 1))


def _within(
    rows: Sequence[tuple[Found, Resolution]], sentence: Sentence, extra: Sequence[tuple[Found, Resolution]]
) -> tuple[dict[int, Found], dict[int, Resolution]]:
    """Mentions of a sentence and what they were resolved to, by index, in the order of their words."""
    lo = bisect_left(rows, sentence.first, key=_first_word)
    hi = bisect_left(rows, sentence.last, key=_first_word)
    here = [(i, *rows[i]) for i in range(lo, hi)] + [(len(rows) + i, *row) for i, row in enumerate(extra)]
    here.sort(key=lambda row: row[1].match.first)
    return {i: item for i, item, _ in here}, {i: resolution for i, item, resolution in here if item.candidates}


def _first_word(row: tuple[Found, Resolution]) -> int:
    return row[0].match.first


def _headline(reading: Reading) -> Trigger | None:
    """Give the kind of event that the headline tells of, None when it tells of several or of none."""
    rules, title = reading.rules, reading.article.title
    if rules is None or not title:
        return None
    hits = rules.lexicon.find(words(title))
    kinds = {hit.label.split(".")[1] for hit in hits if hit.label.startswith("triggers.")} - VAGUE
    if len(kinds) != 1 or any(hit.label.startswith(UNREAL) for hit in hits):
        return None
    (name,) = kinds
    event_type = EVENT_TYPE.get(name, name)
    hit = Hit(f"triggers.{name}.nouns", 0, 0, 0, 0)
    return Trigger(hit, event_type, name if name in EVENT_TYPE else None, "nouns", definite=True, start=0, sentence=0)


def _dateline(reading: Reading, found: Sequence[Found]) -> int | None:
    """Index of a place that opens the text as a dateline: "BAGHDAD (Reuters) -", "بغداد - "."""
    if not found or found[0].match.first > 0:
        return None
    rest = reading.article.text[found[0].mention.end :][:60].split("\n", 1)[0]
    head = rest.lstrip()[:1]
    return (
        0 if head and (head in "-–—:(/" or (head == "," and any(dash in rest for dash in ("—", " - ", "–")))) else None
    )


def _continued(
    reading: Reading, sentence: Sentence, spoken: Sequence[Speech], last: Speech | None, said: When
) -> Speech | None:
    """Give the sentence's speech; the speaker of the one before when this one only says "he added"."""
    if not spoken:
        return None
    speech = replace(spoken[0], said=said)
    goes_on = bool(reading.hits_between(sentence.first, sentence.first + 4, "stance.continues"))
    assert reading.rules is not None  # noqa: S101 - there are speeches only with rules
    same = speech.first < speech.last and reading.words[speech.first].folded in reading.rules.demonstratives
    empty = speech.first >= speech.last
    if last is not None and (goes_on or same) and not said.end:
        speech = replace(speech, said=last.said)
        if empty or (same and reading.rules.source_order == "verb_first"):
            speech = replace(speech, first=last.first, last=last.last)
    return speech
