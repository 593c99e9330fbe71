/* The card of an incident: what is known, how well, and the words that prove it. Built of text nodes only. */

const COMMA = words.direction === "rtl" ? "، " : ", ";
const MOST = 200; // lines in the card of one place; a filter leads to the others

/** One incident in full. `onBack` leads to the other incidents of its mark. */
function incidentCard(about, { onBack = null } = {}) {
  const { proof, others } = evidence(about);
  const card = el(
    "article",
    { class: "card", dir: words.direction },
    onBack && el("button", { type: "button", class: "back" }, words.back),
    el("h3", { tabindex: -1 }, ...titleOf(about)),
    el("p", { class: "kind" }, icon(symbolOf(about.type), drawnAs(about)), " ", kindOf(about), " ", statusOf(about)),
    proof,
    facts(about),
    about.mark === null ? el("p", { class: "note" }, words.off_map) : null,
    others,
    actions(about),
  );
  if (onBack) card.querySelector(".back").addEventListener("click", onBack);
  return card;
}

/** The incidents of one mark; `onChoose(n)` opens one. */
function placeCard(indices, onChoose) {
  const items = indices.slice(0, MOST).map((n) => {
    const button = incidentButton(incident(n));
    button.addEventListener("click", () => onChoose(n));
    return el("li", {}, button);
  });
  const heading = [placeName(incident(indices[0])), " · ", counted(words.incidents, indices.length)];
  const more = indices.length > MOST ? el("p", { class: "note" }, counted(words.more, indices.length - MOST)) : null;
  return el("article", { class: "card", dir: words.direction }, el("h3", { tabindex: -1 }, ...heading), el("ol", { class: "incidents" }, items), more);
}

/** What happened, and where, in the reader's language: the article's own words are under it, as a quote. */
function titleOf(about) {
  const kind = about.sub ? wordOf("sub_type", about.sub) : wordOf("event_type", about.type ?? "");
  const [first = "", ...rest] = kind;
  const said = first.toLocaleUpperCase(locale) + rest.join("");
  return about.place ? [said, " – ", placeName(about)] : [said];
}

const plainTitle = (about) => plain(titleOf(about).map((part) => part.textContent ?? part).join(""));

const GLIMPSE = 160; // UTF-16 units: more than fit a line

/** The first words of the proof, in one line. */
function glimpse(n) {
  if (firstQuote[n] === firstQuote[n + 1]) return null;
  const { lang } = article(excerptRows.row(quotes.row(firstQuote[n]).excerpt).article) ?? { lang: null };
  const quoted = quotedWords(firstQuote[n]).trim();
  const short = quoted.length > GLIMPSE ? `${quoted.slice(0, GLIMPSE).replace(/\s+\S*$/u, "").replace(/[\ud800-\udbff]$/u, "")}…` : quoted;
  return el("span", { class: "said-so", dir: directionOf(lang), lang }, short);
}

/** One line of a list of incidents. */
function incidentButton(about) {
  const { place: at } = about;
  const events = eventsOf([about.n]);
  return el(
    "button",
    { type: "button", "data-incident": about.n },
    icon(symbolOf(about.type), drawnAs(about)),
    el(
      "span",
      { class: "line" },
      el("span", { class: "title" }, ...titleOf(about)),
      glimpse(about.n),
      el(
        "span",
        { class: "when" },
        ...when(about.when), at && ` · ${precisionOf(about, isAreal(about))}`, at ? null : ` · ${words.no_place}`,
        ...(events[0] === 1 && events[1] === 1 ? [] : [" · ", ...range(about.count)]),
      ),
    ),
  );
}

/** Whether an incident is drawn as an area; one that is not drawn is what its precision says. */
function isAreal(about) {
  if (about.mark !== null) return about.mark < data.marks.areas.length;
  return !["site", "district", "settlement"].includes(about.place?.precision);
}

function kindOf(about) {
  const type = wordOf("event_type", about.type);
  const sub = about.sub && wordOf("sub_type", about.sub);
  return sub && sub !== type ? `${type}: ${sub}` : type;
}

function statusOf(about) {
  return el("span", { class: `status status-${about.status}` }, wordOf("status", about.status));
}

function facts(about) {
  const { place: at, when: span_ } = about;
  const note = (...parts) => el("small", {}, " (", ...parts, ")");
  const date = [...when(span_)];
  if (span_.precision) {
    const basis = span_.basis ? [COMMA, words.date_basis[span_.basis]] : [];
    date.push(note(words.date_precision[span_.precision], ...basis));
  }
  const where = placeInFull(about);
  if (at) {
    const isArea = isAreal(about);
    const around = !isArea && at.metres > 0 ? [COMMA, phrase(words.within, { distance: distance(at.metres) }).join("")] : [];
    where.push(note(precisionOf(about, isArea), ...around));
  }
  const quoted = (said) => (said ? [foreign(said, about.lang)] : null);
  const people = (ends) => ends && (ends[0] === 0 && ends[1] === 0 ? [words.none_reported] : range(ends));
  const events = range(about.count);
  const rows = [
    ["date", date],
    ["place", where],
    ["count", about.aggregate ? phrase(words.in_total, { n: el("span", {}, ...events) }) : events],
    ["killed", people(about.killed)],
    ["injured", people(about.injured)],
    ["actor", about.actor && [...quoted(about.actor), about.by ? note(words.attribution_of_actor[about.by]) : null]],
    ["target", quoted(about.target)],
    ["weapon", quoted(about.weapon)],
    ["damage", quoted(about.damage)],
    ["confidence", about.confidence === null ? null : [el("bdi", { dir: "ltr" }, `${Math.round(about.confidence * 100)}%`)]],
  ];
  const list = el("dl");
  for (const [name, value] of rows) {
    if (value?.length) list.append(el("dt", {}, words.fields[name]), el("dd", {}, ...value));
  }
  return list;
}

