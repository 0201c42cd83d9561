"""Who waits sees what is being done; who asks is told what it took."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

from conftest import Project

from guodong_site.steps import Steps

STEPS = ["读取设置和稿件", "检查稿件", "选取主题词", "安排页面", "套用模板", "全文索引", "检查链接", "写入文件"]


def test_timings_name_every_step(good: Project) -> None:
    """A line a step with seconds and memory, on the error stream: JSON stays JSON."""
    done = good.run("build", "--timings", "--format", "json")
    lines = re.findall(r"^(\d)\. (\S+)：\d+\.\d\d 秒（CPU \d+\.\d\d 秒，内存 \d+ MB）$", done.err, re.MULTILINE)

    assert done.code == 0
    assert lines == [(str(at), name) for at, name in enumerate(STEPS, 1)]
    assert done.out.startswith("{")


def test_nothing_is_timed_unasked(good: Project) -> None:
    """Not at a terminal and not asked: nothing on the error stream."""
    assert good.run("build", "--no-search").err == ""


def test_a_terminal_shows_the_step(good: Project) -> None:
    """At a terminal the steps stand in one line, one after the other, and the line is gone before the outcome."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "guodong_site", "build", "--no-search"]
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
    told: list[str] = []
    steps = Steps(told.append)
    steps("a")
    steps("b")
    steps.end()
    steps.end()

    assert told == ["a", "b"]
    assert [step.name for step in steps.ended] == ["a", "b"]
