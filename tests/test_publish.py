"""`guodong publish`: what a release is, what stops it, what may be opened by name, what a target is sent."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from builds import Press, loaded
from conftest import GOOD, ROOT, Done, Project, jpeg, snapshot
from offices import THREE, commit, git, office, release, www

ISSUE = "issues/2024-03.md"
_COMMAND = [sys.executable, "-m", "guodong_site"]


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with loaded() as program:
        yield program


@pytest.fixture
def desk(project: Project) -> Project:
    return office(project)


@pytest.fixture
def published(press: Press, desk: Project) -> Project:
    done = press.run(desk, "publish", "portal")
    assert done.code == 0, done.said
    commit(desk, "回执")
    return desk


def edited(project: Project, old: str, new: str) -> None:
    text = (project.root / ISSUE).read_text(encoding="utf-8")
    assert old in text
    project.write(ISSUE, text.replace(old, new))
    commit(project)


def codes(done: Done) -> list[str]:
    return re.findall(r"^(?:否决|错误) (\w\d{3})", done.said, re.MULTILINE)


def test_a_release_says_all_of_itself(press: Press, desk: Project) -> None:
    """release.json fits its schema and names every file with its sum; `sha256sum -c` agrees; the site is that of `build`."""
    head = git(desk, "rev-parse", "HEAD")
    done = press.run(desk, "publish", "portal")
    there = snapshot(www(desk) / "current")
    held = json.loads(there.pop("release.json"))
    sums = there.pop("SHA256SUMS")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=www(desk) / "current", check=False
    )
    press.run(desk, "build")

    jsonschema.validate(held, json.loads((ROOT / "src/guodong_site/schemas/release.json").read_bytes()))
    assert done.code == 0, done.said
    assert there == desk.site()
    assert {one["path"]: one["sha256"] for one in held["files"]} == {p: hashlib.sha256(d).hexdigest() for p, d in there.items()}
    assert (held["commit"], held["base_url"], held["previous"], held["forced"]) == (head, "https://example.org/", None, [])
    assert [(one["id"], one["url"], one["op"]) for one in held["items"]] == [
        (f"2024-03/{n}", f"/issues/2024-03/{n}/", "create") for n in (1, 2, 3)
    ]
    assert (held["counts"]["files"], held["counts"]["create"], held["counts"]["items"]) == (len(there), 3, 3)
    assert (checked.returncode, b"release.json" in sums) == (0, True)


def test_published_again_nothing_is_sent(press: Press, published: Project) -> None:
    """The same site is the release that stands, also from the commit that keeps the receipt, and from a fresh clone."""
    before = sorted(p.name for p in (www(published) / "releases").iterdir())
    again = press.run(published, "publish", "portal")
    clone = published.root.parent / "clone"
    git(published, "clone", "--quiet", str(published.root), str(clone))
    cloned = press.run(Project(clone), "publish", "portal")

    assert [one.code for one in (again, cloned)] == [0, 0], again.said + cloned.said
    assert all("已经是这一版" in one.said and "没有发送任何文件" in one.said for one in (again, cloned))
    assert sorted(p.name for p in (www(published) / "releases").iterdir()) == before


def test_an_edit_sends_what_changed(press: Press, published: Project) -> None:
    """Only new bytes cross the line: those of changed files and of the release's own; all else is linked by the target."""
    old = snapshot(www(published) / "current")
    edited(published, "部署今年任务", "部署全年任务")
    plan = json.loads(press.run(published, "publish", "portal", "--dry-run", "--format", "json").said)
    untouched = snapshot(www(published) / "current") == old
    sent = json.loads(press.run(published, "publish", "portal", "--format", "json").said)["sent"]
    new = snapshot(www(published) / "current")
    changed = {path for path in new if old.get(path) != new[path]}
    own = {"release.json", "SHA256SUMS"}

    assert untouched
    assert {one["path"]: one["size"] for one in plan["created"] + plan["changed"]} == {p: len(new[p]) for p in changed - own}
    assert {one["path"] for one in plan["removed"]} == old.keys() - new.keys()
    assert sent == {
        "bytes": sum(len(new[p]) for p in changed),
        "files": len(changed),
        "linked": len(new) - len(changed),
        "resumed": 0,
    }
    assert [one["op"] for one in release(www(published) / "current")["items"]] == ["update", "unchanged", "unchanged"]
    assert release(www(published) / "current")["previous"] == json.loads(old["release.json"])["id"]


