"""The targets of a site in its settings: what is refused, and what is wrong with it."""

import pytest

from builder.content import secrets as leaks, settings


@pytest.mark.parametrize(
    "target",
    [
        "{to: s3, bucket: news, aws_secret_access_key: x}",
        "{to: git, remote: 'https://example.org/x.git?token=hunter2'}",
        "{to: git, remote: 'https://hunter2hunter2hunter2@example.org/x.git'}",
        "{to: webdav, endpoint: 'https://example.org/x/?t=hunter2'}",
        "{to: azure, bucket: news, endpoint: 'https://example.org/x?sv=2020&sig=hunter2'}",
        *(
            f"{{to: rsync, host: x, path: /x, {key}: hunter2}}"
            for key in ("pass", "pwd", "auth", "key", "api_key", "my-pass", "sas", "passphrase")
        ),
        "{to: git, remote: 'https://me:hunter2@example.org/a.git'}",
        "{to: rsync, host: 'me:hunter2@example.org', path: /srv}",
        "{to: git, remote: 'me:hunter2@example.org:a.git'}",
        "{to: git, remote: 'https://example.org/a.git?private_token=hunter2'}",
        "{to: azure, bucket: news, account: a, endpoint: 'https://example.org/?sv=1&sig=hunter2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D'}",
    ],
)
def test_a_secret_in_the_settings_is_refused(target):
    _, problems = settings.read(f"title: X\npublish:\n  live: {target}\n".encode())
    assert [problem.code for problem in problems] == ["secret-in-settings"]
    assert "hunter2" not in leaks.masked(f"  live: {target}")
    assert "hunter2" not in problems[0].message + problems[0].help


@pytest.mark.parametrize(
    "target, code",
    [
        ("{to: foldr, path: x}", "value-unknown"),
        ("{to: folder}", "key-missing"),
        ("{path: x}", "key-missing"),
        ("{to: folder, path: x, bucket: y}", "key-unknown"),
        ("{to: rsync, host: '-oProxyCommand=x', path: y}", "value-wrong"),
        ("{to: git, remote: '--upload-pack=x'}", "value-wrong"),
        ("{to: git, remote: x, branch: 'a..b'}", "value-wrong"),
        ("{to: git, remote: x, cname: 'https://example.org/'}", "value-wrong"),
        ("{to: s3, bucket: 'news of today'}", "value-wrong"),
        ("{to: s3, bucket: news/explained}", "value-wrong"),
        ("x", "not-a-record"),
    ],
)
def test_a_wrong_target_is_told(target, code):
    chosen, problems = settings.read(f"title: X\npublish:\n  live: {target}\n".encode())
    assert code in {problem.code for problem in problems}
    assert not chosen.publish


@pytest.mark.parametrize("name", ["news", "news.example.org", "my_news-1", "$web"])
def test_a_bucket_may_have_the_names_that_stores_give(name):
    chosen, problems = settings.read(f"title: X\npublish:\n  live: {{to: azure, bucket: {name}}}\n".encode())
    assert not problems
    assert chosen.publish[0].bucket == name


def test_an_endpoint_that_cannot_be_is_told():
    _, problems = settings.read(b"title: X\npublish:\n  live: {to: s3, bucket: x, endpoint: 'http://127.0.0.1:137853'}\n")
    assert [problem.code for problem in problems] == ["url-wrong"]
