"""The words of the map's interface: a JSON file a language in ``interface/``; a new one needs no Python."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from geomap.errors import MapError

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Interface:
    """What the page needs before its script runs, and the table that the script reads.

    Attributes
    ----------
    language
        ISO 639-1, for ``<html lang>``.
    direction
        ``ltr`` or ``rtl``: the layout of the page.
    title
        The title of a map that is given none.
    no_script
        What a browser without JavaScript shows.
    table
        The whole file, as JSON text.
    """

    language: str
    direction: str
    title: str
    no_script: str
    table: str


@cache
def languages() -> tuple[str, ...]:
    """Give the languages the interface speaks.

    Examples
    --------
    >>> "ar" in languages()
    True
    """
    files = (resources.files(__package__) / "interface").iterdir()
    return tuple(sorted(file.name.removesuffix(".json") for file in files if file.name.endswith(".json")))


@cache
def interface(language: str) -> Interface:
    """Read the words of one language.

    Examples
    --------
    >>> interface("ar").direction
    'rtl'
    """
    name = f"interface/{language}.json"
    try:
        text = (resources.files(__package__) / name).read_text("utf-8")
        table = json.loads(text)
        return Interface(language, table["direction"], table["title"], table["no_script"], text)
    except FileNotFoundError as problem:
        raise MapError(
            f"the map's interface has no {name}: write one (the keys are those of en.json) or use one of"
            f" {', '.join(languages())}"
        ) from problem
    except (ValueError, KeyError) as problem:
        raise MapError(f"geomap/maps/{name} is damaged ({problem!r}): compare it with en.json") from problem


def majority(used: Iterable[str]) -> str:
    """Choose the interface's language: the most frequent one it speaks, English when that is undecided.

    Examples
    --------
    >>> majority(["ar", "ar", "en"]), majority(["ar", "en"]), majority(["xx", "xx", "ar"]), majority([])
    ('ar', 'en', 'en', 'en')
    """
    ranked = Counter(used).most_common()
    if not ranked or sum(count == ranked[0][1] for _, count in ranked) > 1:
        return DEFAULT_LANGUAGE
    first = ranked[0][0]
    return first if first in languages() else DEFAULT_LANGUAGE
