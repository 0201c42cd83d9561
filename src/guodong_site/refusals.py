"""The rules of publishing: what must be true before anything goes out, beyond what the checks say of the content."""

from __future__ import annotations

from guodong_site.diagnostics import Rule, Severity

NO_COMMIT = Rule(
    code="X001",
    name="no-commit",
    title="发布的内容不在任何一次提交里",
    why="发布出去的每一版都要能从仓库里原样再做一次；没有提交，就说不清发布的是什么、谁审过。",
    wrong="（在不是 Git 仓库的文件夹里运行 guodong publish）",
    right="git init && git add . && git commit -m 第一次提交",
    severity=Severity.VETO,
)
DIRTY_TREE = Rule(
    code="X002",
    name="dirty-tree",
    title="有改动还没有提交",
    why="没有提交的改动没有经过审核和签发；发布只认提交过的内容。",
    wrong="（改了 issues/2024-07.md，没有提交就发布）",
    right="git add issues && git commit -m 2024年第7期",
    severity=Severity.VETO,
)
UNFINISHED_FOLDER = Rule(
    code="X003",
    name="unfinished-folder",
    title="生成的网站不完整，或带着草稿",
    why="写到一半的网站、给内部看的草稿都不能发布。",
    wrong="（上一次生成写到一半断了电）",
    right="再运行一次 guodong publish，它会重新生成",
    severity=Severity.VETO,
)
NOT_YET = Rule(
    code="X004",
    name="not-yet",
    title="发布时间还没有到",
    why="网页上写的发布时间不能早于真正发布的时刻：提前发布，日期就是假的（政府网站检查的单项否决项）。",
    wrong="published: 2024-07-15 09:00（现在是 8:30）",
    right="等到 9:00 再发布，或把 published 改成实际的时间后重新提交",
    severity=Severity.VETO,
)
LOST_ADDRESS = Rule(
    code="X005",
    name="lost-address",
    title="已经发布的网址不见了",
    why="别人收藏、引用、转发的网址不能失效。改了编号，要让旧网址转到新网页；不要了，要写明撤回。",
    wrong="（删去了 issues/2024-07.md 的第 3 篇）",
    right='withdrawn: {"3": {date: 2024-08-01, reason: 内容有误，另行发布。}}',
    severity=Severity.VETO,
)
OTHER_ITEM = Rule(
    code="X006",
    name="other-item",
    title="已经发布的网址换成了另一篇",
    why="没有写编号的篇目按次序编号，前面加一篇或减一篇，后面的网址就都换了内容；引用它们的人看到的是别的文章。",
    wrong="（在第 3 篇前面插进一篇，原来的第 3 篇成了第 4 篇）",
    right="## 原来的第三篇 {#3}",
    severity=Severity.VETO,
)
MASS_REMOVAL = Rule(
    code="X007",
    name="mass-removal",
    title="这次要删去的文件太多",
    why="一次删去许多网页，多半是生成的网站不全（栏目改了名、稿件没有取全），不是有意的。",
    wrong="（issues/ 里少了一年的稿件）",
    right="guodong publish 目标 --dry-run，看清要删的是什么；确实要删，加 --limit 数目",
    severity=Severity.VETO,
)
VANISHED_ARTICLE = Rule(
    code="X040",
    name="vanished-article",
    title="门户上已有的文章不见了",
    why="交给门户的每一篇都有固定的编号和网址。少了一篇又不说明，门户上就会一直留着它，谁也不知道该不该撤。",
    wrong="（把 2024-07 的第 5 篇整段删去）",
    right='withdrawn:\n  "5": {date: 2024-08-02, reason: 内容有误，另行发布。}',
    severity=Severity.VETO,
)
UNFIT_NAME = Rule(
    code="X008",
    name="unfit-name",
    title="文件名不能发布",
    why="反斜线、换行这样的字符，校验和的清单里写不了，有的服务器当成文件夹。",
    wrong="issues/2024-03/现场\\1.jpg",
    right="issues/2024-03/现场-1.jpg",
    severity=Severity.VETO,
)
ALL = (NO_COMMIT, DIRTY_TREE, UNFINISHED_FOLDER, NOT_YET, LOST_ADDRESS, OTHER_ITEM, MASS_REMOVAL, UNFIT_NAME, VANISHED_ARTICLE)
