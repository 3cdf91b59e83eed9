"""What a slip of an author most likely is, where a YAML parser can only tell what it expected."""


def quoted(words: str) -> str:
    """Return words in quotation marks, as YAML takes them for one value."""
    return f'"{words}"' if not set('"\\\\') & set(words) else "'" + words.replace("'", "''") + "'"
