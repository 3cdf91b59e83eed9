"""A small site, and what has been built of it."""

from tests.bench import corpus


def write(root, *, images=False):
    corpus.write(3, root, "backstory")
    if images:
        with (root / "content" / "site.yaml").open("a") as settings:
            settings.write("images: yes\n")


def built(folder):
    """All files of an output folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(root):
    """Add a paragraph to one explainer, and return its file."""
    file = min((root / "content" / "explainers").iterdir())
    file.write_text(file.read_text() + "\nOne sentence more.\n")
    return file
