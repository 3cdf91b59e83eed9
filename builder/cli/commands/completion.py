"""`backstory completion`: the script that makes a shell complete the command line."""

from argparse import Namespace

import shtab

from builder import cli
from builder.cli.command_table import parser


def run(args: Namespace) -> int:
    """Print the script for a shell."""
    print(shtab.complete(parser(), shell=args.shell))
    return cli.FINE
