"""A ``.jsonl`` file: one article a line, as an object whose only necessary key is ``text``."""

import json
import math
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, BinaryIO, NamedTuple

from geomap.articles.article import Article
from geomap.articles.decode import BOM, MAX_BYTES, decode, writable
from geomap.articles.identity import content_id
from geomap.articles.language import UNKNOWN, detect_language, language_code
from geomap.articles.problem import Problem, Unreadable, shortened


class Line(NamedTuple):
    """One line of a file and where it begins."""

    number: int
    offset: int
    data: bytes


def numbered_lines(stream: BinaryIO) -> Iterator[Line]:
    """Give the lines of a stream; only a line feed ends one: U+2028 is text inside a JSON string.

    No line is read further than one byte over `MAX_BYTES`; the rest of it is passed over.
    """
    number, offset = 1, 0
    while data := stream.readline(MAX_BYTES + 1):
        yield Line(number, offset, data)
        offset += len(data)
        while not data.endswith(b"\n") and (data := stream.readline(MAX_BYTES)):
            offset += len(data)
        number += 1


def read_jsonl(lines: Iterable[Line], source: str, published: date | None) -> Iterator[Article | Problem]:
    """Read articles line by line: the length of the file is not limited, that of a line is.

    Parameters
    ----------
    lines
        Of the file.
    source
        What to call it in messages.
    published
        The date of articles that carry none.

    Yields
    ------
    Article or Problem
        In the order of the lines.

    Examples
    --------
    >>> line = Line(1, 0, b'{"id": 7, "text": "The flood reached Derna on Sunday."}')
    >>> [article] = read_jsonl([line], "a.jsonl", None)
    >>> article.id, article.source
    ('7', 'a.jsonl:1')
    """
    empty = True
    for line in lines:
        bare = (line.data.removeprefix(BOM) if line.offset == 0 else line.data).strip()
        if not bare:
            continue
        if empty and (bare == b"{" or bare.startswith(b"[")):
            # Stop at one problem, where going on would give one for every line of it.
            fault = "one JSON document, not one object a line; convert the file: jq -c '.[]'"
            yield Unreadable(f"{source}:{line.number}", fault).problem
            return
        empty = False
        try:
            yield _article(line, source, published)
        except Unreadable as error:
            yield error.problem
    if empty:
        yield Unreadable(f"{source}:1", 'no article in it; write one object a line: {"text": "..."}').problem


def _article(line: Line, source: str, published: date | None) -> Article:
    where = f"{source}:{line.number}"
    if len(line.data) > MAX_BYTES:
        raise Unreadable(where, f"longer than {MAX_BYTES // 2**20} MB; split it into one article a line")
    record = _record(decode(line.data, source, line.number, line.offset), where)
    text = record.get("text")
    if text is None:
        raise Unreadable(where, 'no "text"; give the object a text')
    if not isinstance(text, str):
        raise Unreadable(where, f'"text" is a {_kind(text)}, not a string; give the text as one string')
    if not text.strip():
        raise Unreadable(where, "the article is empty; give it a text or leave the line out")
    text = writable(text)
    title = _string(record, "title", where)
    return Article(
        id=_id(record, where) or content_id(text, title),
        source=where,
        title=title,
        published=_published(record, where) or published,
        language=_language(record, where) or detect_language(text),
        text=text,
        url=_string(record, "url", where),
    )


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise Unreadable(
            where, f"broken JSON at character {error.colno} ({error.msg}); write one whole object a line"
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable(
            where, "JSON with a number of thousands of digits or thousands of brackets; correct the line"
        ) from None
    if not isinstance(record, dict):
        raise Unreadable(where, f'a JSON {_kind(record)}, not an object; write {{"text": "..."}}')
    return record


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    names: dict[type, str] = {str: "string", int: "number", float: "number", list: "list", dict: "object"}
    return names.get(type(value), "null")


def _string(record: dict[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable(where, f'"{key}" is a {_kind(value)}, not a string; correct it or leave it out')
    return writable(value) if value.strip() else None


def _id(record: dict[str, Any], where: str) -> str | None:
    value = record.get("id")
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return str(value)
    return _string(record, "id", where)


def _published(record: dict[str, Any], where: str) -> date | None:
    value = _string(record, "published", where)
    if value is None:
        return None
    try:
        # The day as the article dates it, in the time zone that it is written in.
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        raise Unreadable(
            where,
            f'"published" is no ISO date: "{shortened(value)}"; '
            "write 2023-12-08 or 2023-12-08T14:30:00+03:00, or leave it out",
        ) from None


def _language(record: dict[str, Any], where: str) -> str | None:
    value = _string(record, "language", where) or _string(record, "lang", where)
    if value is None:
        return None
    code = language_code(value)
    if code is None:
        raise Unreadable(
            where,
            f'"language" is no language code: "{shortened(value)}"; write "ar" or "en", or leave it out',
        )
    return None if code == UNKNOWN else code
