"""Text of articles made safe for a terminal."""

import unicodedata

_SAFE = "\n\t"


def printable(text: str) -> str:
    r"""Escape control characters and lone surrogates, which could move the cursor or break the output.

    Direction marks are kept (Arabic needs them), overrides are not.

    Examples
    --------
    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return "".join(c if c in _SAFE or not _is_unsafe(c) else c.encode("unicode_escape").decode() for c in text)


def _is_unsafe(c: str) -> bool:
    return unicodedata.category(c) in ("Cc", "Cs") or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
