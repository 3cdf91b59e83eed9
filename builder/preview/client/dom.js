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
