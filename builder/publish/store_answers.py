"""The refusals of object stores, in words for the user."""

import re

from builder.content.secrets import masked
from builder.publish.problems import ConnectionLost, PublishProblem, no_server

_NO_KEYS = re.compile(r"/latest/api/token|/latest/meta-data|/computeMetadata/|/metadata/identity")
"""Addresses of the metadata services of data centres, which obstore asks for credentials if the environment has none."""

_NAMES = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gcs": "GOOGLE_APPLICATION_CREDENTIALS",
    "azure": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}
"""Required environment variables, by `to`."""

_CLOCK = re.compile(r"RequestTimeTooSkewed|RequestExpired|Request date header too old|clock", re.IGNORECASE)
_KEYS = re.compile(
    r"SignatureDoesNotMatch|InvalidAccessKeyId|AccessDenied|ExpiredToken|TokenRefreshRequired|InvalidToken|AuthenticationFailed|AuthorizationFailure"
    r"|status code: 40[13]\b|40[13] (?:Unauthorized|Forbidden)"
)
_NO_BUCKET = re.compile(
    r"NoSuchBucket|ContainerNotFound|The specified bucket does not exist|status code: 404\b|404 Not Found|not found:", re.IGNORECASE
)
_LASTS = re.compile(r"status code: 4(?!08|29)\d\d|[Mm]issing|credential|[Ii]nvalid .{0,40}response")
_MISSING = re.compile(r"account must be specified|missing (?:account|credential|access key)|no credential", re.IGNORECASE)


def problem(error: Exception, where: str, to: str, *, refuses: bool = False, path: str = "", answered: bool = True) -> PublishProblem:
    """Return the problem for an error of obstore at a target, which is `where`: a `ConnectionLost` if another attempt may succeed.

    `answered` is whether the target has answered anything before, `refuses` whether obstore takes it for one of permission, `path` the file that was sent or deleted, "" if it was about no certain one.
    """
    said = str(error)
    about = f"{path}: " if path else ""
    if _NO_KEYS.search(said) or _MISSING.search(said):
        return PublishProblem(f"{where} needs credentials, and your environment has none. Set {_NAMES[to]}.")
    if not answered and (hopeless := no_server(where, said)):
        return hopeless
    if _CLOCK.search(said):
        return PublishProblem(
            f"{about}{where} refuses us: {clean_message(said)} The clock of this machine is wrong. Set it and publish again."
        )
    if refuses or _KEYS.search(said):
        return PublishProblem(
            f"{about}{where} refuses us: {clean_message(said)} Look at the credentials in your environment, and at what they allow."
        )
    if isinstance(error, FileNotFoundError) or _NO_BUCKET.search(said):
        return PublishProblem(f"{about}{where}: there is no such bucket. Make it first.")
    kind = PublishProblem if _LASTS.search(said) else ConnectionLost
    return kind(f"{about}{where} cannot be used: {clean_message(said)}")


def clean_message(said: str) -> str:
    """Return what a store has said, as a sentence, without the debugging output of the library."""
    text = " ".join(re.split(r"\s*[Dd]ebug source:", said)[0].split())
    message = re.search(r"<Code>([^<]*)</Code>.*?<Message>([^<]*)</Message>", text)
    if message:
        return masked(f"{message[1]}: {message[2].rstrip('.')}.", values=False)
    if status := re.search(r"status code: (\d{3})", text):
        return f"it answered with status {status[1]}."
    if re.search(r"error sending request|connect|timed out|dns|response body", text, re.IGNORECASE):
        return "the connection could not be made, or broke off."
    if re.search(r"invalid .{0,40}response|expected struct|deserializ|missing field", text, re.IGNORECASE):
        return "it does not answer as a store of this kind does. Look at “endpoint”."
    text = re.sub(r"^Generic \w+ error: |Error performing \w+ \S+ in \S+(?:, after .*?)? - ", "", text)
    return masked(f"{text[:160].rstrip('.')}.", values=False)
