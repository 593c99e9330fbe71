"""Answers of geocoders, kept on disk: the same name is not asked twice, this year or next.

Only answers are kept ("not known" is one), never failures. A file that can't be used is a warning, and the answers of
this run are kept in memory.
"""

import json
import sqlite3
from contextlib import suppress
from pathlib import Path

from gazetteer.online_answers import Answer, from_record, records

_SCHEMA = """CREATE TABLE IF NOT EXISTS answers (
  server TEXT NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL, answers TEXT NOT NULL,
  PRIMARY KEY (server, language, name)) WITHOUT ROWID"""
_WAIT_S = 2.0

Key = tuple[str, str, str]
"""Server, language, folded name."""


class Cache:
    """Answers by server, language and name.

    Parameters
    ----------
    path
        The file, made when it is not there; None for memory only.

    Examples
    --------
    >>> cache = Cache(None)
    >>> cache.put(("http://127.0.0.1", "en", "xan"), ())
    >>> cache.get(("http://127.0.0.1", "en", "xan")), cache.get(("http://127.0.0.1", "en", "other"))
    ((), None)
    """

    def __init__(self, path: Path | None) -> None:
        self.warnings: list[str] = []
        self._memory: dict[Key, tuple[Answer, ...]] = {}
        self._file: sqlite3.Connection | None = None
        self._path = path
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
                self._file.execute(_SCHEMA)
                self._file.execute("SELECT server, language, name, answers FROM answers LIMIT 1").fetchone()
            except (OSError, sqlite3.Error) as error:
                self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()
            self._file = None

    def get(self, key: Key) -> tuple[Answer, ...] | None:
        """Give what was answered before, None when it was never asked."""
        if key in self._memory:
            return self._memory[key]
        if self._file is None:
            return None
        try:
            row = self._file.execute(
                "SELECT answers FROM answers WHERE server = ? AND language = ? AND name = ?", key
            ).fetchone()
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if row is None:
            return None
        with suppress(ValueError, TypeError):
            return tuple(from_record(values) for values in json.loads(row[0]))
        return None  # another version wrote it: asked again

    def put(self, key: Key, answers: tuple[Answer, ...]) -> None:
        """Keep an answer."""
        self._memory[key] = answers
        if self._file is None:
            return
        try:
            text = json.dumps(list(records(answers)), ensure_ascii=False)
            self._file.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", (*key, text))
        except (sqlite3.Error, ValueError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.warnings.append(f"{self._path}: answers can't be kept there ({error}); they are kept for this run only")
        self.close()
