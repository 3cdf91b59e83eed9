// The preview in the page: keeps it as the newest save would have it, without losing the author's place.
// Served below /__backstory/ by `backstory serve` alone; nothing of this is ever in a published site.

import { Idiomorph } from "./idiomorph.js";
import { Overlay } from "./overlay.js";

const OWN = "/__backstory/";
const overlay = new Overlay();
let shown = null; // the HTML that the page was last brought to
let places = [];
let isLost = false;

// --- what the page shows ---------------------------------------------------------------

/** Bring the page to what the server has now. Scroll, focus, selection, open parts and typed words stay. */
async function refresh() {
  let response;
  try {
    response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  } catch {
    return; // the server has gone; the stream of events says so, and when it is back
  }
  overlay.gone(response.status === 404);
  if (!response.ok) return;
  const html = await response.text();
  if (html === shown) return;
  const first = shown === null;
  shown = html;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (first && same(fresh)) return;
  const changed = morph(fresh);
  if (!first) mark(changed);
  document.dispatchEvent(new CustomEvent("backstory:changed")); // for scripts that lay things out
}

/** Whether the page as it was loaded already is this one. */
const same = (fresh) => fresh.title === document.title && text(fresh) === text(document);
const text = (one) => one.querySelector("main")?.textContent ?? one.body.textContent;

// Parts of the page whose state is the reader's, not the file's.
const STATES = { details: ["open"], dialog: ["open"], input: ["value", "checked"], textarea: ["value"], option: ["selected"] };
const BY_SCRIPTS = /^(style|hidden|data-.*|aria-(expanded|pressed|current|hidden|selected)|tabindex)$/;

function morph(fresh) {
  const anchor = firstVisible();
  const selection = rememberSelection();
  const changed = new Set();
  const paired = pair(fresh);
  const watcher = new MutationObserver(() => {});
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
  Idiomorph.morph(document.documentElement, fresh.documentElement, {
    ignoreActiveValue: true,
    restoreFocus: true,
    head: { style: "morph" },
    callbacks: {
      beforeNodeRemoved: (node) => !isKept(node),
      beforeAttributeUpdated: (name, element, kind) => {
        if (STATES[element.localName]?.includes(name)) return false;
        if (kind === "remove" && (BY_SCRIPTS.test(name) || element === document.documentElement)) return false;
        if (element === document.documentElement && name === "class") return false;
        // A stylesheet or picture that was swapped in place has a longer address of the same file.
        return !(name === "href" || name === "src") || !isSwapped(element, name);
      },
    },
  });
  for (const record of watcher.takeRecords()) {
    const at = record.type === "characterData" ? record.target.parentElement : null;
    if (at) changed.add(at);
    for (const node of record.addedNodes) changed.add(node.nodeType === Node.ELEMENT_NODE ? node : record.target);
  }
  watcher.disconnect();
  for (const element of paired) element.removeAttribute("id");
  restoreSelection(selection);
  keepInPlace(anchor);
  return changed;
}

/** Give every passage that stands in both pages an id for the time of the morph, so that it stays the element that it is wherever it moves. */
function pair(fresh) {
  const known = new Map();
  for (const element of passages(document)) {
    const same = known.get(element.outerHTML);
    if (same) same.push(element);
    else known.set(element.outerHTML, [element]);
  }
  const paired = [];
  for (const element of passages(fresh)) {
    const other = known.get(element.outerHTML)?.shift();
    if (!other) continue;
    other.id = `backstory--${paired.length}`;
    element.setAttribute("id", other.id);
    paired.push(other);
  }
  return paired;
}

const passages = (one) => one.querySelectorAll("main :is(p, li, dt, dd, blockquote, figure, table, pre, details, section):not([id])");

// What a script of the site adds is marked as added; what the preview adds is its own.
const isKept = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches("backstory-preview, [data-added], link[data-swapped]");
const isSwapped = (element, name) => element.hasAttribute("data-swapped") && name in element;

function firstVisible() {
  const column = document.querySelector("main") ?? document.body;
  const x = Math.min(innerWidth - 1, Math.max(0, column.getBoundingClientRect().left + 40));
  for (let y = 4; y < innerHeight; y += 24) {
    const element = document.elementFromPoint(x, y)?.closest("main p, main li, main h1, main h2, main h3, main figure, main dd, main blockquote");
    if (element) return { element, top: element.getBoundingClientRect().top };
  }
  return null;
}

function keepInPlace(anchor) {
  if (!scrollY || !anchor?.element.isConnected) return;
  const moved = anchor.element.getBoundingClientRect().top - anchor.top;
  if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: "instant" });
}

function rememberSelection() {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  return { anchorNode, anchorOffset, focusNode, focusOffset, words: selection.toString() };
}

function restoreSelection(kept) {
  if (!kept || getSelection().toString() === kept.words) return;
  if (!kept.anchorNode.isConnected || !kept.focusNode.isConnected) return;
  const within = (node, offset) => Math.min(offset, node.nodeValue?.length ?? node.childNodes.length);
  getSelection().setBaseAndExtent(
    kept.anchorNode, within(kept.anchorNode, kept.anchorOffset), kept.focusNode, within(kept.focusNode, kept.focusOffset));
}

