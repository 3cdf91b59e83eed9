// The preview in the browser: updates the page after each save without reloading it, and opens the editor.
// Only `backstory serve` sends it; published pages do not contain it.

import { OWN } from "./dom.js";
import { gone, refresh, swapImages, swapStyles } from "./morph.js";
import { Panel } from "./panel.js";
import { send, stepOf } from "./requests.js";
import { listen } from "./stream.js";

const script = document.querySelector("script[data-backstory-at]");
const panel = new Panel({
  follow: followed(),
  notes: recall("backstory-notes") !== "no",
  remember: (name, on) => remember(name, on ? "yes" : "no"),
  annotate: () => annotate(),
  step: (name) => write(name, {}),
});

let at = script.dataset.backstoryAt; // The version of the site in this page.
let spots = [];
let secret = ""; // The CSRF token.
let annotating = null;
let isStarting = false;

// --- a queue: two quick saves must not morph the page at the same time ---

let last = Promise.resolve();
function queue(job) {
  last = last.then(job).catch((error) => console.warn("Backstory preview:", error));
  return last;
}

// The output path of the page that is shown, as the server names it.
function ownPath() {
  const path = decodeURIComponent(location.pathname.slice(1));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

function addressOf(page) {
  return (
    "/" +
    page
      .replace(/(^|\/)index\.html$/, "$1")
      .split("/")
      .map(encodeURIComponent)
      .join("/")
  );
}

async function askState() {
  const answer = await fetch(`${OWN}state?page=${encodeURIComponent(location.pathname)}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  return answer.json();
}

function show(state) {
  spots = state.spots;
  secret = state.key;
  panel.show(state);
}

// At the start and after a lost connection: bring the page up to date, whatever was missed.
async function catchUp() {
  const state = await askState();
  panel.connected(true);
  if (state.at !== at) {
    await renew();
    await swapStyles(() => true);
    at = state.at;
  }
  show(state);
  const wanted = sessionStorage.getItem("backstory-problem");
  sessionStorage.removeItem("backstory-problem");
  if (wanted) panel.leadFrom(state, wanted);
}

async function renew() {
  const outcome = await refresh(() => panel.marks.clear());
  panel.gone(outcome === gone);
  await annotating?.renew();
}

async function changed(change, id) {
  const own = ownPath();
  const shown = document.visibilityState === "visible"; // Of several tabs, only the visible one follows.
  if (panel.follow && shown && change.follow && change.follow !== own && !annotating?.form.isTouched) {
    sessionStorage.setItem("backstory-spot", change.spot);
    location.assign(addressOf(change.follow));
    return;
  }
  const used = new Set(change.assets.map((path) => new URL(`/${path}`, location.href).href));
  const uses = (url) => used.has(new URL(url, location.href).href.replace(/[?#].*$/, ""));
  if ([...document.scripts].some((one) => one.src && uses(one.src))) {
    location.reload(); // A script that ran cannot be undone.
    return;
  }
  await swapStyles(uses);
  swapImages(uses, change.version);
  if (change.pages.includes(own) || (panel.isGone && change.pages.length)) await renew();
  at = id;
  show(await askState());
  if (panel.follow && shown && change.follow === own) scrollTo(change.spot);
}

// --- following ---

function followed() {
  if (new URLSearchParams(location.search).has("follow")) {
    remember("backstory-follow", "yes");
    return true;
  }
  const told = recall("backstory-follow");
  return told ? told === "yes" : "follow" in script.dataset;
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage may be forbidden; then the choice is lost with the page.
  }
}

function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// Whether something that was typed into a form of this page in this tab is not written yet.
function recallTyped() {
  try {
    return Object.hasOwn(JSON.parse(sessionStorage.getItem("backstory-typed")) ?? {}, location.pathname);
  } catch {
    return false;
  }
}

function scrollTo(selector) {
  const found = selector && find(selector);
  if (!found) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  found.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
}

function find(selector) {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

// --- into the editor: Alt and click ---
// Alt-click alone has a default only on links in Chromium: it downloads. Ctrl, Shift and Cmd open tabs and windows.

addEventListener(
  "click",
  (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (event.composedPath().includes(panel.host)) return;
    const place = placeOf(event.target);
    if (!place) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (place.at.editor) panel.open(place.at.editor);
    else panel.say(`${place.at.path}:${place.at.line}`);
  },
  true,
);

// The innermost element around a click with a known source location.
function placeOf(target) {
  const known = new Map();
  for (const place of spots) {
    const found = find(place.selector);
    if (found && !known.has(found)) known.set(found, place);
  }
  for (let element = target; element instanceof Element; element = element.parentElement) {
    if (known.has(element)) return known.get(element);
  }
  return null;
}

// --- annotating: its script is loaded on demand ---

async function annotate() {
  if (annotating || isStarting) return;
  isStarting = true;
  try {
    const { Annotating } = await import("./annotate.js");
    await last; // The token comes with the first state.
    annotating = new Annotating({ secret: () => secret, ended: () => (annotating = null) });
    if (await annotating.begin()) return;
    panel.say("This page shows no explainer: there is nothing to annotate.");
  } catch (error) {
    console.warn("Backstory preview:", error);
    panel.say("Annotating could not start: the preview does not respond.");
  } finally {
    isStarting = false;
  }
  annotating = null;
}

function isTyping(event) {
  const inside = event.composedPath()[0];
  return inside instanceof HTMLElement && (inside.isContentEditable || inside.matches("input:not([type=checkbox]), textarea, select"));
}

addEventListener("keydown", (event) => {
  if (event.key !== "a" || isTyping(event) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  annotate();
});

// --- fixes, undo and redo ---

// Send a write and show its result; the page is updated as after any save.
async function write(name, said) {
  const state = await send(name, said, secret);
  panel.say(state.refused || state.done);
  queue(async () => panel.drawSteps(await askState()));
}

document.addEventListener("backstory:fix", (event) => {
  const { code, message, at: place, fix } = event.detail;
  write("fix", { code, message, path: place.path, line: place.line, column: place.column, fix });
});

// While the list is open; during annotation, annotate.js handles these keys.
addEventListener("keydown", (event) => {
  const name = annotating || !panel.menu.open || event.defaultPrevented || isTyping(event) ? "" : stepOf(event);
  if (!name) return;
  event.preventDefault();
  write(name, {});
});

// --- start ---

const spot = sessionStorage.getItem("backstory-spot");
sessionStorage.removeItem("backstory-spot");
if (spot) scrollTo(spot);

queue(catchUp);
if (recallTyped()) annotate();
listen(`${OWN}events`, (message) => {
  if (message.kind === "lost") panel.connected(false);
  else if (message.kind === "hello") queue(catchUp);
  else queue(() => changed(message.change, message.id));
});
