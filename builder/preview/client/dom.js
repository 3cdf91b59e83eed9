// Helpers for the preview in the browser.

export const OWN = "/__backstory/";

// Text is inserted as text, never as HTML: authors wrote it.
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function stylesheet() {
  return make("link", { rel: "stylesheet", href: `${OWN}panel.css` });
}

export function count(number, one, many) {
  return number === 1 ? `1 ${one}` : `${number} ${many}`;
}

// A labelled field of a form.
export function field(words, control) {
  return make("p", { class: "field" }, make("label", { for: control.id }, words), control);
}

// Give a select its choices, each a value and its words.
export function fill(select, choices, chosen = "") {
  select.replaceChildren(...choices.map(([value, words]) => make("option", { value }, words)));
  select.value = chosen;
}
