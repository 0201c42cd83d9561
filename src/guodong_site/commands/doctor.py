"""`guodong doctor`: is this computer ready."""

from __future__ import annotations

import argparse

from guodong_site.command import Command
from guodong_site.report import Reporter


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Looks at everything; 4 where something needed is not good."""
    from guodong_site.doctor import examine  # noqa: PLC0415  # only asked for

    findings = examine(options.root)
    code = 4 if any(finding.needed and not finding.good for finding in findings) else 0
    reporter.examined(findings, code)
    return code


COMMAND = Command(name="doctor", summary="检查这台电脑是否就绪", run=run, anywhere=True)
