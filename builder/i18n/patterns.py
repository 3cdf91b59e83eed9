"""Regular expressions that are compiled when they are first used."""

import re
from typing import Any, AnyStr, cast


class LatePattern:
    """Stands for a compiled expression, and is one once it has been asked for anything."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        made = re.compile(self._pattern, self._flags)
        for part in ("pattern", "flags", "search", "match", "fullmatch", "findall", "finditer", "split", "sub"):
            setattr(self, part, getattr(made, part))
        # What is left is asked for rarely enough.
        return self.__dict__[name] if name in self.__dict__ else getattr(made, name)


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` makes of a pattern, compiled at its first use. An error in the pattern shows then (`re.error`).

    Nine of ten patterns are not used by a build that follows an edit, and to compile them all takes half as long as all imports.
    """
    return cast("re.Pattern[AnyStr]", LatePattern(pattern, flags))
