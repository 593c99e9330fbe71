/* The link: every choice, the view and the open incident are in the address, after the #. */

const LINKED = { type: "type", status: "status", precision: "precision", lang: "lang", source: "source" };
const isDocument = location.protocol !== "about:"; // a frame without an address of its own has nothing to link to

/** The choices as text. Commas part values: a comma in a value is escaped by URLSearchParams of itself. */
function linkOf({ centre, zoom, chosen }) {
  const out = new URLSearchParams();
  for (const [key, name] of Object.entries(LINKED)) for (const value of [...choices[name]].sort()) out.append(key, value);
  if (choices.query) out.set("q", choices.query);
  if (choices.confidence) out.set("confidence", choices.confidence);
  if (choices.from !== null) out.set("from", isoDay(choices.from));
  if (choices.to !== null) out.set("to", isoDay(choices.to));
  if (!choices.undated) out.set("undated", "0");
  if (centre) out.set("at", `${centre.lat.toFixed(4)},${centre.lng.toFixed(4)},${Number(zoom.toFixed(2))}`);
  if (chosen !== null) out.set("incident", fields.id[chosen]);
  return out.toString();
}

/** Take the choices from a text; what it says that we do not know is left aside. Gives the view and the incident. */
function readLink(hash) {
  const given = new URLSearchParams(hash.replace(/^#/u, ""));
  clearChoices();
  for (const [key, name] of Object.entries(LINKED)) {
    for (const value of given.getAll(key)) if (facets[name].values.includes(value)) choices[name].add(value);
  }
  choices.query = given.get("q") ?? "";
  const confidence = Number(given.get("confidence"));
  choices.confidence = confidence >= 0 && confidence <= 100 ? confidence : 0;
  const dayOf = (iso) => (/^-?\d{4,6}-\d\d-\d\d$/u.test(iso ?? "") && Number.isFinite(Date.parse(iso)) ? Math.round(Date.parse(iso) / ISO_DAY) : null);
  choices.from = dayOf(given.get("from"));
  choices.to = dayOf(given.get("to"));
  choices.undated = given.get("undated") !== "0";
  const at = (given.get("at") ?? "").split(",").map(Number);
  const id = given.get("incident");
  const n = id === null ? -1 : fields.id.indexOf(id);
  return {
    view: at.length === 3 && at.every(Number.isFinite) && Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 540 ? at : null,
    chosen: n < 0 ? null : n,
  };
}

/** Put the state into the address, without a step back for each. */
function remember(state) {
  if (!isDocument) return;
  const hash = linkOf(state);
  if (hash === location.hash.replace(/^#/u, "")) return;
  try {
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // a frame that may not: its link stays as it is
  }
}
