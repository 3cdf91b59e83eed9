"""A draft of the records of an explainer, from an article: who says what, on which day, as far as the article tells.

    article ──read──▶ Article ──draft_of──▶ Draft ──explainer──▶ the text of a file
                                              └────as_data─────▶ JSON

Rules alone, and the same draft of the same article always. What is not certain says so: a draft is for an author to judge, never to publish.
`article` and `pages` read what an article is written in, `bylines` what stands above its text. `tokens` has its sentences and quotations, `dashes` and `interviews` the speech
that has no quotation marks. `phrases` has what stands in a sentence and `nouns` what its nouns stand for, by the words of `english` and `german`.
`cast` keeps who was mentioned. `cues` finds verbs of saying; `attribution` finds by them whose words a quotation has, `nearby` without them, and `answered` whose an answer is.
`reported` has what is told without quotation marks, `days` and `said` the days, `unnamed` what is told of sources without a name.
"""

from builder.drafting.article import read
from builder.drafting.as_json import as_data
from builder.drafting.making import draft as draft_of
from builder.drafting.record import Article, Draft
from builder.drafting.writing import explainer

__all__ = ["Article", "Draft", "as_data", "draft_of", "explainer", "read"]
