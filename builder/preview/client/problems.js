// How a problem is told, wherever it stands: at its passage, or in the list of all.

import { make } from "./dom.js";

export const isError = (problem) => problem.severity === "error";

// The same problem, as far as anybody can tell, in two states of the site.
export function key(problem) {
  return JSON.stringify([problem.code, problem.message, problem.at.path]);
}

// What is wrong and what to do; with the line of the file where its words are not to be seen in the page.
export function told(problem, { excerpt }) {
  const parts = [make("strong", {}, problem.message)];
  if (problem.help) parts.push(" ", make("span", { class: "help" }, problem.help));
  if (excerpt && problem.excerpt) parts.push(make("code", { class: "excerpt" }, problem.excerpt));
  return [...parts, ...fixes(problem), where(problem)];
}

// The button that mends a problem at once, where it has one meaning alone; `client.js` asks the server for it.
export function fixes(problem) {
  if (!problem.fix) return [];
  const button = make("button", { type: "button", class: "fix", "aria-label": `Fix: ${problem.message}` }, "Fix");
  button.addEventListener("click", () => button.dispatchEvent(new CustomEvent("backstory:fix", { bubbles: true, composed: true, detail: problem })));
  return [button];
}

export function where(problem) {
  const place = problem.at.line ? `${problem.at.path}:${problem.at.line}` : problem.at.path;
  const file = problem.at.editor ? make("a", { href: problem.at.editor }, place) : make("span", {}, place);
  const code = make("a", { href: problem.guide, target: "_blank", title: "What the guide says of this" }, problem.code);
  return make("span", { class: "where" }, file, " · ", code);
}
