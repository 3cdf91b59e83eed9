// Requests that write. Only a page of this run has the CSRF token, and only a script can send it.

import { OWN } from "./dom.js";

// Returns the new state; its `refused` is the reason if nothing was written.
export async function send(name, said, secret) {
  try {
    const answer = await fetch(`${OWN}${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Backstory-Page": secret },
      body: JSON.stringify({ page: location.pathname, ...said }),
    });
    return answer.ok ? await answer.json() : { refused: await answer.text() };
  } catch {
    return { refused: "The preview does not respond; nothing was saved. Is it still running?" };
  }
}

// The command of a key: “undo”, “redo” or "".
export function stepOf(event) {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !["y", "z"].includes(key)) return "";
  return key === "y" || event.shiftKey ? "redo" : "undo";
}
