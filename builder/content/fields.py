"""Front-matter nodes into typed values: a reader for each kind of value in `content.schema`.

A `Reader` gathers the problems of one file. A value that is wrong is left out, so that all the others still count; nothing raises.
"""

import re
from collections.abc import Callable
from typing import Any, Unpack

from builder import dates, urls
from builder.content import markup, schema, unknown_keys
from builder.content.editing.line_edits import unmarked
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode, flow_commas, flow_dates, pasted_quotes
from builder.content.schema import placeholders, suggestions
from builder.content.schema.quoting_keys import MAY_QUOTE, SHOWN, taken_as_read
from builder.diagnostics import CODES, WARNING, Details, Diagnostic, Location, TextEdit, nearest, proposed
from builder.model import Body, RelativeDate, When

Values = dict[str, Any]
"""A record's values by key. Kinds give: TEXT, ID, NAME, URL, LANGUAGE, CHOICE and MARKDOWN a `Scalar` (with its place); the lists a tuple of these;
DATE a `When`; YES_NO a bool; NUMBER an int; RECORD and RECORDS the node itself, for the caller."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_COMMENT = re.compile(rf"<!--|%%[^\s%][^%]*%%|{markup.REMARK}")
"""What is no word for readers: a comment of HTML or of Obsidian."""
_OF_PLUGIN = re.compile(schema.OF_PLUGIN)
_YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}

MOST_HINTS = 1_000
"""Wrong dates of one file for which it is said what to write: to find that takes longer than to read the date. `check --fix` may run again."""


class Reader:
    """Reads the nodes of one file.

    Where `whole` is false, the front matter could not be read to its end: keys that are missing may stand in the part that was lost, and are not reported.
    """

    def __init__(self, path: str, *, whole: bool = True, quotes: bool = False, text: str = "") -> None:
        """`text` is that of the file, for edits that move what stands in it."""
        self.path = path
        self.file = text
        self.quoting: list[Body] | None = [] if quotes else None
        self.whole = whole
        self.problems: list[Diagnostic] = []
        self.value_locations: list[tuple[str, int, int]] = []
        self.unknown = self.wrong_dates = 0
        self.near: int | None = None  # the day from which dates without a year count, as `dates.first_day` counts

    # --- problems ------------------------------------------------

    def location(self, node: Node) -> Location:
        """Where a node stands."""
        width = (node.width or len(node.value.partition("\n")[0])) if isinstance(node, Scalar) else 1
        return Location(self.path, node.line, node.column, max(1, width))

    def error(self, code: str, message: str, node: Node, hint: str = "", **details: Unpack[Details]) -> None:
        """Record an error at a node; `details` are further fields of the `Diagnostic`."""
        subject = node.value if isinstance(node, Scalar) else ""
        self.problems.append(Diagnostic(code, message, self.location(node), help=hint, subject=subject, **details))

    def warning(self, code: str, message: str, node: Node, hint: str = "", *, edits: tuple[TextEdit, ...] = ()) -> None:
        """Record a warning at a node."""
        subject = node.value if isinstance(node, Scalar) else ""
        self.problems.append(Diagnostic(code, message, self.location(node), help=hint, severity=WARNING, subject=subject, edits=edits))

    def instead(self, node: Scalar, words: str) -> tuple[TextEdit, ...]:
        """Return the edit that writes other words in the place of a scalar; none where it goes over several lines, or has escapes."""
        if node.width != len(node.value) or not words:
            return ()
        return (TextEdit(self.path, node.line, node.column, node.line, node.column + node.width, words),)

    # --- records ------------------------------------------------

    def record(self, node: Node, name: str, *, whole: bool = True) -> tuple[Values, tuple[tuple[str, str], ...]]:
        """Read a mapping by the table of the record `name`.

        Returns the values that are right, and the author's own `x_` keys.
        Where `whole` is false, required keys may be missing: the record holds only defaults.
        """
        if not isinstance(node, MappingNode):
            message = f"This must be a record of the kind “{name}”: keys with their values."
            self.error("not-a-record", message, node, suggestions.example(name), kind=name)
            return {}, ()
        table, as_read = schema.BY_NAME[name], taken_as_read(name)
        values: Values = {}
        extra: list[tuple[str, str]] = []
        misspelt, cut = set[str](), flow_commas.cut_off(node)
        for key, value in node.items:
            known = table.get(key.value)
            if known is None and key.value.startswith("x_") and name in schema.WITH_OWN_KEYS:
                extra.append((key.value, flow_dates.in_text(value)))
                continue
            if known is None and key in cut:
                misspelt.add(colonless := flow_commas.without_colon(key, node, {key.name: key.required for key in table.values()}))
                self.problems.append(flow_commas.problem("key-unknown", key, cut[key], self.location(key), name=colonless))
                continue
            if known is None:
                meant = unknown_keys.report(self, key, name, node)
                misspelt.add(meant)
                # What was meant is read as such, so that nothing is reported that only follows from the slip.
                known = table.get(meant) if suggestions.is_sure(key.value, meant, name) else None
                if known is None or any(other.value == meant for other, _ in node.items):
                    continue
            if isinstance(value, Scalar) and value.plain and not value.value:
                continue  # a key with nothing after it says nothing
            read = _READERS[known.takes](self, value, known)
            if read is None:
                continue
            if known.name in as_read:
                values[known.name] = read
            else:
                values[known.name], slip = pasted_quotes.without(read, name, known.name)
                self._report_marks(slip)
                self._report_ids(values[known.name], name, known.name)
                self._report_markup(values[known.name], known)
        if whole and self.whole:
            for known in schema.REQUIRED[name]:
                if known.name not in values and known.name not in misspelt:
                    self._report_missing(node, name, known, values)
        return values, tuple(extra)

    def _report_missing(self, node: MappingNode, record: str, key: schema.Key, values: Values) -> None:
        """Report a key that a record must have and has not; one whose value is wrong was reported."""
        if any(given.value == key.name and flow_dates.is_filled(value) for given, value in node.items):
            return
        message = f"This {record.replace('_', ' ')} has no “{key.name}”."
        hint = f"Add “{key.name}:” — {key.about[0].lower()}{key.about[1:]}"
        subject = values["id"].value if "id" in values else ""
        self.problems.append(Diagnostic("key-missing", message, self.location(node), help=hint, subject=subject, kind=record))

    def _report_ids(self, read: Any, record: str, key: str) -> None:
        """Report names that look like ids where they are words, and of words that say nothing: readers would see them."""
        if key in schema.SEEN.get(record, ()) or key in schema.OR_UNKNOWN.get(record, ()):
            for scalar in (read,) if isinstance(read, Scalar) else read:
                if scalar.plain and (slip := placeholders.seen(scalar.value, suggestions.shortened(scalar.value), record, key)) is not None:
                    self.error("words-like-id", slip[0], scalar, slip[1])

    def _report_markup(self, read: Any, key: schema.Key) -> None:
        """Report Markdown in words that are shown as they are written."""
        if key.name in SHOWN:
            for scalar in (read,) if isinstance(read, Scalar) else read:
                if found := markup.mark_in(scalar.value):
                    message = f"Readers see “{found}” as it is written: “{key.name}” is no Markdown."
                    self.warning("markup-in-value", message, scalar, "Write the words alone.")

    def bare(self, node: Scalar) -> Scalar:
        """Return words without quotation marks that were pasted along; what may be such marks is reported."""
        (found,), slip = pasted_quotes.of_all((node,))
        self._report_marks(slip)
        return found

    def _report_marks(self, slip: pasted_quotes.Told | None) -> None:
        """Report quotation marks that were pasted along."""
        if slip is not None:
            message, node, hint, bare = slip
            edits = unmarked(self.path, self.file, (node.line, node.column), node.width, bare) if bare else ()
            self.warning("marks-around", message, node, hint, edits=edits)

    # --- kinds ------------------------------------------------

    def _wrong(self, node: Node, key: schema.Key) -> None:
        got = (
            "a list"
            if isinstance(node, SequenceNode)
            else "a record"
            if isinstance(node, MappingNode)
            else f"“{suggestions.shortened(node.value)}”"
        )
        self.error("value-wrong", f"“{key.name}” takes {key.takes}, not {got}.", node, _HINTS.get(key.takes, ""))

    def text(self, node: Node, key: schema.Key) -> Scalar | None:
        """Read one text."""
        if isinstance(node, Scalar):
            if node.cut and key.takes in _WORDS:
                self.cut_short(node)
            if self.quoting is not None and key in MAY_QUOTE:
                node = self.note_quoting(node, key)
            elif "{" in node.value and key.takes in _PLAIN_WORDS:
                node = self._without_marks(node)
            if key.takes in _PLAIN_WORDS and ("{" in node.value or "%" in node.value or "<" in node.value) and _COMMENT.search(node.value):
                message = "This value has something like a comment, which would be published: values are shown as written."
                self.error("comment-open", message, node, "Delete it; or write it into a line of its own that begins with “#”.")
            if node.value.strip():
                return node
            self.error("value-empty", f"“{key.name}” is empty.", node, "Write the value, or leave the key out.")
            return None
        self._wrong(node, key)
        return None

    def _without_marks(self, node: Scalar) -> Scalar:
        """Return a text without marks that have no meaning in it, which would be published as they are written."""
        if (words := markup.NOBODY.sub("", node.value)) == node.value:
            return node
        self.warning("span-unknown", "{quote=no} means nothing in this value, so it is left out.", node, "Delete it.")
        return Scalar(words, node.line, node.column, node.plain, node.width)

    def note_quoting(self, node: Scalar, key: schema.Key) -> Scalar:
        """Record what may be a quotation in a value of an explainer, and return the value without {quote=no}. In other files it stays as it is."""
        if self.quoting is None:
            return node
        bare = node.value if key.name == "title" and not node.plain else pasted_quotes.of_all((node,))[0][0].value
        at = max(0, node.value.find(bare))
        is_exact = node.width == len(node.value)
        column, is_markdown = node.column + at * is_exact, key.takes == schema.MARKDOWN
        words, found = markup.quoting(bare, node.line, column, is_exact=is_exact, is_markdown=is_markdown)
        if found is not None:
            self.quoting.append(found)
        return node if words == bare else Scalar(words, node.line, node.column, plain=False, width=node.width)

    def cut_short(self, node: Scalar) -> None:
        """Report words that YAML takes for a comment."""
        location = Location(self.path, node.line, node.column + node.width + 1, len(node.cut)) if node.width else self.location(node)
        message = f"The text ends before “{suggestions.shortened(node.cut)}”: a space and “#” begin a comment."
        hint = "Put the whole text in quotation marks, or a space behind the “#” if it is a comment."
        self.problems.append(Diagnostic("text-cut", message, location, help=hint))

    def texts(self, node: Node, key: schema.Key) -> tuple[Scalar, ...] | None:
        """Read one text, or a list of them."""
        if isinstance(node, SequenceNode):
            return tuple(item for item in (self.text(item, key) for item in node.items) if item is not None)
        return (text,) if (text := self.text(node, key)) is not None else None

    def id(self, node: Node, key: schema.Key) -> Scalar | None:
        """Read an id."""
        scalar = self.text(node, key)
        if scalar is None or urls.is_id(scalar.value):
            if scalar is not None:
                self.value_locations.append((scalar.value, scalar.line, scalar.column))
            return scalar
        self.bad_id(scalar, defines=key.name == "id")
        return None

    def ids(self, node: Node, key: schema.Key) -> tuple[Scalar, ...] | None:
        """Read one id, or a list of them; whether they lead anywhere is known only when all files are read."""
        found = self.texts(node, key)
        self.value_locations += [(item.value, item.line, item.column) for item in found or ()]
        return found

    def name(self, node: Node, key: schema.Key) -> Scalar | None:
        """Read an id or plain words."""
        scalar = self.text(node, key)
        if scalar is not None:
            self.value_locations.append((scalar.value, scalar.line, scalar.column))
        return scalar

    def bad_id(self, node: Scalar, *, defines: bool = False) -> None:
        """Report that something cannot be an id; one that a record `defines` is read as if it were written as it should be."""
        made = urls.slug(node.value)
        edits = self.instead(node, made) if defines and made and made == node.value.lower().replace("_", "-") else ()
        hint = suggestions.id_hint(node.value)
        self.error("id-wrong", f"“{suggestions.shortened(node.value)}” cannot be an id.", node, hint, edits=edits)

    def date(self, node: Node, key: schema.Key) -> When | None:
        """Read an EDTF date, or the story's own word for one."""
        node = flow_dates.as_written(node)
        if isinstance(node, MappingNode):
            return self._relative(node)
        if isinstance(node, SequenceNode) and dates.is_date(meant := flow_dates.with_signs(node)):
            message = f"“{key.name}” takes a date, and YAML took the signs of this one for its own."
            self.error("value-wrong", message, node, f"Write “{meant}” in quotation marks.")
            return None
        scalar = self.text(node, key)
        if scalar is None:
            return None
        if scalar.value == "unknown":
            return When(location=self.location(scalar))
        try:
            found = dates.parse(scalar.value.strip(), hints=self.wrong_dates < MOST_HINTS)
            if ".." in found.edtf and (turned := dates.repair_order(found.edtf)) != found.edtf:
                self.warning(
                    "date-order", f"In “{found.edtf}” the later date stands first; it is read as {turned}.", scalar, f"Write {turned}."
                )
            return When(found, location=self.location(scalar))
        except dates.DateProblem as problem:
            self.wrong_dates += 1
            edits = self.instead(scalar, problem.instead) if problem.is_certain else ()
            self.error(
                "date-wrong",
                f"“{suggestions.shortened(scalar.value)}” is not a date. {problem.reason}",
                scalar,
                suggestions.of_date(problem.hint or dates.IN_GENERAL, self.file, scalar.line, scalar.column),
                edits=edits,
            )
            return None

    def _relative(self, node: MappingNode) -> When | None:
        values, _ = self.record(node, "relative_date")
        says = values.get("says")
        if says is None:
            return None
        counted, meant = values.get("as_of"), values.get("is")
        return When(
            meant.date if meant is not None else None,
            RelativeDate(says.value, counted.value if counted is not None else "", self.location(says)),
            meant.location if meant is not None else self.location(says),
        )

    def address(self, node: Node, key: schema.Key) -> Scalar | None:
        """Read an address of the web."""
        scalar = self.text(node, key)
        if scalar is None:
            return None
        if urls.is_web_address(scalar.value):
            return scalar
        hint = "Write it in full, beginning with https://, without spaces."
        self.error("url-wrong", f"“{suggestions.shortened(scalar.value)}” is not an address of the web.", scalar, hint)
        return None

    def language(self, node: Node, key: schema.Key) -> Scalar | None:
        """Read a BCP 47 language tag, by its shape."""
        scalar = self.text(node, key)
        if scalar is None or _LANGUAGE.fullmatch(scalar.value):
            return scalar
        tag = schema.TAGS.get(scalar.value.lower()) or (fixed if _LANGUAGE.fullmatch(fixed := scalar.value.replace("_", "-")) else "")
        message = f"“{key.name}” takes {key.takes}, not “{suggestions.shortened(scalar.value)}”."
        self.error("value-wrong", message, scalar, f"Write {tag or 'en, de or pt-BR'}.", edits=self.instead(scalar, tag))
        return None

    def yes_no(self, node: Node, key: schema.Key) -> bool | None:
        """Read yes or no."""
        said = _YES_NO.get(node.value.lower()) if isinstance(node, Scalar) else None
        if said is None:
            self._wrong(node, key)
        return said

    def number(self, node: Node, key: schema.Key) -> int | None:
        """Read a whole number."""
        if isinstance(node, Scalar) and re.fullmatch(r"-?[0-9]{1,9}", node.value):
            return int(node.value)
        self._wrong(node, key)
        return None

    def choice(self, node: Node, key: schema.Key) -> Scalar | None:
        """Read one of the words that the key takes; of a misspelt one, which is an error, the one that was meant."""
        scalar = self.text(node, key)
        if scalar is None or scalar.value in key.options or (key.of_plugins and _OF_PLUGIN.fullmatch(scalar.value)):
            return scalar
        meant = suggestions.value_for(key.name, scalar.value, key.options)
        same = suggestions.is_same(scalar.value, meant)
        near = f"Write “{meant}”." if same else proposed(scalar.value, meant)
        self.error(
            "value-unknown",
            f"“{key.name}” cannot be “{suggestions.shortened(scalar.value)}”.",
            scalar,
            f"{near} " * bool(near) + f"It takes: {', '.join(key.options)}.",
            suggestion=meant,
            edits=self.instead(scalar, meant) if same else (),
        )
        return Scalar(meant, scalar.line, scalar.column, scalar.plain, scalar.width) if meant else None

    def code(self, node: Node, key: schema.Key) -> Scalar | None:
        """Read the code of a problem."""
        scalar = self.text(node, key)
        if scalar is None or scalar.value in CODES or _OF_PLUGIN.fullmatch(scalar.value):
            return scalar
        near = nearest(scalar.value, CODES)
        hint = proposed(scalar.value, near) or "Write the code that the message ends with, without its brackets."
        self.error("value-unknown", f"No problem has the code “{suggestions.shortened(scalar.value)}”.", scalar, hint, suggestion=near)
        return None

    def node(self, node: Node, _key: schema.Key) -> Node | None:
        """Hand a record over as it is."""
        return node


