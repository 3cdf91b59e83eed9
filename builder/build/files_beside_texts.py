"""The pictures and other files that lie beside texts: which of them are published."""

import posixpath
from collections.abc import Iterable

import msgspec

from builder.checks.published_site import LinksOfText, unused
from builder.content import reading
from builder.diagnostics import WARNING, Diagnostic, Location
from builder.model import Document, Site

_SHARED = ("content/explainers", "content/pages", "content/actors")
"""Folders with pictures beside texts, which have a folder each or share one."""


def without_pictures_of(tree: reading.Tree, left_out: Iterable[Document], paths: Iterable[str]) -> reading.Tree:
    """Return the tree without the pictures beside left-out texts, which would reveal them.

    Where several texts share a folder, its pictures are kept as soon as one of the texts is. `paths` are all content files.
    """
    bundles = tuple(document.path.removesuffix("index.md") for document in left_out if document.path.endswith("/index.md"))
    not_shown = {document.path for document in left_out}
    waiting = {posixpath.dirname(path) for path in not_shown if path.startswith(_SHARED)}.difference(_SHARED)
    shown = {posixpath.dirname(path) for path in paths if path not in not_shown} if waiting else set()

    def waits(path: str) -> bool:
        if not path.startswith(_SHARED):
            return False
        if path.startswith(bundles):
            return True
        while (path := posixpath.dirname(path)) and path not in shown:
            if path in waiting:
                return True
        return False

    return msgspec.structs.replace(tree, copies={output: path for output, path in tree.copies.items() if not waits(path)})


def without_unused(tree: reading.Tree, site: Site, texts: Iterable[LinksOfText]) -> reading.Tree:
    """Return the tree without the files beside texts that the site neither links to, shows nor names: an author's notes and tables are not published."""
    beside = {output: path for output, path in tree.copies.items() if path.startswith(_SHARED)}
    if not beside:
        return tree
    left = {output: beside[output] for output in sorted(unused(site, texts, beside))}
    problems = tuple(
        Diagnostic(
            "file-unused",
            f"“{posixpath.basename(path)}” lies beside a text, but nothing links to it or shows it, so it is not published.",
            Location(path),
            help=f"Link to it, move it to content/static/{output} to publish it all the same, or take it out of content/.",
            severity=WARNING,
        )
        for output, path in left.items()
    )
    copies = {output: path for output, path in tree.copies.items() if output not in left}
    return msgspec.structs.replace(tree, copies=copies, diagnostics=(*tree.diagnostics, *problems))
