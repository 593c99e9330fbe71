"""Who did it, to whom, with what, and what it damaged: slices of the sentence as written."""

from dataclasses import dataclass

from gazetteer import Role
from geomap.incident import Attribution
from geomap.incidents.draft import Trigger, Words
from geomap.incidents.scene import Scene
from geomap.lexicon import Hit
from geomap.reading import Reading
from geomap.tokens import Sentence

_PHRASE = 7
"""Words of the longest noun phrase taken as an actor or target."""
_SUSPECT_REACH = 10
_CLOSE = 4
"""Words between "the attacks" and who did them: "the attacks ... were repelled by US forces" is none of these."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The words for the actor and who attributes it."""

    words: Words
    attribution: Attribution


def actor_of(scene: Scene, trigger: Trigger) -> Actor | None:
    """Give the actor: the doer beside an attack verb, else the first armed group of the sentence outside the source."""
    reading, sentence = scene.reading, scene.sentence
    doer = _doer(scene, trigger)
    if doer:
        return Actor(doer, Attribution.REPORTED)
    speaking = [range(s.first, s.last) for s in scene.speeches]
    for hit in reading.hits_between(sentence.first, sentence.last, "actors.words"):
        if hit.first <= trigger.hit.last and trigger.hit.first <= hit.last:
            continue
        if any(hit.first in span for span in speaking) or not _acts(scene, trigger, hit):
            continue
        return Actor(_phrase(reading, sentence, hit.first, hit), _attribution(scene, hit))
    return None


def _doer(scene: Scene, trigger: Trigger) -> Words | None:
    """The state that strikes: استهدفت الولايات المتحدة; "Israel struck"; "US forces targeted"."""
    reading = scene.reading
    if trigger.form != "verbs" or reading.rules is None:
        return None
    for found in scene.here:
        if found.mention.role is not Role.METONYM:
            continue
        if reading.rules.source_order == "verb_first":
            beside = found.match.first == trigger.hit.last + 1 and not found.match.clitic
        else:
            beside = found.match.last == trigger.hit.first - 1
        if beside:
            start, end = found.mention.start, found.mention.end
            return Words(reading.article.text[start:end], start, end)
    return None


def _acts(scene: Scene, trigger: Trigger, hit: Hit) -> bool:
    """Whether the words put a group in the doer's place: beside the attack verb or noun, or with "carried out by"."""
    reading, sentence = scene.reading, scene.sentence
    before = hit.first - 1
    if _does(reading, sentence, hit):
        return not trigger.definite or abs(hit.first - trigger.hit.last) <= _CLOSE
    if before >= 0 and reading.hit_ending_at(before, "actors.against", "places."):
        return False
    if trigger.sub_type is None:  # استهداف القوات: what follows is struck, what stands before strikes
        return hit.last == trigger.hit.first - 1
    return hit.first == trigger.hit.last + 1 or hit.last == trigger.hit.first - 1