// --- the changed passage ---------------------------------------------------------------

const PASSAGE = "p, li, h1, h2, h3, h4, dt, dd, td, th, blockquote, figcaption, pre, figure, header, section";

/** Mark for a moment what has changed. */
function mark(changed) {
  const passages = new Set();
  for (const element of changed) {
    const passage = element.closest?.("main") ? (element.closest(PASSAGE) ?? element) : null;
    if (passage) passages.add(passage);
  }
  for (const passage of passages) {
    passage.setAttribute("data-backstory-changed", "");
    setTimeout(() => passage.removeAttribute("data-backstory-changed"), 1500);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) continue;
    passage.animate([{ backgroundColor: "rgb(240 180 40 / 0.35)" }, { backgroundColor: "rgb(240 180 40 / 0)" }], { duration: 1200, easing: "ease-out" });
  }
}

// --- files beside the page ---------------------------------------------------------------

function swap(assets, version) {
  const names = new Set(assets.map((path) => `/${path}`));
  const isOne = (address) => {
    const url = new URL(address, location.href);
    return url.origin === location.origin && names.has(decodeURIComponent(url.pathname));
  };
  if ([...document.scripts].some((script) => script.src && isOne(script.src))) {
    location.reload();
    return;
  }
  const anew = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set("v", version);
    return url.pathname + url.search;
  };
  for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
    if (!isOne(link.href)) continue;
    // The old one goes when the new one is there: no moment without style.
    const fresh = link.cloneNode();
    fresh.dataset.swapped = "";
    fresh.href = anew(link.href);
    fresh.addEventListener("load", () => link.remove());
    fresh.addEventListener("error", () => fresh.remove());
    link.after(fresh);
  }
  for (const image of document.images) {
    if (!isOne(image.currentSrc || image.src)) continue;
    image.dataset.swapped = "";
    image.src = anew(image.src);
  }
}

// --- following the author ---------------------------------------------------------------

const WHERE = "backstory-spot";

function follow(change) {
  if (!overlay.follows || !change.follow) return;
  const path = `/${change.follow.replace(/(^|\/)index\.html$/, "$1")}`;
  if (path === decodeURIComponent(location.pathname)) {
    show(change.spot);
    return;
  }
  sessionStorage.setItem(WHERE, change.spot);
  location.assign(path.split("/").map(encodeURIComponent).join("/"));
}

function show(selector) {
  const element = selector ? find(selector) : null;
  if (!element) return;
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: "center", behavior: "instant" });
  mark([element]);
}

function find(selector) {
  try {
    return document.querySelector(selector);
  } catch {
    return null; // a selector that this browser does not know yet
  }
}

// --- what is wrong, and where it was written ---------------------------------------------------------------

async function report() {
  try {
    const response = await fetch(`${OWN}state?page=${encodeURIComponent(decodeURIComponent(location.pathname))}`);
    if (!response.ok) return;
    const state = await response.json();
    places = state.places;
    overlay.show(state, find);
  } catch {
    // The server has gone; the stream of events says so.
  }
}

// Alt-click on anything opens the file that it was written in.
document.addEventListener("click", (event) => {
  if (!event.altKey || event.button) return;
  let best = null;
  for (const [selector, where, address] of places) {
    const element = find(selector);
    if (element?.contains(event.target) && (!best || best.element.contains(element))) best = { element, where, address };
  }
  if (!best) return;
  event.preventDefault();
  event.stopPropagation();
  overlay.open(best.where, best.address);
}, { capture: true });

// --- the stream of events ---------------------------------------------------------------

async function hear({ kind, data }) {
  if (kind === "lost") {
    isLost = true;
    overlay.lost(true);
    return;
  }
  if (kind === "change") {
    if (data.assets.length) swap(data.assets, data.version);
    await refresh();
    await report();
    follow(data);
    return;
  }
  // Connected: for the first time, or again after the server was away.
  if (isLost || kind === "behind") {
    await refresh();
    await report();
  }
  isLost = false;
  overlay.lost(false);
}

// A browser opens six connections to one host, and a stream holds one for good. So one tab listens, and tells the others.
const channel = new BroadcastChannel("backstory");
channel.addEventListener("message", (event) => hear(event.data));

function listen() {
  return new Promise((resolve) => {
    const source = new EventSource(`${OWN}events`);
    const tell = (message) => {
      hear(message);
      channel.postMessage(message);
    };
    for (const kind of ["hello", "behind", "change"]) {
      source.addEventListener(kind, (event) => tell({ kind, data: JSON.parse(event.data) }));
    }
    source.addEventListener("error", () => tell({ kind: "lost" }));
    addEventListener("pagehide", () => {
      source.close();
      resolve();
    }, { once: true });
  });
}

function begin() {
  if (navigator.locks) navigator.locks.request("backstory-stream", listen);
  else listen(); // another device: no secure context, and so no locks
}

begin();
addEventListener("pageshow", async (event) => {
  if (!event.persisted) return; // brought back from the browser's memory: much may have changed
  begin();
  await refresh();
  await report();
});
await refresh();
await report();
const spot = sessionStorage.getItem(WHERE);
if (spot) {
  sessionStorage.removeItem(WHERE);
  show(spot);
}