def test_the_list_of_a_rehearsal(press: Press, published: Project) -> None:
    """What would be created, changed and removed, with sizes; nothing is sent, nothing written."""
    edited(published, "部署今年任务", "部署全年任务")
    done = press.run(published, "publish", "portal", "--dry-run")
    listed = re.findall(r"^ +[\d.]+ (?:字节|KB|MB)  (\S+)$", done.said, re.MULTILINE)

    assert done.code == 0, done.said
    assert {"issues/2024-03/1/index.html", "search/index/facets.json"} <= set(listed)
    assert re.search(r"^更新 \d+ 个文件，[\d.]+ KB$", done.said, re.MULTILINE)
    assert "只是预演，没有发送" in done.said
    assert git(published, "status", "--porcelain") == ""


def test_a_withdrawal_is_said_to_the_portal(press: Press, published: Project) -> None:
    """A withdrawn article keeps its address and place, its text is gone; its op is `withdraw` once, then it is unchanged."""
    edited(published, "date: 2024-03-15", 'date: 2024-03-15\nwithdrawn: {"2": {date: 2024-03-20, reason: 内容有误}}')
    done = press.run(published, "publish", "portal")
    item = release(www(published) / "current")["items"][1]
    page = (www(published) / "current/issues/2024-03/2/index.html").read_text(encoding="utf-8")
    edited(published, "部署今年任务", "部署全年任务")
    press.run(published, "publish", "portal")
    ops = [one["op"] for one in release(www(published) / "current")["items"]]

    assert done.code == 0, done.said
    assert (item["id"], item["op"], item["withdrawn"]) == ("2024-03/2", "withdraw", "2024-03-20")
    assert "警报" not in json.dumps(item, ensure_ascii=False) + page
    assert ops == ["update", "unchanged", "unchanged"]


# The gates


def test_what_is_in_no_commit_is_not_published(press: Press, published: Project) -> None:
    """Changed, new and ignored files of what the site is made of stop it, each by name; other people's rubbish does not."""
    published.write(ISSUE, THREE.replace("部署今年任务", "部署全年任务"))
    published.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4"))
    published.write(".git/info/exclude", "editorial/secret.txt\nnotes/\n")
    published.write("editorial/secret.txt", "x")
    published.write("notes/x.txt", "x")
    done = press.run(published, "publish", "portal")
    told = re.findall(r"^否决 X002  (\S+?)：", done.said, re.MULTILINE)

    assert (done.code, told) == (3, ["editorial/secret.txt", "issues/2024-03.md", "issues/2024-04.md"]), done.said
    assert "没有发布：portal 上还是原来的一版" in done.said


def test_no_repository_no_release(press: Press, project: Project) -> None:
    """Without git, or without a commit, nobody could make the release again: said in a sentence, with what to type."""
    office(project)
    empty = press.run(project, "publish", "portal").code
    (project.root / ".git").rename(project.root.parent / "git")
    gone = press.run(project, "publish", "portal")
    git(project, "init", "--quiet")
    unborn = press.run(project, "publish", "portal")

    assert empty == 0
    assert [(one.code, codes(one)) for one in (gone, unborn)] == [(3, ["X001"])] * 2, gone.said + unborn.said
    assert "不是 Git 仓库" in gone.said
    assert "还没有任何提交" in unborn.said


def test_reviews_are_demanded(press: Press, project: Project) -> None:
    """By default an issue that is not reviewed to the end is not published; reviewed it is; edited afterwards it is not."""
    office(project, "\ntargets: {portal: {kind: folder, path: ../www}}\nchecks: {late-publication: info}\n")
    without = press.run(project, "publish", "portal")
    for level, name in (("初审", "张三"), ("复审", "李四"), ("保密", "王五"), ("终审", "赵六")):
        assert press.run(project, "sign", "2024-03", "--level", level, "--name", name).code == 0
    commit(project, "审核")
    reviewed = press.run(project, "publish", "portal")
    edited(project, "部署今年任务", "部署全年任务")
    after = press.run(project, "publish", "portal")

    assert [(one.code, codes(one)) for one in (without, reviewed, after)] == [(3, ["S020"]), (0, []), (3, ["S020"])]
    assert "没有初审；没有复审；没有终审；没有保密" in without.said
    assert "之后改了第 1 篇" in after.said
    assert "张三" not in "".join(data.decode("utf-8", "replace") for data in snapshot(www(project) / "current").values())


