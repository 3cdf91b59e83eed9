"""What `backstory annotate` shows of a proposal."""

from builder.drafting import proposal_wording
from builder.drafting.proposals import read_proposals

FILE = """---
title: Baths
proposed:
  - id: actor-1
    at: 1
    found: read
    because: said Ann Lee
    actor: {id: ann-lee, name: Ann Lee}
  - id: quote-1
    at: 1
    found: read
    quote: {speaker: ann-lee, text: It is old, via: echo, said: 2026-11-17}
  - id: day-1
    at: 3
    found: read
    event: {when: {says: Tuesday, as_of: echo, is: 2026-11-17}, title: ""}
---
“It is old,” said Ann Lee.

It closed on Tuesday.
"""


def test_records_are_told_in_words_and_not_in_yaml():
    proposals = read_proposals(FILE)
    _, quote, day = proposals
    names = proposal_wording.names(proposals)
    assert proposal_wording.in_words(quote, names) == "“It is old” · said by Ann Lee · on 2026-11-17 · source echo"
    assert proposal_wording.in_words(day, names) == "“Tuesday”, that is 2026-11-17"


def test_the_line_of_each_proposal_is_found_in_ones_own_text():
    line = FILE.split("\n").index("“It is old,” said Ann Lee.") + 1
    assert [proposal_wording.line_in_text(proposal, FILE)[0] for proposal in read_proposals(FILE)] == [line, line, line + 2]


def test_the_line_of_a_year_is_found_too():
    text = FILE.replace("when: {says: Tuesday, as_of: echo, is: 2026-11-17}", "when: 1911").replace("on Tuesday", "in 1911")
    assert proposal_wording.line_in_text(read_proposals(text)[2], text)[0] == text.split("\n").index("It closed in 1911.") + 1


def test_the_line_of_a_kept_article_is_the_one_that_the_proposal_names():
    day = read_proposals(FILE)[2]
    assert proposal_wording.line_of(day, "one\n\nthree\n") == (3, "three")
    assert proposal_wording.line_of(day, "one\n") == (0, "")
