"""Prints docs/checks.md."""

import sys

from xl_dipsample.domain.checks.document import page

sys.stdout.write(page())