def test_a_moment_that_has_not_come(press: Press, desk: Project) -> None:
    """Before its minute, by Beijing's time wherever the computer is, an issue is not published; not even by force."""
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    soon, past = now + datetime.timedelta(minutes=3), now - datetime.timedelta(minutes=3)
    edited(desk, "date: 2024-03-15", f"date: 2024-03-15\npublished: {soon:%Y-%m-%d %H:%M}")
    desk.write("site.yaml", (desk.root / "site.yaml").read_text(encoding="utf-8") + "checks: {late-publication: info}\n")
    commit(desk)
    early = press.run(desk, "publish", "portal")
    edited(desk, f"{soon:%Y-%m-%d %H:%M}", f"{past:%Y-%m-%d %H:%M}")
    done = press.run(desk, "publish", "portal")

    assert early.code == 3, early.said
    assert set(codes(early)) <= {"X004", "D021"}, early.said  # D021 where the day itself is another
    assert codes(early)
    assert not re.search("能放过的", early.said)
    assert done.code == 0, done.said


def test_checks_that_stop_only_a_release(press: Press, desk: Project) -> None:
    """An error that lets a build pass stops the release; opened by name, its reason stands in release.json for all to read."""
    desk.write(
        "site.yaml",
        (desk.root / "site.yaml").read_text(encoding="utf-8") + "checks: {placeholder-site: error, example-address: error}\n",
    )
    commit(desk)
    known = press.run(desk, "check", "--format", "json")
    desk.write("site.yaml", (desk.root / "site.yaml").read_text(encoding="utf-8").replace("placeholder-site: error, ", ""))
    commit(desk)
    stopped = press.run(desk, "publish", "portal")
    without = press.run(desk, "publish", "portal", "--force", "checks")
    forced = press.run(desk, "publish", "portal", "--force", "checks", "--reason", "域名下周启用")

    assert known.code == 1
    assert (stopped.code, codes(stopped)) == (3, ["M001"]), stopped.said
    assert "能放过的：checks" in stopped.said
    assert (without.code, "--reason" in without.said) == (2, True)
    assert forced.code == 0, forced.said
    assert release(www(desk) / "current")["forced"] == [{"gate": "checks", "reason": "域名下周启用"}]


def test_a_correction_in_a_quiet_month(press: Press, project: Project) -> None:
    """Nothing new for two weeks stops a correction too, as DESIGN.md has it; the manual's line lets it out, with its reason."""
    desk = office(project)
    desk.write("issues/2024-03.md", THREE.replace("number: 3", "number: 3\npublished: 2024-03-18 09:00"))
    commit(desk)
    stopped = press.run(desk, "publish", "portal")
    let = press.run(desk, "publish", "portal", "--force", "checks", "--reason", "更正2024年第3期")

    assert (stopped.code, "R001" in stopped.out, "R002" in stopped.out) == (3, True, True), stopped.said
    assert let.code == 0, let.said
    assert release(www(desk) / "current")["forced"] == [{"gate": "checks", "reason": "更正2024年第3期"}]


def test_a_veto_opens_for_nobody(press: Press, published: Project) -> None:
    """A veto of safety stands whatever is forced; the site stays as it was; a gate that is none is wrong usage."""
    before = snapshot(www(published))
    edited(published, "居民有序疏散", "居民有序疏散，联系人身份证号11010519491231002X")
    force = [
        word
        for gate in ("checks", "reviews", "commit", "addresses", "removals")
        for word in ("--force", gate, "--reason", "急")
    ]
    done = press.run(published, "publish", "portal", *force)
    wrong = press.run(published, "publish", "portal", "--force", "safety", "--reason", "急")

    assert (done.code, codes(done)) == (3, ["S010"]), done.said
    assert (wrong.code, "--force 不能写“safety”" in wrong.said) == (2, True)
    assert snapshot(www(published)) == before


def test_a_name_that_not_every_program_reads_alike(press: Press, published: Project) -> None:
    """A picture with a backslash in its name is refused before it stands anywhere; told by its name, without a traceback."""
    published.write("issues/2024-03/a\\b.jpg", jpeg(1))
    edited(published, "有序疏散。", "有序疏散。\n\n![现场](<2024-03/a\\\\b.jpg>)")
    done = press.run(published, "publish", "portal")

    assert (done.code, set(codes(done))) == (3, {"X008"}), done.said
    assert "文件名 'issues/2024-03/a" in done.said


