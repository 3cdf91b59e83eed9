"""Tags of languages (BCP 47)."""

from functools import lru_cache


@lru_cache(maxsize=256)
def language_code(tag: str) -> str:
    """Return the code of the language of a tag, in small letters: `de` of `de-AT` and `DE_ch`; "" of an empty one."""
    return tag.strip().replace("_", "-").partition("-")[0].lower()
