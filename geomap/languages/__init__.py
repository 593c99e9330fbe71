"""The languages that geomap reads: each is a data file beside this module, ``ar.toml``; no Python of its own.

A file holds tables: ``[dates]``, ``[numbers]`` and the tables of `geomap.languages.rules`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from geomap.errors import LanguageError
from geomap.languages.dates import DateWords
from geomap.languages.numbers import NumberWords
from geomap.languages.rules import Rules, build_rules
from geomap.languages.table import Table

__all__ = ["DateWords", "Language", "NumberWords", "Rules", "available", "load", "read"]


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What a language file says.

    Attributes
    ----------
    code
        ISO 639-1.
    dates
        Words and patterns of date expressions.
    numbers
        Number words and how they are put together.
    rules
        Triggers, cues and the words beside place names.
    """

    code: str
    dates: DateWords
    numbers: NumberWords
    rules: Rules


@cache
def available() -> tuple[str, ...]:
    """Give the codes of the languages that have a file.

    Examples
    --------
    >>> {"ar", "en"} <= set(available())
    True
    """
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load(language: str) -> Language:
    """Read a language's file; it is read once.

    Raises
    ------
    LanguageError
        There is no such language, or its file is wrong.

    Examples
    --------
    >>> load("ar").code
    'ar'
    """
    if language not in available():
        raise LanguageError(
            f"geomap has no language {language!r}; it reads {', '.join(available())} (a language is a file of "
            f"geomap/languages)"
        )
    name = f"{language}.toml"
    return read(language, name, (files(__name__) / name).read_text(encoding="utf-8"))


def read(code: str, file: str, content: str) -> Language:
    """Read the content of a language file; ``file`` is its name for messages.

    Raises
    ------
    LanguageError
        Names the file, the key and the cure.
    """
    try:
        parsed: dict[str, Any] = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(f"{file}: {error}; put words in quotes and lists in square brackets") from error
    table = Table(file, "", parsed)
    numbers = NumberWords.from_table(table.table("numbers"))
    return Language(code, DateWords.from_table(table.table("dates"), numbers), numbers, build_rules(parsed, file))
