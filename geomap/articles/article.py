"""One article, as every reader gives it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """A news text and what is known about it.

    Attributes
    ----------
    id
        The id its input gives, else a hash of its content: the same input gives the same id.
    source
        Where it was read: ``file.txt``, ``file.jsonl:12``, ``-``; for messages only.
    title
        Its headline, or None.
    published
        The date it is dated, or None: then relative dates stay unknown.
    language
        ISO 639-1.
    text
        Its body. Every offset in geomap is in code points of this string.
    url
        Its public page, or None.
    """

    id: str
    source: str
    title: str | None
    published: date | None
    language: str
    text: str
    url: str | None = None
