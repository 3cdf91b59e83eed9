"""Limits of hosts, checked before anything is sent."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from builder.model import PublishTarget
from builder.publish.upload import Upload

MB = 1024 * 1024


class HostLimits(msgspec.Struct, frozen=True):
    """The limits of one host; 0 for none."""

    host: str
    size: int = 0
    """Bytes of the whole site."""
    files: int = 0
    files_in_a_folder: int = 0
    size_of_a_file: int = 0
    redirects: int = 0
    size_of_redirects: int = 0
    """Bytes of the file `_redirects`."""
    redirect: int = 0
    """Characters of one line of it."""
    rules: int = 0
    """Rules in the file `_headers`."""
    header: int = 0
    """Characters of one line of it."""
    name: int = 0
    """Bytes of a path, with the prefix of the target."""
    signs: str = ""
    """Characters that no path may have."""
    hint: str = ""
    """What to do about too many files."""


_CLOUDFLARE = HostLimits(
    "Cloudflare Pages (free plan)",
    files=20_000,
    size_of_a_file=25 * MB,
    redirects=2000,
    size_of_redirects=100_000,
    redirect=1000,
    rules=100,
    header=2000,
    hint="A paid plan takes 100,000: with one, write “for: cloudflare-paid”, and set PAGES_WRANGLER_MAJOR_VERSION=4 in the settings of the project there.",
)

# As documented in 2026: GitHub “GitHub Pages limits” and “About large files”; GitLab issue 405048 and gitlab-pages !551; Cloudflare “Pages limits”,
# “Redirects” and “Headers”; Netlify “Site deploys overview”, “Redirects”, netlify/build issue 2193; Amazon “Naming Amazon S3 objects” and, for one PUT, “Uploading objects”.
LIMITS = {
    "github": HostLimits("GitHub Pages", size=1000 * MB, size_of_a_file=100 * MB),
    "gitlab": HostLimits("GitLab Pages on gitlab.com", size=1000 * MB, files=200_000, redirects=1000, size_of_redirects=64 * 1024),
    "cloudflare": _CLOUDFLARE,
    "cloudflare-paid": msgspec.structs.replace(_CLOUDFLARE, host="Cloudflare Pages (paid plan)", files=100_000, hint=""),
    "netlify": HostLimits("Netlify", files_in_a_folder=54_000, redirects=10_000, signs="#?"),
    "s3": HostLimits("Amazon S3", size_of_a_file=5 * 1024 * MB, name=1024),
}


def host_of(target: PublishTarget) -> str:
    """Return the host of a target: by its `served_by`, or by the address of its repository; "" if unknown."""
    if target.served_by or target.to != "git":
        return target.served_by or ("s3" if target.to == "s3" and not target.endpoint else "")
    return next((name for name in ("github", "gitlab") if f"{name}.com" in target.remote), "")


def exceeded_limits(upload: Upload, target: PublishTarget) -> Iterator[str]:
    """Yield a sentence for each limit of the host that the upload exceeds."""
    limits = LIMITS.get(host_of(target))
    if limits is None:
        return
    if limits.size and upload.size > limits.size:
        yield f"The site has {format_size(upload.size)}; {limits.host} takes {format_size(limits.size)}."
    if limits.files and len(upload.files) > limits.files:
        yield f"The site has {len(upload.files):,} files; {limits.host} takes {limits.files:,}. {limits.hint}".rstrip()
    for path in upload.files:
        if limits.name and len((target.prefix.strip("/") + "/" * bool(target.prefix) + path).encode()) > limits.name:
            yield f"{path[:80]}… has a name that is too long; {limits.host} allows at most {limits.name:,} bytes."
        if found := next((char for char in limits.signs if char in path), ""):
            yield f"{path} has “{found}” in its name, which {limits.host} refuses. Rename the file."
    yield from _host_files(upload, limits)
    for file in upload.files.values():
        if limits.size_of_a_file and file.size > limits.size_of_a_file:
            yield f"{file.path} has {format_size(file.size)}; {limits.host} takes no file over {format_size(limits.size_of_a_file)}."
    folders = Counter(path.rpartition("/")[0] for path in upload.files)
    for folder, count in folders.items():
        if limits.files_in_a_folder and count > limits.files_in_a_folder:
            yield f"The folder {folder}/ has {count:,} files; {limits.host} takes {limits.files_in_a_folder:,}."
    redirects = upload.files.get("_redirects")
    if limits.redirects and redirects is not None and upload.redirects > limits.redirects:
        yield f"The site has {upload.redirects:,} old addresses (aliases); {limits.host} takes {limits.redirects:,} redirects."
    if limits.size_of_redirects and redirects is not None and redirects.size > limits.size_of_redirects:
        yield f"The file _redirects has {redirects.size:,} bytes; {limits.host} reads {limits.size_of_redirects:,}."


def _host_files(upload: Upload, limits: HostLimits) -> Iterator[str]:
    """Yield what the host would not read of the files that configure it."""
    for path, most in (("_redirects", limits.redirect), ("_headers", limits.header)):
        lines = upload.files[path].read().decode("utf-8", "replace").splitlines() if most and path in upload.files else []
        for n, line in enumerate(lines, 1):
            if len(line) > most:
                yield f"Line {n} of {path} has {len(line):,} characters; {limits.host} reads {most:,}."
        if path == "_headers" and limits.rules:
            count = sum(bool(line.strip()) and not line.startswith((" ", "\t", "#")) for line in lines)
            if count > limits.rules:
                yield f"_headers has {count} rules; {limits.host} reads {limits.rules}."


def format_size(size: int) -> str:
    """Return a number of bytes in MB or kB, for messages."""
    return f"{size / MB:,.1f} MB" if size >= MB / 10 else f"{-(-size // 1024):,} kB"
