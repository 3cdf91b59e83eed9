"""`make languages`: write the catalogues, and report what is not translated yet."""

import sys

from builder.i18n.catalogues.compiler import FOLDER, make


def main() -> int:
    """Write every file that has changed; return 1 if something remains to be done."""
    made = make()
    for name, data in made.files.items():
        path = FOLDER / name
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
            sys.stdout.write(f"Wrote builder/i18n/catalogues/{name}.\n")
    for problem in made.problems:
        sys.stderr.write(f"{problem}.\n")
    return 1 if made.problems else 0


if __name__ == "__main__":
    sys.exit(main())
