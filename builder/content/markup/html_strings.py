"""HTML that stands inside a text, as strings: links and footnotes."""

from collections.abc import Mapping
from html import escape

from builder.content.markup.page_context import FootnoteRef, LinkTarget, SizedPicture
from builder.model import Span, SpanStyle


def footnote_ref(ref: FootnoteRef) -> str:
    """Return the markup of `footnote_ref` in parts/notes.html, for a text that a view has as HTML."""
    anchor = f' id="{ref.anchor}"' if ref.anchor else ""
    return f'<sup class="note-ref"{anchor}><a href="#note--{ref.number}">{ref.number}</a></sup>'


def footnote_begin(number: int, back: str) -> str:
    """Return the beginning of a footnote, as `footnote` in parts/notes.html; `back` is the label of the link back to the text."""
    return (
        f'<span class="sidenote" id="note--{number}" role="note">'
        f'<span class="sidenote-number">{number}</span> '
        f'<a class="note-back" href="#note-ref--{number}" aria-label="{escape(back)}"></a>'
    )


def letter_label(number: int) -> str:
    """Return the letter of a note on paper: a, b, … z, aa."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def escape_text(text: str) -> str:
    """Return text as HTML."""
    # Most words have none of these, and looking is cheaper than replacing.
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def link(root: str, to: LinkTarget, words: str, html: str = "", *, more: bool = False, note: str = "") -> str:
    """Return the link to a page with `words`, or with `html` if it is given; `note` is the label of the note beside it."""
    classes = " ".join(filter(None, (to.line, "more" if more else "")))
    classed = f' class="{classes}"' if classes else ""
    href = to.path if to.path.startswith("#") else root + to.path
    noted = f' data-n="{note}"' if note else ""
    return f'<a{classed} href="{escape(href)}"{noted}>{html or escape_text(words)}</a>'


def span(root: str, mark: Span, styles: Mapping[tuple[str, str], SpanStyle], *, linkable: bool) -> tuple[str, str]:
    """Return the markup that begins or ends words with a mark of a plugin, and the text in it; `linkable` is whether a link of its own may stand behind them."""
    style = styles.get((mark.name, mark.value), SpanStyle())
    if not mark.ends:
        classed = f' class="{escape(style.css)}"' if style.css else ""
        titled = f' title="{escape(style.title)}"' if style.title else ""
        return f"<span{classed}{titled}>", ""
    if not style.href or not linkable:
        return "</span>", ""
    href = root + style.href.lstrip("/") if style.href.startswith("/") else style.href
    return f'</span> <a href="{escape(href)}">{escape_text(style.label)}</a>', f" {style.label}"


def picture(root: str, shown: SizedPicture, alt: str, title: str) -> str:
    """Return the markup of a picture in a text, as `lead` in parts/picture.html: loaded late, in a box of the right size from the start."""
    more = f' title="{escape(title)}"' if title else ""
    size = f' width="{shown.width}" height="{shown.height}"' if shown.width else ""
    src = shown.src if shown.src.startswith("#") else root + shown.src
    image = f'<img src="{escape(src)}" alt="{escape(alt)}"{more}{size} loading="lazy" decoding="async">'
    sources = "".join(
        f'<source type="{kind}" srcset="{", ".join(f"{root}{path} {width}w" for path, width in files)}" sizes="{shown.sizes}">'
        for kind, files in shown.sources
    )
    return f"<picture>{sources}{image}</picture>" if sources else image
