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

/** Fold a text the long way: words of folded letters and digits, parted by one space. */
function foldSlowly(words_) {
  return words_.normalize("NFKD").replace(COMBINING, "").toLowerCase().replace(COMBINING, "")
    .replace(LETTER, (letter) => LETTERS[letter])
    .replace(DIGIT, (digit) => String(digit.codePointAt(0) & 15))
    .replace(/[^\p{L}\p{N}]+/gu, " ");
}

/* What a character becomes does not hang on its neighbours (that a final sigma does is folded away), so each is folded
   once and looked up after: a hundred thousand quotes are folded in the time that the long way takes for ten thousand. */

const SPACE = 32;
const SEVERAL_UNITS = 0xffff; // look into `unusual`: nothing, or more than one unit
const UNSEEN = 0xfffe;
const simple = new Uint16Array(65536).fill(UNSEEN);
const unusual = new Map();
const utf16 = new TextDecoder("utf-16le");
let written = new Uint16Array(1 << 14);

function learn(character) {
  const folded_ = foldSlowly(character);
  if (character.length > 1 || folded_.length !== 1) {
    unusual.set(character, folded_);
    if (character.length === 1) simple[character.charCodeAt(0)] = SEVERAL_UNITS;
  } else simple[character.charCodeAt(0)] = folded_.charCodeAt(0);
}

/** Fold a text: words of folded letters and digits, parted by one space. */
function fold(text_) {
  const { length } = text_;
  if (written.length < 18 * length + 1) written = new Uint16Array(36 * length + 1); // no character has a longer NFKD
  let end = 0;
  const put = (unit) => {
    if (unit !== SPACE || (end > 0 && written[end - 1] !== SPACE)) written[end++] = unit;
  };
  for (let k = 0; k < length; k += 1) {
    const unit = text_.charCodeAt(k);
    let known_ = simple[unit];
    if (known_ < UNSEEN) {
      put(known_);
      continue;
    }
    const pair = unit >= 0xd800 && unit < 0xdc00 && (text_.charCodeAt(k + 1) & 0xfc00) === 0xdc00;
    const character = pair ? text_.slice(k, k + 2) : text_[k];
    if (!unusual.has(character) && (pair || known_ === UNSEEN)) learn(character);
    known_ = pair ? SEVERAL_UNITS : simple[unit];
    if (known_ < UNSEEN) put(known_);
    else for (const part of unusual.get(character)) for (let u = 0; u < part.length; u += 1) put(part.charCodeAt(u));
    if (pair) k += 1;
  }
  if (end > 0 && written[end - 1] === SPACE) end -= 1;
  return utf16.decode(written.subarray(0, end));
}

const folded = { lines: new Array(N), done: 0, strings: [] };

/** One of the page's texts, folded: many incidents share them. */
function foldedText(k) {
  return (folded.strings[k] ??= fold(textOf(k)));
}

const foldedOnce = new Map();

function foldedWords(words_) {
  if (!foldedOnce.has(words_)) foldedOnce.set(words_, fold(words_));
  return foldedOnce.get(words_);
}

/** What is searched of an incident, folded once: straight from the columns, for there may be many. */
function lineOf(n) {
  const parts = [foldedText(fields.title[n]), foldedWords(kindOf({ type: textAt(fields.type[n]), sub: textAt(fields.sub[n]) }))];
  const k = fields.place[n];
  if (k >= 0) {
    for (const name of ["written", "name", "admin1"]) parts.push(foldedText(placeColumn[name]?.[k] ?? 0));
    const country = countryNameOf(placeColumn.country?.[k] ?? 0);
    if (country) parts.push(foldedWords(country));
  }
  parts.push(foldedText(fields.actor[n]), foldedText(fields.target[n]));
  for (let r = firstReport[n]; r < firstReport[n + 1]; r += 1) parts.push(foldedText(data.reports.source?.[r] ?? 0));
  for (let q = firstQuote[n]; q < firstQuote[n + 1]; q += 1) parts.push(fold(quotedWords(q)));
  return parts.join("|");
}

const placeColumn = data.places;
const countryNames = [];

function countryNameOf(k) {
  return (countryNames[k] ??= countryName(textAt(k)) ?? "");
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
  const bits = new Uint8Array(N);
  for (let n = 0; n < N; n += 1) {
    const line = folded.lines[n];
    bits[n] = wanted.every((word) => line.includes(word)) ? 1 : 0;
  }
  return bits;
}