# The lock of addresses


def test_an_article_put_in_front_moves_no_address(press: Press, published: Project) -> None:
    """Every address that shows another article is named, with the very id to write; once written, the release goes out."""
    edited(published, "# 要闻\n", "# 要闻\n\n## 市领导调研国防动员工作\n\n市领导到市国动办调研，听取工作汇报，提出明确要求。\n")
    done = press.run(published, "publish", "portal")
    moves = re.findall(r"改法：在 issues/2024-03.md 里“(.+?)”的标题后面（简讯写在段末）写上 (\{#\d\})", done.said)

    assert (done.code, codes(done)) == (3, ["X006"] * 3), done.said
    assert moves == [("市国动办召开工作会议", "{#1}"), ("胶州市开展防空警报试鸣", "{#2}"), ("市国动办开展志愿服务活动", "{#3}")]

    for title, mark in moves[:2]:
        edited(published, f"## {title}", f"## {title} {mark}")
    edited(published, "200余份。", "200余份。 {#3}")
    edited(published, "## 市领导调研国防动员工作", "## 市领导调研国防动员工作 {#4}")
    assert press.run(published, "publish", "portal").code == 0


def test_an_article_that_is_gone(press: Press, published: Project) -> None:
    """The line to write is named, for a withdrawal and for a former address; each lets the release pass."""
    text = (published.root / ISSUE).read_text(encoding="utf-8")
    edited(published, text[text.index("# 简讯") :], "")
    gone = press.run(published, "publish", "portal")
    published.write(ISSUE, text.replace("200余份。", "200余份。 {#zhiyuan}"))
    commit(published)
    renamed = press.run(published, "publish", "portal")
    edited(published, "date: 2024-03-15", 'date: 2024-03-15\naliases:\n  "zhiyuan": [/issues/2024-03/3/]')
    passed = press.run(published, "publish", "portal")
    items = {one["id"]: one["op"] for one in release(www(published) / "current")["items"]}

    assert (gone.code, codes(gone)) == (3, ["X005"]), gone.said
    assert '写 withdrawn: 下面一行 "3": {date: 年-月-日, reason: 撤回的原因}' in gone.said
    assert (renamed.code, codes(renamed)) == (3, ["X005"]), renamed.said
    assert 'aliases: 下面一行 "zhiyuan": [/issues/2024-03/3/]' in renamed.said
    assert passed.code == 0, passed.said
    assert items == {"2024-03/1": "unchanged", "2024-03/2": "unchanged", "2024-03/zhiyuan": "create", "2024-03/3": "withdraw"}


def test_an_issue_that_is_gone(press: Press, published: Project) -> None:
    """A file that was deleted is said once, not once for every article of it."""
    published.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4").replace("工作会议", "专题会议"))
    commit(published)
    assert press.run(published, "publish", "portal").code == 0
    (published.root / ISSUE).unlink()
    commit(published)
    done = press.run(published, "publish", "portal", "--limit", "100")

    assert (done.code, codes(done)) == (3, ["X005"]), done.said
    assert "网址 /issues/2024-03/ 不见了" in done.said
    assert "取回 issues/2024-03.md" in done.said


def test_another_article_at_an_old_address(press: Press, published: Project) -> None:
    """A text that was replaced is another article, a corrected title is not, nor a new title that `changes` tells of."""
    edited(published, "## 胶州市开展防空警报试鸣", "## 胶州市组织开展防空警报试鸣")
    corrected = press.run(published, "publish", "portal")
    edited(published, "## 胶州市组织开展防空警报试鸣", "## 人防工程安全大检查启动")
    other = press.run(published, "publish", "portal")
    edited(published, "date: 2024-03-15", 'date: 2024-03-15\nchanges: {"2": [{date: 2024-03-20, note: 标题有误，已更换}]}')
    told = press.run(published, "publish", "portal")

    assert [one.code for one in (corrected, other, told)] == [0, 3, 0], corrected.said + told.said
    assert codes(other) == ["X006"]


