"""Limits of hosts, checked before anything is sent."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from builder.model import PublishTarget
from builder.publish.upload import Upload

MB = 1024 * 1024


class HostLimits(msgspec.Struct, frozen=True):
    """The limits of one host; 0 for none."""

    name: str
    size: int = 0
    """Bytes of the whole site."""
    files: int = 0
    files_in_a_folder: int = 0
    size_of_a_file: int = 0
    redirects: int = 0
    size_of_redirects: int = 0
    """Bytes of the file `_redirects`."""


# As documented in 2026: GitHub “GitHub Pages limits” and “About large files”; GitLab issue 405048 and gitlab-pages !551; Cloudflare “Pages limits” (free plan)
# and “Redirects”; Netlify “Site deploys overview”.
LIMITS = {
    "github": HostLimits("GitHub Pages", size=1000 * MB, size_of_a_file=100 * MB),
    "gitlab": HostLimits("GitLab Pages on gitlab.com", size=1000 * MB, files=200_000, redirects=1000, size_of_redirects=64 * 1024),
    "cloudflare": HostLimits(
        "Cloudflare Pages (free plan)", files=20_000, size_of_a_file=25 * MB, redirects=2000, size_of_redirects=100_000
    ),
    "netlify": HostLimits("Netlify", files_in_a_folder=54_000),
}


def host_of(target: PublishTarget) -> str:
    """Return the host of a target: by its `served_by`, or by the address of its repository; "" if unknown."""
    if target.served_by or target.to != "git":
        return target.served_by
    return next((name for name in ("github", "gitlab") if f"{name}.com" in target.remote), "")


def exceeded(upload: Upload, target: PublishTarget) -> Iterator[str]:
    """Yield a sentence for each limit of the host that the upload exceeds."""
    limits = LIMITS.get(host_of(target))
    if limits is None:
        return
    if limits.size and upload.size > limits.size:
        yield f"The site has {format_size(upload.size)}; {limits.name} takes {format_size(limits.size)}."
    if limits.files and len(upload.files) > limits.files:
        yield f"The site has {len(upload.files):,} files; {limits.name} takes {limits.files:,}."
    for file in upload.files.values():
        if limits.size_of_a_file and file.size > limits.size_of_a_file:
            yield f"{file.path} has {format_size(file.size)}; {limits.name} takes no file over {format_size(limits.size_of_a_file)}."
    folders = Counter(path.rpartition("/")[0] for path in upload.files)
    for folder, count in folders.items():
        if limits.files_in_a_folder and count > limits.files_in_a_folder:
            yield f"The folder {folder}/ has {count:,} files; {limits.name} takes {limits.files_in_a_folder:,}."
    redirects = upload.files.get("_redirects")
    if limits.redirects and redirects is not None and upload.redirects > limits.redirects:
        yield f"The site has {upload.redirects:,} old addresses (aliases); {limits.name} takes {limits.redirects:,} redirects."
    if limits.size_of_redirects and redirects is not None and redirects.size > limits.size_of_redirects:
        yield f"The file _redirects has {redirects.size:,} bytes; {limits.name} reads {limits.size_of_redirects:,}."


def format_size(size: int) -> str:
    """Return a number of bytes in MB or kB, for messages."""
    return f"{size / MB:,.1f} MB" if size >= MB / 10 else f"{-(-size // 1024):,} kB"
