// Backstory: what a script adds to the pages. Every page is complete without it, and it asks the network for nothing.
//
//   cards   a name, a quote, an event or a source shows what this page says of it elsewhere
//   filter  a long timeline shows only the events of one actor or one status, and keeps the choice in the address
//   since   what is new since a day, on the site or on one page; the last visit is remembered on this device and told to nobody
//   folds   an address that names a folded part opens it; one of a quote that is not in the text leads on to the page that has it
//   sort    the quotes of an explainer by speaker or date
//   notes   a note opens without the page moving; the choice to see all notes is remembered on this device
"use strict";

{
  // --- what is remembered on this device; a browser may refuse, then nothing is ------------------------------------------------

  const remembered = (key) => {
    try {
      return localStorage.getItem(`backstory-${key}`);
    } catch {
      return null;
    }
  };
  const remember = (key, value) => {
    try {
      localStorage.setItem(`backstory-${key}`, value);
    } catch {
      /* as said */
    }
  };

  // Numbers as the page's language writes them.
  const figures = (number) => number.toLocaleString(document.documentElement.lang);

  // --- cards ------------------------------------------------

  const OPEN = 500,
    CLOSE = 300;
  // A kind is told by where a link leads.
  const KINDS = { quote: '[href*="#quote--"]', event: '[href*="./events/"]', source: '[href*="./sources/"]', actor: '[href*="./actors/"]' };
  const LEADS = Object.values(KINDS)
    .map((href) => `main a${href}:not(.note-back)`)
    .join(", ");
  const HOMES = ".cast dt > a, .entry .title > a, .event-card .title > a, .sources > li > a";
  const card = document.createElement("div");
  let homes,
    shown,
    finger = false;
  // The mouse and the keyboard each wait for something of their own, so that neither undoes what the other asks for.
  let timer,
    under,
    at = {}; // the mouse: what comes after a while, what it is over, where it was
  let pending,
    focused,
    dismissed,
    typed = false; // the keyboard: the same, what its focus holds, what Escape closed, whether it moved last

  // Where on this page a lead's record is told in full: the entry of the who's who, of the timeline, of the sources; the quote's own card.
  const home = (lead) => {
    const to = lead;
    if (to.hash.startsWith("#quote--"))
      return to.href === location.href.split("#")[0] + to.hash ? document.getElementById(decodeURIComponent(to.hash.slice(1))) : null;
    if (!homes) {
      homes = new Map();
      for (const name of document.querySelectorAll(HOMES)) {
        if (!homes.has(name.href)) homes.set(name.href, name.closest(".cast > div, .entry, .event-card, .sources > li"));
      }
    }
    return homes.get(to.href) ?? null;
  };

  // The same words again, without ids and without anything that is opened by ticking.
  const copy = (from) => {
    const made = document.createElement("div");
    const name = from.querySelector(":scope > dt");
    if (name) {
      const title = document.createElement("p");
      title.className = "name";
      title.append(...name.cloneNode(true).childNodes);
      if (name.dataset.face !== undefined) title.dataset.face = name.dataset.face;
      made.append(title, ...from.querySelector("dd").cloneNode(true).childNodes);
    } else {
      made.append(...from.cloneNode(true).childNodes);
      made.className = from.matches(".quote-card") ? "quote-brief" : from.className.replace(/\bentry\b/, "event-card");
    }
    for (const one of made.querySelectorAll("[id]")) one.removeAttribute("id");
    return made;
  };

  const place = (lead) => {
    card.style.left = card.style.top = "";
    if (matchMedia("(max-width: 43.99rem)").matches) return;
    const line = lead.getClientRects()[0] ?? lead.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const below = line.bottom + 8 + height < innerHeight;
    card.style.left = `${Math.max(16, Math.min(line.left, document.documentElement.clientWidth - width - 16))}px`;
    card.style.top = `${below ? line.bottom + 8 : Math.max(8, line.top - height - 8)}px`;
  };

  const close = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    if (card.matches(":popover-open")) card.hidePopover();
  };

  // What the keyboard's focus is on, or in, stays (WCAG 1.4.13).
  const leave = () => {
    if (!(shown && shown === focused) && !card.querySelector(":focus-visible")) close();
  };

  const open = (lead) => {
    if (shown === lead || card.contains(lead)) return;
    const from = home(lead);
    if (!from || from.contains(lead)) {
      leave();
      return;
    }
    close();
    card.replaceChildren(copy(from));
    card.className = `card ${Object.keys(KINDS).find((kind) => lead.matches(KINDS[kind])) ?? "quote"}`;
    // Next to what opened it, so that the next step of the keyboard leads into it.
    (lead.closest("p, li, dd, td, h1, h2, h3") ?? lead).after(card);
    if (card.parentElement.matches("ol, ul, dl, tr")) document.body.append(card);
    card.showPopover({ source: lead });
    shown = lead;
    shown.setAttribute("aria-describedby", card.id);
    place(lead);
  };

  const later = (what, wait) => {
    clearTimeout(timer);
    timer = setTimeout(what, wait);
  };
  const lead = (event) => (event.target instanceof Element ? event.target.closest(LEADS) : null);

  if ("popover" in card) {
    card.id = "backstory--card";
    card.popover = "manual";
    card.lang = document.documentElement.lang;
    card.dir = document.dir || "ltr";
    document.body.append(card);

    const point = (event) => {
      if (event.pointerType === "touch") return;
      // Where the keyboard scrolled the page under a resting mouse, nobody points at anything.
      if (typed && Math.abs(event.clientX - at.x) + Math.abs(event.clientY - at.y) < 1) return;
      typed = false;
      at = { x: event.clientX, y: event.clientY };
      const over = card.contains(event.target) ? card : lead(event);
      if (over === under) return;
      under = over;
      if (over && (over === card || over === shown)) clearTimeout(timer);
      else if (over)
        later(() => {
          clearTimeout(pending);
          focused = over === focused ? over : null;
          open(over);
        }, OPEN);
      else later(leave, CLOSE);
    };
    addEventListener("pointerover", point);
    addEventListener("pointermove", point, { passive: true });
    addEventListener("focusin", (event) => {
      if (card.contains(event.target)) {
        clearTimeout(timer);
        return;
      }
      const on = event.target.matches(":focus-visible") && !finger ? lead(event) : null;
      if (on && on === dismissed) return;
      clearTimeout(pending);
      dismissed = null;
      focused = on;
      if (on) pending = setTimeout(() => open(on), OPEN);
      else if (event.target !== shown) later(leave, CLOSE);
    });
    addEventListener("pointerdown", (event) => {
      finger = event.pointerType === "touch";
      typed = false;
      clearTimeout(pending);
      focused = null;
      if (!card.contains(event.target) && event.target.closest?.(LEADS) !== shown) close();
    });
    // A tap shows the card, a second one follows the link.
    addEventListener(
      "click",
      (event) => {
        const on = finger ? lead(event) : null;
        if (!on?.href || card.contains(on) || shown === on) return;
        open(on);
        if (shown === on) event.preventDefault();
      },
      true,
    );
    addEventListener("keydown", (event) => {
      finger = false;
      typed = true;
      if (event.key !== "Escape") return;
      // It stays away until the focus moves on, or the mouse comes anew.
      clearTimeout(timer);
      clearTimeout(pending);
      focused = null;
      if (!shown) return;
      dismissed = shown;
      const inside = card.contains(document.activeElement);
      close();
      if (inside) dismissed.focus();
    });
    addEventListener("hashchange", close);
    addEventListener(
      "scroll",
      () => {
        if (shown && !card.matches(":hover, :focus-within")) place(shown);
      },
      { passive: true },
    );
  }

  // --- notes ------------------------------------------------

  const narrow = matchMedia("(max-width: 68.74rem)");
  let opened, opener;

  const shut = (back) => {
    opened?.classList.remove("open");
    if (back) opener?.focus();
    opened = opener = null;
  };
  addEventListener("click", (event) => {
    const by = event.target.closest?.(".quote-sign, .event-words, .note-ref a, .note-back");
    const note = by?.hash ? document.getElementById(decodeURIComponent(by.hash.slice(1)))?.closest(".sidenote") : null;
    if (!note) {
      // A tap beside a sheet closes it, and so does its cross.
      const cross = by?.matches(".note-back") && opened;
      if (cross) event.preventDefault();
      if (cross || (opened && !opened.contains(event.target))) shut(cross);
      return;
    }
    event.preventDefault();
    const again = note === opened;
    shut(false);
    if (again) return;
    [opened, opener] = [note, by];
    note.classList.add("open");
    note.tabIndex = -1;
    if (narrow.matches) note.focus({ preventScroll: true });
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) shut(true);
  });

  const notes = document.querySelector(".notes-switch input");
  if (notes) {
    const beside = [...document.querySelectorAll(".text .sidenote")].map((note) => ({
      note,
      block: note.closest("p, li, dd, blockquote, td"),
      before: note.nextSibling,
      home: note.parentNode,
    }));
    // Never in the middle of a sentence.
    const lay = () => {
      const below = notes.checked && narrow.matches;
      for (const { note } of beside) note.classList.toggle("below", below);
      if (below) for (const { note, block } of [...beside].reverse()) block?.matches("p, blockquote") ? block.after(note) : block?.append(note);
      else
        for (const { note, home, before } of [...beside].reverse())
          if (note.nextSibling !== before || note.parentNode !== home) home.insertBefore(note, before);
    };
    notes.checked = remembered("notes") === "shown";
    notes.addEventListener("change", () => {
      remember("notes", notes.checked ? "shown" : "");
      lay();
    });
    narrow.addEventListener("change", lay);
    lay();
  }

  // --- folds ------------------------------------------------

  const unfold = () => {
    const to = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (to?.matches("a.elsewhere")) location.replace(to.href);
    else to?.closest("summary")?.parentElement.setAttribute("open", "");
  };
  addEventListener("hashchange", unfold);
  unfold();

  // --- sort ------------------------------------------------

  for (const form of document.querySelectorAll(".sort")) {
    const list = document.querySelector(".ledger"),
      entries = [...list.children];
    form.addEventListener("change", () => {
      const by = form.by.value;
      // What has no speaker or no date comes last.
      const compare = (a, b) => !a.dataset[by] - !b.dataset[by] || a.dataset[by].localeCompare(b.dataset[by], document.documentElement.lang, { numeric: true });
      list.append(...(by ? entries.toSorted(compare) : entries));
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
  }

  // --- filter ------------------------------------------------

  for (const form of document.querySelectorAll(".filter")) {
    const part = form.closest("section") ?? form.closest("main");
    const entries = [...part.querySelectorAll(".entry")].map((entry) => ({
      entry,
      actor: [...entry.querySelectorAll(KINDS.actor)].map((one) => one.pathname.split("/").at(-2)),
      status: entry.classList[1],
      names: [...entry.querySelectorAll(KINDS.actor)].map((one) => one.textContent),
      words: entry.dataset.status,
    }));
    const kinds = ["actor", "status"];
    const offer = (name, found) => {
      const known = new Set([...form[name].options].map((option) => option.value));
      for (const [value, words] of [...found].sort((a, b) => a[1].localeCompare(b[1])))
        if (words && !known.has(value)) form[name].add(new Option(words, value));
    };
    offer("actor", new Map(entries.flatMap((one) => one.actor.map((id, n) => [id, one.names[n]]))));
    offer("status", new Map(entries.map((one) => [one.status, one.words])));
    for (const option of [...form.status.options]) if (option.value && !entries.some((one) => one.status === option.value)) option.remove();
    const asked = new URLSearchParams(location.search);
    for (const kind of kinds) if ([...form[kind].options].some((option) => option.value === asked.get(kind))) form[kind].value = asked.get(kind);
    const show = () => {
      let count = 0;
      for (const one of entries) {
        one.entry.hidden = !kinds.every((kind) => !form[kind].value || [one[kind]].flat().includes(form[kind].value));
        count += !one.entry.hidden;
      }
      for (const span of part.querySelectorAll(".span, .group")) span.hidden = !span.querySelector(".entry:not([hidden])");
      form.querySelector("output").textContent = kinds.some((kind) => form[kind].value)
        ? form.dataset.count.replace("{n}", figures(count)).replace("{all}", figures(entries.length))
        : "";
    };
    form.addEventListener("change", () => {
      const query = new URLSearchParams(location.search);
      for (const kind of kinds) form[kind].value ? query.set(kind, form[kind].value) : query.delete(kind);
      history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
      show();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    show();
  }

  // --- since ------------------------------------------------

  const since = document.querySelector("form.since"),
    told = document.querySelector(".whats-new");
  if (since || told) {
    const now = new Date(),
      pad = (number) => String(number).padStart(2, "0");
    const today = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
    // Each page of one explainer or actor has a last visit of its own.
    const seen = told ? `seen ${location.pathname}` : "seen",
      before = told ? `seen-before ${location.pathname}` : "seen-before";
    // Whoever comes twice on one day still sees what was new at the first.
    if (remembered(seen) !== today) {
      remember(before, remembered(seen) ?? "");
      remember(seen, today);
    }
    const last = remembered(before) || "",
      asked = new URLSearchParams(location.search).get("since");
    const days = [...document.querySelectorAll("[data-on]")].map((part) => ({ part, on: part.dataset.on }));
    if (since) {
      const show = () => {
        let count = 0;
        for (const { part, on } of days) {
          part.hidden = on < since.since.value;
          count += !part.hidden;
        }
        const words = count ? since.dataset.count.replace("{n}", figures(count)).replace("{all}", figures(days.length)) : since.dataset.none;
        since.querySelector("output").textContent = since.since.value ? words : "";
      };
      since.since.value = asked ?? last;
      since.addEventListener("input", show);
      since.addEventListener("reset", () =>
        setTimeout(() => {
          since.since.value = "";
          show();
        }),
      );
      since.addEventListener("submit", (event) => event.preventDefault());
      since.hidden = false;
      show();
    }
    const fresh = days.filter(({ on }) => on >= last).reduce((count, { part }) => count + part.querySelectorAll(".changes > li").length, 0);
    if (told && last && fresh && asked === null) {
      const since = told.dataset.since.replace("{n}", figures(fresh));
      told.textContent += `: ${since}`;
    }
  }
}
