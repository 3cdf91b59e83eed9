// The list of passages to annotate: quotations, words of other records, and proposals.

import { foundAgain } from "./annotations.js";

export const NOTHING = { parts: [], quotes: [], speakers: [], days: [] };

// All passages, numbered: quotations, recorded words outside quotations (not counted), and proposals without a quotation.
export function listOf(state) {
  const own = state.passages.length;
  const others = state.elsewhere.map((one, n) => ({
    ...NOTHING,
    number: own + n,
    parts: one.parts,
    quotes: one.quote ? [one.quote] : [],
    event: one.event,
    to_do: false,
    elsewhere: true,
  }));
  const speaks = new Set(state.proposals.filter((one) => one.kind === "quote").map((one) => one.speaker)); // Accepted with the quote.
  const open = state.proposals.filter((one) => one.passage < 0 && !(["actor", "unnamed"].includes(one.kind) && speaks.has(one.key)));
  const unplaced = open.map((one, n) => ({
    ...NOTHING,
    number: own + others.length + n,
    parts: [one.because ? `${one.told} · in the article: “${one.because}”` : one.told],
    to_do: true,
    unplaced: true,
    proposal: one,
  }));
  return [...state.passages, ...others, ...unplaced];
}

export function rangeOfProposal(proposal, words) {
  const [before, own, behind] = proposal.context;
  const there = own && foundAgain({ words: own, before, behind }, words);
  if (there) return [there.range];
  for (const sought of [proposal.line.split(/[,;]/)[0], proposal.because]) {
    const found = sought && foundAgain({ words: sought }, words);
    if (found) return [found.range];
  }
  return [];
}

export function hasRecord(one) {
  return one.quotes.length > 0 || Boolean(one.event);
}

export function excerpt(parts) {
  const words = parts.join(" ");
  return words.length > 50 ? `“${words.slice(0, 48)} …”` : `“${words}”`;
}

// The index of a passage in a changed list: by its words; of several, the nearest.
export function nearestLike(passages, before) {
  const same = passages.filter((one) => one.parts.join() === before.parts.join());
  same.sort((one, other) => Math.abs(one.number - before.number) - Math.abs(other.number - before.number));
  return Math.min((same[0] ?? before).number, passages.length - 1);
}

// The number before that of a passage or proposal in a changed list, so that it comes next; null if it is gone.
export function numberBefore(passages, sought) {
  const isIt = (one) => (sought.unplaced ? one.proposal?.id === sought.proposal.id : !one.unplaced && one.parts.join() === sought.parts.join());
  const found = passages.findIndex(isIt);
  return found < 0 ? null : found - 1;
}

// The numbers of the passages behind that of a form which its proposal joins to it as one quote.
export function piecesOf(subject, passages) {
  const { proposal, in_text, number } = subject ?? {};
  if (!in_text || proposal?.kind !== "quote") return [];
  const behind = passages.slice(number + 1, number + proposal.line.split(" … ").length);
  return behind.filter((one) => one.to_do && proposal.line.includes(one.parts[0].replace(/[,.;:!?…\s]+$/, ""))).map((one) => one.number);
}

// The names in some words that no actor has, and that are no second name of one.
export function newNames(state, words) {
  return state.names.filter((one) => !one.other_name && words.includes(one.words)).map((one) => one.words);
}

// Selected words without the final punctuation.
export function withoutStop(found) {
  const words = found.words.replace(/[.,;:!?…]+$/, "");
  return words ? { ...found, words, behind: found.words.slice(words.length) + found.behind } : found;
}

export function overlap(one, other) {
  return one.compareBoundaryPoints(Range.START_TO_END, other) > 0 && one.compareBoundaryPoints(Range.END_TO_START, other) < 0;
}
