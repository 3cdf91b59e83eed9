"""Values as text in a page, escaped, and a cache of parts that are on many pages."""

from collections.abc import Callable
from typing import Any

import markupsafe
from markupsafe import Markup, escape

from builder.model import Trusted


def _escaped(text: str) -> str:
    return str(escape(text))


# What `escape` itself calls, without the wrapper around what comes out. It is not promised.
escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _escaped)
"""Return a text in which nothing is markup."""


def shown(value: object) -> str:
    """Return the text of a value in a page: escaped, unless it is markup."""
    kind = type(value)
    if kind is str:
        return escaped(value)  # type: ignore[arg-type]  # it is one
    if kind is Markup:
        return value  # type: ignore[return-value]  # it is a string
    if kind is int:
        return str(value)
    if kind is Trusted:
        return value.html  # type: ignore[attr-defined, no-any-return]  # it has one
    return escape(value)


_PLAIN = frozenset({str, int, bool})

_ROOT = "\0"
"""Placeholder for the path to the site's root in a part that is kept: no text of a site has this character, see `diagnostics.characters`."""


def _apart(drawn: str) -> tuple[str, ...]:
    """Return the texts between the ways to the root: joined by another way, they are the part on another page, which is far faster than to replace it."""
    return tuple(drawn.split(_ROOT))


class FragmentCache:
    """Parts that stand on many pages, drawn once: `kept(event_entry, event, page.root)` is `event_entry(event, page.root)`.

    A macro of another file sees nothing but what it is given, so it draws the same from the same. Views are compared by identity: one event is one object on all pages.
    Our own macros put `root` before paths and use it for nothing else, so what they draw is kept once for pages of every depth.
    """

    MOST = 32_000_000
    """Characters that are held at once: more than that are begun anew, so that a large site needs no more memory for it than a small one."""

    def __init__(self, is_ours: Callable[[str], bool]) -> None:
        """`is_ours` says of the name of a template whether it and all that it draws in come with Backstory."""
        self._is_ours = is_ours
        self._drawn: dict[tuple[object, ...], tuple[Any, object]] = {}
        self._held = 0
        self._takes_root: dict[int, bool] = {}
        self._asked: list[object] = []

    def __len__(self) -> int:
        """Return the number of parts that are kept."""
        return len(self._drawn)

    def __call__(self, part: Callable[..., object], *given: Any) -> object:
        """Return the HTML of a part, as markup or text."""
        if len(given) > 1 and type(given[1]) is str and self._is_rooted(part):
            return Markup(self.shown(part, *given))  # noqa: S704 - a macro has escaped what it shows
        return self._as_it_is(part, given)

    def shown(self, part: Callable[..., object], *given: Any) -> str:
        """Return the HTML of a part as it is written in a page; kept, if it depends only on its record and the root."""
        number = id(part)
        if (self._takes_root[number] if number in self._takes_root else self._is_rooted(part)) and len(given) > 1:
            root = given[1]
            if type(root) is str and not root.strip("./"):
                argument = given[0]
                key: tuple[object, ...] = (number, argument if argument.__class__ in _PLAIN else id(argument))
                if len(given) > 2:
                    key += tuple([more if more.__class__ in _PLAIN else id(more) for more in given[2:]])
                found = self._drawn.get(key)
                if found is None:
                    # Not as markup, which takes the root in far later.
                    found = self._hold(key, _apart(str(part(argument, _ROOT, *given[2:]))), (part, given))
                return root.join(found[0])
        return shown(self._as_it_is(part, given))

    def drawn(self, part: Any, record: object, root: str, *more: object) -> str:
        """Return the HTML of a macro of `compiled_templates`, which returns text as it is written in a page."""
        key: tuple[object, ...] = (part, id(record))
        if more:
            kinds = tuple(map(type, more))
            if not _PLAIN.issuperset(kinds):
                return part(record, root, *more)  # type: ignore[no-any-return]  # it is a text
            key = (part, id(record), kinds, *more)
        found = self._drawn.get(key)
        if found is None:
            if root.strip("./") or part.__code__.co_varnames[1] != "l_root":
                return part(record, root, *more)  # type: ignore[no-any-return]  # it is a text
            found = self._hold(key, _apart(part(record, _ROOT, *more)), record)
        return root.join(found[0])

    def _as_it_is(self, part: Callable[..., object], given: tuple[object, ...]) -> object:
        # In front, for which no part stands: the key of another call with the same.
        key = (0, id(part), *[value if value.__class__ in _PLAIN else id(value) for value in given])
        found = self._drawn.get(key)
        if found is None:
            found = self._hold(key, part(*given), (part, given))
        return found[0]

    def _hold(self, key: tuple[object, ...], drawn: object, made_from: object) -> tuple[Any, object]:
        if self._held > self.MOST:
            self._drawn.clear()
            self._held = 0
        self._held += len(drawn) if isinstance(drawn, str) else sum(map(len, drawn)) if isinstance(drawn, tuple) else 0
        # With what it was drawn from, which then cannot become something else of the same identity.
        found = self._drawn[key] = drawn, made_from
        return found

    def _is_rooted(self, part: Any) -> bool:
        """Return whether a part is a macro of ours that takes `root` second."""
        if id(part) not in self._takes_root:
            code = getattr(getattr(part, "_func", None), "__code__", None)
            name = code.co_filename.removeprefix("templates/") if code is not None else ""
            self._asked.append(part)  # which then cannot become another of the same identity
            self._takes_root[id(part)] = getattr(part, "arguments", ())[1:2] == ("root",) and self._is_ours(name)
        return self._takes_root[id(part)]
