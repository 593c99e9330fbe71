"""A read article with its resolved places → drafts of incidents. The path of one sentence is on this screen."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer import Precision, Resolution, Role
from gazetteer.names import words
from geomap.incident import Attribution, When
from geomap.incidents.actors import actor_of, damage_of, suspect_of, target_of, weapon_of
from geomap.incidents.anaphors import anaphors
from geomap.incidents.draft import Draft, Dropped, Figure, Location, Trigger, Words
from geomap.incidents.figures import Toll, count_of, numbers_of, tolls_of
from geomap.incidents.modality import UNREAL, background, unreal
from geomap.incidents.scene import Scene
from geomap.incidents.sites import sites_of
from geomap.incidents.sources import Speech, report, speeches
from geomap.incidents.tellings import anchors_of, elliptic_tolls, with_tolls
from geomap.incidents.triggers import VAGUE, find_triggers
from geomap.incidents.when import LEAD_SENTENCES, dates_of, event_date, own_dates, split_dates, tells_of_old
from geomap.incidents.where import locate_all
from geomap.languages.rules import EVENT_TYPE
from geomap.lexicon import Hit
from geomap.mentions import Found
from geomap.quantities import Number
from geomap.reading import Reading
from geomap.tokens import Sentence

_HEARSAY = ("stance.accuses", "stance.denies")
"""Stances under which a trigger is spoken of, not told: an accusation is no attack, a denial neither."""
_AREAS = frozenset({Precision.COUNTRY, Precision.ADMIN1, Precision.ADMIN2, Precision.REGION})
_STANCE_REACH = 16
"""Words between an accusation or denial and the attacks it speaks of, few clause marks among them."""
_STANCE_MARKS = 2
"""Clause marks that a denial reaches over: "there was no truth, police said, in posts that looters had been shot"."""
_STRONG = ";؛:()\n"
"""Marks that end the reach of a denial: "a shell hit the port; the army denied it"."""
_REMEMBERED = 12
"""Places of incidents that "the same city" may mean."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A sentence without an event of its own that adds to the event before it: casualties, a suspect, damage."""

    sentence: Sentence
    killed: Figure | None
    injured: Figure | None
    actor: Words | None
    attribution: Attribution | None
    damage: Words | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A trigger that speaks of an event told of elsewhere: "the attacks", an accusation, a place called "this area"."""

    draft: Draft
    here: bool
    hearsay: bool
    denied: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What an article's sentences say, in text order: drafts, references to them, asides; and what was dropped."""

    steps: tuple[Draft | Reference | Aside, ...]
    dropped: tuple[Dropped, ...]


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
    steps: list[Draft | Reference | Aside] = []
    dropped: list[Dropped] = []
    triggers = tuple(find_triggers(reading, found, dates))
    own_triggers = _by_sentence(triggers)
    dateline = _dateline(reading, found)
    name_ends = frozenset(f.match.last for f in found if f.mention.role is Role.PERSON_PART)
    rows = list(zip(found, resolutions, strict=True))
    told: deque[Location] = deque(maxlen=_REMEMBERED)
    headline = _headline(reading)
    spans = [w.span for w in dates if w.span]
    last_speech: Speech | None = None
    topic: Trigger | None = None
    old = False
    for index, sentence in enumerate(reading.sentences):
        own = own_triggers.get(index, [])
        spoken = speeches(reading, sentence, name_ends)
        here = numbers_of(sentence, numbers)
        tolls = tolls_of(reading, sentence, here)
        live, why_not = _live(reading, own, spans)
        dropped += why_not
        if index and "\n" in reading.article.text[reading.sentences[index - 1].end : sentence.start]:
            topic, old = None, False  # a new paragraph
        if not live and not why_not and (stand_in := _stand_in(reading, index, tolls, topic or headline)):
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
        )
        speech = _continued(reading, sentence, spoken, last_speech, said)
        if not said.end and speech is not None:
            said = speech.said
        sentence_steps = _sentence(scene, live, speech, Told(event_dates, said, here, tolls, background=old))
        old = old or tells_of_old(event_dates, reading.article.published)
        told += [step.locations[0] for step in sentence_steps if isinstance(step, Draft) and step.locations]
        steps += sentence_steps
        last_speech = replace(speech, said=said) if speech else None
    return Findings(tuple(steps), tuple(dropped))


