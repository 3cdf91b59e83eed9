"""A publisher of a plugin: what it is told, and what is told of it."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.model import PublishTarget
from builder.output import OutputProblem
from builder.publish.plugin_publisher import PluginPublisher
from builder.publish.problems import PublishProblem


class Desk:
    """A publisher that notes how its hold ended."""

    notes = ()

    def __init__(self, *_given):
        self.ended = []

    @contextmanager
    def hold(self):
        try:
            yield
        except BaseException as error:
            self.ended.append(error)
            raise
        self.ended.append("done")


class SwallowingDesk(Desk):
    """A publisher whose hold lets no error through."""

    def hold(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, _kind, error, _trace):
        self.ended.append(error)
        return True


def made(brought):
    """Return the publisher, and that of the plugin in it."""
    inner = brought()
    return PluginPublisher("house-checks", lambda *_: inner, PublishTarget("live", to="house-checks/x"), Path(), Path()), inner


@pytest.mark.parametrize("brought", [Desk, SwallowingDesk])
@pytest.mark.parametrize("error", [PublishProblem("no"), KeyboardInterrupt()], ids=["problem", "stop"])
def test_the_hold_of_a_plugin_sees_the_error_and_does_not_undo_it(brought, error):
    publisher, inner = made(brought)
    with pytest.raises(type(error)) as found, publisher.hold():
        raise error
    assert found.value is error
    assert inner.ended == [error]


@pytest.mark.parametrize("brought, wanted", [(Desk, "done"), (SwallowingDesk, None)])
def test_the_hold_of_a_plugin_sees_no_error_where_there_is_none(brought, wanted):
    publisher, inner = made(brought)
    try:
        int("of somebody else")
    except ValueError:
        with publisher.hold():
            pass
    assert inner.ended == [wanted]


@pytest.mark.parametrize(
    "error, told",
    [
        (
            FileNotFoundError(2, "No such file or directory", "/srv/desk"),
            "FileNotFoundError: [Errno 2] No such file or directory: '/srv/desk'",
        ),
        (TimeoutError("timed out"), "TimeoutError: timed out"),
        (OutputProblem("in use"), "OutputProblem: in use"),
    ],
)
def test_an_error_of_the_disk_or_the_network_is_told_under_the_name_of_the_plugin(error, told):
    class Failing(Desk):
        def published(self):
            raise error

    publisher, _ = made(Failing)
    with pytest.raises(PublishProblem) as found:
        publisher.published()
    assert str(found.value) == f"The plugin “house-checks” failed: {told}. What was sent before stays."


def test_a_problem_of_the_plugin_is_told_in_its_own_words():
    class Refusing(Desk):
        def published(self):
            raise PublishProblem("The desk is closed.")

    publisher, _ = made(Refusing)
    with pytest.raises(PublishProblem, match=r"^The desk is closed\.$"):
        publisher.published()