def test_the_lock_lies_in_the_repository_too(press: Press, published: Project) -> None:
    """A new, empty target is held to what the receipt says was published."""
    www(published).rename(published.root.parent / "old")
    edited(published, "# 要闻\n", "# 要闻\n\n## 市领导调研国防动员工作\n\n市领导到市国动办调研，听取工作汇报，提出明确要求。\n")
    done = press.run(published, "publish", "portal")

    assert (done.code, set(codes(done))) == (3, {"X006"}), done.said
    assert not www(published).exists()


def test_printed_editions_are_published(desk: Project) -> None:
    """The PDF that `build` makes goes out; once out it goes no more, but with its issue or by name."""
    path = "issues/2024-03/2024-03.pdf"
    first = desk.run("publish", "portal", pdf=True)
    built = desk.run("build", pdf=True)
    out, receipt = snapshot(www(desk) / "current"), (desk.root / "releases/portal.json").read_text(encoding="utf-8")
    edited(desk, "部署今年任务", "部署全年任务")
    without = desk.run("publish", "portal")
    forced = desk.run("publish", "portal", "--no-pdf", "--force", "addresses", "--reason", "排版程序在修", pdf=True)
    gone = path not in snapshot(www(desk) / "current")
    again = desk.run("publish", "portal", pdf=True)
    back = path in snapshot(www(desk) / "current")
    edited(desk, "number: 3\n", "number: 3\nwithdrawn: {date: 2024-04-01, reason: 重复刊登}\n")
    withdrawn = desk.run("publish", "portal", "--limit", "100", pdf=True)

    assert [one.code for one in (first, built, without, forced, again, withdrawn)] == [0, 0, 3, 0, 0, 0], without.said
    assert out[path] == (desk.out / path).read_bytes()
    assert out[path].startswith(b"%PDF")
    assert path in receipt
    assert (codes(without), f"印刷版 /{path} 上一版有，这一版没有" in without.said) == (["X005"], True)
    assert (gone, back, path in snapshot(www(desk) / "current")) == (True, True, False)


def test_many_removals_need_a_word(press: Press, published: Project) -> None:
    """A section that was renamed takes its pages with it: refused, and the message says what allows it."""
    site = (published.root / "site.yaml").read_text(encoding="utf-8")
    published.write("site.yaml", site.replace("key: qushi", "key: district-news").replace("key: xieying", "key: science"))
    commit(published)
    done = press.run(published, "publish", "portal", "--limit", "3")
    limit = re.search(r"加 --limit (\d+)", done.said)
    assert limit
    allowed = press.run(published, "publish", "portal", "--limit", limit[1])

    assert (done.code, codes(done)) == (3, ["X007"]), done.said
    assert allowed.code == 0, allowed.said


# What is said of a target


@pytest.mark.parametrize(
    ("targets", "name", "code", "said"),
    [
        ("", "portal", 2, "site.yaml 里还没有 targets"),
        ("targets: {portal: {kind: folder, path: ../www}}", "portel", 2, "您是不是想写“portal”"),
        ("targets: {portal: {kind: foldr, path: ../www}}", "portal", 1, "您是不是想写“folder”"),
        ("targets: {portal: {kind: folder, paht: ../www}}", "portal", 1, "您是不是想写“path”"),
        ("targets: {portal: {kind: folder}}", "portal", 1, "“portal”缺少 path"),
        ("targets: {portal: {path: ../www}}", "portal", 1, "kind"),
        ("targets: {portal: {kind: folder, path: ../www, limit: 多}}", "portal", 1, "limit 写的是“多”"),
        ("targets: {portal: {kind: folder, path: ../www, url: portal}}", "portal", 1, "不是完整的网址"),
        ('targets: {portal: {kind: folder, path: ../www, keep: "1"}}', "portal", 5, "keep 写的是“1”"),
        ("targets: {../x: {kind: folder, path: ../www}}", "../x", 1, "不能做文件名"),
        ("targets: [portal]", "portal", 1, "targets"),
    ],
)  # fmt: skip
def test_a_target_that_is_wrongly_said(press: Press, project: Project, targets: str, name: str, code: int, said: str) -> None:
    """One sentence at the place in site.yaml, with a suggestion; nothing is made."""
    office(project, f"\nreviews: false\n{targets}\n")
    done = press.run(project, "publish", name)

    assert (done.code, said in done.said) == (code, True), done.said
    assert "Traceback" not in done.said
    assert not www(project).exists() or not list(www(project).iterdir())