def _live(
    reading: Reading, triggers: Sequence[Trigger], dated: Sequence[tuple[int, int]]
) -> tuple[list[Trigger], list[Dropped]]:
    """Part the triggers of a sentence into those that tell of what happened, and the others with the reason."""
    live, dropped = [], []
    supposed: set[int] = set()
    for trigger in triggers:
        why_unreal = unreal(reading, trigger, supposed)
        if why_unreal:
            supposed.add(trigger.hit.first)
        why = why_unreal or background(reading, trigger, dated)
        if why:
            dropped.append(Dropped(trigger, why))
        else:
            live.append(trigger)
    return live, dropped


def _stand_in(reading: Reading, sentence: int, tolls: Sequence[Toll], topic: Trigger | None) -> Trigger | None:
    """Give a trigger for a sentence that only tells of killed or injured: the kind of event told of right before."""
    told = [t for t in tolls if t.what == "killed" and t.figure.span.max != 0]  # the injured may lie in hospital
    if not told or topic is None:
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


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says besides its events and places: dates, numbers, figures of killed and injured."""

    dates: Sequence[When]
    said: When
    numbers: Sequence[Number]
    tolls: Sequence[Toll]
    background: bool = False


def _sentence(
    scene: Scene, live: Sequence[Trigger], speech: Speech | None, told: Told
) -> list[Draft | Reference | Aside]:
    reading, sentence = scene.reading, scene.sentence
    names = sorted((f.match.first, f.match.last) for f in scene.here)
    tolls = [*told.tolls, *elliptic_tolls(reading, told.numbers, told.tolls, scene.triggers, names)]
    scene = replace(scene, toll_words=tuple(t.word for t in tolls))
    drafts = [
        draft
        for trigger, groups in zip(live, locate_all(scene, live), strict=True)
        for draft in _drafts(scene, trigger, speech, told, groups)
    ]
    counted = {(d.count.start, d.count.end) for d in drafts if d.count}
    tolls = [t for t in tolls if (t.figure.start, t.figure.end) not in counted]
    owns = own_dates(reading, [anchors_of(d) for d in drafts], told.dates)
    drafts = [replace(d, when=_when(reading, d, own, told)) for d, own in zip(drafts, owns, strict=True)]
    drafts = [
        replace(d, injured=None) if d.trigger.event_type == "health" else d  # cases are no injured
        for d in with_tolls(reading, drafts, tolls)
    ]
    if drafts:
        return [_step(scene, draft) for draft in drafts]
    actor, damage = suspect_of(scene), damage_of(reading, sentence)
    killed = next((t.figure for t in tolls if t.what in ("killed", "both")), None)
    injured = next((t.figure for t in tolls if t.what in ("injured", "both")), None)
    if sites_of(scene):  # what happened at a place of its own is not told of the event before
        killed = injured = None
    if not (killed or injured or actor or damage):
        return []
    words, attribution = (actor.words, actor.attribution) if actor else (None, None)
    return [Aside(sentence, killed, injured, words, attribution, damage)]


def _when(reading: Reading, draft: Draft, own: When, told: Told) -> When:
    counted = draft.count is not None
    area = not draft.locations or draft.locations[0].precision in _AREAS
    background = told.background or (area and draft.trigger.sentence >= LEAD_SENTENCES)
    return event_date(reading, draft.trigger, own, told.said, aggregate=counted, background=background)


def _stands_before(draft: Draft) -> bool:
    """Whether the place of a draft stands before its trigger, and not as "the Diyala attacks"."""
    place = draft.locations[0].found.match
    return place.last < draft.trigger.hit.first - 1


def _reference(draft: Draft, *, here: bool, hearsay: bool, denied: bool) -> Reference:
    if draft.trigger.definite and draft.locations and _stands_before(draft):
        draft = replace(draft, locations=())  # "The Houthis, of northern Yemen, claimed the attack"
    return Reference(draft, here and not draft.locations, hearsay, denied=denied)


def _construct(scene: Scene, draft: Draft) -> bool:
    """Whether a noun is made definite by the place after it: هجمات درعا, "the attacks of Daraa"."""
    rules, trigger, place = scene.reading.rules, draft.trigger, draft.locations[0].found
    return (
        rules is not None
        and bool(rules.articles)
        and trigger.form == "nouns"
        and trigger.hit.last + 1 == place.match.first
        and not place.match.clitic
        and draft.count is None
    )


def _spoken_of(reading: Reading, sentence: Sentence, trigger: Trigger) -> str | None:
    """Give the stance that a trigger stands under: "accuses" or "denies" when it is only spoken of.

    The word stands before the trigger, in languages whose verb comes last also behind it, and a strong mark ends its
    reach: "a shell hit the port; the army denied it" tells of the shell.
    """
    first = trigger.hit.first
    begin = max(sentence.first, first - _STANCE_REACH)
    for hit in reversed(reading.hits_between(begin, first, *_HEARSAY)):
        if reading.parted(hit.last, first) <= _STANCE_MARKS and not _ended(reading, hit.last, first):
            return hit.label
    if reading.rules is not None and reading.rules.source_order == "verb_last":
        last = trigger.hit.last
        for hit in reading.hits_between(last + 1, min(sentence.last, last + _STANCE_REACH), *_HEARSAY):
            if reading.parted(last, hit.first) <= 1 and not _ended(reading, last, hit.first):
                return hit.label
    return None


def _ended(reading: Reading, left: int, right: int) -> bool:
    """Whether a strong mark, or another reporting verb, stands between two words."""
    text = reading.article.text[reading.words[left].end : reading.words[right].start]
    if any(mark in text for mark in _STRONG):
        return True
    return any(
        hit.last + 1 < right and not reading.parted(hit.last, hit.last + 1)  # ", police said," ends nothing
        for hit in reading.hits_between(left + 1, right, "stance.reports", "stance.confirms")
    )


def _step(scene: Scene, draft: Draft) -> Draft | Reference:
    """Decide whether a draft tells of an event or only refers to one."""
    reading, sentence, trigger = scene.reading, scene.sentence, draft.trigger
    here = bool(reading.hits_between(sentence.first, sentence.last, "places.here"))
    stance = _spoken_of(reading, sentence, trigger)
    concrete = bool(draft.locations) and (draft.killed is not None or bool(draft.when.end and draft.when.span))
    hearsay = stance == "stance.denies" or (stance == "stance.accuses" and not concrete)
    told = draft.locations and not trigger.definite and not hearsay and trigger.form != "effects"
    if told and not _construct(scene, draft):
        return draft
    denied = stance == "stance.denies" and not trigger.definite
    return _reference(draft, here=here, hearsay=hearsay, denied=denied)


def _drafts(
    scene: Scene, trigger: Trigger, speech: Speech | None, told: Told, groups: tuple[tuple[Location, ...], ...]
) -> list[Draft]:
    """Give one draft for each place of a trigger, or one without a place."""
    reading, sentence = scene.reading, scene.sentence
    actor = actor_of(scene, trigger) or (
        None if len(scene.triggers) > 1 and not trigger.definite else suspect_of(scene)
    )
    damage = damage_of(reading, sentence)
    weapon = weapon_of(reading, sentence, trigger)
    groups = groups or ((),)
    tolled = frozenset((t.figure.start, t.figure.end) for t in told.tolls)
    numbers = [n for n in told.numbers if (n.start, n.end) not in tolled]
    shared = any(count_of(reading, trigger, group, numbers, shared=False) for group in groups)
    return [
        Draft(
            trigger=trigger,
            sentence=sentence,
            locations=group,
            said=told.said,
            count=count_of(reading, trigger, group, numbers, shared=shared and len(groups) > 1),
            actor=actor.words if actor else None,
            attribution=actor.attribution if actor else None,
            target=target_of(scene, trigger, actor.words if actor else None),
            weapon=weapon,
            damage=damage,
            report=report(reading, sentence, speech),
            rivals=len(scene.triggers) + len(scene.resolutions) - 1,
        )
        for group in groups
    ]
