"""What hosts are known to refuse, so that it is told before a byte is sent."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from builder.model import Destination
from builder.publish.upload import Upload

MB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """What one host takes; 0 where it says nothing."""

    name: str
    size: int = 0
    """Bytes of the whole site."""
    files: int = 0
    files_in_a_folder: int = 0
    size_of_a_file: int = 0
    redirects: int = 0
    size_of_redirects: int = 0
    """Bytes of the file `_redirects`."""


# As the hosts told in 2026: GitHub “GitHub Pages limits” and “About large files”; GitLab issue 405048 and gitlab-pages !551; Cloudflare “Pages limits” (free plan)
# and “Redirects”; Netlify “Site deploys overview”.
LIMITS = {
    "github": Limits("GitHub Pages", size=1000 * MB, size_of_a_file=100 * MB),
    "gitlab": Limits("GitLab Pages on gitlab.com", size=1000 * MB, files=200_000, redirects=1000, size_of_redirects=64 * 1024),
    "cloudflare": Limits("Cloudflare Pages (free plan)", files=20_000, size_of_a_file=25 * MB, redirects=2000, size_of_redirects=100_000),
    "netlify": Limits("Netlify", files_in_a_folder=54_000),
}


def host_of(target: Destination) -> str:
    """Return who serves a target: as it says itself, or by the address of its repository."""
    if target.served_by or target.to != "git":
        return target.served_by
    return next((name for name in ("github", "gitlab") if f"{name}.com" in target.remote), "")


def exceeded(upload: Upload, target: Destination) -> Iterator[str]:
    """Yield in one sentence each what the host would refuse."""
    limits = LIMITS.get(host_of(target))
    if limits is None:
        return
    if limits.size and upload.size > limits.size:
        yield f"The site has {in_mb(upload.size)}; {limits.name} takes {in_mb(limits.size)}."
    if limits.files and len(upload.files) > limits.files:
        yield f"The site has {len(upload.files):,} files; {limits.name} takes {limits.files:,}."
    for file in upload.files.values():
        if limits.size_of_a_file and file.size > limits.size_of_a_file:
            yield f"{file.path} has {in_mb(file.size)}; {limits.name} takes no file over {in_mb(limits.size_of_a_file)}."
    folders = Counter(path.rpartition("/")[0] for path in upload.files)
    for folder, count in folders.items():
        if limits.files_in_a_folder and count > limits.files_in_a_folder:
            yield f"The folder {folder}/ has {count:,} files; {limits.name} takes {limits.files_in_a_folder:,}."
    told = upload.files.get("_redirects")
    if limits.redirects and told is not None and upload.redirects > limits.redirects:
        yield f"The site has {upload.redirects:,} old addresses (aliases); {limits.name} takes {limits.redirects:,} redirects."
    if limits.size_of_redirects and told is not None and told.size > limits.size_of_redirects:
        yield f"The file _redirects has {told.size:,} bytes; {limits.name} reads {limits.size_of_redirects:,}."


def in_mb(size: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{size / MB:,.1f} MB" if size >= MB / 10 else f"{-(-size // 1024):,} kB"
