"""A read article with its resolved places → drafts of incidents. The path of one sentence is on this screen."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gazetteer import Resolution, Role
from geomap.incident import NO_DATE, Attribution, When
from geomap.incidents.actors import actor_of, damage_of, suspect_of, target_of, weapon_of
from geomap.incidents.draft import Draft, Dropped, Figure, Location, Trigger, Words
from geomap.incidents.figures import casualties, count_of, numbers_of
from geomap.incidents.kinds import compatible
from geomap.incidents.modality import background, unreal
from geomap.incidents.sources import Speech, report, speeches
from geomap.incidents.triggers import find_triggers
from geomap.incidents.when import dates_of, event_date, split_dates
from geomap.incidents.where import Scene, locate
from geomap.mentions import Found
from geomap.quantities import Number
from geomap.reading import Reading
from geomap.tokens import Sentence

_HEARSAY = ("accuses", "denies")
"""Stances under which a trigger is spoken of, not told: an accusation is no attack, a denial neither."""
_BESIDE = 3
"""Words between two triggers that tell of one event: "an air strike | hit targets"."""
_ACCUSED_REACH = 6
"""Words between an accusation and the attacks it speaks of."""


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
    last_speech: Speech | None = None
    name_ends = frozenset(f.match.last for f in found if f.mention.role is Role.PERSON_PART)
    for index, sentence in enumerate(reading.sentences):
        own = own_triggers.get(index, [])
        spoken = speeches(reading, sentence, name_ends)
        here = numbers_of(sentence, numbers)
        within = _within(found, resolutions, sentence)
        scene = Scene(reading, sentence, found, within, own, spoken, dateline, _words_of(reading, here))
        event_dates, said = split_dates(reading, dates_of(sentence, dates), own, spoken)
        speech = _continued(reading, sentence, spoken, last_speech, said)
        if not said.end and speech is not None:
            said = speech.said
        sentence_steps, sentence_drops = _sentence(scene, speech, event_dates, said, here)
        steps += sentence_steps
        dropped += sentence_drops
        last_speech = replace(speech, said=said) if speech else None
    return Findings(tuple(steps), tuple(dropped))


def _by_sentence(triggers: Sequence[Trigger]) -> dict[int, list[Trigger]]:
    found: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        found[trigger.sentence].append(trigger)
    return found


def _words_of(reading: Reading, numbers: Sequence[Number]) -> frozenset[int]:
    return frozenset(k for n in numbers for k in range(reading.word_at(n.start), reading.word_at(n.end - 1) + 1))


def _within(found: Sequence[Found], resolutions: Sequence[Resolution], sentence: Sentence) -> dict[int, Resolution]:
    """Resolutions of the mentions of a sentence, by the index of the mention."""
    lo = bisect_left(found, sentence.first, key=lambda f: f.match.first)
    hi = bisect_left(found, sentence.last, key=lambda f: f.match.first)
    return {i: resolutions[i] for i in range(lo, hi) if found[i].candidates}


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


def _sentence(
    scene: Scene, speech: Speech | None, event_dates: Mapping[int, When], said: When, numbers: Sequence[Number]
) -> tuple[list[Draft | Reference | Aside], list[Dropped]]:
    reading, sentence = scene.reading, scene.sentence
    steps: list[Draft | Reference | Aside] = []
    dropped: list[Dropped] = []
    counts: list[Figure] = []
    drafts: list[Draft] = []
    for trigger in scene.triggers:
        why = unreal(reading, trigger) or background(reading, trigger)
        if why:
            dropped.append(Dropped(trigger, why))
        else:
            when = event_dates.get(trigger.hit.first, NO_DATE)
            drafts += _drafts(scene, trigger, speech, when, said, numbers)
    for draft in _with_shared_places(reading, drafts):
        counts += [draft.count] if draft.count else []
        steps.append(_step(scene, draft, speech))
    killed, injured = casualties(reading, sentence, numbers, counts)
    if steps:
        steps = [_with_casualties(step, killed, injured, first=i == 0) for i, step in enumerate(steps)]
    else:
        actor, damage = suspect_of(scene), damage_of(reading, sentence)
        if killed or injured or actor or damage:
            words, attribution = (actor.words, actor.attribution) if actor else (None, None)
            steps.append(Aside(sentence, killed, injured, words, attribution, damage))
    return steps, dropped


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


def _accused(reading: Reading, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether an accusation or denial stands shortly before a trigger: اعتبر اتهام إيران بالتورط في هذه الهجمات."""
    begin = max(sentence.first, trigger.hit.first - _ACCUSED_REACH)
    return bool(reading.hits_between(begin, trigger.hit.first, "stance.accuses", "stance.denies"))


