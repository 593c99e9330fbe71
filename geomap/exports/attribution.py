"""What every exported file says of the data in it: whose they are, and what its borders do not mean."""

from collections.abc import Iterable

from gazetteer.format import OWN
from geomap.credits import credits_of
from geomap.incident import Incident

ATTRIBUTION = (
    "Places: GeoNames (https://www.geonames.org, CC BY 4.0), airportsdata (MIT), geomap. "
    "Areas: Natural Earth (public domain). Quotes: their articles."
)
"""Sources and licences; ``gazetteer info`` gives versions."""

BOUNDARIES = (
    "Borders and names are those of the data sources. They express no opinion on the legal status of any territory."
)

_WHOSE = f"from {OWN}"


def attribution_of(incidents: Iterable[Incident]) -> str:
    """Give whose data are in a file of some incidents: what is always in it, OpenStreetMap's, and the user's own files.

    Examples
    --------
    >>> attribution_of([]) == ATTRIBUTION
    True
    """
    incidents = tuple(incidents)
    reasons = (reason for incident in incidents for place in incident.places for reason in place.reasons)
    told = [reason.removeprefix(_WHOSE) for reason in reasons if reason.startswith(_WHOSE)]
    own = sorted({reason.rsplit(", ", 1)[0] for reason in told})  # without the line
    parts = [ATTRIBUTION]
    parts += [f"Places asked of a server: {credit}." for credit in credits_of(incidents)]
    parts += [f"Your own gazetteer: {', '.join(own)}."] if own else []
    return " ".join(parts)
