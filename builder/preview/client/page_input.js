// Keys and clicks in the page while it is annotated: what each asks `Annotating` to do.

import { stepOf } from "./requests.js";
import { hasRecord, nearestLike } from "./todo.js";

const DRAGGED = 4; // Pixels.
const POINTING = ["pointerdown", "pointerover", "pointermove"];

export class PageInput {
  constructor(annotating) {
    this.annotating = annotating;
    this.pressed = null; // Where the pointer went down.
    this.keys = (event) => this.key(event);
    this.clicks = (event) => this.click(event);
    // The page’s own card of an actor would come first, and lie over the form.
    this.points = (event) => {
      if (event.type === "pointerdown") this.pressed = [event.clientX, event.clientY];
      if (this.recordOf(event)) event.stopPropagation();
    };
  }

  begin() {
    addEventListener("keydown", this.keys);
    document.addEventListener("click", this.clicks, { capture: true }); // Before the page’s own scripts, which open notes.
    for (const name of POINTING) document.addEventListener(name, this.points, { capture: true });
  }

  end() {
    removeEventListener("keydown", this.keys);
    document.removeEventListener("click", this.clicks, { capture: true });
    for (const name of POINTING) document.removeEventListener(name, this.points, { capture: true });
  }

  key(event) {
    const { annotating } = this;
    const { form } = annotating;
    if (event.isComposing || event.defaultPrevented) return;
    const inside = event.composedPath()[0];
    const typing = inside instanceof HTMLElement && (inside.isContentEditable || inside.matches("input, textarea, select"));
    const typed = typing && (inside !== form.who || form.who.value);
    if (event.ctrlKey || event.metaKey) {
      const name = stepOf(event);
      if (!name || typed) return;
      event.preventDefault();
      annotating.step(name);
      return;
    }
    if (event.altKey || (!typing && annotating.selecting.key(event))) return;
    const done = { Escape: () => (form.isOpen ? annotating.leave() : annotating.end()) };
    if (form.isOpen) Object.assign(done, { PageDown: () => annotating.go(1, event.shiftKey), PageUp: () => annotating.go(-1, event.shiftKey) });
    if (!typing) {
      Object.assign(done, { m: () => annotating.goName(), r: () => annotating.goRecords() });
      for (const [sign, step] of [
        ["n", 1],
        ["p", -1],
      ])
        done[sign] = done[sign.toUpperCase()] = () => annotating.go(step, event.shiftKey);
    }
    const work = Object.hasOwn(done, event.key) ? done[event.key] : null;
    if (work) {
      event.preventDefault();
      work();
    } else if (inside === form.who) form.key(event);
  }

  // A key that waited, as if it were pressed now. Returns whether it was meant for the name field.
  press(pressed) {
    const { form } = this.annotating;
    const { isOpen } = form;
    let isDone = false;
    this.key({ ...pressed, preventDefault: () => (isDone = true), composedPath: () => [isOpen ? form.who : this.annotating.bar.box] });
    if (!isDone && isOpen && pressed.key === "Enter") this.annotating.write();
    else if (!isDone && isOpen) form.type(pressed.key);
    return isOpen && (pressed.key.length === 1 || pressed.key.startsWith("Arrow"));
  }

  // A click on a passage opens its form; on an actor or source listed in the file, its record. Other links are followed, except for words linked to an event.
  click(event) {
    const { annotating } = this;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented || event.composedPath().includes(annotating.host)) return;
    const [x, y] = this.pressed ?? [event.clientX, event.clientY];
    if (!getSelection().isCollapsed && Math.hypot(event.clientX - x, event.clientY - y) > DRAGGED) return; // Words were selected with the mouse.
    const record = this.recordOf(event);
    if (record) {
      const range = document.createRange();
      range.selectNode(event.target.closest("a"));
      annotating.waiting.later(() => annotating.showListed(record, range));
    } else {
      if (event.target.closest?.("a:not(.event-words), button, input, label")) return;
      const holds = (box) => box.left <= event.clientX && event.clientX <= box.right && box.top <= event.clientY && event.clientY <= box.bottom;
      const found = annotating.all.find(
        (one) => (one.to_do || hasRecord(one)) && (annotating.ranges.get(one.number) ?? []).some((range) => [...range.getClientRects()].some(holds)),
      );
      if (!found) return;
      annotating.waiting.later(() => annotating.show(nearestLike(annotating.all, found)));
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // The record in the file whose page a link leads to.
  recordOf(event) {
    const link = event.target.closest?.(".text a[href]");
    const leads = (one) => link.pathname.endsWith(`/${one.section === "sources" ? "sources" : "actors"}/${one.id}/`);
    return link ? this.annotating.state?.listed.find((one) => Object.keys(one.keys).length > 0 && leads(one)) : undefined;
  }
}
