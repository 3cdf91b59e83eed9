// Sends what is to be written. Only a page of this run has the secret, and only a script can send it.

import { OWN } from "./dom.js";

// Returns the state that came of it, in which `refused` says why nothing was written; what was typed stays with whoever asked.
export async function send(name, said, secret) {
  try {
    const answer = await fetch(`${OWN}${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Backstory-Page": secret },
      body: JSON.stringify({ page: location.pathname, ...said }),
    });
    return answer.ok ? await answer.json() : { refused: await answer.text() };
  } catch {
    return { refused: "The preview does not answer: nothing was written. Is it still running?" };
  }
}

// Whether a key takes a step back or forward: “undo”, “redo” or "".
export function stepOf(event) {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !["y", "z"].includes(key)) return "";
  return key === "y" || event.shiftKey ? "redo" : "undo";
}
