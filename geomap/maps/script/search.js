/* Full-text search over titles, places, sources and quotes. Two spellings that a reader takes for the same are found
   by each other: the folding is that of the gazetteer's names (gazetteer/names.py). */

const COMBINING = /\p{M}+/gu;
const LETTERS = {
  "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ێ": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه",
  "ۃ": "ه", "ٱ": "ا", "ـ": "", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
  "ə": "a", "ʻ": "", "ʿ": "", "ʾ": "", "ʼ": "", "ʹ": "", "ʺ": "", "ß": "ss", "ς": "σ",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;

/** Fold a text: words of folded letters and digits, parted by one space. */
function fold(words_) {
  const lower = words_.normalize("NFKD").replace(COMBINING, "").toLowerCase().replace(COMBINING, "");
  if (/^[\u0000-\u007f]*$/u.test(lower)) return lower.replace(/[^a-z0-9]+/gu, " ").trim();
  return lower
    .replace(LETTER, (letter) => LETTERS[letter])
    .replace(DIGIT, (digit) => String(digit.codePointAt(0) & 15))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const folded = { lines: new Array(N), done: 0 };

/** What is searched of an incident: folded once. */
function lineOf(n) {
  const { title, place: at, actor, target } = incident(n);
  const said = reportsOf(n).map(({ source }) => source);
  const country = countryName(at?.country ?? null) ?? "";
  const own = fold([title, at?.written, at?.name, at?.admin1, country, actor, target, ...said].filter(Boolean).join(" · "));
  const quoted = quotesOf(n).map(({ exact }) => fold(exact));
  return [own, ...quoted].join(" | ");
}

/** Fold what is left, as long as there is time; gives whether all is done. */
function foldUntil(deadline) {
  while (folded.done < N) {
    folded.lines[folded.done] = lineOf(folded.done);
    folded.done += 1;
    if (folded.done % 50 === 0 && performance.now() > deadline) return false;
  }
  return true;
}

/** Fold in the pauses, so that the first search need not wait. */
function foldInPauses() {
  const soon = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  const turn = () => {
    if (!foldUntil(performance.now() + 12)) soon(turn);
  };
  soon(turn);
}

/** Which incidents hold every word of a query: a bit each, or null when the query has no words. */
function search(query) {
  const wanted = fold(query).split(" ").filter(Boolean);
  if (!wanted.length) return null;
  foldUntil(Infinity);
  const found = new Uint8Array(N);
  for (let n = 0; n < N; n += 1) {
    const line = folded.lines[n];
    found[n] = wanted.every((word) => line.includes(word)) ? 1 : 0;
  }
  return found;
}
