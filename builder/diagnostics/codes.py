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
    _fixed("quote-not-found", "The words of a quote do not stand in the text."),
    _error("quote-ambiguous", "The words of a quote stand in the text more than once."),
    _warning("quote-overlap", "Words of one quote are those of another too."),
    _fixed("quote-marked-wrong", "Words are marked as those of a quote that does not have them."),
    _error("quote-no-speaker", "Nobody is named as the speaker of a quote."),
    _fixed("unknown-beside-name", "Beside “unknown” a quote names a speaker or hearer too."),
    _warning("quote-other-name", "Beside a quotation the text names another speaker than its record."),
    _error("quote-of-nobody", "A quote gives neither anybody’s words nor anybody who said them."),
    _error("quote-no-source", "A quote has no source; a warning where it has a date."),
    _warning("quote-no-date", "Nothing tells when a quote was said."),
    _fixed("quote-not-in-source", "The words of a quote do not stand in the kept text of its source."),
    _warning("quote-too-late", "A quote was said after its source came out."),
    _warning("via-order", "The sources of a quote do not begin with its first publisher."),
    _warning("reply-too-early", "A quote answers or repeats what was said later."),
    _warning("quote-no-marks", "The words of a quote stand in the text without quotation marks."),
    _warning("quote-cut-short", "A quote leaves out a word that may turn its meaning."),
    _warning("quotation-unrecorded", "Passages in quotation marks have no quote record."),
    _warning("quotation-unpaired", "A quotation mark has no partner."),
    _warning("quotation-marked-wrong", "Words marked with {quote=no} are those of a quote."),
    _fixed("off-record", "A quote was given off the record."),
    # events and dates
    _fixed("date-wrong", "A value is not a date."),
    _fixed("date-not-a-day", "A date must be one day, and is less exact."),
    _fixed("proposed-left", "An explainer that is no draft has proposals that nobody has answered."),
    _warning("published-missing", "Nothing tells when an explainer was published."),
    _error("weekday-wrong", "The story’s word and its date contradict each other; a warning in somebody’s words."),
    _warning("date-open", "The story’s word is not tied to a date."),
    _warning("event-no-date", "Nothing tells when an event was or is to be."),
    _error("event-no-voice", "Nobody is named who alleges, denies or expects an event."),
    _warning("event-title-doubt", "The title of an event that is told as a fact says that it is none."),
    _warning("event-no-source", "Nothing tells how anybody knows of an event that happened."),
    _error("event-after-as-of", "An event is told as having occurred after the day whose state is told."),
    _warning("event-after-update", "An event is told as having occurred after the last update."),
    _warning("event-passed", "A planned event lies before the day whose state is told."),
    _warning("date-order", "Two dates of one record contradict each other."),
    _warning("date-ahead", "Something is said to have been on a day that has not come."),
    _warning("date-not-moved", "A step of a history gives the date that its event has by now."),
    _warning("event-unused", "A shared event is in no timeline."),
    # actors and sources
    _fixed("actor-nameless", "An actor has no name."),
    _warning("actor-untyped", "An actor with the name of a body, or with a description for a name, has no type."),
    _warning("actor-unused", "A shared actor is in no explainer."),
    _fixed("unnamed-identity", "A source without a name carries what would name them."),
    _error("unnamed-undescribed", "A source without a name is not described."),
    _warning("actor-unlisted", "An actor is named in a text that does not list them."),
    _warning("actor-in-words", "A name stands in a text only where it may be a part of another word."),
    _warning("actor-twice", "Two actors may be one, by their names or descriptions."),
    _warning("name-shared", "A name in a text may be of several actors."),
    _warning("office-not-held", "An actor held none of the given offices at the time."),
    _warning("unnamed-recognisable", "Few could be meant by a source without a name."),
    _warning("unnamed-basis", "Nothing tells how a source without a name knows."),
    _warning("unnamed-reason", "Nothing tells why a source has no name."),
    _warning("unnamed-boilerplate", "The reason for no name tells nothing."),
    _warning("unnamed-count", "A source without a name is described as more or fewer people than its count."),
    _warning("unnamed-opinion", "A source without a name gives an opinion."),
    _warning("source-unused", "Nothing rests on a shared source."),
    _warning("source-nameless", "Nothing tells what a source is, but its id."),
    _warning("source-bare", "A source is only an address."),
    # ids and references
    _error("reference-unknown", "An id leads to nothing."),
    _error("words-like-id", "Plain words look like an id that nothing has."),
    _warning("authors-joined", "One author has the names of several people."),
    _warning("words-like-name", "Plain words are nearly the name of an actor."),
    _fixed("id-wrong", "An id has signs that cannot stand in an address."),
    _fixed("id-twice", "Two records of one file have the same id."),
    _fixed("id-missing", "A record has no id, and none can be made."),
    _fixed("id-and-file", "A shared record has another id than its file’s name."),
    _fixed("records-disagree", "Two files give different values for one key of a record."),
    # keys and values
    _fixed("key-unknown", "A record has a key that the format does not know."),
    _warning("key-foreign", "Keys of another program stand at the head of a file, and are not read."),
    _fixed("key-missing", "A key that is needed is not there."),
    _fixed("key-twice", "A key is given twice in one record."),
    _fixed("value-wrong", "A value is of another kind than its key takes."),
    _fixed("value-unknown", "A value is none of the words that its key takes."),
    _fixed("value-empty", "A value is there and is empty."),
    _warning("marks-around", "Quotation marks may have been pasted along with a value."),
    _warning("text-cut", "A “#” may have cut a text short."),
    _fixed("url-wrong", "A value is not an address of the web."),
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
    _fixed("yaml-too-deep", "Records and lists stand in each other too deeply."),
    _fixed("yaml-too-large", "The front matter is far too long."),
    # links, cards and marks
    _error("link-unknown", "A link in double brackets leads to nothing."),
    _error("link-ambiguous", "A link in double brackets could lead to several records."),
    _warning("link-unread", "Brackets make no link, and are shown as they are written."),
    _warning("definition-unused", "The address of a link is defined apart, and nothing refers to it."),
    _error("link-dead", "A local link leads to nothing on the site."),
    _error("anchor-dead", "A link leads to a heading that its page does not have."),
    _warning("link-empty", "A link has no address."),
    _warning("link-in-table", "A bar cuts a link in a table in two."),
    _fixed("unsafe-url", "A link or picture has an address that could do harm."),
    _warning("raw-html", "HTML is not read, and is shown as it is written."),
    _warning("comment-in-text", "A comment stands in the text; it is left out."),
    _fixed("comment-open", "A comment begins in the text and never ends."),
    _warning("markup-foreign", "A mark of another program means nothing, and is shown as it is written."),
    _warning("markup-in-value", "A mark of Markdown stands in words that are shown as they are written."),
    _warning("text-struck", "Words are struck out, which only a page can show."),
    _warning("list-numbers", "The numbers of a list do not count on."),
    _warning("list-unclear", "A line is a list of one entry, perhaps by mistake."),
    _warning("list-unread", "Lines begin with a sign of which no list is made."),
    _warning("table-wrong", "Lines with bars are no table, or a row has more or fewer cells than the head."),
    _warning("heading-unclear", "A line may be a heading by mistake, or none by mistake."),
    _warning("text-indented", "Words are shown as code, since they are indented."),
    _warning("code-open", "Code begins and never ends."),
    _warning("line-broken", "The lines of a paragraph are broken in the middle of its sentences."),
    _warning("emphasis-unread", "The stars of emphasis are shown as they are written."),
    _warning("embed-inline", "A card stands among other words."),
    _error("embed-place", "A card stands outside of an explainer."),
    _error("embed-filter", "A timeline has a filter that there is not."),
    _error("mark-mistyped", "A mark behind quoted words is mistyped."),
    _error("mark-unknown", "A mark is of a plugin, and none brings it."),
    _warning("span-unknown", "Words in braces mean nothing."),
    _warning("span-nested", "Marked words stand within marked words."),
    _warning("footnote-undefined", "A footnote is referred to and not written."),
    _warning("footnote-unused", "A footnote is written and not referred to."),
    _warning("too-deep", "Lists or quotes stand in each other too deeply."),
    _warning("too-long", "A text is too long to be read as Markdown."),
    # pictures
    _warning("image-alt", "A picture has no alternative text."),
    _warning("image-remote", "A picture comes from another site."),
    # links to other sites
    _warning("link-outside-dead", "An address of another site leads to nothing."),
    _warning("link-outside-moved", "A page of another site has moved for good."),
    _warning("link-outside-unknown", "Whether an address of another site leads anywhere could not be told."),
    _warning("archive-missing", "A source has no copy in an archive."),
    # files and the site as a whole
    _fixed("path-twice", "Two things claim one path of the site."),
    _fixed("alias-wrong", "An old address is not a path of the site."),
    _fixed("override-refused", "An entry of “problems:” would lower what cannot be lowered."),
    Code("override-unused", WARNING, "An entry of “problems:” changes nothing.", fixed=True),
    _warning("style-rule", "Words are against the house style of the desk."),
    _fixed("plugin-missing", "A plugin that the site names is not installed."),
    _fixed("plugin-version", "A plugin is installed in a version that the site does not take."),
    _fixed("plugin-failed", "The code of a plugin is wrong, or failed."),
    _warning("page-unlinked", "Nothing links to a page."),
    Code("sample-published", WARNING, "A sample of `backstory init` is still in the site.", fixed=True),
    _warning("file-details", "A file tells where or by whom it was made."),
    _warning("file-scripts", "A file runs scripts in the browser of whoever opens it."),
    _warning("id-alike", "The ids of two records look alike."),
    _warning("title-shared", "Two explainers or pages have the same title."),
    _error("table-unread", "A table in content/tables/ cannot be read."),
    _error("row-no-id", "A row of a table has no id."),
    _warning("row-left-out", "Something in a row of a table was not taken over as it is there."),
    _warning("file-unused", "A file lies where nothing looks for it."),
    _fixed("images-library", "Images are asked for, and the library that draws them is not installed."),
    _error("picture-unreadable", "A picture cannot be read."),
    _warning("pictures-whole", "Pictures are published in their full size only."),
    _fixed("file-unreadable", "A file cannot be read."),
    _fixed("file-too-large", "A content file is too large."),
    _fixed("file-name", "The name of a file is not valid UTF-8."),
    _fixed("file-outside", "A link of the file system leads out of the content."),
    _fixed("file-not-a-file", "Something in the content folder is not a file."),
    _fixed("encoding", "A file is not UTF-8."),
    _warning("character-lost", "A character was lost before the file came here."),
    _fixed("character-wrong", "A character is one that must not be published."),
    # templates
    _fixed("template-missing", "A template is not there."),
    _fixed("template-syntax", "A template is not valid Jinja."),
    _fixed("template-name", "A template asks for a variable that its page does not have."),
    _fixed("template-dynamic", "A template computes the name of another one."),
    _fixed("template-unsafe", "A template reaches for what it may not have."),
    _fixed("template-failed", "A template went wrong while making a page."),
    _warning("template-unused", "A file among the templates changes nothing."),
    _warning("theme-incomplete", "A site’s own theme gives no value to a variable of ours."),
)
"""In the order of the guide."""

CODES = {code.name: code for code in ALL}


def section_of(code: str) -> str:
    """Return the section of the guide on a code, as an address below a site that has the guide; for a code of a plugin, the section on plugins."""
    return "guide/plugins/" if "/" in code else f"guide/problems/#{code}"
