"""Whether a trigger says that something happened: not negated, threatened, planned, supposed or only spoken of."""

from bisect import bisect_right
from collections.abc import Collection, Sequence

from gazetteer.names import words
from geomap.incidents.draft import Trigger
from geomap.reading import Reading

_NEAR = 2
"""Words before a trigger in which a negation negates it: "did not attack"; لم يقع هجوم."""
_REACH = 7
"""Words before a trigger in which a threat, plan or supposition governs it: تحاول في الوقت نفسه استهداف."""
_BEHIND = 1
"""Words between an event's noun and a plan behind it: "a strike planned for Thursday"."""
_RESPONSE_REACH = 3
_REFUTED_REACH = 16
"""Words from a trigger to what refutes it: "reports that a dam above ... had burst | turned out to be false"."""
_OPENING, _CLOSING = "\"“„«‘'", "\"”“»’'"

UNREAL = ("modality.threat", "modality.plan", "modality.hypothesis", "modality.general")


def unreal(reading: Reading, trigger: Trigger, supposed: Collection[int] = ()) -> str | None:
    """Say why a trigger is no event that happened, None when it is one.

    Parameters
    ----------
    supposed
        First words of the triggers before it that are none: "if such an earthquake hit, buildings could collapse".
    """
    clause = _clause_start(reading, trigger)
    first = trigger.hit.first
    if not trigger.definite:
        for hit in reading.hits_between(max(clause, first - _NEAR - 1), first, "modality.negation"):
            if first - hit.last <= _NEAR:
                return f"negated: {_words(reading, hit.first, hit.last)}"
    begin = reading.sentences[trigger.sentence].first
    for hit in reading.hits_between(max(begin, first - _REACH), first, *UNREAL):
        kind = hit.label.split(".")[1]
        if _governs(kind, hit.first, hit.last, trigger, clause) and not _event_between(
            reading, hit.last + 1, first, supposed
        ):
            return f"{kind}: {_words(reading, hit.first, hit.last)}"
    return (
        _unreal_inside(reading, trigger) or _unreal_around(reading, trigger, begin) or _unreal_behind(reading, trigger)
    )


def _unreal_inside(reading: Reading, trigger: Trigger) -> str | None:
    """Look inside a phrase with a gap: "Rebels usually attack", "gab es keinen Schusswechsel", "n'ont pas attaqué"."""
    first, last = trigger.hit.first, trigger.hit.last
    if trigger.form != "verbs":
        return None
    for hit in reading.hits_between(first + 1, last, "modality."):
        kind = hit.label.split(".")[1]
        if kind == "negation" and (last - hit.last > _NEAR or _reach(reading, trigger, range(first, hit.first))):
            continue  # "rockets fell on Haifa | without causing ...": told before the negation
        rest = [k for k in range(first, last + 1) if not hit.first <= k <= hit.last]
        if _reach(reading, trigger, rest) == len(rest):
            return f"{kind}: {_words(reading, hit.first, hit.last)}"
    return None


def _reach(reading: Reading, trigger: Trigger, kept: Sequence[int]) -> int:
    """Count the words that a phrase covers from the first of some on; дамба не выдержала needs its negation."""
    if reading.rules is None:
        return 0
    rest = words(" ".join(reading.article.text[reading.words[k].start : reading.words[k].end] for k in kept))
    hits = (hit for hit in reading.rules.lexicon.find(rest) if hit.label == trigger.hit.label and hit.first == 0)
    return max((hit.last + 1 for hit in hits), default=0)


def _in_scare_quotes(reading: Reading, trigger: Trigger) -> bool:
    """Whether quotation marks hold the trigger alone: a striker who «bombarded» the goal, the play «Quake»."""
    text = reading.article.text
    before, after = text[max(0, trigger.start - 1) : trigger.start], text[trigger.hit.end : trigger.hit.end + 1]
    return before in _OPENING and after in _CLOSING and bool(before) and bool(after)


def _unreal_around(reading: Reading, trigger: Trigger, begin: int) -> str | None:
    """Look at phrases that hold the trigger, and close behind it: "any attack", "a strike planned for Thursday"."""
    if _in_scare_quotes(reading, trigger):
        return "a figure of speech in quotation marks"
    end = reading.sentences[trigger.sentence].last
    for hit in reading.hits_between(
        trigger.hit.last + 1, min(end, trigger.hit.last + _REFUTED_REACH), "modality.refuted"
    ):
        between = reading.article.text[trigger.hit.end : hit.start]
        if ";" not in between and "؛" not in between:
            return f"refuted: {_words(reading, hit.first, hit.last)}"
    last = trigger.hit.last
    if held := _held(reading, trigger, begin) or _to_come(reading, trigger):
        return held
    for hit in reading.hits_between(last + 1, last + _BEHIND + 2, "modality.plan"):
        if hit.first <= last + _BEHIND and not reading.parted(last, hit.first) and trigger.form == "nouns":
            return f"plan: {_words(reading, hit.first, hit.last)}"
    for hit in reading.hits_between(last + 1, last + _NEAR + 2, "modality.general"):
        if hit.first - last <= _NEAR and not reading.parted(last, hit.first) and trigger.form == "verbs":
            return f"general: {_words(reading, hit.first, hit.last)}"  # تستهدف عادة المصالح
    return None


