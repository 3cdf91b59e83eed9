"""W3C Web Annotations: the quotes that stand in the text of an explainer, each at its words."""

from builder.exporting.shapes import Chosen, Exported, ExportProblem, File
from builder.formats import annotations
from builder.pages import data_records


def write(chosen: Chosen) -> Exported:
    """Return a collection for each explainer with quotes in its text."""
    files: list[File] = []
    omissions: list[str] = []
    for slug in chosen.explainers:
        data = data_records.explainer_data(chosen.site, slug)
        left = sum(not quote.passages for quote in data.quotes)
        if len(data.quotes) > left:
            files.append(File(f"{slug}.jsonld", annotations.encode(data, own=True)))
        if left:
            omissions.append(f"{slug}: {left} {'quote' if left == 1 else 'quotes'} that {'stands' if left == 1 else 'stand'} in no text")
    if not files:
        message = "it has no quotes that stand in the text of an explainer"
        raise ExportProblem(message)
    if not chosen.site.settings.base_url:
        omissions.append("the addresses of the pages, since content/site.yaml has no base_url")
    return Exported(tuple(files), tuple(omissions))
