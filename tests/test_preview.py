"""What a preview shows is the site of the sources as they are; an edit makes only what shows it, quick saves are one."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from conftest import GOOD, Project, jpeg

from guodong_site.pipeline import Options, make
from guodong_site.preview import Preview

ADDRESS = "http://127.0.0.1:8000/"


@pytest.fixture
def several(project: Project) -> Project:
    """Four issues in two years."""
    for year in (2023, 2024):
        for month in (3, 9):
            text = GOOD.replace("number: 3", f"number: {month}").replace("2024-03", f"{year}-{month:02}")
            project.write(f"issues/{year}-{month:02}.md", text)
    return project


@pytest.fixture
def preview(several: Project) -> Iterator[Preview]:
    """A preview that follows its sources."""
    one = Preview(Options(root=several.root, base_url=ADDRESS), lambda _: None)
    threading.Thread(target=one.watch, daemon=True).start()
    yield one
    one.stop()


def wait(preview: Preview, version: int) -> None:
    """Until the preview has gone on from that version."""
    with preview.changed:
        assert preview.changed.wait_for(lambda: preview.version > version, timeout=20)


def cold(project: Project) -> dict[str, bytes]:
    """The same site from nothing."""
    files = make(Options(root=project.root, base_url=ADDRESS, search=False, drafts=True, cache=False)).files
    assert files is not None
    return files


def edit(path: str, old: str, new: str) -> Callable[[Project], object]:
    def change(project: Project) -> None:
        file = project.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


CHANGES: dict[str, Callable[[Project], object]] = {
    "an edit": edit("issues/2024-09.md", "200余份", "300余份"),
    "an edit in an old issue": edit("issues/2023-03.md", "志愿服务活动", "国防动员宣传活动"),
    "a new file": lambda p: p.write("issues/2024-10.md", GOOD.replace("number: 3", "number: 10").replace("-03-", "-10-")),
    "a draft": lambda p: p.write("issues/2024-10.md", GOOD.replace("number: 3", "draft: true")),
    "a renamed file": lambda p: (p.root / "issues/2024-09.md").rename(p.root / "issues/2024-08.md"),
    "a deleted file": lambda p: (p.root / "issues/2023-09.md").unlink(),
    "a template": edit("templates/pages/article.html", "上一篇", "前一篇"),
    "a style": edit("static/css/tokens.css", ":root", ":root "),
    "the configuration": edit("site.yaml", "name: 工作动态", "name: 工作动态（预览）"),
    "a dictionary": lambda p: p.write("editorial/words.txt", "志愿服务活动\n"),
    "stop words": lambda p: p.write("editorial/stopwords.txt", "工作会议\n"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_everything_counts(preview: Preview, several: Project, name: str) -> None:
    """Whatever a page is made from: once it is saved, the preview is the site from nothing."""
    version = preview.version
    CHANGES[name](several)
    wait(preview, version)

    assert preview.made.printed is not None, preview.made.found
    assert preview.files == cold(several)


def test_an_edit_makes_only_what_shows_it(preview: Preview, several: Project) -> None:
    """Of the pages of other issues, the very same bytes go on standing."""
    before, version = dict(preview.files), preview.version
    CHANGES["an edit"](several)
    wait(preview, version)
    anew = {path for path, data in preview.files.items() if data is not before.get(path)}

    assert "issues/2024-09/2/index.html" in anew
    assert {path.split("/")[1] for path in anew if path.startswith("issues/")} == {"2024-09"}
    assert not [path for path in anew if "/2023/" in path]


def test_a_picture_that_is_shown_no_more_is_gone(preview: Preview, several: Project) -> None:
    """The last picture of an issue leaves its text: its file is part of the site no longer."""
    text = (several.root / "issues/2024-09.md").read_text(encoding="utf-8")
    version = preview.version
    several.write("issues/2024-09/a.jpg", jpeg(1))
    wait(preview, version)
    for shown in (text + "\n![说明](2024-09/a.jpg)\n", text):
        version = preview.version
        several.write("issues/2024-09.md", shown)
        wait(preview, version)

        assert ("issues/2024-09/a.jpg" in preview.files) == (shown != text)
        assert preview.files == cold(several)


def test_quick_saves_are_one(preview: Preview, several: Project) -> None:
    """Ten saves in a twentieth of a second are one rebuild, of the last."""
    version = preview.version
    for number in range(10):
        several.write("issues/2024-09.md", GOOD.replace("number: 3", "number: 9").replace("200余份", f"{number}余份"))
        time.sleep(0.005)
    wait(preview, version)
    time.sleep(0.5)

    assert preview.version == version + 1
    assert "9余份" in preview.files["issues/2024-09/2/index.html"].decode()


def test_a_fault_is_shown_and_passes(preview: Preview, several: Project) -> None:
    """While a file is faulty its faults are what there is; mended, the site is back."""
    version = preview.version
    edit("issues/2024-09.md", "# 要闻", "# 要聞")(several)
    wait(preview, version)
    codes = [found.rule.code for found in preview.made.found if found.stops_build]
    edit("issues/2024-09.md", "# 要聞", "# 要闻")(several)
    wait(preview, version + 1)

    assert codes == ["F021"]
    assert preview.files == cold(several)


def test_the_index_follows(preview: Preview, several: Project) -> None:
    """A moment after the pages the search knows the new issue, as a build would."""

    def issues() -> list[str]:
        data = preview.file("search/index/facets.json")
        return [issue for issue, *_ in json.loads(data)["issues"]] if data else []

    def known(count: int) -> bool:
        end = time.monotonic() + 60
        while len(issues()) != count and time.monotonic() < end:
            time.sleep(0.05)
        return len(issues()) == count

    assert known(4)
    CHANGES["a new file"](several)
    assert known(5)
    whole = make(Options(root=several.root, base_url=ADDRESS, drafts=True, cache=False)).files
    assert whole is not None
    assert {path: preview.file(path) for path in whole} == whole
