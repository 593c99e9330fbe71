"""Why an article was read so: every mention, every incident, and every trigger that gave none. Text for a terminal."""

from collections.abc import Iterator

from gazetteer import Resolution
from geomap.incident import Incident, Span
from geomap.mentions import Found
from geomap.pipeline import Analysis
from geomap.printable import printable

_REJECTED = 3


def explain(analysis: Analysis) -> str:
    """Tell how an article was read.

    Parameters
    ----------
    analysis
        What `geomap.pipeline.analyse` found.

    Returns
    -------
    str
        Lines for a terminal; control characters of the article are escaped.
    """
    return printable("\n".join(_lines(analysis))) + "\n"


def _lines(analysis: Analysis) -> Iterator[str]:
    article = analysis.reading.article
    yield f"{article.source}  id {article.id}  language {article.language}  published {article.published or 'unknown'}"
    if analysis.reading.rules is None:
        yield f"  no rules for language {article.language!r}: places are found, incidents are not"
    yield f"\nPLACES MENTIONED ({len(analysis.found)})"
    for found, resolution in zip(analysis.found, analysis.resolutions, strict=True):
        yield from _mention(article.text, found, resolution)
    yield f"\nINCIDENTS ({len(analysis.incidents)})"
    for incident in analysis.incidents:
        yield from _incident(incident)
    yield f"\nNO INCIDENT ({len(analysis.dropped)})"
    for dropped in analysis.dropped:
        hit = dropped.trigger
        words = article.text[hit.start : hit.hit.end]
        yield f"  [{hit.start}:{hit.hit.end}] {words}: {hit.sub_type or hit.event_type}? no: {dropped.why}"


def _mention(text: str, found: Found, resolution: Resolution) -> Iterator[str]:
    mention = found.mention
    surface = text[mention.start : mention.end]
    yield f"  [{mention.start}:{mention.end}] {surface}: {mention.role.value} ({mention.cue or 'by default'})"
    if found.country:
        yield f"      the people of {found.country.name}: no place"
    elif resolution.place:
        place = resolution.place
        yield (
            f"      is {place.name}, {place.kind.value}, {place.country or '-'} ({place.id}), "
            f"within {resolution.uncertainty_m:,.0f} m, confidence {resolution.confidence:.2f}"
        )
        yield f"      because: {'; '.join(resolution.reasons)}"
        if resolution.rejected:
            others = ", ".join(
                f"{c.place.name} {c.place.country or ''} ({c.place.id}, {c.score:.1f})"
                for c in resolution.rejected[:_REJECTED]
            )
            yield f"      could have been: {others}"
    elif found.candidates:
        yield f"      unresolved: {'; '.join(resolution.reasons)}"


def _incident(incident: Incident) -> Iterator[str]:
    when = incident.when
    date = f"{when.start or '?'} to {when.end or '?'} ({when.precision}, {when.basis})" if when.precision else "unknown"
    place = incident.places[0]
    yield f"  {incident.title}"
    yield f"      what: {incident.event_type} / {incident.sub_type or 'not said which'}; {incident.reasons[0]}"
    yield f"      where: {place.name}, {place.precision.value}, within {place.uncertainty_m:,.0f} m"
    for reason in place.reasons:
        yield f"          {reason}"
    if place.rejected:
        yield f"          could have been: {', '.join(place.rejected[:_REJECTED])}"
    yield f"      when: {date}"
    killed, injured = _range(incident.killed), _range(incident.injured)
    yield f"      how many: {_range(incident.count)}; killed {killed}; injured {injured}"
    yield f"      who: {incident.actor or 'not said'} ({incident.actor_attribution or '-'})"
    yield f"      status: {incident.status.value}, confidence {incident.confidence:.2f}"
    for report in incident.reports:
        yield f"      said by: {report.source or 'the article'} ({report.source_type}, {report.stance})"
    for evidence in incident.evidence:
        quote = evidence.quote
        yield f"      [{quote.start}:{quote.end}] {' '.join(quote.exact.split())}"
        yield f"          supports {', '.join(evidence.supports)}"


def _range(span: Span | None) -> str:
    if span is None:
        return "not said"
    low, high = span.min, span.max
    return str(low) if low == high else f"{low if low is not None else '?'} to {high if high is not None else '?'}"
