// What all parts of the preview in the browser need.

export const OWN = "/__backstory/";

// Text goes in as text, never as HTML: it is what authors wrote.
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
