"""Publish to a branch of a git repository: one more commit, made without a checkout, and pushed only if the branch has not moved in the meantime."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from builder.build.run import Progress
from builder.model import PublishTarget
from builder.publish.problems import ConnectionLost, NothingSent, PublishProblem, no_server, retrying
from builder.publish.programs import NOT_LET_IN, ProgramFailed, run
from builder.publish.transfer_plan import Changes, compare, is_all_ours, refuse_conflicts, restored_note
from builder.publish.upload import LIST, MARKER, PAGE, Published, Upload, UploadFile, read_marker, read_published, refuse_large, sha256

_IDENTITY = {
    "GIT_AUTHOR_NAME": "Backstory",
    "GIT_AUTHOR_EMAIL": "backstory@localhost",
    "GIT_COMMITTER_NAME": "Backstory",
    "GIT_COMMITTER_EMAIL": "backstory@localhost",
}
"""Author and committer on a machine where git has no user configured."""


_ANSWERS = (
    NOT_LET_IN,
    (
        re.compile(
            r"authentication failed|could not read (?:username|password)|returned error: 40[13]|terminal prompts disabled|permission to \S+ denied",
            re.IGNORECASE,
        ),
        "the server refuses the user, the password or the token that git has stored for it, or git has none. Look at them, and at what they allow.",
    ),
    (
        re.compile(r"not appear to be a git|repository .{0,200}(?:not found|does not exist)|could not be found or", re.IGNORECASE),
        "there is no repository, or none that you may read. Look at “remote”, or make the repository first.",
    ),
    (
        re.compile(r"dubious ownership|unsafe repository", re.IGNORECASE),
        "git does not use the repository, since it belongs to another user. See “safe.directory” in the documentation of git.",
    ),
)
"""What git says of what another attempt does not change, and what to tell in its place."""

_PREFIXES = re.compile(r"(?:^|(?<= / ))(?:fatal|error|remote|ssh): ?")
_NOT_SAID = re.compile(
    r"(?: / |^)(?:Could not read from remote repository\.|Please make sure you have the correct access rights|and the repository exists\.)",
    re.IGNORECASE,
)
_NO_WAY = re.compile(r"'remote-([\w+.-]+)' is not a git command")


_OTHER_DIGESTS = "hash algorithm"
"""In the message of git where the repository uses other digests."""


class _OtherDigests(PublishProblem):
    """The repository uses other digests than those of what was sent."""


class GitPublisher:
    """Publishes to a branch. Its history stays, and so do files that Backstory did not put there.

    All happens in a temporary bare repository: no checkout, index or branch of the author's is touched.
    """

    def __init__(self, target: PublishTarget, root: Path, folder: Path) -> None:
        self.remote = target.remote
        self.ref = f"refs/heads/{target.branch}"
        self.branch = target.branch
        self.root = root
        self._folder = folder
        self.own = f"{folder}/own"
        self.notes: list[str] = []
        self.answered = False
        self.tip = ""
        self.kind = "sha1"
        self.tree: dict[str, tuple[str, str]] = {}
        """Path → (mode, object) of what is on the branch."""

    def __str__(self) -> str:
        """Return the branch and the remote, without a user name or password."""
        return f"branch {self.branch} of {self.remote.rpartition('@')[2] if '://' in self.remote else self.remote}"

    def _git(self, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
        # A server that takes the connection and is silent is given up after two minutes.
        patience = ("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=120")
        return run(["git", *patience, f"--git-dir={self.own}", *arguments], stdin=stdin, cwd=self.root, environment=environment)

    def _remote(self, *arguments: str) -> bytes:
        try:
            output = self._git(*arguments)
            self.answered = True
        except ProgramFailed as done:
            said = done.said.lower()
            if found := _NO_WAY.search(done.said):
                raise NothingSent(f"{self}: git has no way to reach addresses that begin with “{found[1]}:”.") from done
            shown = _NOT_SAID.sub("", _PREFIXES.sub("", done.said))
            if _OTHER_DIGESTS in said:
                raise _OtherDigests(f"{self}: {shown}") from done
            if not self.answered and (hopeless := no_server(str(self), said, shown=shown)):
                raise hopeless from done
            if found_answer := next((answer for pattern, answer in _ANSWERS if pattern.search(said)), ""):
                raise PublishProblem(f"{self}: {found_answer}") from done
            if done.code == 128 and _TRANSIENT.search(said) and not any(word in said for word in _PERMANENT):
                raise ConnectionLost(f"{self} cannot be reached: {shown}") from done
            raise PublishProblem(f"{self}: {shown}") from done
        return output

    def close(self) -> None:
        """Do nothing: no resources are open."""

    def compare(self, upload: Upload) -> Changes:
        """Compare by git's object names, which are digests."""
        self._fetch()
        if self.tip:
            for entry in self._git("ls-tree", "-r", "-z", self.tip).decode("utf-8", "surrogateescape").split("\0")[:-1]:
                about, _, path = entry.partition("\t")
                mode, _, name = about.split(" ")
                self.tree[path] = (mode, name)
        ours = read_marker(self._marker())
        if ours is None and self.tree and is_all_ours(self.tree.keys() - {MARKER}, upload, self._is):
            ours = dict.fromkeys(self.tree, "")
            self.notes.append(restored_note(str(self)))
        if ours is None and self.tree:
            raise NothingSent(
                f"{self} has files in it that Backstory did not put there.",
                "Name a branch of its own for the site, such as gh-pages, or delete that one yourself.",
            )
        refuse_conflicts(upload, self.tree.keys() - (ours or {}).keys(), str(self))
        same = {path: path in upload.files and self._is(path, (upload.files[path],)) for path in self.tree}
        return compare(upload, same, (ours or {}).keys())

    def history(self, number: int) -> Iterator[tuple[str, dict[str, UploadFile]]]:
        """Yield the last releases on the branch, the oldest first: the time of each, as its marker has it, and its files."""
        self._fetch(depth=number)
        if not self.tip:
            return
        commits = self._git("rev-list", "--first-parent", f"--max-count={number}", self.tip).decode().split()
        for commit in reversed(commits):
            try:
                refuse_large(int(self._git("cat-file", "-s", f"{commit}:{MARKER}")), str(self))
                marker = self._git("cat-file", "blob", f"{commit}:{MARKER}")
            except ProgramFailed:  # a commit of somebody else
                continue
            about, listed = read_published(marker), read_marker(marker)
            if about is None or listed is None or not about.when:
                continue
            found = self._blobs(commit, tuple(listed))
            if all(path in found and sha256(found[path]) == digest for path, digest in listed.items()):
                yield (
                    about.when,
                    {
                        path: UploadFile(path, PAGE if path.endswith(".html") else LIST, len(data), listed[path], data)
                        for path, data in found.items()
                    },
                )

    def _blobs(self, commit: str, paths: tuple[str, ...]) -> dict[str, bytes]:
        """Return the bytes of files of a commit, by path; those that are not there are left out."""
        if any("\n" in path for path in paths):
            return {}
        output = self._git("cat-file", "--batch", stdin="".join(f"{commit}:{path}\n" for path in paths).encode("utf-8", "surrogateescape"))
        found, at = {}, 0
        for path in paths:
            end = output.index(b"\n", at)
            words = output[at:end].rsplit(b" ", 2)
            at = end + 1
            if words[-1] != b"missing":
                found[path] = output[at : at + int(words[-1])]
                at += int(words[-1]) + 1
        return found

    def _fetch(self, depth: int = 1) -> None:
        run(["git", "init", "--quiet", "--bare", self.own])
        self.tip = self._tip()
        if len(self.tip) == 64:
            self._use_sha256()
        if self.tip:
            retrying(lambda: self._remote("fetch", "--quiet", "--no-tags", f"--depth={depth}", "--", self.remote, self.ref))

    def _is(self, path: str, files: Iterable[UploadFile]) -> bool:
        """Return whether the file at a path of the branch is one of these."""
        return any(self.tree[path] == ("100644", self._name(file.read())) for file in files)

    def hold(self) -> AbstractContextManager[None]:
        """Do nothing: a push that another one has overtaken is refused."""
        return nullcontext()

    def published(self) -> Published | None:
        """Return what the marker says of the site on the branch; None if there is none."""
        self._fetch()
        if not self.tip:
            return None
        try:
            return read_published(self._git("cat-file", "blob", f"{self.tip}:{MARKER}"))
        except ProgramFailed:
            return None

    def _marker(self) -> bytes | None:
        if MARKER not in self.tree:
            return None
        refuse_large(int(self._git("cat-file", "-s", self.tree[MARKER][1])), str(self))
        return self._git("cat-file", "blob", self.tree[MARKER][1])

    def _use_sha256(self) -> None:
        self.kind, self.own = "sha256", f"{self._folder}/sha256"
        run(["git", "init", "--quiet", "--bare", "--object-format=sha256", self.own])

    def _tip(self) -> str:
        """Return the commit at the tip of the branch; "" if there is no such branch."""
        lines = retrying(lambda: self._remote("ls-remote", "--", self.remote, self.ref)).decode().splitlines()
        return next((line.split("\t")[0] for line in lines if line.endswith(f"\t{self.ref}")), "")

    def _name(self, data: bytes) -> str:
        return hashlib.new(self.kind, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Add a commit to the branch."""
        try:
            self._add(upload, changes, progress)
        except _OtherDigests:
            # An empty repository does not report which digests it uses before it refuses the wrong ones.
            self._use_sha256()
            self.tree.clear()
            self._add(upload, changes, progress)

    def _add(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        for path in changes.deleted:
            self.tree.pop(path)
        sent = sorted((*changes.new, *changes.changed))
        contents = {path: upload.files[path].read() for path in sent} | {MARKER: upload.marker()}
        paths = []
        for n, data in enumerate(contents.values()):
            paths.append(f"{self._folder}/{n}")
            Path(paths[-1]).write_bytes(data)
        names = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", stdin="\n".join(paths).encode()).decode().split()
        self.tree.update({path: ("100644", name) for path, name in zip(contents, names, strict=True)})
        lines = "".join(f"{mode} {name}\t{path}\0" for path, (mode, name) in self.tree.items())
        index = {"GIT_INDEX_FILE": f"{self.own}/index-of-ours"}
        self._git("update-index", "-z", "--index-info", stdin=lines.encode("utf-8", "surrogateescape"), environment=index)
        tree = self._git("write-tree", environment=index).decode().strip()
        progress("Sending", 0, 1)
        parents = ("-p", self.tip) if self.tip else ()
        message = f"Publish the site\n\n{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.deleted)} deleted\n"
        commit = self._git("commit-tree", tree, *parents, stdin=message.encode(), environment=self._identity()).decode().strip()
        retrying(lambda: self.push_commit(commit))
        progress("Sending", 1, 1)
        self.tip = commit

    def _identity(self) -> Mapping[str, str]:
        try:
            self._git("var", "GIT_COMMITTER_IDENT")
            self._git("var", "GIT_AUTHOR_IDENT")
        except ProgramFailed:
            return _IDENTITY
        return {}

    def push_commit(self, commit: str) -> None:
        """Push a commit, unless the branch has moved in the meantime. Raises `PublishProblem`."""
        try:
            self._remote("push", "--quiet", f"--force-with-lease={self.ref}:{self.tip}", "--", self.remote, f"{commit}:{self.ref}")
        except PublishProblem as problem:
            if self._tip() == commit:  # the commit has arrived, only the reply was lost
                return
            if _OVERTAKEN.search(str(problem)):
                raise PublishProblem(
                    f"{self} was changed by another push in the meantime. Nothing was changed by this one. Publish again."
                ) from problem
            raise

    def missing(self, _upload: Upload, _changes: Changes) -> tuple[str, ...]:
        """Return the branch if its tip is not our commit: a commit arrives as a whole or not at all."""
        return () if self._tip() == self.tip else (self.branch,)


_OVERTAKEN = re.compile(
    r"stale info|fetch first|is at \w+ but expected|reference already exists|unable to resolve reference|\.lock': File exists"
)
"""Messages of git if the branch has moved: found here, by the remote, or while the remote updates it."""

_TRANSIENT = re.compile(
    r"temporary failure|time[sd]? ?out|connection (?:refused|reset|closed|was|to)|network is (?:unreachable|down)|no route to host|early eof"
    r"|hung up|disconnect|broken pipe|rpc failed|returned error: (?:408|429|5\d\d)|failed to connect|couldn't connect|could not connect|gnutls|ssl"
    r"|kex_exchange|transfer closed|bad packet|index-pack|unexpected eof|empty reply|could not read from remote"
)
"""What git, ssh and curl say of a connection that another attempt may make. All else is reported at once: an unknown way to a host, or a setting that the host does not take."""

_PERMANENT = (
    "could not resolve host",
    "authentication failed",
    "permission denied",
    "not found",
    "does not exist",
    "not appear to be a git",
    "invalid gitfile",
    "unsafe repository",
    "dubious ownership",
    "could not read username",
    "host key verification",
    "rejected",
    "denied",
)
