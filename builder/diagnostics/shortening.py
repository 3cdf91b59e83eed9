"""Beginnings of texts that are too long to be shown whole. A length counts characters, the “…” among them."""


def shorten(text: str, most: int) -> str:
    """Return a text of at most `most` characters: the whole, or its beginning with “…”, cut anywhere. For addresses, keys and names."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def shorten_at_word(text: str, most: int) -> str:
    """Return a text of at most `most` characters: the whole, or its first whole words with “ …”. For sentences."""
    if len(text) <= most:
        return text
    begun = text[: most - 2]
    return f"{(begun.rpartition(' ')[0] or begun).rstrip(' .,;:!?')} …"
