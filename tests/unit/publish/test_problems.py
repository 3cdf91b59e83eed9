"""What problems of publishing say."""

import pytest

from builder.publish.problems import NothingSent, PublishProblem


@pytest.mark.parametrize(
    "problem, message, explanation",
    [
        (NothingSent("No space.", "Make some."), "No space. Nothing was sent. Make some.", "No space. Make some."),
        (NothingSent("No space."), "No space. Nothing was sent.", "No space."),
        (PublishProblem("No space."), "No space.", "No space."),
    ],
)
def test_what_was_sent_stands_in_the_message_alone(problem, message, explanation):
    assert (str(problem), problem.explanation) == (message, explanation)
