import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.names import words
from geomap.tokens import sentences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("قال نعم. وأضاف لا؟ انتهى", ["قال نعم.", "وأضاف لا؟", "انتهى"]),
        ("Gen. Smith left. He ate.", ["Gen. Smith left.", "He ate."]),
        ("The U.S. army moved. It stopped.", ["The U.S. army moved.", "It stopped."]),
        ("J. Smith left.", ["J. Smith left."]),
        ("It rose 3.5 percent. Then fell.", ["It rose 3.5 percent.", "Then fell."]),
        ('"Stop." He left.', ['"Stop."', "He left."]),
        ("5. kattan düştü. Öldü.", ["5. kattan düştü.", "Öldü."]),
        ("It happened in 2024. Then it ended.", ["It happened in 2024.", "Then it ended."]),
        ("Title\nBody text", ["Title", "Body text"]),
        ("", []),
        ("...", []),
    ],
)
def test_sentences(text: str, wanted: list[str]) -> None:
    found = sentences(text, words(text), frozenset({"gen", "u.s"}))
    assert [text[s.start : s.end] for s in found] == wanted


@given(st.text(alphabet="ab .!?؟\n\"'اب1", max_size=60))
def test_sentences_cover_all_words_in_order(text: str) -> None:
    tokens = words(text)
    found = sentences(text, tokens)
    assert [k for s in found for k in range(s.first, s.last)] == list(range(len(tokens)))