_WORDS = frozenset({schema.TEXT, schema.MARKDOWN, schema.TEXTS, schema.NAME, schema.NAMES})
"""Kinds of values that are published as they are written."""

_PLAIN_WORDS = _WORDS - {schema.MARKDOWN}  # marks mean nothing in these

_HINTS = {
    schema.DATE: dates.IN_GENERAL,
    schema.TEXT: "Put it in quotation marks if it has a colon or brackets.",
    schema.TEXTS: "Write one text, or a list: [one, two].",
    schema.YES_NO: "Write yes or no.",
    schema.NUMBER: "Write it in figures, such as 2.",
}

_READERS: dict[str, Callable[[Reader, Node, schema.Key], Any]] = {
    schema.TEXT: Reader.text,
    schema.MARKDOWN: Reader.text,
    schema.TEXTS: Reader.texts,
    schema.ID: Reader.id,
    schema.IDS: Reader.ids,
    schema.NAME: Reader.name,
    schema.NAMES: Reader.ids,
    schema.DATE: Reader.date,
    schema.URL: Reader.address,
    schema.LANGUAGE: Reader.language,
    schema.YES_NO: Reader.yes_no,
    schema.NUMBER: Reader.number,
    schema.CHOICE: Reader.choice,
    schema.CODE: Reader.code,
    **dict.fromkeys((schema.RECORD, schema.RECORDS, schema.PROPOSALS, schema.COORDINATES, schema.VERSIONS), Reader.node),
}
