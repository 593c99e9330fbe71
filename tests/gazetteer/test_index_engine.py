"""The fast scan gives what a plain one gives, in one piece or in many, and hostile text costs linear time."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer, scanner
from gazetteer.format import LONGEST_NAME_WORDS, BlockKind, NameFlag
from gazetteer.names import words

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles" / "news.jsonl"
TEXTS = [json.loads(line)["text"] for line in EXAMPLES.read_text("utf-8").splitlines()]
Span = tuple[int, int, str]


def plain_scan(world: Gazetteer, text: str) -> list[Span]:
    """Every window of words is looked up whole: slow, and too simple to be wrong. No clitics, no endings."""
    tokens = words(text)

    def longest(i: int) -> int:
        for last in range(min(i + LONGEST_NAME_WORDS, len(tokens)) - 1, i - 1, -1):
            if world.names.meanings(" ".join(token.folded for token in tokens[i : last + 1])):
                return last
        return -1

    found = []
    i = 0
    while i < len(tokens):
        last = longest(i)
        if last < 0 or any(longest(k) - k > last - i for k in range(i + 1, last + 1)):
            i += 1
            continue
        found.append((tokens[i].start, tokens[last].end, " ".join(token.folded for token in tokens[i : last + 1])))
        i = last + 1
        between = text[tokens[last].end : tokens[i].start] if i < len(tokens) else ""
        if between in ("'", "’") and (tokens[i].folded == "s" or tokens[i].folded in scanner.TURKISH_SUFFIXES):
            i += 1
    return found


def fast_scan(world: Gazetteer, text: str) -> list[Span]:
    return [(m.start, m.end, m.key) for m in world.scan(text)]


PARTS = (
    "New",
    "York",
    "City",
    "the",
    "Gulf",
    "of",
    "Aden",
    "San",
    "José",
    "de",
    "la",
    "Deir",
    "ez-Zor",
    "Sana'a",
    "'s",
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from((*PARTS, "x", "ʼ", "\n", "İ")), max_size=25).map(" ".join))
def test_names_in_any_order_are_found_as_by_a_plain_scan(world: Gazetteer, text: str) -> None:
    assert fast_scan(world, text) == plain_scan(world, text)


@pytest.mark.parametrize("text", [text for text in TEXTS if text.isascii() or "the" in text])
def test_an_article_is_found_as_by_a_plain_scan(world: Gazetteer, text: str) -> None:
    assert fast_scan(world, text) == plain_scan(world, text)


@pytest.mark.parametrize("chunk", [200, 1000, 7919])
def test_a_text_scanned_in_pieces_gives_what_it_gives_whole(
    world: Gazetteer, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    text = " ʼ ".join(TEXTS * 3)
    whole = list(world.scan(text, words(text)))
    monkeypatch.setattr(scanner, "_CHUNK", chunk)
    assert list(world.scan(text)) == whole
    assert whole[-1].last > len(words(text)) / 2


def test_forgetting_changes_nothing(world: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(TEXTS)
    known = list(world.scan(text))
    monkeypatch.setattr(scanner, "_REMEMBERED", 50)
    assert list(world.scan(text)) == known


def test_what_is_remembered_is_bounded(world: Gazetteer) -> None:
    text = " ".join(f"the w{i}" for i in range(200_000))
    for _ in world.scan(text):
        pass
    engine = world.names._scanner(None)
    assert engine._entries <= scanner._REMEMBERED
    assert len(engine._root) <= scanner._REMEMBERED


@pytest.mark.parametrize(
    "text",
    ["x" * 2_000_000, "San " * 300_000, "Deir ez " * 150_000, "\ud800\x00 " * 300_000, "ـ" * 500_000, "ʼ " * 300_000],
    ids=["one word", "one beginning", "two words", "surrogates", "tatweel", "words that fold to nothing"],
)
def test_hostile_texts_end(world: Gazetteer, text: str) -> None:
    assert all(text[m.start : m.end].strip() for m in world.scan(text))


def test_an_everyday_word_is_blocked_in_its_own_language(world: Gazetteer) -> None:
    boden = [p for p in world.names.meanings("Boden") if p.flags & NameFlag.BLOCK]
    assert [p.blocked(language) for p in boden for language in ("de", "en", None, "xx")] == [
        BlockKind.EVERYDAY, None, BlockKind.EVERYDAY, BlockKind.EVERYDAY,
    ]  # fmt: skip
    david = [p for p in world.names.meanings("David") if p.flags & NameFlag.BLOCK]
    assert {p.blocked(language) for p in david for language in ("de", "en", "uk")} == {BlockKind.EVERYDAY}
    assert all(p.blocked("en") is None for p in world.names.meanings("Baghdad"))
