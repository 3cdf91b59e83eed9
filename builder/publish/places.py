"""Places that a site is never published to, whatever the settings say."""

import stat
from pathlib import Path, PurePath

from builder.content.reading import reason
from builder.incremental.small_files import STATE_FOLDER
from builder.publish.problems import PublishProblem

NOT_OURS = (".git", STATE_FOLDER)
"""Folders that belong to git and to Backstory's own notes: what lies in them is rewritten or deleted without a question."""

_KINDS = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


def refuse_inner(path: PurePath, where: str) -> None:
    """Raise `PublishProblem` if a path lies in a folder of git or in `.backstory/`. `where` is the target, for the message."""
    inner = next((part for part in path.parts if part.casefold() in NOT_OURS), "")
    if inner:
        owner = "git" if inner.casefold() == ".git" else "Backstory"
        raise PublishProblem(f"{where} lies in {inner}/, where {owner} keeps its own files. Nothing was sent. Choose another folder.")


def refuse_no_folder(path: Path, where: str) -> None:
    """Raise `PublishProblem` if something that is no folder is at a path of this machine: a file, a device, a pipe or a socket."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise PublishProblem(f"{where} cannot be looked at: {reason(error)}. Nothing was sent.") from error
    if not stat.S_ISDIR(mode):
        kind = next((words for is_one, words in _KINDS if is_one(mode)), "no folder")
        raise PublishProblem(f"{str(where).rstrip('/')} is {kind}. Nothing was sent. Choose a folder for the site.")
