"""Places that a site is never published to, whatever the settings say."""

import stat
from pathlib import Path, PurePath

from builder.content.reading import reason
from builder.output.folders import inner, kind_of, plain_name
from builder.publish.problems import NothingSent


def refuse_inner(path: PurePath, where: str) -> None:
    """Raise `PublishProblem` if a path lies in a folder of git or in `.backstory/`. `where` is the target, for the message."""
    found = inner(path)
    if found:
        owner = "git" if plain_name(found) == ".git" else "Backstory"
        raise NothingSent(f"{where} lies in {found}/, where {owner} keeps its own files.", "Choose another folder.")


def refuse_repository(path: Path, where: str) -> None:
    """Raise `PublishProblem` if a path of this machine lies among the files of a repository of git, whatever its folder is called."""
    for folder in (path, *path.parents):
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir():
            raise NothingSent(f"{where} lies in {folder}, where git keeps its own files.", "Choose another folder.")


def refuse_no_folder(path: Path, where: str) -> None:
    """Raise `PublishProblem` if something that is no folder is at a path of this machine: a file, a device, a pipe or a socket."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise NothingSent(f"{where} cannot be looked at: {reason(error)}.") from error
    if not stat.S_ISDIR(mode):
        raise NothingSent(f"{str(where).rstrip('/')} is {kind_of(mode)}.", "Choose a folder for the site.")
