// What was typed into forms and is not written yet. It is kept for this tab alone: after a reload, or on the way back to the page, it stands in the form again.

import { foundAgain } from "./annotations.js";

const NAME = "backstory-typed"; // client.js asks for it too.

export class Kept {
  constructor() {
    this.page = location.pathname;
  }

  // `about` tells what a form is about, `values` what is in it.
  keep(about, values) {
    this.change((own) => [...own.filter((one) => !isSame(one.about, about)), { about, values }]);
  }

  drop(about) {
    this.change((own) => own.filter((one) => !isSame(one.about, about)));
  }

  of(about) {
    return this.own().find((one) => isSame(one.about, about))?.values ?? null;
  }

  // All of this page, the latest first.
  own() {
    return (read()[this.page] ?? []).toReversed();
  }

  change(how) {
    const all = read();
    const own = how(all[this.page] ?? []);
    if (own.length > 0) all[this.page] = own;
    else delete all[this.page];
    try {
      sessionStorage.setItem(NAME, JSON.stringify(all));
    } catch {
      // Storage may be forbidden or full; then a reload loses what was typed.
    }
  }
}

// What a form is about, so that it is found again in a page that was loaded anew.
export function aboutOf(subject, all) {
  if (subject.selected) return { makes: subject.makes, selected: subject.selected, fromNames: subject.fromNames };
  if (subject.listed) return { listed: subject.listed.id, section: subject.listed.section };
  if (subject.unplaced) return { proposal: subject.proposal.id };
  return { parts: subject.parts, nth: all.filter((one) => one.number < subject.number && isAlike(one, subject)).length };
}

// Open the form that was typed into last, if this page has one. What has no place in the page now is told, and kept no longer.
export function takeUp(annotating) {
  const lost = [];
  for (const { about, values } of annotating.kept.own()) {
    if (opened(annotating, about)) return true;
    annotating.kept.drop(about);
    if (values.fields.who) lost.push(values.fields.who);
  }
  if (lost.length > 0) annotating.tell(`What you had typed has no place here now: “${lost.join("”, “")}”.`);
  return false;
}

function opened(annotating, about) {
  const { all, state } = annotating;
  if (about.selected) {
    const found = foundAgain(about.selected);
    const offered = about.fromNames ? state.names.find((one) => one.words === about.selected.words) : null;
    if (found) annotating.askAbout(about.makes, found, offered ?? null);
    return Boolean(found);
  }
  if (about.listed) {
    const listed = state.listed.find((one) => one.id === about.listed && one.section === about.section);
    if (listed) annotating.showListed(listed);
    return Boolean(listed);
  }
  const fit = all.filter((one) => (about.proposal ? one.unplaced && one.proposal.id === about.proposal : isAlike(one, about)));
  const found = fit[about.nth ?? 0] ?? fit[0];
  if (found) annotating.show(found.number);
  return Boolean(found);
}

function isAlike(one, other) {
  return !one.unplaced && one.parts.join() === other.parts.join();
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}
