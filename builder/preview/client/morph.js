// Updates the page to the server's version by changing only the differences: scroll, focus, selection, open parts and typed text stay.

import { OWN } from "./dom.js";
import { Idiomorph } from "./vendor/idiomorph.js";

const BLOCKS = "p, li, blockquote, h1, h2, h3, h4, h5, h6, figure, tr, dt, dd, pre, summary";
export const gone = "gone";

// A page that changed between the press and the release of a button would lose the click.
let isDown = false;
let release = () => {};
addEventListener("pointerdown", (event) => (isDown = event.button === 0), { capture: true });
for (const name of ["pointerup", "pointercancel", "contextmenu", "blur"]) {
  addEventListener(
    name,
    (event) => {
      if (event.type === "blur" && event.target !== window) return;
      isDown = false;
      setTimeout(() => release()); // After the click.
    },
    { capture: true },
  );
}
const released = () => (isDown ? new Promise((done) => (release = done)) : undefined);

// Fetch this page and morph to it; `begin` is called just before. Returns `gone` if the page no longer exists; the old one then stays.
export async function refresh(begin) {
  const answer = await fetch(location.pathname, { cache: "no-cache" });
  if (answer.status === 404) return gone;
  if (!answer.ok) throw new Error(`${location.pathname}: ${answer.status}`);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  await released();
  begin();
  const before = texts();
  const held = hold();
  await morphHead(next.head);
  copyAttributes(document.documentElement, next.documentElement);
  const paired = pair(next);
  Idiomorph.morph(document.body, next.body, {
    morphStyle: "outerHTML",
    restoreFocus: true,
    callbacks: {
      beforeNodeMorphed: keepState,
      beforeNodeRemoved: (node) => !(node instanceof Element && node.hasAttribute("data-added")), // What a script of the site has put there.
      beforeAttributeUpdated: (name, element, kind) => kind !== "remove" || !BY_SCRIPTS.test(name),
    },
  });
  for (const one of paired) one.removeAttribute("id");
  held();
  document.dispatchEvent(new CustomEvent("backstory:changed")); // For layout scripts of the site.
  held();
  mark(before);
  return "";
}

// Attributes that scripts set, and that a page as it is written need not have.
const BY_SCRIPTS = /^(style|hidden|tabindex|data-.*|aria-(current|expanded|hidden|pressed|selected))$/;

// Give each passage that stands in both pages an id for as long as the morph takes: it stays the element that it is, wherever it moves.
function pair(next) {
  const known = new Map();
  for (const one of passages(document)) known.set(one.outerHTML, [...(known.get(one.outerHTML) ?? []), one]);
  const paired = [];
  for (const one of passages(next)) {
    const other = known.get(one.outerHTML)?.shift();
    if (!other) continue;
    other.id = `backstory--${paired.length}`;
    one.id = other.id;
    paired.push(other);
  }
  return paired;
}

const passages = (one) => one.querySelectorAll("main :is(p, li, dt, dd, blockquote, figure, table, pre, details, section):not([id])");

// --- state of the page ---

// Copy the state of an element to its successor before the morph, which then finds nothing to undo.
function keepState(now, next) {
  if (!(now instanceof Element) || !(next instanceof Element) || now.tagName !== next.tagName) return true;
  if (now.hasAttribute("data-scripted") && next.hasAttribute("data-scripted")) return false; // Its script draws it.
  if (now instanceof HTMLDetailsElement || now instanceof HTMLDialogElement) next.toggleAttribute("open", now.hasAttribute("open"));
  if (now instanceof HTMLInputElement) {
    if (["checkbox", "radio"].includes(now.type)) {
      if (now.checked !== now.defaultChecked) return keep(now, next);
    } else if (now.type === "file" || now.value !== now.defaultValue) return keep(now, next);
  }
  if (now instanceof HTMLTextAreaElement && now.value !== now.defaultValue) return keep(now, next);
  if (now instanceof HTMLOptionElement && now.closest("select") && now.selected !== now.defaultSelected) return keep(now, next);
  return true;
}

// A field that was typed in is left as it is, but for its other attributes.
function keep(now, next) {
  for (const { name, value } of [...next.attributes]) {
    if (!["value", "checked", "selected", "type"].includes(name)) now.setAttribute(name, value);
  }
  return false;
}

// Note where the passages in the window stand, and return a function that puts the first that is still there where it was.
function hold() {
  if (scrollY === 0) return () => {};
  const scroll = scrollY;
  const inWindow = [...document.querySelectorAll(BLOCKS)]
    .filter((one) => !one.closest("[popover], dialog, nav")) // These need not move with the text.
    .map((one) => ({ one, ...place(one) }))
    .filter(({ top, bottom }) => bottom > top && bottom > 0 && top < innerHeight)
    .sort((a, b) => (a.top < 0) - (b.top < 0)); // What begins in the window before what has its first lines above it: those may be the ones that grow.
  return () => {
    const kept = inWindow.find(({ one }) => one.isConnected);
    const moved = kept ? place(kept.one).top - kept.top : scroll - scrollY;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  };
}