def _with_shared_places(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Give a draft without a place those of the trigger behind it that tells the same: an air strike | hit targets."""
    shared: list[Draft] = []
    for draft in drafts:
        trigger = draft.trigger
        partners = [
            other
            for other in drafts
            if other.locations
            and trigger.hit.last < other.trigger.hit.first <= trigger.hit.last + _BESIDE
            and not reading.parted(trigger.hit.last, other.trigger.hit.first)
            and compatible(trigger, other.trigger)
        ]
        if draft.locations or trigger.definite or not partners:
            shared.append(draft)
        else:
            shared += [replace(draft, locations=other.locations, when=other.when) for other in partners]
    return shared


def _step(scene: Scene, draft: Draft, speech: Speech | None) -> Draft | Reference:
    """Decide whether a draft tells of an event or only refers to one."""
    reading, sentence, trigger = scene.reading, scene.sentence, draft.trigger
    here = bool(reading.hits_between(sentence.first, sentence.last, "places.here"))
    hearsay = (speech is not None and speech.stance in _HEARSAY) or _accused(reading, sentence, trigger)
    denied = hearsay and _denied(reading, sentence, trigger)
    told = draft.locations and not trigger.definite and not hearsay and trigger.form != "effects"
    if told and not _construct(scene, draft):
        return draft
    return _reference(draft, here=here, hearsay=hearsay, denied=denied)


def _denied(reading: Reading, sentence: Sentence, trigger: Trigger) -> bool:
    """Whether what is denied is the event itself: نفى الجيش سقوط أي صاروخ."""
    begin = max(sentence.first, trigger.hit.first - _ACCUSED_REACH)
    return not trigger.definite and bool(reading.hits_between(begin, trigger.hit.first, "stance.denies"))


def _with_casualties(
    step: Draft | Reference | Aside, killed: Figure | None, injured: Figure | None, *, first: bool
) -> Draft | Reference | Aside:
    """Bind a sentence's casualties to its first event."""
    if not first or isinstance(step, Aside):
        return step
    if isinstance(step, Reference):
        return replace(step, draft=replace(step.draft, killed=killed, injured=injured))
    return replace(step, killed=killed, injured=injured)


def _drafts(  # noqa: PLR0913, PLR0917 - what one sentence knows
    scene: Scene, trigger: Trigger, speech: Speech | None, own: When, said: When, numbers: Sequence[Number]
) -> list[Draft]:
    """Give one draft for each place of a trigger, or one without a place."""
    reading, sentence = scene.reading, scene.sentence
    groups: tuple[tuple[Location, ...], ...] = locate(scene, trigger) or ((),)
    actor = actor_of(scene, trigger) or (
        None if len(scene.triggers) > 1 and not trigger.definite else suspect_of(scene)
    )
    damage = damage_of(reading, sentence)
    weapon = weapon_of(reading, sentence, trigger)
    drafts = []
    first_counts = [count_of(reading, trigger, group, numbers, shared=False) for group in groups]
    shared = any(first_counts)
    for group in groups:
        count = count_of(reading, trigger, group, numbers, shared=shared and len(groups) > 1)
        when = event_date(reading, trigger, own, said, aggregate=count is not None)
        drafts.append(
            Draft(
                trigger=trigger,
                sentence=sentence,
                locations=group,
                when=when,
                said=said,
                count=count,
                actor=actor.words if actor else None,
                attribution=actor.attribution if actor else None,
                target=target_of(scene, trigger, actor.words if actor else None),
                weapon=weapon,
                damage=damage,
                report=report(reading, sentence, speech),
            )
        )
    return drafts
