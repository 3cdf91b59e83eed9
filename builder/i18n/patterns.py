"""Regular expressions that are compiled when they are first used: those of scripts and languages that most texts are not of take longer than all others."""

import re
from typing import Any, cast


class _Late:
    """Stands for a compiled expression, and is one once it has been asked for anything."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        made = re.compile(self._pattern, self._flags)
        for part in ("pattern", "flags", "search", "match", "fullmatch", "findall", "finditer", "split", "sub"):
            setattr(self, part, getattr(made, part))
        # What is left is asked for rarely enough.
        return self.__dict__[name] if name in self.__dict__ else getattr(made, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` makes of a pattern, made when somebody first uses it: for what few sites have in their texts. What is wrong with a pattern shows then (`re.error`)."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
