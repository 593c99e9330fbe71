"""What can go wrong in geomap.

GeomapError
├── UsageError       the command was called wrongly            (also ValueError)
├── ArticleError     an article can't be read: file, line, cure (also ValueError)
├── LanguageError    a language file is wrong: file, key, cure  (also ValueError)
├── MapError         a map can't be built                       (also RuntimeError)
└── OutputError      a result can't be written                  (also OSError)
"""


class GeomapError(Exception):
    """Anything geomap raises on purpose; its message says what is wrong, where, and the cure."""


class UsageError(GeomapError, ValueError):
    """The command was called wrongly."""


class ArticleError(GeomapError, ValueError):
    """An article can't be read."""


class LanguageError(GeomapError, ValueError):
    """A language file is wrong."""


class MapError(GeomapError, RuntimeError):
    """A map can't be built."""


class OutputError(GeomapError, OSError):
    """A result can't be written."""
