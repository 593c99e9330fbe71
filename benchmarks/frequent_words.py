"""Write geomap/languages/frequent/*.txt: frequent words, from `wordfreq` at development time.

python benchmarks/frequent_words.py      (needs wordfreq 3.1.1; the same bytes each time)
"""

from pathlib import Path

import wordfreq

from gazetteer.names import fold

FOLDER = Path(__file__).parents[1] / "geomap" / "languages" / "frequent"
COUNTS = {"ar": 40_000, "fa": 30_000, "he": 40_000, "de": 40_000}
"""Languages that do not tell names by capitals: of Arabic and Hebrew script, and German, whose nouns have them."""
_SHORTEST = 3

if __name__ == "__main__":
    for language, count in COUNTS.items():
        folded = {fold(word) for word in wordfreq.top_n_list(language, count)}
        words = sorted(
            word
            for word in folded
            if word.isalpha() and len(word) >= _SHORTEST and word.isascii() == (language == "de")
        )
        (FOLDER / f"{language}.txt").write_text("\n".join(words) + "\n", "utf-8")
