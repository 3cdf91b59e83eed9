"""The keys with words that readers see, and what is allowed in them."""

IDENTIFYING = ("name", "alias", "weak_alias", "same_as", "position", "image")
"""Keys that an unnamed source may not carry, since they would name it."""

CONTACT = (
    r"x_(?:(?:real|full|true|first|last)_)?(?:name|identity)"
    r"|x_(?:e_?mail|(?:tele)?phone|mobile|contact|address|handle|signal|telegram|whatsapp|wikidata)(?:_\w+)?"
)
"""An author's own keys that would identify an unnamed source; they reach the templates like any other."""

WITHOUT_MARKS: dict[str, tuple[str, ...]] = {
    "actor": ("name", "alias", "weak_alias", "of", "here", "described_as"),
    "position": ("role", "of"),
    "source": ("publisher", "authors"),
    "quote": ("text", "to", "as_published", "corrected", "resp"),
    "translation": ("text", "by"),
    "event": ("by", "place"),
    "status": ("by",),
    "explainer": ("authors",),
    "site": ("authors",),
}
"""Keys whose values have no quotation marks around them: pasted ones are removed."""

TITLES = {"explainer": "title", "page": "title", "site": "title", "source": "title", "event": "title"}
"""Keys whose values may begin and end with quotation marks, as headlines do: these stay if the value is quoted for YAML as well."""

NAMES_AS_WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("explainer", "source", "site"), ("authors",)),
    "translation": ("by",),
    "quote": ("resp",),
    "event": ("place", "title"),
    "actor": ("name",),
}
"""Keys that take names as words alone: an id in them would be published."""
OFTEN_SMALL = ("resp", "place", "name", "title")
"""Keys of these whose words may be in small letters: `online`."""

SEEN: dict[str, tuple[str, ...]] = {**NAMES_AS_WORDS, "actor": ("name", "here", "described_as"), "position": ("role",)}
"""Keys whose words readers see, and where `unknown` has no meaning."""

OR_UNKNOWN: dict[str, tuple[str, ...]] = {"actor": ("knows_because", "anonymity_reason", "count")}
"""Keys that take words, or `unknown`."""

BESIDE_IDS: dict[str, tuple[str, ...]] = {"explainer": ("topics",), "actor": ("here", "described_as"), "position": ("role",)}
"""Keys of words in which the id of an actor was surely meant as one."""

OWN_WORDS: dict[str, tuple[str, ...]] = {
    "explainer": ("title", "summary"),
    "event": ("title", "short"),
    "quote": ("note",),
    "source": ("note",),
    "actor": ("here", "described_as", "knows_because", "anonymity_reason"),
    "image": ("alt", "caption"),
}
"""Keys that hold the author's own words without Markdown."""
