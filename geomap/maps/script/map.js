/* The parts put together: folium has made the map, this fills it and keeps list, marks and card at one incident. */

const container = document.querySelector(".folium-map");
const map = window[container.id];
const narrow = window.matchMedia("(max-width: 760px)");

container.setAttribute("role", "region");
container.setAttribute("aria-label", words.map);
fillFrame();
fillLegend(!narrow.matches);
fillList((index) => choose(index));

map.attributionControl.setPrefix(false).addAttribution([words.attribution, ...data.credits].join(" · "));
map.attributionControl.getContainer().dir = words.direction;
L.control.zoom({ position: "topleft", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);

map.createPane("base").style.zIndex = 200;
map.getPane("base").style.pointerEvents = "none";
map.createPane("names").style.zIndex = 450;
const base = new BaseLayer(data.base, { pane: "base", padding: 0.3 }).addTo(map);
const marks = new Marks(map, (mark, latlng) => openMark(mark, latlng));
const names = new Names(map, data.base.labels, marks.named);

const bounds = marks.bounds();
if (bounds) map.fitBounds(bounds, { padding: [24, 24], maxZoom: 9, animate: false });
map.on("zoomend moveend resize", () => names.place(marks.taken()));
names.place(marks.taken());
window.matchMedia("print").addEventListener("change", () => map.invalidateSize({ animate: false, pan: false }));

window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  base._redraw();
  marks.restyle();
});

/* The card is a popup at the mark. Where there is no mark, or no room for a popup, it is a sheet over the map. */

const sheet = document.getElementById("sheet");
let popup = null; // the open one
let giveFocusTo = null; // when the card closes

function openCard(content, latlng, label) {
  const size = map.getSize();
  if (latlng && !narrow.matches && size.y > 360) {
    closeSheet();
    const width = Math.min(380, size.x - 60);
    // `popup` is the new one before the old one closes: the choice stands.
    popup = L.popup({
      minWidth: width, maxWidth: width, maxHeight: Math.round(size.y * 0.72), autoPanPadding: [16, 16],
      className: "card-popup", offset: [0, -6],
    });
    popup.setLatLng(latlng).setContent(content).openOn(map);
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
    popup.getElement().setAttribute("role", "dialog");
    popup.getElement().setAttribute("aria-label", plain(label));
    popup.getElement().addEventListener("keydown", closeOnEscape);
    content.parentElement.scrollTop = 0;
  } else {
    popup = null;
    map.closePopup();
    const close = el("button", { type: "button", class: "close", "aria-label": words.close }, "×");
    close.addEventListener("click", closeCard);
    sheet.replaceChildren(close, content);
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-label", plain(label));
    sheet.hidden = false;
    sheet.scrollTop = 0;
  }
  content.querySelector("h3").focus({ preventScroll: true });
}

function closeSheet() {
  sheet.hidden = true;
  sheet.replaceChildren();
}

function closeCard() {
  if (sheet.hidden) {
    map.closePopup();
    return;
  }
  closeSheet();
  afterClose();
}

function afterClose() {
  marks.choose(null, null);
  markLine(null);
  giveFocusTo?.focus({ preventScroll: true });
  giveFocusTo = null;
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  closeCard();
}

sheet.addEventListener("keydown", closeOnEscape);
map.on("popupclose", (event) => {
  if (event.popup !== popup) return;
  popup = null;
  afterClose();
});

/** A reader chose an incident in the list: show its place, then its card. */
function choose(index) {
  const { mark: at } = data.incidents[index];
  const mark = at === undefined ? null : marks.marks[at];
  if (mark?.isArea) map.fitBounds(mark.bounds, { padding: [24, 24], maxZoom: Math.max(map.getZoom(), 8), animate: false });
  else if (mark) map.setView(mark.latlng, zoomToSee(mark, data.incidents[index]), { animate: false });
  openIncident(index, mark, mark?.latlng);
}

/** The zoom at which the circle of an incident is wider than its mark, within reason; never farther than now. */
function zoomToSee(mark, incident) {
  const metresPerPixel = 156543 * Math.cos((mark.latlng.lat * Math.PI) / 180); // at zoom 0
  const wanted = Math.log2((28 * metresPerPixel) / Math.max(incident.place?.metres ?? 0, 1));
  return Math.max(map.getZoom(), Math.min(Math.max(wanted, 7), 10.5));
}

/** A reader chose a mark: its one incident, or the list of them. `latlng` is where an area was pressed. */
function openMark(mark, latlng) {
  const at = mark.isArea ? latlng : mark.latlng;
  if (mark.indices.length === 1) {
    openIncident(mark.indices[0], mark, at);
    return;
  }
  giveFocusTo = mark.label?.closest("[tabindex]") ?? null;
  markLine(null);
  openCard(placeCard(mark, (index) => openIncident(index, mark, at)), at, words.list);
  marks.choose(mark, mark.incidents[0]);
}

function openIncident(index, mark, latlng) {
  const incident = data.incidents[index];
  const shared = mark && mark.indices.length > 1;
  const card = incidentCard(incident, { isArea: isAreal(incident), onBack: shared ? () => openMark(mark, latlng) : null });
  giveFocusTo = markLine(index);
  openCard(card, latlng, incident.title);
  marks.choose(mark, incident);
}

document.documentElement.dataset.ready = "true";
