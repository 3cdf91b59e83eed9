"""A small site, and what has been built of it."""

from tests.bench import corpus


def write(root, number=4):
    corpus.write(number, root, "backstory")
    with (root / "content" / "site.yaml").open("a") as settings:
        settings.write("images: yes\n")


def built(folder):
    """All files of an output folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(root):
    """Add a paragraph to one explainer, and return its file."""
    file = sorted((root / "content" / "explainers").iterdir())[0]
    file.write_text(file.read_text() + "\nOne sentence more.\n")
    return file
