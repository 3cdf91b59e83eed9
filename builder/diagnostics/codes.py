"""Every code, once: how grave it is, what it means in one line, and whether `site.yaml` may lower it.

The command's formats, the schema, the guide and the settings all read this list.
"""

import msgspec

ERROR = "error"
WARNING = "warning"


class Code(msgspec.Struct, frozen=True):
    """One kind of problem."""

    name: str
    severity: str
    """What it counts as unless `site.yaml` says otherwise."""
    about: str
    """One line: what is wrong where it is reported."""
    fixed: bool = False
    """Whether it can never count for less: with such a problem the published site would be broken or untrue."""


def _error(name: str, about: str) -> Code:
    return Code(name, ERROR, about)


def _fixed(name: str, about: str) -> Code:
    return Code(name, ERROR, about, fixed=True)


def _warning(name: str, about: str) -> Code:
    return Code(name, WARNING, about)


ALL = (
    # quotes
    _fixed("quote-not-found", "The words of a quote are not in the text."),
    _error("quote-ambiguous", "The words of a quote are in the text more than once."),
    _warning("quote-overlap", "Two quotes share words of the text."),
    _fixed("quote-marked-wrong", "Words marked as those of a quote are not in its record."),
    _error("quote-no-speaker", "A quote has no speaker."),
    _fixed("unknown-beside-name", "A quote names a speaker or listener beside “unknown”."),
    _warning("quote-not-said", "The text says that the words of a quote were not said."),
    _warning("quote-other-name", "The text names another speaker beside a quotation than its record."),
    _error("quote-of-nobody", "A quote has neither quoted words nor a known speaker."),
    _error("quote-no-source", "A quote has no source; a warning where it has a date."),
    _warning("quote-no-date", "Neither a quote nor its source has a date."),
    _fixed("quote-not-in-source", "The words of a quote are not in the kept text of its source."),
    _warning("quote-too-late", "A quote is dated after its source."),
    _warning("via-order", "The sources of a quote do not begin with its first publisher."),
    _warning("reply-too-early", "A quote answers or repeats a later one."),
    _warning("reply-contradicts", "A quote confirms two of which one denies the other."),
    _warning("quote-no-marks", "The words of a quote have no quotation marks in the text."),
    _warning("quote-cut-short", "A quote leaves out a word that may reverse its meaning."),
    _warning("quotation-unrecorded", "Passages in quotation marks have no quote record."),
    _warning("quotation-unpaired", "A quotation mark is not paired."),
    _warning("quotation-marked-wrong", "Words marked with {quote=no} are those of a quote."),
    _warning("quote-names-source", "A quote on background names the person who said it."),
    _fixed("off-record", "A quote was given off the record."),
    # events and dates
    _fixed("date-wrong", "A value is not a date."),
    _fixed("date-not-a-day", "A date that must be one day is less exact."),
    _fixed("proposed-left", "An explainer that is no draft has open proposals."),
    _warning("published-missing", "An explainer has no date of publication."),
    _error("weekday-wrong", "A relative date or weekday and its date contradict each other; a warning within a quotation."),
    _warning("date-open", "A relative date has no date."),
    _warning("event-no-date", "An event has no date."),
    _error("event-no-voice", "An event that is alleged, denied or expected names no speaker."),
    _warning("event-title-doubt", "The title of an event says that it is no fact, and its status does not."),
    _warning("event-text-doubt", "An event is marked in a sentence that does not say that it happened, and has no status."),
    _warning("event-no-source", "An event that happened has neither a source nor a speaker."),
    _error("event-after-as-of", "An event has occurred after the day to which the explainer is current."),
    _warning("event-after-update", "An event has occurred after the last update of the explainer."),
    _warning("event-too-late", "An event without a status is taken to have happened, after all of its sources came out."),
    _warning("event-status-open", "An event has no status, and its date may be past or still to come."),
    _warning("event-not-over", "An event has occurred, and its span ends after the day to which the explainer is current."),
    _warning("history-contradicts", "The steps of an event’s history contradict each other, or what it is by now."),
    _warning("event-passed", "An event is planned for, or goes on to, a day before that to which the explainer is current."),
    _warning("date-order", "Two dates of one record contradict each other."),
    _warning("date-says-other", "A date is not the day, month or hour that the words beside it name."),
    _warning("date-ahead", "A past action has a future date."),
    _warning("date-not-moved", "A step of a history has the present date of its event."),
    _warning("event-unused", "A shared event is not used."),
    # actors and sources
    _fixed("actor-nameless", "An actor has no name."),
    _warning("actor-untyped", "An actor whose name is that of a body, or a description, has no type."),
    _warning("actor-unused", "A shared actor is not used."),
    _fixed("unnamed-identity", "An unnamed source has a key that could identify them."),
    _error("unnamed-undescribed", "An unnamed source has no description."),
    _warning("actor-unlisted", "An actor is named in a text that does not list them."),
    _warning("actor-in-words", "A name stands in a text only where it may be a part of another word."),
    _warning("actor-twice", "Two actors may be one, by their names or descriptions."),
    _warning("name-shared", "A name in a text may mean several actors."),
    _warning("office-not-held", "An actor held none of the given offices at the time."),
    _warning("unnamed-recognisable", "The description of an unnamed source fits one named actor only."),
    _warning("unnamed-named", "An id, a link or a text names an unnamed source."),
    _warning("unnamed-basis", "An unnamed source has no basis: the reader does not learn how they know."),
    _warning("unnamed-reason", "An unnamed source has no reason for anonymity."),
    _warning("unnamed-boilerplate", "The reason for anonymity is boilerplate."),
    _warning("unnamed-count", "The description of an unnamed source and its count disagree."),
    _warning("unnamed-opinion", "An unnamed source gives an opinion."),
    _warning("source-unused", "A shared source is not used."),
    _warning("source-nameless", "A source has no title, publisher or address."),
    _warning("source-bare", "A source is only an address."),
    # ids and references
    _error("reference-unknown", "No record has an id that is used."),
    _error("words-like-id", "Plain words look like an id, and no record has it."),
    _warning("authors-joined", "One author has the names of several people."),
    _warning("words-like-name", "Plain words are nearly the name of an actor."),
    _fixed("id-wrong", "An id has characters that an address cannot have."),
    _fixed("id-twice", "Two records of one file have the same id."),
    _fixed("id-missing", "A record has no id, and none can be made."),
    _fixed("id-and-file", "A shared record has another id than its file’s name."),
    _fixed("records-disagree", "Two files give different values for one key of a record."),
    # keys and values
    _fixed("key-unknown", "A record has an unknown key."),
    _warning("key-foreign", "A file has keys of another program, which are not read."),
    _fixed("key-missing", "A required key is missing."),
    _fixed("key-twice", "A key is given twice in one record."),
    _fixed("value-wrong", "A value is of another kind than its key takes."),
    _fixed("value-unknown", "A value is none of the words that its key takes."),
    _fixed("value-empty", "A value is empty."),
    _warning("marks-around", "Quotation marks may have been pasted along with a value."),
    _warning("text-cut", "A “#” may have cut a text short."),
    _fixed("url-wrong", "A value is not a web address."),
    _fixed("not-a-record", "Something else stands where a record is expected."),
    _fixed("format-version", "The site is written in another version of the format."),
    _warning("language-unknown", "The interface has no words in the language of the site."),
    _fixed("secret-in-settings", "A value of the settings looks like a secret."),
    # the block between the dashes
    _fixed("front-matter-missing", "A file has no front matter."),
    _fixed("front-matter-open", "The front matter never ends."),
    _warning("front-matter-early", "The front matter may end too early."),
    _fixed("yaml", "The front matter is not valid YAML."),
    _fixed("yaml-not-keys", "The front matter is not made of keys and values."),
    _fixed("yaml-key", "A key is a list or a record."),
    _fixed("yaml-alias", "A value is a YAML alias."),
    _fixed("yaml-tag", "A value has a YAML tag or anchor."),
    _fixed("yaml-documents", "A file holds two YAML documents."),
    _fixed("yaml-too-deep", "Records and lists are nested too deeply."),
    _fixed("yaml-too-large", "The front matter is too long."),
    # links, cards and marks
    _error("link-unknown", "A link in double brackets leads to nothing."),
    _error("link-ambiguous", "A link in double brackets could lead to several records."),
    _warning("link-other-name", "The words of a link are the name of another actor."),
    _warning("link-unread", "Brackets make no link, and are shown as written."),
    _warning("definition-unused", "The definition of a link is not used."),
    _error("link-dead", "A local link leads to nothing on the site."),
    _error("anchor-dead", "A link leads to a heading that its page does not have."),
    _warning("link-empty", "A link has no address."),
    _warning("link-in-table", "A bar cuts a link in a table in two."),
    _fixed("unsafe-url", "A link or picture has an unsafe address."),
    _warning("raw-html", "HTML is not read, and is shown as written."),
    _warning("comment-in-text", "A comment in the text is left out."),
    _fixed("comment-open", "A comment is never closed."),
    _warning("markup-foreign", "Syntax of another program has no meaning here, and is shown as written."),
    _warning("markup-in-value", "A value that is shown as written has Markdown in it."),
    _warning("text-struck", "Words are struck out, which only a page can show."),
    _warning("list-numbers", "The numbers of a list are not consecutive."),
    _warning("list-unclear", "A line is a list of one entry, perhaps by mistake."),
    _warning("list-unread", "Lines begin with a sign that makes no list."),
    _warning("table-wrong", "Lines with bars are no table, or a row has more or fewer cells than the head."),
    _warning("heading-unclear", "A line may be a heading by mistake, or should be one."),
    _warning("text-indented", "Words are shown as code, since they are indented."),
    _warning("code-open", "Code is never closed."),
    _warning("line-broken", "The lines of a paragraph are broken in the middle of its sentences."),
    _warning("emphasis-unread", "Stars that should be emphasis are shown as written."),
    _warning("embed-inline", "A card is not on a line of its own."),
    _error("embed-place", "A card is not in an explainer."),
    _error("embed-filter", "A timeline has an unknown filter."),
    _error("mark-mistyped", "A mark behind quoted words is mistyped."),
    _error("mark-unknown", "No plugin of the site brings a mark."),
    _warning("span-unknown", "Words in braces have no meaning."),
    _warning("span-nested", "Marked words are within other marked words."),
    _warning("footnote-undefined", "A footnote is referred to, but not defined."),
    _warning("footnote-unused", "A footnote is defined, but not referred to."),
    _warning("too-deep", "Lists or quotes are nested too deeply."),
    _warning("too-long", "A text is too long to be read as Markdown."),
    # pictures
    _warning("image-alt", "A picture has no alternative text."),
    _warning("image-remote", "A picture comes from another site."),
    # links to other sites
    _warning("link-outside-dead", "An address of another site leads to nothing."),
    _warning("link-outside-moved", "A page of another site has moved permanently."),
    _warning("link-outside-unknown", "An address of another site could not be checked."),
    _warning("archive-missing", "A source has no copy in an archive."),
    # files and the site as a whole
    _fixed("path-twice", "Two things claim one path of the site."),
    _fixed("alias-wrong", "An old address is not a path of the site."),
    _fixed("override-refused", "An entry of “problems:” would lower what cannot be lowered."),
    Code("override-unused", WARNING, "An entry of “problems:” has no effect.", fixed=True),
    _warning("style-rule", "Words are against the house style of the desk."),
    _fixed("plugin-missing", "A plugin that the site names is not installed."),
    _fixed("plugin-version", "A plugin is installed in a version that the site does not take."),
    _fixed("plugin-failed", "The code of a plugin is wrong, or failed."),
    _warning("page-unlinked", "Nothing links to a page."),
    Code("sample-published", WARNING, "A sample of `backstory init` is still in the site.", fixed=True),
    _warning("file-details", "The metadata of a file has its place or maker."),
    _warning("file-scripts", "A file runs scripts in the browser."),
    _warning("file-reordered", "A file shows words in another order than they are written."),
    _warning("id-alike", "The ids of two records look alike."),
    _warning("title-shared", "Two explainers or pages have the same title."),
    _error("table-unread", "A table in content/tables/ cannot be read."),
    _error("row-no-id", "A row of a table has no id."),
    _warning("row-left-out", "A value in a row of a table was left out or changed."),
    _warning("file-unused", "A file is in a place where it is not read."),
    _fixed("images-library", "The library that draws images is not installed."),
    _error("picture-unreadable", "A picture cannot be read."),
    _warning("pictures-whole", "Pictures are published in their full size only."),
    _fixed("file-unreadable", "A file cannot be read."),
    _fixed("file-too-large", "A content file is too large."),
    _fixed("file-name", "The name of a file is not valid UTF-8."),
    _fixed("file-outside", "A symbolic link leads out of the content folder."),
    _fixed("file-not-a-file", "An entry of the content folder is neither a file nor a folder."),
    _fixed("encoding", "A file is not UTF-8."),
    _warning("character-lost", "A character was lost before the file was saved here."),
    _fixed("character-wrong", "A character must not be published."),
    # templates
    _fixed("template-missing", "A template is missing."),
    _fixed("template-syntax", "A template is not valid Jinja."),
    _fixed("template-name", "A template uses a variable that its page does not have."),
    _fixed("template-dynamic", "A template computes the name of another one."),
    _fixed("template-unsafe", "A template does something that is not allowed."),
    _fixed("template-failed", "A template failed while making a page."),
    _warning("template-unused", "A file among the templates has no effect."),
    _warning("theme-incomplete", "A site’s own theme leaves out a variable of ours."),
)
"""In the order of the guide."""

CODES = {code.name: code for code in ALL}


def section_of(code: str) -> str:
    """Return the section of the guide on a code, as an address below a site that has the guide; for a code of a plugin, the section on plugins."""
    return "guide/plugins/" if "/" in code else f"guide/problems/#{code}"
