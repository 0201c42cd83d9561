"""The output folder: whole files only, nothing stale, finished or undone after any interruption."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import GOOD, Project, snapshot

from guodong_site.write import WORKSHOP, recover, refusal, write


def test_a_second_build_changes_nothing(good: Project) -> None:
    """Same input: no file written, no time stamp moved."""
    assert good.run("build").code == 0
    before = {p: p.stat().st_mtime_ns for p in good.out.rglob("*")}
    again = good.run("build")

    assert "没有改动任何文件" in again.out
    assert {p: p.stat().st_mtime_ns for p in good.out.rglob("*")} == before


def test_stale_files_go_and_damaged_ones_are_mended(good: Project) -> None:
    """A deleted issue's pages vanish with their folders; an edited and a deleted output file come back."""
    good.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4").replace("03-15", "04-15"))
    good.run("build")
    (good.root / "issues/2024-04.md").unlink()
    (good.out / "index.html").write_text("damaged")
    (good.out / "404.html").unlink()
    done = good.run("build")
    clean = good.run("build", "--out", "fresh")

    assert (done.code, clean.code) == (0, 0)
    assert not (good.out / "issues/2024-04").exists()
    assert good.site() == snapshot(good.root / "fresh")


def test_a_file_may_become_a_folder_and_back(tmp_path: Path) -> None:
    """`a` gives way to `a/b` and `a/b` to `a`."""
    out = tmp_path / "out"
    for made in ({"a": b"1", "c/d": b"2"}, {"a/b": b"3", "c": b"4"}, {"a": b"5"}):
        write(made, out)

        assert snapshot(out) == made


@pytest.mark.parametrize("stage", ["staged", "journal", "half"])
def test_recovery_finishes_or_undoes(tmp_path: Path, stage: str) -> None:
    """Before the journal the old site stands; from the journal on the new one is completed."""
    out = tmp_path / "out"
    old, new = {"index.html": b"old", "gone.html": b"old"}, {"index.html": b"new", "fresh/index.html": b"new"}
    write(old, out)
    workshop = out / WORKSHOP
    (workshop / "new").mkdir()
    (workshop / "new/0").write_bytes(b"new")
    (workshop / "new/1").write_bytes(b"new")
    if stage != "staged":
        journal = {"files": ["index.html", "fresh/index.html"], "removed": ["gone.html"], "drafts": False}
        (workshop / "journal.json").write_text(json.dumps(journal))
    if stage == "half":
        (workshop / "new/0").replace(out / "index.html")

    assert recover(out)
    assert snapshot(out) == (old if stage == "staged" else new)
    assert not recover(out)


def test_killed_at_any_moment_the_next_build_completes(good: Project) -> None:
    """Twenty builds killed at random moments while the whole site changes: each next build gives the right site."""
    states = []
    for word in ("甲", "乙"):
        good.write("issues/2024-03.md", GOOD.replace("总结去年工作", f"总结{word}年工作"))
        good.run("build", "--no-search", "--out", f"state-{word}")
        states.append((word, snapshot(good.root / f"state-{word}")))
    good.run("build", "--no-search")
    chance = random.Random(7)
    for turn in range(20):
        word, right = states[turn % 2]
        good.write("issues/2024-03.md", GOOD.replace("总结去年工作", f"总结{word}年工作"))
        process = subprocess.Popen(
            [sys.executable, "-m", "guodong_site", "build", "--no-search", "--no-pdf", "--quiet"],
            cwd=good.root,
            stdout=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.05, 1.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        done = good.run("build", "--no-search", "--quiet")

        assert (done.code, good.site() == right) == (0, True), turn


def test_killed_inside_the_swap(tmp_path: Path) -> None:
    """Writers of 400 files killed while they swap: after `recover` the folder holds one version whole, never a mixture."""
    script = (
        "import sys; from pathlib import Path; from guodong_site.write import write;"
        "write({f'{n % 7}/{n}.html': sys.argv[2].encode() * 50 for n in range(400)}, Path(sys.argv[1]))"
    )
    out = tmp_path / "out"
    versions = [b"old" * 50, b"new" * 50]
    subprocess.run([sys.executable, "-c", script, str(out), "old"], check=True)
    chance, mixtures = random.Random(3), 0
    for turn in range(25):
        process = subprocess.Popen([sys.executable, "-c", script, str(out), ("new", "old")[turn % 2]])
        deadline = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < deadline:
            if (out / WORKSHOP / "journal.json").exists():
                time.sleep(chance.uniform(0, 0.01))
                process.kill()
        process.wait()
        mixtures += len(set(snapshot(out).values())) > 1
        recover(out)

        assert len(set(snapshot(out).values())) == 1
        assert set(snapshot(out).values()) <= set(versions)
    assert mixtures  # the test has really cut some swaps in the middle


def test_refusals(tmp_path: Path) -> None:
    """Folders that hold our sources or other people's files are never an output folder."""
    root = tmp_path / "project"
    (root / "issues").mkdir(parents=True)
    (tmp_path / "file").write_text("x")
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "photo.jpg").write_text("x")

    for bad in (root, root / "issues", root / "issues/deep", tmp_path, tmp_path / "file", foreign):
        assert refusal(bad, root), bad
    for fine in (root / "public", tmp_path / "www"):
        assert refusal(fine, root) is None


