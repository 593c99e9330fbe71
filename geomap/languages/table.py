"""Reading the tables of a language file, with messages for people who edit the file and do not program."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geomap.errors import LanguageError


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a language file that knows where it stands.

    Attributes
    ----------
    file
        The file's name, for messages.
    name
        The table's name in the file: ``dates.months``; empty for the file itself.
    content
        What it holds.
    """

    file: str
    name: str
    content: dict[str, Any]

    def wrong(self, key: str, what: str) -> LanguageError:
        """Make the error that names the file, the key and the cure."""
        where = f"[{self.name}] {key}" if self.name else key
        return LanguageError(f"{self.file}, {where}: {what}")

    def table(self, key: str) -> "Table":
        """Give a table inside this one; an absent one is empty."""
        found = self.content.get(key, {})
        if not isinstance(found, dict):
            name = f"{self.name}.{key}" if self.name else key
            raise self.wrong(key, f"is not a table; write its entries below a line [{name}]")
        return Table(self.file, f"{self.name}.{key}" if self.name else key, found)

    def words(self, key: str) -> tuple[str, ...]:
        """Give a list of words or phrases; an absent one is empty."""
        found = self.content.get(key, [])
        if not isinstance(found, list) or not all(isinstance(word, str) and word.strip() for word in found):
            raise self.wrong(key, f'is not a list of words in quotes; write {key} = ["one", "another"]')
        return tuple(found)

    def signs(self, key: str) -> tuple[str, ...]:
        """Give a list of single characters, spaces among them; an absent one is empty."""
        found = self.content.get(key, [])
        if not isinstance(found, list) or not all(isinstance(sign, str) and len(sign) == 1 for sign in found):
            raise self.wrong(key, f'is not a list of single signs in quotes; write {key} = [",", "."]')
        return tuple(found)

    def one_of(self, key: str, choices: tuple[str, ...]) -> str:
        """Give a word that has to be one of a few; the first of them when absent."""
        found = self.content.get(key, choices[0])
        if found not in choices:
            raise self.wrong(key, f"{found!r} is not known; write one of {', '.join(choices)}")
        return str(found)

    def several_of(self, key: str, choices: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
        """Give a list of words that all have to be known ones."""
        found = self.words(key) or default
        for word in found:
            if word not in choices:
                raise self.wrong(key, f"{word!r} is not known; write some of {', '.join(choices)}")
        return found

    def yes(self, key: str) -> bool:
        """Give a true or false; false when absent."""
        found = self.content.get(key, False)
        if not isinstance(found, bool):
            raise self.wrong(key, f"is neither true nor false; write {key} = true")
        return found

    def number_keys(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Go through entries whose keys are numbers: ``3 = ["three"]``."""
        for key in self.content:
            if not key.isdecimal():
                raise self.wrong(key, 'is not a number; write entries such as 3 = ["three"]')
            yield int(key), self.words(key)

    def known(self, *keys: str) -> "Table":
        """Refuse keys that nothing reads, which are spelling mistakes; give the table back."""
        for key in self.content:
            if key not in keys:
                raise self.wrong(key, f"is not known; write one of {', '.join(sorted(keys))}, or remove it")
        return self
