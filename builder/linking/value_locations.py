"""Where the values of records stand in their files, for the carets of messages."""

import functools
from bisect import bisect, bisect_left
from collections.abc import Mapping, Sequence
from operator import itemgetter

from builder.diagnostics import Location
from builder.model import Document

_line_of = itemgetter(0)


class ValueLocations:
    """The locations of all values. Each file is gone through once, however many of its values are looked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        """`documents` by path."""
        self._documents = documents
        self._begins = functools.cache(self._lines_of_records)
        self._locations = functools.cache(self._locations_by_value)

    def locate(self, location: Location, word: str) -> Location:
        """Return the location of `word` in the record that begins at about `location`; `location` itself where the file does not have the word."""
        if location.path not in self._documents:
            return location
        locations = self._locations(location.path).get(word, ())
        if not locations:
            return location
        # The nearest location that is not in the next record; below is preferred to above.
        begins = self._begins(location.path)
        following = bisect(begins, location.line)
        here = bisect_left(locations, location.line, key=_line_of)
        behind = bisect_left(locations, begins[following], key=_line_of) if following < len(begins) else len(locations)
        if here < behind:
            best = locations[here]
        elif here:
            best = locations[bisect_left(locations, locations[here - 1][0], key=_line_of)]  # the first of that line
        else:
            best = locations[behind]
        return Location(location.path, best[0], best[1], max(1, len(word)))

    def _lines_of_records(self, path: str) -> tuple[int, ...]:
        explainer = self._documents[path].explainer
        items = (*explainer.quotes, *explainer.timeline) if explainer is not None else ()
        return tuple(sorted(item.location.line for item in items))

    def _locations_by_value(self, path: str) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Return the lines and columns of each value of a file, in the order of its lines."""
        found: dict[str, list[tuple[int, int]]] = {}
        for value, line, column in self._documents[path].value_locations:
            found.setdefault(value, []).append((line, column))
        return {value: sorted(locations, key=_line_of) for value, locations in found.items()}
