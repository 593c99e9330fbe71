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
const UNSEEN = 0xffff; // or nothing, or more than one unit: look into `unusual`
const simple = new Uint16Array(65536).fill(UNSEEN);
const unusual = new Map();
const utf16 = new TextDecoder("utf-16le");
let written = new Uint16Array(1 << 14);

let end = 0;

/** Fold a text on to the end of what is written: words of folded letters and digits, parted by one space. */
function foldOn(text_) {
  const { length } = text_;
  const from = end;
  if (written.length < end + 18 * length + 1) { // no character has a longer NFKD
    const more = new Uint16Array(2 * (end + 18 * length + 1));
    more.set(written.subarray(0, end));
    written = more;
  }
  let last = SPACE;
  for (let k = 0; k < length; k += 1) {
    const unit = text_.charCodeAt(k);
    const known_ = simple[unit];
    if (known_ < UNSEEN) {
      if (known_ !== SPACE || last !== SPACE) written[end++] = last = known_;
      continue;
    }
    const pair = unit >= 0xd800 && unit < 0xdc00 && (text_.charCodeAt(k + 1) & 0xfc00) === 0xdc00;
    const character = pair ? text_.slice(k, k + 2) : text_[k];
    if (pair) k += 1;
    for (const part of foldedCharacter(character)) {
      for (let u = 0; u < part.length; u += 1) {
        const one = part.charCodeAt(u);
        if (one !== SPACE || last !== SPACE) written[end++] = last = one;
      }
    }
  }
  if (end > from && last === SPACE) end -= 1;
}

/** What one character becomes; learnt when it is first seen. */
function foldedCharacter(character) {
  let folded_ = unusual.get(character);
  if (folded_ === undefined) {
    folded_ = foldSlowly(character);
    if (character.length === 1 && folded_.length === 1) simple[character.charCodeAt(0)] = folded_.charCodeAt(0);
    else unusual.set(character, folded_);
  }
  return folded_;
}

function fold(text_) {
  end = 0;
  foldOn(text_);
  return utf16.decode(written.subarray(0, end));
}

/* What is searched: quotes, and the texts of the page that titles, places, people and sources are. They are folded many
   at a time, each once, in the pauses. */

const CHUNK = 200;
const folded = { quotes: new Array(firstQuote[N]), texts: new Array(data.strings.length).fill(""), done: 0, wanted: null };

/** The numbers of the texts that are searched, each once. */
function searchedTexts() {
  const { written: as = [], name = [], admin1 = [] } = data.places;
  const used = new Uint8Array(data.strings.length);
  for (const numbers_ of [fields.title, fields.actor, fields.target, as, name, admin1, data.reports.source ?? []]) {
    for (const k of numbers_) used[k] = 1;
  }
  return Uint32Array.from(used.keys()).filter((k) => used[k]);
}

/** Fold what is left, as long as there is time; gives whether all is done. */
function foldUntil(deadline) {
  folded.wanted ??= searchedTexts();
  const { wanted, quotes: said, texts } = folded;
  const all = wanted.length + said.length;
  while (folded.done < all) {
    const from = folded.done;
    const ends = [0];
    end = 0;
    for (let k = from; k < all && k < from + CHUNK; k += 1) {
      foldOn(k < wanted.length ? textOf(wanted[k]) : quotedWords(k - wanted.length));
      ends.push(end);
    }
    const whole = utf16.decode(written.subarray(0, end));
    for (let k = 0; k + 1 < ends.length; k += 1) {
      const one = whole.slice(ends[k], ends[k + 1]);
      if (from + k < wanted.length) texts[wanted[from + k]] = one;
      else said[from + k - wanted.length] = one;
    }
    folded.done = from + ends.length - 1;
    if (performance.now() > deadline) return false;
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

/** What a reader sees in place of a code: the kind of an event, a country. */
function saidOf(kind, code) {
  return kind === "country" ? countryName(code) ?? "" : wordOf(kind, code);
}

/** Which incidents hold a folded word: a bit each. */
function holding(word) {
  const known_ = new Int8Array(data.strings.length).fill(-1);
  const inText = (k) => {
    if (known_[k] < 0) known_[k] = folded.texts[k].includes(word) ? 1 : 0;
    return known_[k] === 1;
  };
  const inWords = new Map();
  const inCode = (kind, k) => {
    if (!k) return false;
    const key = `${kind} ${k}`;
    if (!inWords.has(key)) inWords.set(key, fold(saidOf(kind, textOf(k))).includes(word));
    return inWords.get(key);
  };
  const { written: as = [], name = [], admin1 = [], country = [] } = data.places;
  const inPlace = Uint8Array.from({ length: places.length }, (_, k) =>
    (inText(as[k] ?? 0) || inText(name[k] ?? 0) || inText(admin1[k] ?? 0) || inCode("country", country[k]) ? 1 : 0));
  const typed = Array.from(facets.type.values, (value) => fold(saidOf("event_type", value)).includes(word));
  const { source = [] } = data.reports;
  const { title, sub, place: placeOf, actor, target } = fields;
  const bits = new Uint8Array(N);
  for (let n = 0; n < N; n += 1) {
    let hit = inText(title[n]) || typed[facets.type.codes[n]] || inCode("sub_type", sub[n]) || inText(actor[n]) || inText(target[n])
      || (placeOf[n] >= 0 && inPlace[placeOf[n]] === 1);
    for (let r = firstReport[n]; !hit && r < firstReport[n + 1]; r += 1) hit = inText(source[r] ?? 0);
    for (let q = firstQuote[n]; !hit && q < firstQuote[n + 1]; q += 1) hit = folded.quotes[q].includes(word);
    bits[n] = hit ? 1 : 0;
  }
  return bits;
}

/** Which incidents hold every word of a query: a bit each, or null when the query has no words. */
function search(query) {
  const wanted = [...new Set(fold(query).split(" ").filter(Boolean))];
  if (!wanted.length) return null;
  foldUntil(Infinity);
  return wanted.map(holding).reduce((all, bits) => all.map((bit, n) => bit & bits[n]));
}
