/* Text into nodes. Everything a reader sees goes through `el` and `show`: text nodes only, never markup. */

/* Latin digits and the Gregorian calendar, as the articles mostly have them: some locales would change both. */
const locale = `${words.locale}-u-nu-latn-ca-gregory`;

/* What turns or hides text: controls, and the explicit bidi overrides, embeddings and isolates. The marks LRM, RLM
   and ALM are left: they are common in honest Arabic text and move nothing but the punctuation beside them. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/u;

const RIGHT_TO_LEFT = new Set(["ar", "arc", "azb", "ckb", "dv", "fa", "he", "ks", "pnb", "ps", "sd", "ug", "ur", "yi"]);

/** The direction of a language; `auto` lets the browser look at the text when the language is unknown. */
function directionOf(language) {
  if (!language) return "auto";
  return RIGHT_TO_LEFT.has(language.toLowerCase().split("-")[0]) ? "rtl" : "ltr";
}

/** Append text; a character that would hide or turn the rest is shown by its number instead. */
function show(node, text) {
  const whole = String(text);
  if (!HIDDEN.test(whole)) {
    if (whole) node.append(document.createTextNode(whole));
    return;
  }
  for (const part of whole.split(new RegExp(`(${HIDDEN.source})`, "u"))) {
    if (part === "") continue;
    if (HIDDEN.test(part)) {
      const code = part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      node.append(el("span", { class: "hidden-character", dir: "ltr" }, `U+${code}`));
    } else {
      node.append(document.createTextNode(part));
    }
  }
}

/** For attributes and the window's title, which hold no elements. */
function plain(text) {
  return String(text).split("").map((c) => (HIDDEN.test(c) ? "\ufffd" : c)).join("");
}

/** Make an element. Children are strings (shown as text), nodes, or null (left out). */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined) continue;
    if (typeof child === "string") show(node, child);
    else node.append(child);
  }
  return node;
}

/** Foreign words among ours: isolated, so that their direction moves nothing around them. */
function foreign(text, language = null) {
  return el("bdi", { dir: directionOf(language), lang: language }, text);
}

/** Fill the {holes} of a phrase with nodes or strings; gives the list of parts. */
function phrase(template, holes = {}) {
  return template.split(/(\{\w+\})/).filter(Boolean).map((part) => {
    const hole = /^\{(\w+)\}$/.exec(part);
    return hole && hole[1] in holes ? holes[hole[1]] : part;
  });
}

/** The interface's word for a code, or the code itself: "constructor" is no word of ours. */
function wordOf(table, code) {
  return Object.hasOwn(words[table], code) ? words[table][code] : code;
}

const plurals = new Intl.PluralRules(words.language);
const numbers = new Intl.NumberFormat(locale);

/** A number with its noun in the right form: "1 incident", "حادثتان". */
function counted(forms, n) {
  const form = (n === 0 && forms.zero) || forms[plurals.select(n)] || forms.other;
  return form.replace("{n}", numbers.format(n));
}

/** A range as people write it: 3, 10–12, at least 30. Numbers keep their order in right-to-left text. */
function range(ends) {
  if (!ends) return [];
  const [low, high] = ends;
  if (low !== null && low === high) return [numberNode(low)];
  if (low !== null && high !== null) return [numberNode(low), "–", numberNode(high)];
  if (low !== null) return phrase(words.at_least, { n: numberNode(low) });
  return high === null ? [] : phrase(words.at_most, { n: numberNode(high) });
}

function numberNode(n) {
  return el("bdi", { dir: "ltr" }, numbers.format(n));
}

const dayFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const monthFormat = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
const yearFormat = new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" });

/** A date of ISO 8601 in words; one that is none is shown as it stands. */
function day(iso, format = dayFormat) {
  const time = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(time.getTime()) ? String(iso) : format.format(time);
}

/** When it happened, as precisely as it is known and no more. */
function when(span) {
  if (!span || (!span.start && !span.end)) return [words.no_date];
  if (!span.end) return phrase(words.from_date, { date: day(span.start) });
  if (!span.start) return phrase(words.until_date, { date: day(span.end) });
  if (span.precision === "year") return [day(span.start, yearFormat)];
  if (span.precision === "month") return [day(span.start, monthFormat)];
  if (span.start === span.end) return [day(span.start)];
  return [foreign(day(span.start), words.language), " – ", foreign(day(span.end), words.language)];
}

const countries = new Intl.DisplayNames([words.language], { type: "region", fallback: "none" });

/** A country's name in the reader's language, where the browser knows it. */
function countryName(code) {
  try {
    return code ? countries.of(code) ?? null : null;
  } catch {
    return null; // no code at all: DisplayNames is strict about its form
  }
}

/** The name of an incident's place: in the reader's language where there is one, else as the text or gazetteer has it. */
function placeName({ place: at, lang }) {
  if (!at) return foreign(words.no_place, words.language);
  const country = at.precision === "country" ? countryName(at.country) : null;
  if (country) return foreign(country, words.language);
  if (lang === words.language || !at.name) return foreign(at.written, lang);
  return foreign(at.name);
}

/** The same, with what the text writes and the country, as far as they add something. */
function placeInFull(about) {
  const { place: at, lang } = about;
  const name = placeName(about);
  if (!at) return [name];
  const parts = [name];
  const said = [name.textContent];
  const others = [
    foreign(at.written, lang),
    foreign(at.precision === "country" ? "" : at.name),
    foreign(countryName(at.country) ?? "", words.language),
  ];
  for (const other of others) {
    const words_ = other.textContent;
    if (words_ && !said.some((one) => one.toLowerCase() === words_.toLowerCase())) {
      parts.push(words.direction === "rtl" ? "، " : ", ", other);
      said.push(words_);
    }
  }
  return parts;
}

/** How precisely: "site", "area: country". A place that is no point is always called an area. */
function precisionOf({ place: at, mark }, isArea) {
  const kind = wordOf("precision", at.precision);
  if (!isArea) return kind;
  return phrase(data.marks.areas[mark]?.rough ? words.approximate : words.area_of, { kind }).join("");
}

function distance(metres) {
  const rounded = Number(metres.toPrecision(2));
  return rounded < 1000
    ? words.metres.replace("{n}", numbers.format(rounded))
    : words.kilometres.replace("{n}", numbers.format(rounded / 1000));
}

/** A link that leaves the map, as [link, host]: http and https only, and the reader sees to which host. Else null. */
function link(text, address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  return [
    el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text),
    " ",
    el("bdi", { dir: "ltr", class: "host" }, url.hostname),
  ];
}

const languageNames = new Intl.DisplayNames([words.language], { type: "language", fallback: "code" });

/** A language's name in the reader's language; what is no language is shown as it stands. */
function languageName(code) {
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** The host of an address, or null: who publishes it, as far as an address says. */
function hostOf(address) {
  try {
    return new URL(address).hostname.replace(/^www\./u, "") || null;
  } catch {
    return null;
  }
}

/** Whose places stand over the embedded ones: the files that the map's maker gave, or nothing. */
function ownGazetteer() {
  return data.own.length ? [phrase(words.own_gazetteer, { names: data.own.join(", ") }).join("")] : [];
}
