"""Mistakes in a site's own templates that raise no error: misspelt blocks, words outside of blocks, empty templates."""

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import jinja2
from jinja2 import nodes

from builder.diagnostics import Diagnostic, Location, nearest, proposed
from builder.render import confinement


def check(own: Iterable[str], ours: Collection[str], text: Callable[[str], str], unreadable: type[Exception]) -> Iterator[Diagnostic]:
    """Report what is left out of pages without an error: blocks that the extended template does not have, words outside of every block, and templates that are empty.

    `own` are a site's own templates, `ours` those that come with Backstory, `text` returns the text of a template, or raises `unreadable`.
    One that cannot be read, or is not valid Jinja, is passed over; rendering reports it.
    """
    environment = jinja2.Environment(autoescape=True)

    @functools.cache  # a page of ours is asked for by each template of the site that others extend
    def parsed(name: str) -> nodes.Template:
        return environment.parse(text(name), name)

    def extended(tree: nodes.Template) -> str:
        found = tree.find(nodes.Extends)
        return found.template.value if found is not None and isinstance(found.template, nodes.Const) else ""

    for name in own:
        if not name.endswith(".html") and name not in ours:
            continue
        try:
            tree = parsed(name)
            yield from confinement.problems(tree, text(name), name)
            parent = extended(tree)
            if not parent:
                yield from _empty(name, text(name), tree)
                if _makes(tree.body) and name in ours and "/" not in name:
                    others = {file: parsed(file) for file in ours if file != name and file.endswith(".html") and "/" not in file}
                    yield from _without_blocks(name, tree, {file: other for file, other in others.items() if extended(other) == name})
                continue
            blocks: set[str] = set()
            makes = _blocks(tree)
            bare: set[str] = set()
            above, seen = parent, {name}
            while above and above not in seen:  # one that extends itself is reported where it is rendered
                seen.add(above)
                of_parent = parsed(above)
                blocks |= {block.name for block in of_parent.find_all(nodes.Block)}
                makes = {**_blocks(of_parent), **makes}  # what extends has the last word
                bare = {block for block, some in _blocks(of_parent).items() if not some}
                above = extended(of_parent)
        except (jinja2.TemplateError, RecursionError, unreadable):
            continue
        problems_of_file: list[Diagnostic] = []
        for node in tree.body:
            if isinstance(node, nodes.Block) and node.name not in blocks:
                near = proposed(node.name, nearest(node.name, blocks)) or f"Its blocks are: {', '.join(sorted(blocks))}."
                problems_of_file.append(
                    _at(name, node.lineno, f"“{parent}” has no block “{node.name}”, so what stands in it is on no page.", near)
                )
            elif isinstance(node, nodes.Output) and (line := _line_of_words(node)):
                message = f"This stands outside of every block, and “{parent}” shows blocks alone, so it is on no page."
                problems_of_file.append(_at(name, line, message, "Put it into a block."))
        if not problems_of_file and name in ours and "/" not in name and bare and not any(makes[block_name] for block_name in bare):
            message = f"This fills no block {' or '.join(f'“{block_name}”' for block_name in sorted(bare))}, so pages are built without what ours shows."
            problems_of_file.append(
                _at(name, 1, message, "Write that block, as our template does; or delete this one, and ours is used again.")
            )
        yield from problems_of_file


def _empty(name: str, text: str, tree: nodes.Template) -> Iterator[Diagnostic]:
    """Report a template that makes nothing. A part with a comment in it is taken to be empty on purpose; a page never is."""
    if not _makes(tree.body) and not ("/" in name and "{#" in text):
        hint = "Delete it, and ours is used again" + ("; or say why it is empty, in a comment: {# left out #}." if "/" in name else ".")
        yield _at(name, 1, "This template is empty, so pages are built without what ours shows.", hint)


def _without_blocks(name: str, tree: nodes.Template, extending: Mapping[str, nodes.Template]) -> Iterator[Diagnostic]:
    """Report a template that has no block of those that extend it: their pages then show nothing of their own."""
    own = _blocks(tree)
    filled = {
        file: [node.name for node in other.body if isinstance(node, nodes.Block) and _makes(node.body)] for file, other in extending.items()
    }
    lost = sorted(file for file, blocks in filled.items() if blocks and own.keys().isdisjoint(blocks))
    if lost:
        blocks = sorted(set.intersection(*(set(filled[file]) for file in lost)) or set(filled[lost[0]]))
        message = f"This has no block {' or '.join(f'“{block}”' for block in blocks)}, so pages made with {', '.join(lost[:_SHOWN])}{' and others' if len(lost) > _SHOWN else ''} show nothing of their own."
        yield _at(name, 1, message, f"Write {{% block {blocks[0]} %}}{{% endblock %}} where that is to stand.")


_SHOWN = 3


def _blocks(tree: nodes.Template) -> dict[str, bool]:
    """Return the blocks of a template, each with whether it makes something."""
    return {block.name: _makes(block.body) for block in tree.find_all(nodes.Block)}


def _makes(body: Iterable[nodes.Node]) -> bool:
    return any(not isinstance(node, nodes.Output) or _line_of_words(node) for node in body)


def _line_of_words(node: nodes.Output) -> int:
    """Return the line of the first words or expression of an output, counted from 1; 0 where there is white space alone."""
    for part in node.nodes:
        if not isinstance(part, nodes.TemplateData):
            return part.lineno
        if words := part.data.strip():
            return part.lineno + part.data[: part.data.index(words[0])].count("\n")
    return 0


def _at(name: str, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic("template-unused", message, Location(f"templates/{name}", line), help=hint)