function place(one) {
  const { top, bottom } = one.getBoundingClientRect();
  return { top, bottom };
}

// --- the head ---

function isOwn(element) {
  return (element.getAttribute("src") ?? element.getAttribute("href") ?? "").startsWith(OWN);
}

// Whether an element is a script that is run, rather than data such as JSON-LD.
const runs = (element) => element.matches("script") && (!element.type || /^(module|(text|application)\/(java|ecma)script)$/i.test(element.type));
const isStyle = (element) => element.matches("link[rel~=stylesheet], style");
const isPolicy = (element) => element.matches("meta[http-equiv]");

async function morphHead(next) {
  const scripts = (head) =>
    [...head.querySelectorAll("script")]
      .filter((one) => !isOwn(one) && runs(one))
      .map((one) => one.outerHTML)
      .join("\n");
  if (scripts(document.head) !== scripts(next)) {
    location.reload(); // Scripts that ran cannot be undone.
    return;
  }
  const old = [...document.head.children].filter((one) => !isOwn(one) && !runs(one));
  const fresh = [...next.children].filter((one) => !isOwn(one) && !runs(one));
  const key = (one) => (isStyle(one) && one.dataset.backstoryWas) || one.outerHTML;
  const have = new Map(old.map((one) => [key(one), one]));
  const want = new Set(fresh.map((one) => one.outerHTML));
  const loading = [];
  for (const one of fresh) {
    if (have.has(one.outerHTML)) continue;
    const added = document.importNode(one, true);
    if (isStyle(added) && added.matches("link")) loading.push(loaded(added));
    document.head.append(added);
  }
  await Promise.all(loading);
  for (const [html, one] of have) if (!want.has(html) && !isPolicy(one)) one.remove();
}

function copyAttributes(now, next) {
  for (const { name } of [...now.attributes]) if (!next.hasAttribute(name) && name !== "class" && !BY_SCRIPTS.test(name)) now.removeAttribute(name);
  for (const { name, value } of [...next.attributes]) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
}

// --- stylesheets and pictures ---

function loaded(link) {
  return new Promise((resolve) => {
    link.addEventListener("load", resolve, { once: true });
    link.addEventListener("error", resolve, { once: true });
  });
}

// Return whether a stylesheet, or one that it imports, is one that `uses` names.
function draws(sheet, uses) {
  if (sheet.href && uses(sheet.href)) return true;
  let rules = [];
  try {
    rules = [...sheet.cssRules];
  } catch {
    return false; // A sheet of another site does not say what is in it.
  }
  return rules.some((rule) => rule instanceof CSSImportRule && (uses(rule.href) || (rule.styleSheet && draws(rule.styleSheet, uses))));
}

// Load each stylesheet that `uses` names again, or that imports one of these. The old one goes only when the new one is there: the page is never without.
export async function swapStyles(uses) {
  const links = [...document.querySelectorAll("link[rel~=stylesheet]")].filter(
    (one) => !isOwn(one) && (uses(one.href) || (one.sheet && draws(one.sheet, uses))),
  );
  await Promise.all(
    links.map(async (old) => {
      const fresh = old.cloneNode();
      const url = new URL(old.href);
      url.searchParams.set("backstory", String(Date.now())); // Else the browser takes the sheet that it has in memory.
      fresh.href = url.href;
      fresh.dataset.backstoryWas = old.dataset.backstoryWas ?? old.outerHTML;
      const ready = loaded(fresh);
      old.after(fresh);
      await ready;
      old.remove();
    }),
  );
}

export function swapImages(uses, version) {
  for (const image of document.images) {
    if (!image.currentSrc || !uses(image.currentSrc)) continue;
    const url = new URL(image.currentSrc);
    url.searchParams.set("backstory", String(version));
    image.src = url.href;
  }
}

// --- changed passages ---

const blocks = () => [...document.body.querySelectorAll(BLOCKS)];

const words = (one) => one.textContent.replace(/\s+/g, " ").trim();

function texts() {
  return new Set(blocks().map(words));
}

// Highlight changed passages for a moment: of nested blocks, the inner ones.
function mark(before) {
  const fresh = blocks().filter((one) => !before.has(words(one)));
  for (const one of fresh) {
    if (fresh.some((other) => other !== one && one.contains(other))) continue;
    one.setAttribute("data-backstory-changed", "");
    setTimeout(() => one.removeAttribute("data-backstory-changed"), 2500);
  }
}
