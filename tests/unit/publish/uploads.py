"""Small uploads, and the jobs that publish them, without a site."""

from pathlib import Path

from builder.model import PublishTarget
from builder.publish import PublishRequest
from builder.publish.upload import ASSET, LIST, PAGE, Upload, UploadFile, sha256

DATA = (".json", ".csv", ".ics")


def upload(files, **more):
    """An upload of files by path; `index.html` and data are lists, what lies in `assets/` an asset."""
    kinds = {path: LIST if path == "index.html" or path.endswith(DATA) else ASSET if path.startswith("assets/") else PAGE for path in files}
    made = {path: UploadFile(path, kinds[path], len(data), sha256(data), data) for path, data in sorted(files.items())}
    return Upload(made, 0, **more)


def job(root, when="2026-01-02T03:04:05Z", base_url="", **target):
    """A job that publishes to the folder `live` beside the site."""
    return PublishRequest(
        root=root,
        output=Path(),
        base_url=base_url,
        target=PublishTarget("live", **({"to": "folder", "path": "../live"} | target)),
        when=when,
        allow_deletes=True,
    )


def silent(*_):
    """Take no notice of the plan or the progress."""
