"""W3C Web Annotations: the quotes that stand in the text of an explainer, each at its words."""

import msgspec

from builder.exporting.exporter_types import Chosen, Exported, ExportProblem, File, list_in_quotes
from builder.exporting.whole_records import find_surroundings, uncounted, unsaid
from builder.formats import annotations
from builder.model import quote_key
from builder.pages import data_records


def write(chosen: Chosen) -> Exported:
    """Return a collection for each explainer with quotes in its text."""
    files: list[File] = []
    omissions: list[str] = []
    for slug in chosen.explainers:
        data = data_records.explainer_data(chosen.site, slug)
        around = find_surroundings(
            msgspec.structs.replace(chosen, explainers=(slug,), events=()),
            actors=[actor.id for actor in data.actors],
            sources=[source.id for source in data.sources],
        )
        left = sum(not quote.passages for quote in data.quotes)
        if len(data.quotes) > left:
            files.append(File(f"{slug}.jsonld", annotations.encode(data, around)))
        omissions += [f"{slug}: {omission}" for omission in unsaid(chosen, around.actors, around.sources)]
        quotes = [quote_key(quote.id) for quote in data.quotes if quote.passages]
        omissions += [f"{slug}: {omission}" for omission in uncounted(chosen, (), quotes)]
        if spoken := [quote.words for quote in data.quotes if quote.about and quote.passages]:
            omissions.append(f"{slug}: the events that are spoken of in {len(spoken)}: {list_in_quotes(spoken)}")
        if left:
            omissions.append(f"{slug}: {left} {'quote' if left == 1 else 'quotes'} that {'stands' if left == 1 else 'stand'} in no text")
    if not files:
        message = "it has no quotes that stand in the text of an explainer"
        raise ExportProblem(message)
    if not chosen.site.settings.base_url:
        omissions.append("the addresses of the pages, since content/site.yaml has no base_url")
    return Exported(tuple(files), tuple(omissions))
