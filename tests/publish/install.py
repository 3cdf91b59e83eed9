"""See to it that there are rsync, ssh and sshd for the tests of publishing. `make test` runs this; it does nothing where they are."""

import os
import shutil
import subprocess
import sys

PROGRAMS = {"rsync": "rsync", "ssh": "openssh-client", "ssh-keygen": "openssh-client", "sshd": "openssh-server", "git": "git"}
"""Program → Debian's package."""
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/sbin"))


def found(program):
    return shutil.which(program, path=PLACES)


def missing():
    return sorted({package for program, package in PROGRAMS.items() if not found(program)})


def as_root():
    """Return what makes a command run as root without a question, or None."""
    if os.geteuid() == 0:
        return ["env"]
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0 if shutil.which("sudo") else False
    return ["sudo", "-n", "env"] if allowed else None


def main():
    wanted = missing()
    root = as_root()
    if wanted and root is not None and shutil.which("apt-get"):
        print(f"Installing {', '.join(wanted)} for the tests of publishing.", flush=True)
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
            command = [*root, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *arguments]
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
            )
            if done.returncode:
                print(done.stdout, file=sys.stderr)
                break
    if not missing():
        return 0
    print(f"The tests of publishing need {', '.join(missing())}, which could not be installed. Install them, then repeat.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