def test_a_receipt_is_written(press: Press, published: Project) -> None:
    """When, what, how much; enough of the release to be a lock; lost, the next publish writes it again without sending."""
    path = published.root / "releases/portal.json"
    held = json.loads(path.read_bytes())
    path.unlink()
    commit(published)
    again = press.run(published, "publish", "portal")

    assert held["receipt"]["release"] == release(www(published) / "current")["id"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", held["receipt"]["time"])
    assert held["receipt"]["sent"]["bytes"] > 100_000
    assert (again.code, "没有发送" in again.said, path.is_file()) == (0, True, True)


def test_a_signed_release(press: Press, desk: Project) -> None:
    """Signed by ssh-keygen over the sums and SM3 beside them; `verify` knows who signed, a stranger and a later touch are found."""
    desk.write(
        "site.yaml",
        (desk.root / "site.yaml").read_text(encoding="utf-8").replace("path: ../www", "path: ../www\n    sm3: true"),
    )
    commit(desk)
    keys = desk.root.parent
    for name in ("chief", "stranger"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(keys / name)], check=True)
    signers = keys / "signers"
    signers.write_text(f"chief@office {(keys / 'chief.pub').read_text()}")
    done = press.run(desk, "publish", "portal", "--sign-key", str(keys / "chief"))
    current = www(desk) / "current"
    good = press.run(desk, "verify", str(current), "--signers", str(signers))
    sm3 = (current / "SM3SUMS").read_text(encoding="utf-8").splitlines()
    signers.write_text(f"stranger {(keys / 'stranger.pub').read_text()}")
    stranger = press.run(desk, "verify", str(current), "--signers", str(signers))
    lost = press.run(desk, "publish", "portal", "--sign-key", str(keys / "none"))

    assert done.code == 0, done.said
    assert (good.code, "签名的是 chief@office" in good.said) == (0, True), good.said
    assert f"{hashlib.new('sm3', (current / 'index.html').read_bytes()).hexdigest()}  index.html" in sm3
    assert (stranger.code, "签名不对" in stranger.said) == (5, True)
    assert (lost.code, "密钥" in lost.said) == (4, True)


def test_two_at_once_wait_for_each_other(published: Project) -> None:
    """Two commands in one project: the second waits and then finds all done."""
    edited(published, "部署今年任务", "部署全年任务")
    command = [*_COMMAND, "publish", "portal", "--no-pdf"]
    running = [
        subprocess.Popen(command, cwd=published.root, stdout=subprocess.PIPE, text=True, encoding="utf-8") for _ in range(2)
    ]
    said = [one.communicate(timeout=120)[0] for one in running]

    assert [one.returncode for one in running] == [0, 0]
    assert sorted("没有发送任何文件" in one for one in said) == [False, True]


def test_a_published_folder_is_never_the_editors(press: Press, desk: Project) -> None:
    """public/ with drafts in it is not touched, and nothing of it goes out."""
    desk.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4\ndraft: true").replace("工作会议", "秘密会议"))
    commit(desk)
    press.run(desk, "build", "--drafts")
    before = desk.site()
    done = press.run(desk, "publish", "portal")

    assert done.code == 0, done.said
    assert desk.site() == before
    assert "秘密会议".encode() not in b"".join(snapshot(www(desk) / "current").values())
    assert Path(desk.root / ".cache/publish/index.html").is_file()


def test_no_other_command_pays_for_it(desk: Project) -> None:
    """Threads, TLS and the network are loaded by who publishes or verifies, by nobody else."""
    script = "import sys; from guodong_site.door import main; main(['explain', 'F001']); print({'http.client', 'ssl', 'asyncssh'} & {*sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=desk.root, capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines()[-1] == "set()"


def test_a_program_that_is_not_there(desk: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git no release, without ssh-keygen no signature: one sentence each that says what is lacking and how to get it."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "key").write_text("", encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    unsigned = desk.run("publish", "portal", "--sign-key", str(tmp_path / "key"))
    done = desk.run("publish", "portal")

    assert (unsigned.code, "没有 ssh-keygen，不能签名" in unsigned.err) == (4, True), unsigned.said
    assert (done.code, codes(done)) == (3, ["X001"]), done.said
    assert "这台电脑没有 git 程序" in done.said
    assert not www(desk).exists()
