"""An incident on its way: what one trigger in one sentence says."""

from dataclasses import dataclass

from gazetteer import Place, Precision, Resolution
from geomap.incident import NO_DATE, Attribution, Report, Span, When
from geomap.lexicon import Hit
from geomap.mentions import Found
from geomap.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that say that something happened.

    Attributes
    ----------
    hit
        The phrase.
    event_type, sub_type
        What it says; ``sub_type`` None when the words leave it open.
    form
        ``nouns``, ``verbs`` or ``effects`` (a bang that was heard); ``casualties`` where a figure or date stands for
        the trigger, ``sentences`` where its clause does.
    definite
        "the attacks", "هذه الهجمات": speaks of one already told of.
    start
        Where the phrase begins without its clitics.
    sentence
        Index of its sentence.
    """

    hit: Hit
    event_type: str
    sub_type: str | None
    form: str
    definite: bool
    start: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Location:
    """A mention chosen as the place of an incident."""

    found: Found
    resolution: Resolution
    near: bool
    reasons: tuple[str, ...]
    start: int
    end: int
    score: float = 0.0
    chance: float = 1.0

    @property
    def place(self) -> Place:
        """The resolved place; a mention without one is never chosen."""
        assert self.resolution.place is not None  # noqa: S101 - the chooser took only resolved ones
        return self.resolution.place

    @property
    def precision(self) -> Precision:
        """How precisely the words say where."""
        assert self.resolution.precision is not None  # noqa: S101 - as above
        if self.near and self.resolution.precision is Precision.SETTLEMENT:
            return Precision.NEAR_SETTLEMENT
        return self.resolution.precision


@dataclass(frozen=True, slots=True)
class Figure:
    """A number bound to an incident and the words that say it."""

    span: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """A slice of the article with what it says of the incident (actor, target, weapon, damage)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What one trigger says; drafts about one event are merged into an incident.

    ``rivals`` counts the other places and triggers of its sentence.
    ``locations`` is the place of the event first, then further ones that the words join to it.
    """

    trigger: Trigger
    sentence: Sentence
    locations: tuple[Location, ...] = ()
    when: When = NO_DATE
    said: When = NO_DATE
    count: Figure | None = None
    killed: Figure | None = None
    injured: Figure | None = None
    actor: Words | None = None
    attribution: Attribution | None = None
    target: Words | None = None
    weapon: Words | None = None
    damage: Words | None = None
    report: Report | None = None
    reasons: tuple[str, ...] = ()
    rivals: int = 0


@dataclass(frozen=True, slots=True)
class Dropped:
    """A trigger that gives no incident, and why: for `explain`."""

    trigger: Trigger
    why: str
