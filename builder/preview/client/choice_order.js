// Which number each speaker has in the form of a passage: the same at every visit in this tab,
// while the words of the passage and the list of actors stay as they are.

const NAME = "backstory-order";
const MOST = 9; // Choices with a number key.

export class ChoiceOrder {
  constructor() {
    this.page = location.pathname;
  }

  // Return the choices of a form in the order of its first visit, those without a number last. `about` tells what the form is about.
  ordered(about, state, options) {
    const proposed = state.proposals.filter((one) => ["actor", "unnamed"].includes(one.kind)).map((one) => one.key);
    const actors = [...new Set([...state.speakers.map((one) => one.id), ...proposed])].sort().join(" ");
    const all = read();
    const own = all[this.page]?.actors === actors ? all[this.page] : { actors, orders: {} };
    const key = JSON.stringify(about);
    const numbered = new Map(options.filter((one) => one.key === undefined).map((one) => [idOf(one), one]));
    // One that is not offered any more, such as a second candidate, keeps its place.
    const before = (own.orders[key] ?? []).map((id) => numbered.get(id) ?? known(state, id)).filter(Boolean);
    const now = [...new Map([...before.map((one) => [idOf(one), one]), ...numbered]).values()].slice(0, MOST);
    own.orders[key] = now.map(idOf);
    write({ ...all, [this.page]: own });
    return [...now, ...options.filter((one) => one.key !== undefined)];
  }
}

function idOf({ said }) {
  return said.speaker ?? `new ${said.named}`; // No id has a space.
}

function known(state, id) {
  const found = state.speakers.find((one) => one.id === id);
  return found ? { said: { speaker: id }, name: found.name, told: found.told } : null;
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}

function write(all) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(all));
  } catch {
    sessionStorage.removeItem(NAME); // What was typed needs the room more.
  }
}
