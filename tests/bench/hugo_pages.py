"""A site for Hugo of which as many files and bytes come out as of ours: the column “Hugo, our pages”.

The peer's templates, with four additions: source pages with their quotes and events, as a taxonomy; two data files for each explainer; the pages of our long lists;
and in each template plain filler, as long as what our pages of that kind have more. Filler costs less than pages that are drawn, and Hugo checks nothing,
so the time is a lower bound of what Hugo would take for our site.
"""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import NamedTuple

KINDS = ("explainers", "actors", "events", "sources", "topics")
"""The folders of pages that have a template of their own; all other files are of the kind `rest`."""
DATA = {"data.json": "data", "annotations.jsonld": "annotations"}
"""Files beside the page of each explainer, and the output formats of Hugo that make them."""
REST = "rest"

_SOURCE = re.compile(r"^  - id: (s\d+)$", re.MULTILINE)
_FORMATS = """
[outputFormats.data]
  mediaType = "application/json"
  baseName = "data"
[outputFormats.annotations]
  mediaType = "application/ld+json"
  baseName = "annotations"
[mediaTypes."application/ld+json"]
  suffixes = ["jsonld"]
"""
_TERM = """{{ define "main" }}
<h1>{{ .Data.Term }}</h1>
{{- $id := index (split .Data.Term "-") 0 }}
{{- range $p := .Pages }}
{{- range where .Params.sources "id" $id }}<p><a href="{{ .url }}">{{ .title }}</a>, {{ .publisher }}, <time>{{ .date }}</time></p>{{ end }}
<section id="quotes"><h2>Quotes</h2>
{{- range where .Params.quotes "source" $id }}
<figure><blockquote><p>{{ .text }}</p></blockquote><figcaption><time>{{ .date }}</time>, in <a href="{{ $p.RelPermalink }}#{{ .id }}">{{ $p.Title }}</a></figcaption></figure>
{{- end }}
</section>
<section id="events"><h2>Events</h2><ul>
{{- range where .Params.timeline "source" $id }}
<li><time>{{ .date }}</time> <a href="/events/{{ .id }}/">{{ .title }}</a></li>
{{- end }}
</ul></section>
{{- end }}
{{ end }}
"""
_TAXONOMY = """{{ define "main" }}
<h1>Sources</h1><ul>
{{- range .Data.Terms.Alphabetical }}
<li><a href="{{ .Page.RelPermalink }}">{{ .Term }}</a> {{ .Count }}</li>
{{- end }}
</ul>
{{ end }}
"""


class Size(NamedTuple):
    files: int
    bytes: int


def sizes(output: Path) -> dict[str, Size]:
    """Return the number of files and of bytes of an output folder, by kind: pages of records, data files of explainers, and the rest."""
    files: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for path in output.rglob("*"):
        if path.is_file():
            kind = _kind(path.relative_to(output).parts)
            files[kind] += 1
            total[kind] += path.stat().st_size
    return {kind: Size(files[kind], total[kind]) for kind in files}


def lay(site: Path, ours: Path, hugo: str) -> None:
    """Turn a site of the peer, as it is laid out, into one that makes as many files and bytes as our output in `ours`.

    Hugo runs twice, off the clock: to see what its pages have without filler, and to see that nothing fails with it.
    """
    _add_sources(site)
    _add_formats(site)
    rest = [path.relative_to(ours) for path in sorted(ours.rglob("*")) if path.is_file() and _kind(path.relative_to(ours).parts) == REST]
    wanted = sizes(ours)
    _build(site, hugo)
    made = sizes(site / "public")
    for kind in (*KINDS, *DATA):
        _fill(site, kind, (wanted[kind].bytes - made[kind].bytes) // made[kind].files if kind in wanted and kind in made else 0)
    # The peer's own lists, feed and sitemap are of the rest too.
    missing = wanted[REST].files - made[REST].files
    each = max(0, wanted[REST].bytes - made[REST].bytes) // max(1, missing)
    (site / "layouts" / REST).mkdir()
    (site / "layouts" / REST / "single.html").write_text("x" * each, "utf-8")
    (site / "content" / REST).mkdir()
    for number, path in enumerate(rest[: max(0, missing)]):
        (site / "content" / REST / f"{number}.md").write_text(f"---\ntitle: {number}\nurl: /{REST}/{number}/\n---\n{path.name}\n", "utf-8")
    shutil.rmtree(site / "public")
    _build(site, hugo)
    shutil.rmtree(site / "public")


def _kind(parts: tuple[str, ...]) -> str:
    if parts[0] == "explainers" and parts[-1] in DATA and len(parts) == len(("explainers", "slug", "file")):
        return parts[-1]
    is_record = parts[0] in KINDS and parts[1:2] != ("page",) and parts[2:] == ("index.html",)
    return parts[0] if is_record else REST


def _add_sources(site: Path) -> None:
    for path in (site / "content" / "explainers").glob("*.md"):
        text = path.read_text("utf-8")
        number = path.stem.rpartition("-")[2]
        names = ", ".join(f"{found}-{number}" for found in _SOURCE.findall(text))
        path.write_text(text.replace("\nsources:\n", f"\norigins: [{names}]\nsources:\n", 1), "utf-8")
    folder = site / "layouts" / "sources"
    folder.mkdir()
    (folder / "term.html").write_text(_TERM, "utf-8")
    (folder / "taxonomy.html").write_text(_TAXONOMY, "utf-8")


def _add_formats(site: Path) -> None:
    config = site / "hugo.toml"
    text = config.read_text("utf-8").replace('  topic = "topics"\n', '  topic = "topics"\n  origin = "origins"\n', 1)
    text = text.replace("[outputs]\n", '[permalinks]\n  [permalinks.term]\n    origins = "/sources/:slug/"\n[outputs]\n', 1)
    config.write_text(text.replace("[outputs]\n", "[outputs]\n" + '  page = ["html"]\n', 1) + _FORMATS, "utf-8")
    (site / "layouts" / "sources").rename(site / "layouts" / "origins")
    explainers = site / "content" / "explainers" / "_index.md"
    explainers.write_text('---\ntitle: Explainers\ncascade:\n  outputs: ["html", "data", "annotations"]\noutputs: ["html"]\n---\n', "utf-8")
    folder = site / "layouts" / "explainers"
    (folder / "single.data.json").write_text('{"title": {{ .Title | jsonify }}, "quotes": {{ .Params.quotes | jsonify }}}\n', "utf-8")
    (folder / "single.annotations.jsonld").write_text('{"quotes": {{ .Params.quotes | jsonify }}}\n', "utf-8")


def _fill(site: Path, kind: str, length: int) -> None:
    """Add so many characters to the template of a kind."""
    folder = site / "layouts" / ("origins" if kind == "sources" else kind if kind in KINDS else "explainers")
    name = f"single.{DATA[kind]}{Path(kind).suffix}" if kind in DATA else "single.html" if kind == "explainers" else "term.html"
    if length > 0:
        template = folder / name
        text = template.read_text("utf-8")
        # What stands outside of a block of the base template is not drawn.
        body, _, end = text.rpartition("{{ end }}") if kind not in DATA else (text, "", "")
        template.write_text(body + "x" * length + ("{{ end }}" + end if kind not in DATA else ""), "utf-8")


def _build(site: Path, hugo: str) -> None:
    subprocess.run([hugo, "--quiet"], cwd=site, check=True, capture_output=True, timeout=1800)
