"""Our vocabulary in the codes of ACLED, UCDP, PLOVER and CAMEO, for users of those data sets.

Sources: the ACLED Codebook (2023) for event and sub-event types and spatial precision; the UCDP GED
Codebook for ``where_prec``; ``CAMEO2PLOVER-2021.txt`` of the Open Event Data Alliance for PLOVER and CAMEO.
None stands where the other system has no such code: none of them codes hazards, accidents or epidemics.
"""

from typing import Literal, NamedTuple

from gazetteer.place import Precision

AcledPrecision = Literal[1, 2, 3]
UcdpPrecision = Literal[1, 2, 3, 4, 5, 6, 7]

# UCDP's 2 is "at or around a known point, within 25 km"; wider is a fuzzy area, 5.
_UCDP_NEAR_M = 25_000

_ACLED_PRECISION: dict[Precision, AcledPrecision] = {
    Precision.SITE: 1,
    Precision.DISTRICT: 1,
    Precision.SETTLEMENT: 1,
    Precision.NEAR_SETTLEMENT: 2,
    Precision.ADMIN2: 2,
    Precision.ADMIN1: 3,
    Precision.REGION: 3,
    Precision.COUNTRY: 3,
    Precision.WATER: 3,
}

_UCDP_PRECISION: dict[Precision, UcdpPrecision] = {
    Precision.SITE: 1,
    Precision.DISTRICT: 1,
    Precision.SETTLEMENT: 1,
    Precision.NEAR_SETTLEMENT: 2,
    Precision.ADMIN2: 3,
    Precision.ADMIN1: 4,
    Precision.REGION: 5,
    Precision.COUNTRY: 6,
    Precision.WATER: 5,
}


def acled_geo_precision(precision: Precision) -> AcledPrecision:
    """Say how precise a place is in ACLED's code.

    Returns
    -------
    int
        1 the place itself, 2 near it or a small part of a region, 3 a larger region.

    Examples
    --------
    >>> acled_geo_precision(Precision.SITE), acled_geo_precision(Precision.COUNTRY)
    (1, 3)
    """
    return _ACLED_PRECISION[precision]


def ucdp_where_prec(precision: Precision, uncertainty_m: float, country: str | None) -> UcdpPrecision:
    """Say how precise a place is in UCDP's code.

    Returns
    -------
    int
        1 the exact place, 2 within 25 km of it, 3 second-order and 4 first-order administrative unit, 5 a
        line (a river, a road) or an area without administration, 6 the country, 7 international waters.

    Examples
    --------
    >>> ucdp_where_prec(Precision.ADMIN1, 90_000, "IQ"), ucdp_where_prec(Precision.WATER, 500_000, None)
    (4, 7)
    """
    if precision is Precision.WATER and country is None:
        return 7
    if precision is Precision.NEAR_SETTLEMENT and uncertainty_m > _UCDP_NEAR_M:
        return 5
    return _UCDP_PRECISION[precision]


class EventCodes(NamedTuple):
    """One kind of event in three other vocabularies.

    Attributes
    ----------
    acled_event, acled_sub_event
        As ACLED spells them.
    plover_event, plover_mode
        As PLOVER spells them.
    cameo_root
        The two-digit root code.
    """

    acled_event: str | None
    acled_sub_event: str | None
    plover_event: str | None
    plover_mode: str | None
    cameo_root: str | None


NOT_CODED = EventCodes(None, None, None, None, None)

_REMOTE = "Explosions/Remote violence"
_CIVILIANS = "Violence against civilians"
_STRATEGIC = "Strategic developments"
_PROPERTY = "Looting/property destruction"
_SHELLING = "Shelling/artillery/missile attack"
_IED = "Remote explosive/landmine/IED"