/** The words of a quote with its marks. A place in it may carry several: its pieces are cut where any begins or ends. */
function marked(quoted, used) {
  const language = article(quoted.article)?.lang ?? null;
  const node = el("blockquote", { dir: directionOf(language), lang: language });
  const ends = quoted.marks.flatMap(([start, length]) => [start, start + length]);
  const cuts = [...new Set([0, quoted.exact.length, ...ends])].sort((a, b) => a - b);
  for (let k = 0; k + 1 < cuts.length; k += 1) {
    const [from, to] = [cuts[k], cuts[k + 1]];
    const piece = quoted.exact.slice(from, to);
    const what = [...new Set(quoted.marks.filter(([s, l]) => s <= from && to <= s + l).map(([, , kind]) => kind))].sort();
    if (!what.length) {
      show(node, piece);
      continue;
    }
    for (const kind of what) used.add(kind);
    node.append(el("mark", { class: what.map((kind) => `mark-${kind}`).join(" "), title: what.map((kind) => wordOf("marks", kind)).join(", ") }, piece));
  }
  return node;
}

/** The proof, which stands above what is known, and what else the texts say. */
function evidence(about) {
  const used = new Set();
  const said = reportsOf(about.n);
  const figures = quotesOf(about.n).map((quoted, k) => {
    const from = article(quoted.article);
    const caption = el("figcaption", {}, ...saidBy(said.filter((one) => one.quote === k), from?.lang), articleLine(from), contextBox(quoted, from));
    return el("figure", {}, marked(quoted, used), caption);
  });
  const key = el("p", { class: "key" }, `${words.highlights}: `,
    ...[...used].sort().flatMap((kind) => [el("mark", { class: `mark-${kind}` }, wordOf("marks", kind)), " "]));
  const unquoted = saidBy(said.filter((one) => one.quote < 0), about.lang);
  const [proof, ...more] = figures;
  const heading = el("h4", {}, words.evidence, about.sources > 1 ? ` · ${counted(words.sources, about.sources)}` : null);
  return {
    proof: el("section", { class: "evidence" }, heading, proof, used.size ? key : null),
    others: more.length || unquoted.length ? el("section", { class: "evidence" }, ...more, ...unquoted) : null,
  };
}

/** What stands around a quote, when it is asked for. */
function contextBox(quoted, from) {
  if (!quoted.before.trim() && !quoted.after.trim()) return null;
  const body = el("p", { class: "context", dir: directionOf(from?.lang), lang: from?.lang });
  const box = el("details", { class: "context-box" }, el("summary", {}, words.context), body);
  box.addEventListener("toggle", () => {
    if (body.childNodes.length) return;
    show(body, `…${quoted.before}`);
    body.append(el("strong", {}, quoted.exact));
    show(body, `${quoted.after}…`);
  });
  return box;
}

/** Who says so, and what they do with the news. */
function saidBy(said, language) {
  return said.map((one) => el(
    "p",
    { class: "source" },
    `${words.reported_by}: `,
    one.type === "article" && !one.source ? words.source_type.article : foreign(one.source, article(one.article)?.lang ?? language),
    el("small", {}, ` (${wordOf("source_type", one.type)}${COMMA}${wordOf("stance", one.stance)})`),
  ));
}

/** The article: a link where its address is fit for one. */
function articleLine(from) {
  if (!from) return null;
  const title = foreign(from.title || words.untitled, from.title ? from.lang : words.language);
  const line = el("p", { class: "article" }, (from.url && link(title, from.url)) || title);
  if (from.published) line.append(el("small", {}, " · ", ...phrase(words.published, { date: day(from.published) })));
  return line;
}

/** One incident as a note of a report has it: the proof, the article, its date and address. */
function citation(about) {
  const [proof] = quotesOf(about.n);
  const from = article(proof?.article ?? about.articles[0] ?? -1);
  const published = from?.published ? phrase(words.published, { date: day(from.published) }).join("") : null;
  const parts = [proof && `“${proof.exact.trim()}”`, from?.title || words.untitled, hostOf(from?.url), published, from?.url];
  return plain(parts.filter(Boolean).join(". "));
}

function actions(about) {
  const said = el("output", { class: "said" });
  const copy = el("button", { type: "button", class: "copy" }, words.copy_citation);
  copy.addEventListener("click", () => copyText(citation(about), said, copy.parentElement));
  return el("p", { class: "actions" }, copy, " ", said);
}

/** Put a text on the clipboard; where a browser forbids it, show the text to be copied by hand. */
async function copyText(words_, said, around) {
  around.querySelector("textarea")?.remove();
  if (copyBySelection(words_) || (await navigator.clipboard?.writeText(words_).then(() => true, () => false))) {
    said.textContent = words.copied;
    return;
  }
  const box = el("textarea", { readonly: true, rows: 4, "aria-label": words.copy_by_hand, dir: "auto" });
  box.value = words_;
  around.append(box);
  box.select();
  said.textContent = words.copy_by_hand;
}

function copyBySelection(words_) {
  const box = el("textarea", { class: "away", "aria-hidden": "true" });
  box.value = words_;
  const before = document.activeElement;
  document.body.append(box);
  box.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  box.remove();
  before?.focus?.({ preventScroll: true });
  return done;
}
