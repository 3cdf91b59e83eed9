"""`backstory check --host`: what a host would refuse of the site, found before anything is sent."""

import msgspec

from builder.build.pipeline import build
from builder.build.run import Options
from builder.cli.commands.publish_job import trial_options
from builder.content.settings import with_slash
from builder.model import PublishTarget
from builder.publish.limits import exceeded_limits, host_of
from builder.publish.upload import gather


def host_refusals(options: Options, host: str) -> tuple[str, ...]:
    """Return a sentence for each thing that a host of `cli.HOSTS` would refuse of the site as it would be published now; none where errors stop the site.

    Raises `PublishProblem` and `OutputProblem` if the site cannot be built or read.
    """
    name = host.removesuffix("-pages")
    with trial_options(msgspec.structs.replace(options, drafts=False)) as built:
        return _refusals(built, name)


def _refusals(built: Options, name: str) -> tuple[str, ...]:
    report = build(built)
    if report.plan is None or report.loaded is None:
        return ()
    chosen = report.loaded.site.settings
    bare = PublishTarget("check", "s3") if name == "s3" else PublishTarget("check", "git", served_by=name)
    target = next((publish_target for publish_target in chosen.publish if host_of(publish_target) == name), bare)
    base_url = with_slash(built.base_url) if built.base_url is not None else chosen.base_url
    return tuple(exceeded_limits(gather(built.output, report.plan.manifest, target, base_url), target))
