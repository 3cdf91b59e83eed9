"""From the content of a site to its published folder: `pipeline` is the whole build, `load` its first half; `page_builder` makes pages, in several processes where that pays."""