def _does(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Whether a group is said to have done or is suspected: "carried out by" before it, نفذته behind it."""
    for by in reading.hits_between(max(sentence.first, hit.first - 4), hit.first, "actors.by"):
        if by.last == hit.first - 1:
            return True
    behind = reading.hits_between(hit.last + 1, min(hit.last + 5, sentence.last), "actors.by")
    if behind and not reading.parted(hit.last, behind[0].first):
        return True
    suspicion = reading.hits_between(max(sentence.first, hit.first - _SUSPECT_REACH), hit.first, "actors.suspected")
    return bool(suspicion) and not reading.parted(suspicion[-1].last, hit.first)


def _attribution(scene: Scene, hit: Hit) -> Attribution:
    reading, sentence = scene.reading, scene.sentence
    suspicion = reading.hits_between(max(sentence.first, hit.first - _SUSPECT_REACH), hit.last + 1, "actors.suspected")
    if suspicion:
        return Attribution.SUSPECTED
    for speech in scene.speeches:
        if speech.stance == "accuses":
            return Attribution.ACCUSED
        if speech.stance == "claims":
            return Attribution.CLAIMED
    return Attribution.REPORTED


def suspect_of(scene: Scene) -> Actor | None:
    """Give the group that a sentence without an event of its own suspects: المؤشرات تدل على أن مليشيات ... نفذته."""
    reading, sentence = scene.reading, scene.sentence
    speaking = [range(s.first, s.last) for s in scene.speeches]
    for hit in reading.hits_between(sentence.first, sentence.last, "actors.words"):
        if not any(hit.first in span for span in speaking) and _does(reading, sentence, hit):
            return Actor(_phrase(reading, sentence, hit.first, hit), _attribution(scene, hit))
    return None


def _phrase(reading: Reading, sentence: Sentence, first: int, hit: Hit) -> Words:
    """A noun phrase from its first word up to a verb, a preposition of place or a clause mark."""
    last = hit.last
    while last + 1 < sentence.last and last + 1 - first < _PHRASE and not _ends_phrase(reading, last):
        last += 1
    start = reading.words[first].start + len(_article(reading, hit))
    return _slice(reading, start, last)


def _article(reading: Reading, hit: Hit) -> str:
    """Only a conjunction is cut from an actor's first word: والميليشيات is "الميليشيات"."""
    joiners = reading.rules.conjunctions if reading.rules else frozenset()
    clitic = reading.clitic(hit)
    return clitic[0] if clitic[:1] in joiners else ""


def _ends_phrase(reading: Reading, word: int) -> bool:
    if reading.parted(word, word + 1) or '"' in reading.between(word, word + 1):
        return True
    stops = (
        "places.in",
        "places.onto",
        "actors.by",
        "actors.against",
        "stance.",
        "triggers.",
        "casualties.",
        "figures.",
    )
    next_words = reading.hits_between(word + 1, word + 4, *stops)
    return any(hit.first == word + 1 for hit in next_words) or reading.words[word + 1].folded.isdigit()


def target_of(scene: Scene, trigger: Trigger, actor: Words | None) -> Words | None:
    """Give what was struck: the phrase behind "on" or "against", or behind an attack verb (and its doer)."""
    reading, sentence = scene.reading, scene.sentence
    first = trigger.hit.last + 1
    if actor and reading.words[trigger.hit.last].end <= actor.start:
        doer = reading.word_at(actor.end - 1)
        if doer == first or reading.word_at(actor.start) == first:
            first = doer + 1
    against = reading.hits_between(first, min(first + 3, sentence.last), "actors.against")
    if against and not reading.parted(trigger.hit.last, against[0].first):
        first = against[0].last + 1
    elif trigger.sub_type is not None or trigger.form != "verbs":
        return None
    if first >= sentence.last or (first > 0 and reading.parted(first - 1, first)):
        return None
    if any(f.match.first <= first <= f.match.last and f.candidates for f in scene.here) and not against:
        return None
    last = first
    if reading.hits_between(first, first + 1, "places.in", "stance."):
        return None
    while last + 1 < sentence.last and last + 1 - first < _PHRASE and not _ends_phrase(reading, last):
        last += 1
    return _slice(reading, reading.words[first].start, last)


def weapon_of(reading: Reading, sentence: Sentence, trigger: Trigger) -> Words | None:
    """Give the weapon: inside the trigger's phrase, else the first one of the sentence."""
    hits = reading.hits_between(sentence.first, sentence.last, "actors.weapons")
    hits.sort(key=lambda h: not (trigger.hit.first <= h.first <= trigger.hit.last))
    if not hits:
        return None
    return _slice(reading, hits[0].start + len(reading.clitic(hits[0])), hits[0].last)


def damage_of(reading: Reading, sentence: Sentence) -> Words | None:
    """Give the words that tell of damage, or that there was none."""
    for label in ("figures.deny_damage", "figures.damage"):
        hits = reading.hits_between(sentence.first, sentence.last, label)
        if hits:
            return _slice(reading, hits[0].start, hits[0].last)
    return None


def _slice(reading: Reading, start: int, last: int) -> Words:
    end = reading.words[last].end
    return Words(reading.article.text[start:end], start, end)
