"""The bytes of a file → text. Encodings are recognised by their marks, never guessed: a guess gives wrong names."""

import codecs
from pathlib import Path

from gazetteer.errors import SourceError

MAX_BYTES = 256 * 1024 * 1024
"""A file read whole; the 12 million rows of the full GeoNames dump (1.7 GB) are compiled line by line instead."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC_SHARE = 0.3


def read_text(path: Path) -> str:
    """Read a file of UTF-8, or UTF-16 or UTF-32 with its mark.

    Raises
    ------
    SourceError
        It is too large, can't be read, or is in another encoding; says which one it looks like and the cure.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(
                f"{path.name}: {size / 1e6:,.0f} MB are more than the {MAX_BYTES / 1e6:,.0f} MB that are read at once; "
                "split the file, or give the data as a GeoNames dump, which is compiled line by line (gazetteer build)"
            )
        return decode(path.read_bytes(), path.name)
    except OSError as error:
        raise SourceError(f"{path}: can't be read: {error.strerror or error}; check the path") from None


def decode(content: bytes, name: str) -> str:
    r"""Decode bytes.

    Examples
    --------
    >>> decode("name\nبغداد".encode("utf-16"), "x.csv").splitlines()
    ['name', 'بغداد']
    >>> decode("بغداد والبصرة".encode("cp1256"), "x.csv")
    Traceback (most recent call last):
    gazetteer.errors.SourceError: x.csv: not UTF-8 (byte 1); it looks like Windows-1256 (Arabic): save it as UTF-8...
    """
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        cure = "save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')"
        where = f"byte {error.start + 1}"
        if encoding != "utf-8":
            raise SourceError(f"{name}: damaged {encoding} ({where}); {cure}") from None
        if b"\x00" in content[:1000]:
            raise SourceError(f"{name}: neither UTF-8 nor UTF-16 with its mark ({where}); {cure}") from None
        if _looks_arabic(content):
            guess = "Windows-1256 (Arabic)"
            raise SourceError(
                f"{name}: not UTF-8 ({where}); it looks like {guess}: {cure}, or run "
                f"iconv -f WINDOWS-1256 -t UTF-8 {name} > utf8-{name}"
            ) from None
        raise SourceError(f"{name}: not UTF-8 ({where}); {cure}") from None


def _looks_arabic(content: bytes) -> bool:
    """Whether most bytes above ASCII are Arabic letters in Windows-1256."""
    high = bytes(b for b in content[:100_000] if b > 0x7F)  # noqa: PLR2004 - the end of ASCII
    letters = sum("\u0621" <= c <= "\u064a" for c in high.decode("cp1256", "replace"))
    return bool(high) and letters >= _ARABIC_SHARE * len(high) and letters > len(high) / 2
