"""Who waits sees what is being done; who asks is told what it took."""

from __future__ import annotations

import os
import pstats
import pty
import re
import subprocess
import sys

from conftest import Project

from guodong_site.steps import Steps

STEPS = ["读取设置和稿件", "检查稿件", "选取主题词", "安排页面", "套用模板", "全文索引", "检查链接", "写入文件"]


def test_timings_name_every_step(good: Project) -> None:
    """A line a step with files, pages, seconds and memory, on the error stream: JSON stays JSON."""
    done = good.run("build", "--timings", "--format", "json")
    lines = re.findall(r"^(\d)\. ([^：]+)(?:：(.+))?：\d+\.\d\d 秒（CPU \d+\.\d\d 秒，内存 \d+ MB）$", done.err, re.MULTILINE)
    notes = {name: re.sub(r"\d+", "#", note) for _, name, note in lines if note}

    assert done.code == 0
    assert [line[:2] for line in lines] == [(str(at), name) for at, name in enumerate(STEPS, 1)]
    assert notes == {
        "读取设置和稿件": "# 份稿件，新读 # 份",
        "套用模板": "# 组，重做 # 组、# 页",
        "全文索引": "# 个分库，重做 # 个",
        "写入文件": "写出 # 个文件，删除 # 个",
    }
    assert done.out.startswith("{")


def test_a_profile_is_written_where_it_is_asked_for(good: Project) -> None:
    """--profile FILE: what pstats can read; a folder that is not there is said, and the site is built all the same."""
    done = good.run("build", "--no-search", "--no-cache", "--profile", "times.prof")
    functions = {name for _, _, name in pstats.Stats(str(good.root / "times.prof")).stats}  # type: ignore[attr-defined]
    lost = good.run("build", "--no-search", "--no-cache", "--profile", "nowhere/times.prof")

    assert (done.code, lost.code) == (0, 0)
    assert {"read_manuscript", "check_links"} <= functions
    assert "用时记录没有写成" in lost.err


def test_nothing_is_timed_unasked(good: Project) -> None:
    """Not at a terminal and not asked: nothing on the error stream."""
    assert good.run("build", "--no-search").err == ""


def test_a_terminal_shows_the_step(good: Project) -> None:
    """At a terminal the steps stand in one line, one after the other, and the line is gone before the outcome."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "guodong_site", "build", "--no-search", "--no-pdf"]
    with subprocess.Popen(command, cwd=good.root, stdout=slave, stderr=slave, stdin=slave) as process:
        os.close(slave)
        seen = b""
        try:
            while more := os.read(master, 1 << 16):
                seen += more
        except OSError:  # the other end is closed: all is read
            pass
        process.wait()
    os.close(master)
    text = seen.decode()

    assert process.returncode == 0
    assert [name for name in STEPS if f"\r\x1b[K{name}……" in text] == [name for name in STEPS if name != "全文索引"]
    assert text.rindex("写入文件……\r\x1b[K") < text.index("完成：")


def test_steps_follow_each_other() -> None:
    """One begins where the other ends; the last is ended by hand, once."""
    told: list[tuple[str, float | None]] = []
    steps = Steps(lambda name, share: told.append((name, share)))
    steps("a")
    steps.tick(1, 4)
    steps.tick(2, 4)  # at once: nobody could read it
    steps.note("4 份")
    steps("b")
    steps.end()
    steps.end()

    assert told == [("a", None), ("a", 0.25), ("b", None)]
    assert [step.note for step in steps.ended] == ["4 份", ""]
    assert [step.name for step in steps.ended] == ["a", "b"]
