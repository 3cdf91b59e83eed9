"""Lines of a file's front matter: an entry added at the end of a key, or one taken out. Every other byte stays."""

import re

_KEY = re.compile(r"(?P<key>[A-Za-z_]\w*):(?P<rest>.*)")
_NOTHING = re.compile(r"\s*(?:\[\s*\]|\{\s*\}|~|null)?\s*(?P<comment>#.*)?")
_FLOW = re.compile(r"(?P<before>\s*\[.*\S)\s*\](?P<after>\s*(?:#.*)?)")


class Unfit(Exception):
    """A file is written in a way that cannot be extended here; the words say how."""


def append(text: str, key: str, entry: str, by_id: str, *, listed: bool = False) -> str:
    """Return the file with an entry at the end of a key, which is made if it is not there.

    `entry` is how it stands in a list, `by_id` how in a mapping of id to record; "" where it has no id. With `listed` the key is made as a list in one line.
    """
    lines, end = _lines(text)
    newline = _newline(text)
    at = _find(lines, end, key)
    if at is None:
        as_list = listed or not by_id
        made = [f"{key}: [{entry}]"] if listed else [f"{key}:", f"  {'- ' + entry if as_list else by_id}"]
        before = _find(lines, end, "proposed")
        before = end if before is None else before
        return "".join([*lines[:before], *(f"{line}{newline}" for line in made), *lines[before:]])
    found = _KEY.match(lines[at])
    assert found is not None
    rest = found["rest"].rstrip("\r\n")
    children = _children(lines, at, end)
    if flow := _FLOW.fullmatch(rest):
        separator = "" if flow["before"].strip() == "[" else ", "
        lines[at] = f"{key}:{flow['before']}{separator}{entry}]{flow['after']}{newline}"
        return "".join(lines)
    nothing = _NOTHING.fullmatch(rest)
    if nothing is None:
        raise Unfit(f"“{key}” stands in braces or in one line. Write its entries below each other, one a line")
    lines[at] = (
        f"{key}:{'  ' + nothing['comment'] if nothing['comment'] else ''}{newline}"
        if rest.strip() and not rest.lstrip().startswith("#")
        else lines[at]
    )
    filled = [n for n in children if lines[n].strip() and not lines[n].lstrip().startswith("#")]
    if not filled:
        last, indent, dashed = (children[-1] if children else at), "  ", not by_id
    else:
        first = lines[filled[0]]
        indent, dashed = first[: len(first) - len(first.lstrip())], first.lstrip().startswith("-")
        if first.lstrip().startswith(("defaults:", "list:")):
            raise Unfit(f"“{key}” has defaults. Add the entry to its list by hand")
        last = filled[-1]
    if not dashed and not by_id:
        raise Unfit(f"“{key}” is a mapping of ids. Add the entry by hand, with an id")
    return "".join([*lines[: last + 1], f"{indent}{'- ' + entry if dashed else by_id}{newline}", *lines[last + 1 :]])


def remove(text: str, key: str, line: int, *, alone: bool) -> str:
    """Return the file without the entry of a list that begins on a line, counted from 1, and without the key where the entry is `alone`."""
    lines, end = _lines(text)
    at = line - 1
    indent = len(lines[at]) - len(lines[at].lstrip())
    stop = at + 1
    while stop < end and (not lines[stop].strip() or len(lines[stop]) - len(lines[stop].lstrip()) > indent):
        stop += 1
    while stop > at + 1 and not lines[stop - 1].strip():
        stop -= 1
    kept = [*lines[:at], *lines[stop:]]
    if alone:
        top = _find(lines, end, key)
        if top is not None and not any(kept[n].strip() for n in range(top + 1, at)):
            del kept[top:at]
    return "".join(kept)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _lines(text: str) -> tuple[list[str], int]:
    """Return the lines of a file, and which of them closes its front matter."""
    lines = text.splitlines(keepends=True)
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), None)
    if end is None or lines[0].removeprefix("\ufeff").rstrip() != "---":
        raise Unfit("it has no block between dashes")
    return lines, end


def _find(lines: list[str], end: int, key: str) -> int | None:
    return next((n for n in range(1, end) if (found := _KEY.match(lines[n])) and found["key"] == key), None)


def _children(lines: list[str], at: int, end: int) -> list[int]:
    """Return the lines below a key that belong to it."""
    found = []
    for n in range(at + 1, end):
        if lines[n].strip() and not lines[n].startswith((" ", "-", "#")):
            break
        if lines[n].startswith("#"):
            continue
        found.append(n)
    while found and not lines[found[-1]].strip():
        found.pop()
    return found
