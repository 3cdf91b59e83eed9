"""Forms as a page sends them: `client/submission.js` chooses the kind of a form in the same way."""


def form(page, digest, **values):
    """Return a form with these values, of the kind that they make it."""
    chosen = kind(values)
    flags = {"makes", "deletes", "rejects"} | ({"nobody"} if chosen == "no-quotation" else set())
    return {"form": chosen, "page": page, "digest": digest, **{key: value for key, value in values.items() if key not in flags}}


def kind(values):
    if "selected" in values:
        return "alias" if "other_name" in values else values["makes"]
    for record in ("record", "quote", "event"):
        if record in values:
            return f"{'delete' if values.get('deletes') else 'change'}-{record}"
    if "proposal" in values:
        return "reject-proposal" if values.get("rejects") or values.get("nobody") else "accept-proposal"
    return "no-quotation" if values.get("nobody") else "continuation" if "joins" in values else "quotation"
