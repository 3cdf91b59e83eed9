// A problem as elements, for its passage and for the list.

import { make } from "./dom.js";

export const isError = (problem) => problem.severity === "error";

// Identifies a problem across two states of the site.
export function key(problem) {
  return JSON.stringify([problem.code, problem.message, problem.at.path]);
}

// The message and the help; with an excerpt of the file if the words are not visible in the page.
export function problemParts(problem, { excerpt }) {
  const parts = [make("strong", {}, problem.message)];
  if (problem.help) parts.push(" ", make("span", { class: "help" }, problem.help));
  if (excerpt && problem.excerpt) parts.push(make("code", { class: "excerpt" }, problem.excerpt));
  return [...parts, ...fixes(problem), where(problem)];
}

// The button that applies an unambiguous fix; `client.js` sends the request.
export function fixes(problem) {
  if (!problem.fix) return [];
  const button = make("button", { type: "button", class: "fix", "aria-label": `Fix: ${problem.message}` }, "Fix");
  button.addEventListener("click", () => button.dispatchEvent(new CustomEvent("backstory:fix", { bubbles: true, composed: true, detail: problem })));
  return [button];
}

export function where(problem) {
  const place = problem.at.line ? `${problem.at.path}:${problem.at.line}` : problem.at.path;
  const file = problem.at.editor ? make("a", { href: problem.at.editor }, place) : make("span", {}, place);
  const code = make("a", { href: problem.guide, target: "_blank", title: "Explained in the guide" }, problem.code);
  return make("span", { class: "where" }, file, " · ", code);
}
