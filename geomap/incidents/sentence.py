"""What one sentence tells: a draft for each event and place, references to events told elsewhere, asides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer import PlaceKind, Precision, Role
from geomap.incident import Attribution, When
from geomap.incidents.actors import actor_of, damage_of, suspect_of, target_of, weapon_of
from geomap.incidents.carried import carry
from geomap.incidents.draft import Draft, Figure, Location, Trigger, Words
from geomap.incidents.figures import Toll, count_of
from geomap.incidents.heads import Pair
from geomap.incidents.history import History
from geomap.incidents.inherited import inherit
from geomap.incidents.scene import Scene
from geomap.incidents.sites import sites_of, unknown_of
from geomap.incidents.sources import Speech, report
from geomap.incidents.tellings import anchors_of, elliptic_tolls, with_tolls
from geomap.incidents.when import LEAD_SENTENCES, event_date, own_dates
from geomap.incidents.where import group_of, locate_all
from geomap.quantities import Number
from geomap.reading import Reading
from geomap.tokens import Sentence

_HEARSAY = ("stance.accuses", "stance.denies")
"""Stances under which a trigger is spoken of, not told: an accusation is no attack, a denial neither."""
_WIDE = frozenset({Precision.COUNTRY, Precision.REGION})
"""Areas in which what is told far down without a date may be long ago; a province is named by news of the day."""
_STANCE_REACH = 16
"""Words between an accusation or denial and the attacks it speaks of, few clause marks among them."""
_STANCE_MARKS = 2
"""Clause marks that a denial reaches over: "there was no truth, police said, in posts that looters had been shot"."""
_STRONG = ";؛:()\n"
"""Marks that end the reach of a denial: "a shell hit the port; the army denied it"."""


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
    """A trigger that speaks of an event told of elsewhere: "the attacks", an accusation, a place called "this area".

    ``fallback`` is the draft with the place told of before that it takes where it speaks of no event told elsewhere.
    """

    draft: Draft
    here: bool
    hearsay: bool
    denied: bool
    fallback: Draft | None = None


Step = Draft | Reference | Aside
"""What a sentence tells, in text order."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says besides its events and places: dates, numbers, figures of killed and injured."""

    dates: Sequence[When]
    said: When
    numbers: Sequence[Number]
    tolls: Sequence[Toll]
    background: bool = False


def read_sentence(
    scene: Scene, live: Sequence[Trigger], speech: Speech | None, told: Told, history: History
) -> tuple[list[Step], Sequence[Pair]]:
    """Give what a sentence tells, and all pairs of an event and a place that were weighed.

    Parameters
    ----------
    scene
        The sentence.
    live
        Its triggers that tell of what happened.
    speech
        Who says so.
    told
        Its dates, numbers and figures.
    history
        What the article told before.
    """
    reading, sentence = scene.reading, scene.sentence
    names = sorted((f.match.first, f.match.last) for f in scene.here)
    tolls = [*told.tolls, *elliptic_tolls(reading, told.numbers, told.tolls, scene.triggers, names)]
    scene = replace(scene, toll_words=tuple(t.word for t in tolls))
    sites = sites_of(scene)
    located = locate_all(scene, sites, live)
    taken = {loc.found.match.first for groups in located for group in groups for loc in group}
    left = [s for s in sites if taken.isdisjoint(scene.found[i].match.first for i in s.members)]
    heirs, weighed = inherit(scene, history, left, tolls)
    told_by = [
        *zip(live, located, strict=True),
        *((heir.trigger, (group_of(scene, heir.site, heir.pair),)) for heir in heirs),
    ]
    pairs = [*weighed]
    drafts = told_drafts(scene, told_by, speech, told, tolls)
    if drafts:
        steps: list[Step] = []
        for draft in drafts:
            step = _step(scene, draft)
            if isinstance(step, Reference) and not step.draft.locations and not step.hearsay:
                place, weighed = carry(scene, history, draft.trigger)
                pairs += weighed
                step = replace(step, fallback=replace(step.draft, locations=(place,)) if place else None)
            steps.append(step)
        return steps, pairs
    actor, damage = suspect_of(scene), damage_of(reading, sentence)
    killed = next((t.figure for t in tolls if t.what in ("killed", "both")), None)
    injured = next((t.figure for t in tolls if t.what in ("injured", "both")), None)
    if sites or unknown_of(scene) or _has_subject(scene):  # what happened elsewhere is not told of the event before
        killed = injured = None
    if not (killed or injured or actor or damage):
        return [], pairs
    words, attribution = (actor.words, actor.attribution) if actor else (None, None)
    return [Aside(sentence, killed, injured, words, attribution, damage)], pairs


def _has_subject(scene: Scene) -> bool:
    """Whether a town or province that is no seat of a state stands for its people: "Cesena counted three dead"."""
    return any(
        (place := scene.resolutions[i].place) is not None
        and found.mention.role is Role.METONYM
        and place.kind is not PlaceKind.COUNTRY
        and place.feature != "PPLC"
        for i, found in scene.found.items()
        if i in scene.resolutions
    )


def told_drafts(
    scene: Scene,
    told_by: Sequence[tuple[Trigger, tuple[tuple[Location, ...], ...]]],
    speech: Speech | None,
    told: Told,
    tolls: Sequence[Toll],
) -> list[Draft]:
    """Give the drafts of a sentence's triggers at their places, with the dates and figures that belong to each."""
    reading = scene.reading
    drafts = [draft for trigger, groups in told_by for draft in _drafts(scene, trigger, speech, told, groups)]
    counted = {(d.count.start, d.count.end) for d in drafts if d.count}
    left = [t for t in tolls if (t.figure.start, t.figure.end) not in counted]
    owns = own_dates(reading, [anchors_of(d) for d in drafts], told.dates)
    drafts = [replace(d, when=_when(reading, d, own, told)) for d, own in zip(drafts, owns, strict=True)]
    return [
        replace(d, injured=None) if d.trigger.event_type == "health" else d  # cases are no injured
        for d in with_tolls(reading, drafts, left)
    ]


def _when(reading: Reading, draft: Draft, own: When, told: Told) -> When:
    counted = draft.count is not None
    area = not draft.locations or draft.locations[0].precision in _WIDE
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


def spoken_of(reading: Reading, sentence: Sentence, trigger: Trigger) -> str | None:
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
        hit.first > left + 1  # "denied reports that": a noun
        and hit.last + 1 < right
        and not reading.parted(hit.last, hit.last + 1)  # ", police said," ends nothing
        for hit in reading.hits_between(left + 1, right, "stance.reports", "stance.confirms")
    )


def _step(scene: Scene, draft: Draft) -> Draft | Reference:
    """Decide whether a draft tells of an event or only refers to one."""
    reading, sentence, trigger = scene.reading, scene.sentence, draft.trigger
    here = bool(reading.hits_between(sentence.first, sentence.last, "places.here"))
    stance = scene.stances.get(trigger.hit.first)
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
