"""The words of dates and of the interface in the language of a site, and what is known of scripts."""
