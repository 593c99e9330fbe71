"""Which types of event may be one event told in two ways."""

from geomap.incidents.draft import Trigger

VIOLENT = frozenset({"remote_violence", "battle", "violence_against_civilians"})
OPEN = frozenset({None, "attack", "explosion"})
"""Sub-types that say that something struck, not what: an explosion may be the rocket told of before."""
BLOODLESS = frozenset({"arrest", "curfew", "deportation", "interception", "labour_strike", "search"})
"""Events in which nobody is killed: none of the 60 arrests and interceptions of the building half tells of dead."""
_EFFECTS = frozenset({"arson", "fire", "explosion", "building_collapse", "demolition"})
"""What a strike leaves behind: no event of its own in one sentence with it ("a missile hit a ship and set fire to")."""
_TOLD_TOGETHER = (
    frozenset({"raid", "armed_clash"}),
    frozenset({"raid", "arrest"}),
    frozenset({"raid", "search"}),
    frozenset({"arrest", "search"}),
    frozenset({"shelling", "missile_or_rocket_attack"}),
    frozenset({"shooting", "armed_clash"}),
    frozenset({"storm", "flood"}),
    frozenset({"protest", "road_blockade"}),
    frozenset({"bombing", "suicide_bombing"}),
    frozenset({"fire", "wildfire"}),
    frozenset({"shooting", "assassination"}),
    frozenset({"shooting", "massacre"}),
    frozenset({"raid", "massacre"}),
    frozenset({"explosion", "building_collapse"}),
    frozenset({"industrial_accident", "building_collapse"}),
    frozenset({"industrial_accident", "explosion"}),
    frozenset({"industrial_accident", "fire"}),
    frozenset({"fire", "explosion"}),
    frozenset({"fire", "building_collapse"}),
    frozenset({"storm", "building_collapse"}),
    frozenset({"storm", "transport_accident"}),
    frozenset({"flood", "landslide"}),
    frozenset({"storm", "landslide"}),
    frozenset({"flood", "building_collapse"}),
    frozenset({"earthquake", "building_collapse"}),
    frozenset({"earthquake", "landslide"}),
    frozenset({"avalanche", "landslide"}),
    frozenset({"transport_accident", "fire"}),
    frozenset({"transport_accident", "explosion"}),
    frozenset({"massacre", "attack"}),
    frozenset({"armed_clash", "attack"}),
    frozenset({"abduction", "attack"}),
    frozenset({"arrest", "protest"}),
    frozenset({"arrest", "riot"}),
    frozenset({"riot", "arson"}),
    frozenset({"riot", "looting"}),
    frozenset({"epidemic", "poisoning"}),
    frozenset({"landslide", "building_collapse"}),
    frozenset({"landslide", "road_blockade"}),
    frozenset({"displacement", "armed_clash"}),
    frozenset({"displacement", "flood"}),
    frozenset({"shipwreck", "flood"}),
    frozenset({"shipwreck", "industrial_accident"}),
    frozenset({"assassination", "attack"}),
    frozenset({"shooting", "attack"}),
    frozenset({"flood", "transport_accident"}),
)
"""Types that one sentence tells of one event at one place: a force stormed the camp and clashes broke out."""


def compatible(a: Trigger, b: Trigger) -> bool:
    """Whether two triggers may tell of one event: the same type, or one leaves open what struck.

    Rockets and a bang are; rockets and an air strike are not; a protest and a riot are.
    """
    if a.event_type == b.event_type and (a.sub_type == b.sub_type or "sentences" in (a.form, b.form)):
        return True
    if (
        a.sentence == b.sentence
        and (_is_violent(a) or _is_violent(b))
        and (a.sub_type in _EFFECTS or b.sub_type in _EFFECTS)
    ):
        return True
    if a.sentence == b.sentence and frozenset({a.sub_type, b.sub_type}) in _TOLD_TOGETHER:
        return True
    violent = _is_violent(a) and _is_violent(b)
    if violent:
        return a.sub_type in OPEN or b.sub_type in OPEN
    return a.event_type == b.event_type and a.event_type in ("unrest", "health")


def _is_violent(trigger: Trigger) -> bool:
    return trigger.event_type in VIOLENT or trigger.sub_type == "explosion"
