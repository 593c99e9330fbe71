"""Bytes → text, with every character where the file has it: nothing is stripped, joined or normalised."""

import re

from geomap.articles.problem import Unreadable

MAX_BYTES = 64 * 1024 * 1024
"""The largest single article. A book has one megabyte; beyond this it is a dump that should be split."""

BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
# A lone surrogate is no character and no encoder writes it; a NUL cuts strings silently in GeoJSON readers.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def writable(text: str) -> str:
    r"""Replace what can't be written as UTF-8 or GeoJSON by U+FFFD, one for one, so that offsets stay.

    Examples
    --------
    >>> writable("a\ud83d\x00b") == "a\ufffd\ufffdb"
    True
    """
    return _UNWRITABLE.sub(REPLACEMENT, text)


def decode(data: bytes, source: str, first_line: int = 1, first_byte: int = 0) -> str:
    """Decode UTF-8 strictly; a byte order mark at the start of the file is dropped.

    Parameters
    ----------
    data
        The bytes of a file, or of one line of it.
    source
        The file, for the message.
    first_line, first_byte
        Where ``data`` begins in the file, for the message.

    Raises
    ------
    Unreadable
        Binary or not UTF-8; the message begins with the file and line.

    Examples
    --------
    >>> decode("خبر".encode(), "a.txt")
    'خبر'
    """
    if first_byte == 0 and data.startswith(_WIDE_BOMS):
        raise Unreadable(f"{source}:1", "UTF-16, not UTF-8; convert the file: iconv -f UTF-16 -t UTF-8")
    nul = data.find(b"\x00")
    if nul >= 0:
        line = first_line + data.count(b"\n", 0, nul)
        raise Unreadable(
            f"{source}:{line}", f"binary data (a NUL at byte {first_byte + nul}); give plain text in UTF-8"
        )
    bom = len(BOM) if first_byte == 0 and data.startswith(BOM) else 0
    try:
        return data[bom:].decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + bom
        line = first_line + data.count(b"\n", 0, at)
        raise Unreadable(
            f"{source}:{line}",
            f"byte {first_byte + at} (0x{data[at]:02x}) is not valid UTF-8; "
            "save the file as UTF-8 (Arabic Windows text: iconv -f WINDOWS-1256 -t UTF-8)",
        ) from None
