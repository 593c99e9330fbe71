"""A sentence with everything that placing its incidents needs."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gazetteer import Resolution
from geomap.incidents.draft import Trigger
from geomap.incidents.sources import Speech
from geomap.mentions import Found
from geomap.reading import Reading
from geomap.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with everything that placing an incident needs.

    Attributes
    ----------
    reading, sentence
        The article, and the sentence.
    found, resolutions
        Its mentions, and what those that may be places were resolved to, by index.
    triggers, speeches
        Its triggers and reporting verbs.
    dateline
        Index of the mention that opens the article as a dateline.
    number_words, toll_words, date_words, trigger_words
        Words of its numbers; first words of its figures of killed and injured, of its events' dates, of its triggers.
    index
        Its number among the article's sentences.
    mentioned
        How often the article speaks of each place (id) as a place.
    titled
        Ids of the places that the headline may mean.
    told
        Ids of the places of events told before → the last type told there.
    stances
        First word of a trigger → the stance (accuses, denies) that it stands under.
    """

    reading: Reading
    sentence: Sentence
    found: Mapping[int, Found]
    resolutions: Mapping[int, Resolution]
    triggers: Sequence[Trigger]
    speeches: Sequence[Speech]
    dateline: int | None
    number_words: frozenset[int] = frozenset()
    toll_words: tuple[int, ...] = ()
    date_words: tuple[int, ...] = ()
    trigger_words: tuple[int, ...] = ()
    index: int = 0
    mentioned: Mapping[str, int] = field(default_factory=dict)
    titled: frozenset[str] = frozenset()
    told: Mapping[str, str] = field(default_factory=dict)
    stances: Mapping[int, str] = field(default_factory=dict)

    @property
    def here(self) -> list[Found]:
        """The mentions of the sentence that may be places."""
        return [self.found[i] for i in self.resolutions]

    def triggers_between(self, left: int, right: int) -> int:
        """Count the triggers that begin between two words."""
        return bisect_left(self.trigger_words, right) - bisect_right(self.trigger_words, left)


@dataclass(frozen=True, slots=True)
class Site:
    """Mentions of one sentence that say one place: "the Green Zone in Baghdad". ``head`` is the finest of them."""

    members: tuple[int, ...]
    head: int
