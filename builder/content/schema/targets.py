"""The keys of a place to publish to."""

from builder.content.schema.value_types import CHOICE, TEXT, URL, YES_NO, Key, choice

TARGET = (
    Key(
        "to",
        CHOICE,
        "The way there.",
        options=("folder", "rsync", "sftp", "webdav", "git", "s3", "gcs", "azure"),
        required=True,
        of_plugins=True,
    ),
    Key("path", TEXT, "For a folder, rsync or sftp: the folder to fill."),
    Key("host", TEXT, "For rsync or sftp: the server, as ssh knows it."),
    Key("remote", TEXT, "For git: the address of the repository."),
    Key("branch", TEXT, "For git: the branch to publish on. Left out: gh-pages."),
    Key("cname", TEXT, "For git: the domain that GitHub Pages serves it at."),
    Key("bucket", TEXT, "For an object store: the bucket, or Azure’s container."),
    Key("prefix", TEXT, "For an object store: what the names of all objects begin with."),
    Key(
        "endpoint",
        URL,
        "For webdav: the address of the folder to fill. For s3 or azure: that of the service, where it is not its provider’s usual one.",
    ),
    Key("region", TEXT, "For s3: the region of the bucket."),
    choice(
        "for",
        ("github", "gitlab", "netlify", "cloudflare", "cloudflare-paid"),
        "Who serves what is published: keeps to their limits, and gives them the files that they read.",
    ),
    Key("sync", YES_NO, "For a folder: whether the new site waits until the disk has it before it takes its place. Left out: yes."),
    choice("purge", ("cloudflare", "fastly"), "The network in front of the site, which is purged of what has changed. Needs `base_url`."),
    Key("by", TEXT, "Who publishes, as `publish --status` and the public list at the target say. Left out: no name."),
    Key("precompress", YES_NO, "For a folder or a server: lay a copy packed with gzip beside each text."),
    Key("brotli", YES_NO, "For a folder or a server: lay a copy packed with Brotli beside each text."),
)

KEYS_OF_TARGET: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "folder": (("path",), ("precompress", "brotli", "sync", "purge", "by")),
    "rsync": (("host", "path"), ("precompress", "brotli", "purge", "by")),
    "sftp": (("host", "path"), ("precompress", "brotli", "purge", "by")),
    "webdav": (("endpoint",), ("precompress", "brotli", "purge", "by")),
    "git": (("remote",), ("branch", "cname", "purge", "by")),
    "s3": (("bucket",), ("prefix", "endpoint", "region", "purge", "by")),
    "gcs": (("bucket",), ("prefix", "purge", "by")),
    "azure": (("bucket",), ("prefix", "endpoint", "purge", "by")),
}
"""The required and the optional keys of a target, by its `to`; each may have `for`."""

KEYS_OF_PLUGIN: tuple[tuple[str, ...], tuple[str, ...]] = ((), tuple(key.name for key in TARGET if key.name not in {"to", "for"}))
"""The required and the optional keys of a target whose publisher is a plugin's."""
