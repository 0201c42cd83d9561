"""`guodong verify DIR|URL`: is a folder, or a site as it is served, exactly the release it says it is?"""

from __future__ import annotations

import argparse
from pathlib import Path

from guodong_site.command import USAGE, Command
from guodong_site.report import Reporter
from guodong_site.steps import Steps

LACKING, DIFFERENT = 4, 5


def add(one: argparse.ArgumentParser) -> None:
    """Its options."""
    one.add_argument("place", metavar="文件夹或网址", help="发布出来的网站：首页所在的文件夹，或首页的网址")
    one.add_argument("--signers", type=Path, metavar="文件", help="可以签名的人的名单（ssh-keygen 的 allowed_signers）")


def run(options: argparse.Namespace, reporter: Reporter) -> int:
    """Looks at every file; 5 where one is different."""
    from guodong_site.publishing.target import LackingError, TargetError  # noqa: PLC0415  # TLS and threads, which no other needs
    from guodong_site.publishing.verifying import told, verify_folder, verify_site  # noqa: PLC0415

    place: str = options.place
    if options.signers is not None and not options.signers.is_file():
        reporter.refuse(f"“{options.signers}”不是文件。")
        return USAGE
    served = place.startswith(("http://", "https://"))
    if not served and not Path(place).is_dir():
        reporter.refuse(f"“{place}”不是文件夹，也不是网址。")
        return USAGE
    steps = Steps(reporter.waiting)
    steps("核对文件")
    try:
        verdict = verify_site(place, options.signers, steps.tick) if served else verify_folder(Path(place), options.signers)
    except TargetError as fault:
        reporter.refuse(f"{fault}。" + (f"{fault.hint}。" if fault.hint else ""))
        reporter.outcome((), {"version": 1, "good": False, "error": str(fault)})
        return LACKING if isinstance(fault, LackingError) else DIFFERENT
    steps.end()
    code = DIFFERENT if verdict.differences else 0
    data = {
        "version": 1,
        "good": not code,
        "release": verdict.release.id,
        "commit": verdict.release.commit,
        "files": len(verdict.release.files),
        "signer": verdict.signer,
        "differences": [{"path": one.path, "what": one.what} for one in verdict.differences],
    }
    reporter.outcome(told(verdict), data)
    if code:
        reporter.refuse(f"与 {verdict.release.id} 这一版有 {len(verdict.differences)} 处不同。")
    if options.timings:
        reporter.timed(steps.ended)
    return code


COMMAND = Command(name="verify", summary="核对一个文件夹或网站是不是发布的那一版", add=add, run=run, anywhere=True)
