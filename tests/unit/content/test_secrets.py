"""What no published file may hold: passwords, keys and folders of this machine; and files that are nobody else’s business."""

import os

import pytest

from builder.content import secrets as leaks

# Put together here, so that nobody who looks for secrets finds these.
SECRETS = {
    "a private key": [
        "-----BEGIN OPENSSH PRIVATE" + " KEY-----",
        "-----BEGIN PRIVATE" + " KEY-----",
        "-----BEGIN PGP PRIVATE" + " KEY BLOCK-----",
    ],
    "an AWS access key": ["AKIA" + "IOSFODNN7EXAMPLE", "ASIA" + "IOSFODNN7EXAMPLE"],
    "an AWS secret key": [
        "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        '"SecretAccessKey": ' + '"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"',
    ],
    "a GitHub token": [*(f"gh{kind}_" + "a1B2" * 9 for kind in "pousr"), "github" + "_pat_" + "a1B2c3D4e5" * 4],
    "a GitLab token": [f"gl{kind}-" + "a1B2c3D4e5" * 2 for kind in ("pat", "dt", "rt", "ptt", "ft")],
    "a Slack token": [f"xox{kind}-" + "1234567890-abcdef" for kind in "abeoprs"],
    "a Slack webhook": ["https://hooks.slack" + ".com/services/T0A1B2C3D/B0A1B2C3D/" + "a1B2c3D4" * 3],
    "a Stripe key": [kind + "a1B2c3D4" * 3 for kind in ("sk" + "_live_", "rk" + "_live_", "wh" + "sec_")],
    "a Google key": ["AIza" + "a1B2c3D" * 5],
    "a password in an address": [
        *(
            f"{scheme}://me:" + "hunter2@example.org/"
            for scheme in ("http", "HTTPS", "ftp", "ftps", "ssh", "postgres", "postgresql", "mysql", "mongodb", "rediss", "amqp")
        ),
        *(
            f"https://example.org/?a=1&{name}=" + "hunter2"
            for name in (
                "password",
                "passwd",
                "pwd",
                "secret",
                "api_key",
                "apikey",
                "access_token",
                "auth_token",
                "client_secret",
                "private_token",
                "x-amz-signature",
            )
        ),
        "https://example.org/?sv=1&sig=" + "aB1%2" * 9,
    ],
}


def test_every_kind_of_secret_is_tried():
    assert SECRETS.keys() == {what for what, _ in leaks.PATTERNS}


@pytest.mark.parametrize(
    "what, text", [pytest.param(what, text, id=f"{what}-{n}") for what, texts in SECRETS.items() for n, text in enumerate(texts)]
)
def test_a_secret_is_found_with_its_line_and_not_repeated(what, text):
    found = list(leaks.find(f"one\ntwo {text} three\n".encode()))
    assert [(leak.line, leak.what) for leak in found] == [(2, what)]
    assert text not in found[0].shown


@pytest.mark.parametrize(
    "text",
    [
        "The password is not told here: password=…",
        "https://example.org/a:b@c",
        "mailto:me@example.org",
        "https://example.org/?q=password",
        "BEGIN PUBLIC KEY",
        "AKIAthing and ghp_short",
        "/srv/ on its own, and https://example.org/srv/ada/x",
    ],
)
def test_what_is_no_secret_is_let_through(text):
    assert not list(leaks.find(text.encode(), private_folders=["/srv/ada"]))


@pytest.mark.slow
def test_a_file_that_is_one_row_of_addresses_is_looked_through_at_once():
    row = b"http://a?b=" * 100_000
    assert not list(leaks.find(row))
    (leak,) = leaks.find(row + b"&api_key=abc123")
    assert leak.what == "a password in an address"


def test_a_folder_of_this_machine_is_found():
    assert [leak.what for leak in leaks.find(b"see /srv/ada/notes.txt", private_folders=["/srv/ada"])] == ["a folder of this machine"]
    assert not list(leaks.find(b"see /srv/adam/notes.txt", private_folders=["/srv/ada"]))


def test_a_folder_whose_name_is_no_utf_8_is_found_too():
    place = os.fsdecode(b"/srv/ad\xe4")
    found = list(leaks.find(b"see /srv/ad\xe4/notes.txt", private_folders=[place]))
    assert [leak.shown for leak in found] == ["/srv/ad\ufffd"]
    assert not list(leaks.find("see /srv/adä/notes.txt".encode(), private_folders=[place]))


def test_in_what_is_no_text_only_private_keys_are_looked_for():
    """By chance, bytes of pictures and films look like much else."""
    data = " ".join(secrets[0] for secrets in SECRETS.values()).encode() + b" /srv/ada/notes.txt"
    assert [leak.what for leak in leaks.find(data, private_folders=["/srv/ada"], text=False)] == ["a private key"]
    assert {leak.what for leak in leaks.find(data, private_folders=["/srv/ada"])} == {*SECRETS, "a folder of this machine"}


PRIVATE = (
    ".env .htaccess #notes# ~$letter.docx notes.txt~ a.md.swp a.md.swo a.swx a.tmp A.BAK a.orig a.rej film.mp4.part film.mp4.crdownload"
)


PRIVATE += " a.md___jb_tmp___ a.md___jb_old___ Thumbs.db desktop.ini __MACOSX"


@pytest.mark.parametrize("name", [*PRIVATE.split(), "Icon\r"])
def test_hidden_files_and_what_editors_and_desktops_leave_lying_is_private(name):
    assert leaks.is_private(name)


@pytest.mark.parametrize("name", ["a.md", "icon", "icon.png", "_headers", "a~b.txt", "a#b.txt", "party", "tmp", "bak.html", "well-known"])
def test_other_files_are_not(name):
    assert not leaks.is_private(name)