def _to_come(reading: Reading, trigger: Trigger) -> str | None:
    """Look for a year that is not yet beside the trigger: "In Bayreuth brennt 2026 wieder Walhall" of 2024."""
    published = reading.article.published
    sentence = reading.sentences[trigger.sentence]
    if published is None:
        return None
    for k in range(
        max(sentence.first, trigger.hit.first - _BESIDE), min(sentence.last, trigger.hit.last + _BESIDE + 1)
    ):
        word = reading.words[k].folded
        if word.isdigit() and len(word) == _YEAR and 0 < int(word) - published.year <= _YEARS_AHEAD:
            left, right = sorted((k, trigger.hit.first if k < trigger.hit.first else trigger.hit.last))
            if not reading.parted(left, right):
                return f"plan: {word} is to come"
    return None


_BESIDE = 2
"""Words between an event and the year that it is told for."""
_YEAR = 4
_YEARS_AHEAD = 30
"""Years ahead that a number is read as: 2053 people of 2024 are none of them."""


def _held(reading: Reading, trigger: Trigger, begin: int) -> str | None:
    """Look for a phrase that holds the trigger: "any attack", "die Kundgebung in Jena wurde abgesagt"."""
    first, last = trigger.hit.first, trigger.hit.last
    for hit in reading.hits_between(max(begin, first - _NEAR), reading.sentences[trigger.sentence].last, *UNREAL):
        if hit.first > first:
            break
        if last <= hit.last:
            return f"{hit.label.split('.')[1]}: {_words(reading, hit.first, hit.last)}"
    return None


def _unreal_behind(reading: Reading, trigger: Trigger) -> str | None:
    """Look behind the trigger where the verb ends the clause: patlama meydana gelmedi, saldırı tehdidinde bulundu."""
    if reading.rules is None or reading.rules.source_order != "verb_last":
        return None
    last, end = trigger.hit.last, reading.sentences[trigger.sentence].last
    for hit in reading.hits_between(last + 1, min(last + 1 + _REACH, end), "modality."):
        kind = hit.label.split(".")[1]
        near = hit.first - last <= (_NEAR + 1 if kind == "negation" else _REACH)
        parted = reading.parted(last, hit.first)
        told = reading.hits_between(last + 1, hit.first, "casualties.")  # depremde can kaybı yaşanmadı denies the toll
        if near and kind != "general" and not (parted or told or _event_between(reading, last + 1, hit.first)):
            return f"{kind}: {_words(reading, hit.first, hit.last)}"
    return None


def _governs(kind: str, first: int, last: int, trigger: Trigger, clause: int) -> bool:
    """Whether a word of modality reaches a trigger: a threat also over a comma, a general word only closely."""
    if kind == "threat":
        return True
    if kind == "general":
        return not trigger.definite and trigger.hit.first - last <= _NEAR
    return first >= clause


def background(reading: Reading, trigger: Trigger, dated: Sequence[tuple[int, int]] = ()) -> str | None:
    """Say why a trigger only refers to an event (what an answer answers to), None when it does not.

    Parameters
    ----------
    dated
        Offsets of the dates: "since Thursday" is a date and explains nothing.
    """
    first = trigger.hit.first
    begin = max(reading.sentences[trigger.sentence].first, first - _RESPONSE_REACH)
    for hit in reading.hits_between(begin, first, "background.response"):
        if _in_date(hit.start, reading.words[hit.last + 1].start, dated):
            continue
        if first - hit.last <= _RESPONSE_REACH and not _event_between(reading, hit.last + 1, first):
            return f"explains another event: {_words(reading, hit.first, hit.last)}"
    return None


def _in_date(start: int, behind: int, dated: Sequence[tuple[int, int]]) -> bool:
    """Whether words begin a date, or one begins right behind them."""
    i = bisect_right(dated, behind, key=lambda span: span[0]) - 1
    return i >= 0 and dated[i][1] > start


def _event_between(reading: Reading, first: int, last: int, supposed: Collection[int] = ()) -> bool:
    hits = reading.hits_between(first, last, "triggers.", "stance.")
    return any(hit.first not in supposed and hit.label != "stance.complement" for hit in hits)


def _clause_start(reading: Reading, trigger: Trigger) -> int:
    return reading.clause_start(trigger.hit.first, reading.sentences[trigger.sentence].first)


def _words(reading: Reading, first: int, last: int) -> str:
    return reading.article.text[reading.words[first].start : reading.words[last].end]