def test_a_full_disk_leaves_the_old_site(good: Project) -> None:
    """No space left while writing: exit 4, a Chinese sentence, the old site byte for byte."""
    small = good.root / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True, check=False)
    if mounted.returncode:  # no right to mount: a quota on file size gives the same errno family
        limit = 20_000
    try:
        target = small / "site" if not mounted.returncode else good.out
        assert good.run("build", "--no-search", "--out", str(target)).code == 0
        before = snapshot(target)
        good.write("issues/2024-03.md", GOOD + "\n市国动办开展训练活动，" + "内容很长。" * 60_000 + "\n")
        if mounted.returncode:
            import resource

            done_process = subprocess.run(
                [sys.executable, "-m", "guodong_site", "build", "--no-search", "--no-pdf", "--out", str(target)],
                cwd=good.root, capture_output=True, text=True, check=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            )  # fmt: skip
            code, said = done_process.returncode, done_process.stdout
        else:
            done = good.run("build", "--no-search", "--out", str(target))
            code, said = done.code, done.said

        assert (code, "写不进" in said) == (4, True), said
        assert snapshot(target) == before
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", str(small)], check=True)


def test_drafts_mark_the_folder(good: Project) -> None:
    """A folder built with --drafts says so in our own folder, and an ordinary build takes the mark away."""
    good.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4\ndraft: true"))
    good.run("build", "--drafts")
    with_drafts = (good.out / WORKSHOP / "built.json").read_text(), (good.out / "issues/2024-04/index.html").exists()
    good.run("build")
    without = (good.out / WORKSHOP / "built.json").read_text(), (good.out / "issues/2024-04/index.html").exists()

    assert with_drafts == ('{"drafts": true}\n', True)
    assert without == ('{"drafts": false}\n', False)


def test_links_in_the_output_are_replaced_not_followed(good: Project, tmp_path: Path) -> None:
    """A link that stands where a page belongs is replaced; what it pointed to stays as it was."""
    good.run("build")
    outside = tmp_path / "outside.html"
    outside.write_text("mine")
    (good.out / "404.html").unlink()
    (good.out / "404.html").symlink_to(outside)
    good.run("build")

    assert outside.read_text() == "mine"
    assert not (good.out / "404.html").is_symlink()
    shutil.rmtree(good.out)


def test_a_build_that_fails_after_an_interrupted_write_says_both(good: Project) -> None:
    """The folder is another one now, so it is not said to be as it was; a second failure changes nothing and says so."""
    good.run("build", "--no-search")
    new = good.out / WORKSHOP / "new"
    new.mkdir()
    (new / "0").write_text("new")
    journal = {"files": ["fresh.html"], "removed": [], "drafts": False}
    (good.out / WORKSHOP / "journal.json").write_text(json.dumps(journal))
    good.write("issues/2024-04.md", "")
    first, second = good.run("build", "--no-search"), good.run("build", "--no-search")

    assert (good.out / "fresh.html").read_text() == "new"
    assert "上次中断的写入已经收尾；这次没有写出任何内容。" in first.out
    assert "没有写出任何内容，网站保持上一次的样子。" in second.out
