"""Drafts records of an explainer from an article: speakers, quotes and dates, as proposals for the author.

    article ──read──▶ Article ──draft_of──▶ Draft ──explainer──▶ the text of a file
                                              └────as_data─────▶ JSON

Rules only: the same article always gives the same draft, and uncertain findings are marked as such.

- Input: `article` and `web_page` read the text of an article, `bylines` its masthead.
- Words: `tokens` splits it into sentences and quotations, `dash_dialogue` and `interviews` find speech without quotation marks, `phrases`, `subjects` and `noun_kinds` find noun phrases by the word lists of `english` and `german`.
- Coreference: `entities` are those mentioned; `mentions` collects the people and bodies named, `coreference` resolves names, descriptions and pronouns, `described_persons` descriptions of somebody named before.
- Attribution: `cues` finds verbs of saying; `attribution` assigns utterances by them, `context_attribution` by the surrounding text, `interview_answers` by labels. `reported_speech` finds indirect speech.
- Details: `named_days` and `speech_dates` find dates, `occasions` and `hearings` those on which somebody spoke, `unnamed_sources` the reasons for anonymity.
- Output: `extraction` runs all of this; `draft_file` writes the file, `proposals` accepts and rejects what it proposes.
"""

from builder.drafting.article import is_foreign, read
from builder.drafting.draft_file import explainer
from builder.drafting.extraction import draft as draft_of
from builder.drafting.findings import ArticleText, Draft
from builder.drafting.json_output import as_data

__all__ = ["ArticleText", "Draft", "as_data", "draft_of", "explainer", "is_foreign", "read"]
