"""What an article has told up to a sentence: the places of its events, its kinds of event, its paragraphs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gazetteer import Resolution, Role
from gazetteer.names import fold
from geomap.incidents.draft import Location, Trigger
from geomap.mentions import Found
from geomap.reading import Reading

SCENES = frozenset({Role.LOCATION, Role.FACILITY})
"""Roles of a mention that may be where something happened."""
Row = tuple[Found, Resolution]


@dataclass(slots=True)
class History:
    """The memory of reading an article; grows from sentence to sentence.

    Attributes
    ----------
    rows
        All mentions with what they were resolved to, in the order of their words.
    paragraphs
        The paragraph of each sentence.
    mentioned
        How often the article speaks of each place (id) as a place.
    titled
        Ids of the places whose names the headline has.
    headline
        The kind of event that the headline tells of, None when it tells of several or of none.
    told
        Places of the events told so far with the triggers that told them, the latest last.
    kinds
        Triggers that told of something so far, the latest last.
    types_at, often, here
        Place ids of ``told`` with the last type told there; how often each type was told; the pairs of both.
    """

    rows: Sequence[Row]
    paragraphs: Sequence[int]
    mentioned: Mapping[str, int]
    titled: frozenset[str]
    headline: Trigger | None
    told: list[tuple[Location, Trigger]] = field(default_factory=list)
    kinds: list[Trigger] = field(default_factory=list)
    types_at: dict[str, str] = field(default_factory=dict)
    often: Counter[str] = field(default_factory=Counter)
    here: set[tuple[str, str]] = field(default_factory=set)

    def add(self, location: Location, trigger: Trigger) -> None:
        """Remember the place of an event that was told."""
        self.told.append((location, trigger))
        self.types_at[location.place.id] = trigger.event_type
        self.often[trigger.event_type] += 1
        self.here.add((location.place.id, trigger.event_type))


def history_of(reading: Reading, rows: Sequence[Row], headline: Trigger | None) -> History:
    """Give the memory with which an article's first sentence is read."""
    placed = [(f, r.place) for f, r in rows if r.place is not None]
    title = fold(reading.article.title or "")
    return History(
        rows,
        _paragraphs(reading),
        Counter(place.id for f, place in placed if f.mention.role in SCENES),
        frozenset(place.id for f, place in placed if f.match.key and f.match.key in title),
        headline,
    )


def _paragraphs(reading: Reading) -> list[int]:
    numbers: list[int] = []
    count = 0
    for index, sentence in enumerate(reading.sentences):
        if index and "\n" in reading.article.text[reading.sentences[index - 1].end : sentence.start]:
            count += 1
        numbers.append(count)
    return numbers
