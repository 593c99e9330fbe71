"""Place mentions → JSON Lines, one line an article."""

import json
from collections.abc import Collection

from gazetteer import Resolution, Role
from geomap.articles.article import Article


def mentions_line(article: Article, resolutions: Collection[Resolution], roles: Collection[Role]) -> str:
    """Give the line of one article.

    Parameters
    ----------
    article
        The article.
    resolutions
        Its resolved mentions.
    roles
        Which to write.

    Returns
    -------
    str
        ``{"id", "toponyms": [{start, end, surface, role, place_id, name, lat, lon, precision, confidence}]}`` and a
        line end. Offsets are code points; an area's ``lat``, ``lon`` are its label point. Null when unresolved.
    """
    toponyms = []
    for resolution in resolutions:
        mention, place = resolution.mention, resolution.place
        if mention.role not in roles:
            continue
        toponyms.append(
            {
                "start": mention.start,
                "end": mention.end,
                "surface": article.text[mention.start : mention.end],
                "role": mention.role.value,
                "place_id": place.id if place else None,
                "name": place.name if place else None,
                "lat": place.point.lat if place else None,
                "lon": place.point.lng if place else None,
                "precision": resolution.precision.value if resolution.precision else None,
                "confidence": resolution.confidence,
            }
        )
    return json.dumps({"id": article.id, "toponyms": toponyms}, ensure_ascii=False) + "\n"
