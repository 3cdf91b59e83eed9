// The fields that an event alone has: its status, and who says so. Each stays unset until it is chosen.

import { field, fill, make } from "./dom.js";

export const NOT_TOLD = ["", "Not told"];

export class EventFields {
  constructor() {
    for (const id of ["status", "by"]) this[id] = make("select", { id });
    this.rows = { status: field("Status", this.status), by: field("Who says so", this.by) };
  }

  // Offer all statuses, and as voices the actors and sources of the explainer; `event` is the one that is changed, if any.
  fill(state, event) {
    for (const name of ["status", "by"]) this.rows[name].firstChild.textContent = state.event_labels[name];
    fill(this.status, [NOT_TOLD, ...state.statuses.map((one) => [one.status, one.words])], event?.status ?? "");
    const voices = [...state.speakers.filter((one) => one.is_here).map((one) => [one.id, one.name]), ...state.sources.map((one) => [one.id, one.label])];
    const names = new Map([...state.speakers.map((one) => [one.id, one.name]), ...voices]);
    const now = event?.by ?? [];
    // Several voices, or one from elsewhere, are a choice of their own.
    if (now.length > 0 && !voices.some(([id]) => id === valueOf(now))) voices.unshift([valueOf(now), now.map((id) => names.get(id) ?? id).join(", ")]);
    fill(this.by, [NOT_TOLD, ...voices], valueOf(now));
  }

  // An event that has a record keeps its own: only a new one has the fields in the form of a date.
  show(isShown) {
    for (const row of Object.values(this.rows)) row.hidden = !isShown;
  }

  // The new and the old value of each key of an event; the other fields of the form have its title, day and source.
  changes(event, { title, when, sources }) {
    return {
      title: [title, event.title],
      when: [when, event.edtf],
      status: [this.status.value, event.status],
      by: [this.by.value, valueOf(event.by)],
      sources: [sources, event.source],
    };
  }
}

function valueOf(by) {
  return by.join(", ");
}