SUB_TYPE_CODES: dict[str, EventCodes] = {
    "air_strike": EventCodes(_REMOTE, "Air/drone strike", "ASSAULT", "heavy-weapons", "19"),
    "drone_strike": EventCodes(_REMOTE, "Air/drone strike", "ASSAULT", "heavy-weapons", "19"),
    "missile_or_rocket_attack": EventCodes(_REMOTE, _SHELLING, "ASSAULT", "heavy-weapons", "19"),
    "shelling": EventCodes(_REMOTE, _SHELLING, "ASSAULT", "heavy-weapons", "19"),
    "bombing": EventCodes(_REMOTE, _IED, "ASSAULT", "explosives", "18"),
    "suicide_bombing": EventCodes(_REMOTE, "Suicide bomb", "ASSAULT", "suicide-attack", "18"),
    "landmine": EventCodes(_REMOTE, _IED, "ASSAULT", "explosives", "18"),
    "interception": EventCodes(_STRATEGIC, "Disrupted weapons use", "ASSAULT", None, "19"),
    "armed_clash": EventCodes("Battles", "Armed clash", "ASSAULT", "firearms", "19"),
    "raid": EventCodes("Battles", "Armed clash", "ASSAULT", None, "19"),
    # ACLED's sub-event depends on who takes it: the government regains, a non-state actor overtakes.
    "territory_change": EventCodes("Battles", None, "COERCE", "confiscate", "19"),
    "shooting": EventCodes(_CIVILIANS, "Attack", "ASSAULT", "firearms", "18"),
    "assassination": EventCodes(_CIVILIANS, "Attack", "ASSAULT", "assassinate", "18"),
    "massacre": EventCodes(_CIVILIANS, "Attack", "ASSAULT", "cleansing", "20"),
    "abduction": EventCodes(_CIVILIANS, "Abduction/forced disappearance", "ASSAULT", "abduct", "18"),
    "sexual_violence": EventCodes(_CIVILIANS, "Sexual violence", "ASSAULT", "sexual", "18"),
    "attack": EventCodes(_CIVILIANS, "Attack", "ASSAULT", None, "18"),
    "protest": EventCodes("Protests", "Peaceful protest", "PROTEST", "demo", "14"),
    "riot": EventCodes("Riots", "Violent demonstration", "PROTEST", "riot", "14"),
    # ACLED records a strike only where people gather: then the gathering is a protest of its own.
    "labour_strike": EventCodes(None, None, "PROTEST", "boycott", "14"),
    "road_blockade": EventCodes("Riots", "Violent demonstration", "PROTEST", "obstruct", "14"),
    "arrest": EventCodes(_STRATEGIC, "Arrests", "COERCE", "arrest", "17"),
    "search": EventCodes(_STRATEGIC, "Other", "COERCE", None, "17"),
    "deportation": EventCodes(_STRATEGIC, "Other", "COERCE", "deport", "17"),
    "curfew": EventCodes(_STRATEGIC, "Other", "COERCE", "curfew", "17"),
    "arson": EventCodes(_STRATEGIC, _PROPERTY, "ASSAULT", "destroy", "17"),
    "sabotage": EventCodes(_STRATEGIC, _PROPERTY, "ASSAULT", "destroy", "17"),
    "demolition": EventCodes(_STRATEGIC, _PROPERTY, "ASSAULT", "destroy", "17"),
    "looting": EventCodes(_STRATEGIC, _PROPERTY, "COERCE", "confiscate", "17"),
    "earthquake": NOT_CODED,
    "flood": NOT_CODED,
    "storm": NOT_CODED,
    "landslide": NOT_CODED,
    "wildfire": NOT_CODED,
    "drought": NOT_CODED,
    "heatwave": NOT_CODED,
    "volcanic_eruption": NOT_CODED,
    "avalanche": NOT_CODED,
    "transport_accident": NOT_CODED,
    "shipwreck": NOT_CODED,
    "industrial_accident": NOT_CODED,
    "building_collapse": NOT_CODED,
    "fire": NOT_CODED,
    "explosion": NOT_CODED,
    "aircraft_crash": NOT_CODED,
    "epidemic": NOT_CODED,
    "poisoning": NOT_CODED,
    "displacement": EventCodes(_STRATEGIC, "Other", None, None, None),
    "other": NOT_CODED,
}
"""Each ``sub_type`` of the record."""

_EVENT_TYPE_CODES: dict[str, EventCodes] = {
    "remote_violence": EventCodes(_REMOTE, None, "ASSAULT", None, "19"),
    "battle": EventCodes("Battles", None, "ASSAULT", None, "19"),
    "violence_against_civilians": EventCodes(_CIVILIANS, None, "ASSAULT", None, "18"),
    "unrest": EventCodes(None, None, "PROTEST", None, "14"),
    "security_operation": EventCodes(_STRATEGIC, None, "COERCE", None, "17"),
    "property_destruction": EventCodes(_STRATEGIC, _PROPERTY, None, None, "17"),
    "hazard": NOT_CODED,
    "accident": NOT_CODED,
    "health": NOT_CODED,
    "displacement": SUB_TYPE_CODES["displacement"],
    "other": NOT_CODED,
}


def event_codes(event_type: str, sub_type: str | None) -> EventCodes:
    """Give the codes of a kind of event; without a sub-type only what all of its event type share.

    Examples
    --------
    >>> event_codes("remote_violence", "drone_strike").acled_sub_event
    'Air/drone strike'
    >>> event_codes("remote_violence", None).acled_sub_event is None
    True
    """
    return _EVENT_TYPE_CODES[event_type] if sub_type is None else SUB_TYPE_CODES[sub_type]
