"""The rules the readers themselves hold: what must be right before anyone can have an opinion.

Opinions about an archive that could be read live in `checks/`, one file each.  Codes are never re-used.
"""

from __future__ import annotations

from guodong_site.diagnostics import Rule, Severity

EMPTY_FILE = Rule(
    code="F001",
    name="empty-file",
    title="文件是空的",
    why="一期至少要有日期和一个栏目。空文件多半是保存时出了错。",
    wrong="（0 字节）",
    right="---\nnumber: 3\ndate: 2024-03-15\n---\n\n# 要闻\n……",
)
UNDECODABLE_FILE = Rule(
    code="F002",
    name="undecodable-file",
    title="文件不是文本，或不是 UTF-8 编码",
    why="本刊文件一律用 UTF-8 保存。UTF-16 的文件、Word 文档或图片改名为 .md 都无法读取。",
    wrong="用记事本“另存为”时编码选了 Unicode（UTF-16）",
    right="用记事本“另存为”，编码选 UTF-8",
)
HUGE_FILE = Rule(
    code="F003",
    name="huge-file",
    title="文件太大",
    why="一期文字一般不到 100 KB；超过 8 MB 的文件通常误把图片或附件贴进了正文。",
    wrong="issues/2024-03.md（50 MB）",
    right="图片放进 issues/2024-03/ 文件夹，正文里写 ![说明](2024-03/照片.jpg)",
)
UNREADABLE_FILE = Rule(
    code="F004",
    name="unreadable-file",
    title="文件打不开",
    why="文件没有读取权限、是失效的快捷方式（链接），或者其实是文件夹。",
    wrong="issues/2024-03.md → 已删除的文件",
    right="把真正的文件放进 issues/",
)
LEGACY_ENCODING = Rule(
    code="F005",
    name="legacy-encoding",
    title="文件是 GB18030（GBK）编码",
    why="程序已按 GB18030 读出，内容不受影响；但别的软件可能把它显示成乱码。",
    wrong="旧记事本默认的 ANSI 编码",
    right="用记事本“另存为”，编码选 UTF-8",
    severity=Severity.WARNING,
)
AWKWARD_FILE_NAME = Rule(
    code="F006",
    name="awkward-file-name",
    title="文件名里有空格",
    why="文件名就是网址的一部分，空格已换成连字符；建议直接改文件名，以免日后网址变动。",
    wrong="issues/2024 03.md",
    right="issues/2024-03.md",
    severity=Severity.WARNING,
)
UNUSABLE_FILE_NAME = Rule(
    code="F007",
    name="unusable-file-name",
    title="文件名不能做网址",
    why="文件名去掉 .md 就是这一期的编号和网址，只能用小写字母、数字和连字符。",
    wrong="issues/第三期.md",
    right="issues/2024-03.md",
)
DUPLICATE_ISSUE_ID = Rule(
    code="F008",
    name="duplicate-issue-id",
    title="两个文件是同一期",
    why="文件名（不算文件夹）就是这一期的编号，全库不能重复，否则两期会写到同一个网址。",
    wrong="issues/2024-03.md 与 issues/2024/2024-03.md",
    right="issues/2024-03.md 与 issues/2024-04.md",
)
STRAY_FILE = Rule(
    code="F009",
    name="stray-file",
    title="issues/ 里有不会发布的文件",
    why="只有名称以 .md 结尾的文件才是一期。Windows 常把后缀 .txt 藏起来不显示，看上去像 .md，其实没有被读取。",
    wrong="issues/2024-07.md.txt",
    right="issues/2024-07.md",
    severity=Severity.WARNING,
)
MISSING_FRONT_MATTER = Rule(
    code="F010",
    name="missing-front-matter",
    title="缺少开头的刊头信息",
    why="文件第一行必须是三个减号，随后写期号、日期，再用三个减号结束。",
    wrong="# 要闻\n……",
    right="---\nnumber: 3\ndate: 2024-03-15\n---\n\n# 要闻\n……",
)
BROKEN_YAML = Rule(
    code="F011",
    name="broken-front-matter",
    title="刊头信息的写法不对",
    why="每行写成“名称: 内容”，冒号后面留一个空格；列表写成 [甲, 乙]。",
    wrong="channels: [工作动态, 门户网",
    right="channels: [工作动态, 门户网]",
)
TAB = Rule(
    code="F012",
    name="tab-in-front-matter",
    title="刊头信息里有制表符（Tab）",
    why="刊头信息里不能用 Tab 键，它看上去像空格，其实不是。",
    wrong="number:→3（→ 表示 Tab）",
    right="number: 3",
)
UNCLOSED_QUOTE = Rule(
    code="F013",
    name="unclosed-quote",
    title="引号没有配对",
    why="英文引号要成对；内容里没有特殊符号时，不写引号最省事。",
    wrong='title: "国动工作',
    right="title: 国动工作",
)
DUPLICATE_KEY = Rule(
    code="F014",
    name="duplicate-key",
    title="同一个名称写了两次",
    why="两次内容不同时，谁也不知道该用哪一个。",
    wrong="date: 2024-03-15\ndate: 2024-03-16",
    right="date: 2024-03-16",
)
UNKNOWN_KEY = Rule(
    code="F015",
    name="unknown-key",
    title="不认识的名称",
    why="名称写错一个字母，内容就不会生效，所以当作错误。",
    wrong="daet: 2024-03-15",
    right="date: 2024-03-15",
)
WRONG_VALUE = Rule(
    code="F016",
    name="wrong-value",
    title="内容不合要求",
    why="这一项只接受特定写法，如整数、true 或 false、文字或列表。",
    wrong="number: 三",
    right="number: 3",
)
MISSING_KEY = Rule(
    code="F017",
    name="missing-key",
    title="缺少必填项",
    why="新的一期必须有期号（number）和签发日期（date）。旧刊查不到时写 legacy: true，不要编造。",
    wrong="---\ndate: 2024-03-15\n---",
    right="---\nnumber: 3\ndate: 2024-03-15\n---",
)
IMPOSSIBLE_DATE = Rule(
    code="F018",
    name="impossible-date",
    title="不是真实的日期",
    why="日期写成 年-月-日，并且这一天要真的存在。日期会公开显示，不能有错。",
    wrong="date: 2024-02-30",
    right="date: 2024-02-29",
)
TEXT_BEFORE_SECTION = Rule(
    code="F020",
    name="text-before-first-section",
    title="第一个栏目之前有文字",
    why="每段文字都要属于一个栏目，否则不知道该放到哪里。",
    wrong="---\n……\n---\n\n本期导读……\n\n# 要闻",
    right="---\n……\n---\n\n# 要闻\n\n……",
)
UNKNOWN_SECTION = Rule(
    code="F021",
    name="unknown-section",
    title="不认识的栏目",
    why="栏目名称由 site.yaml 规定，要一字不差。",
    wrong="# 要聞",
    right="# 要闻",
)
REPEATED_SECTION = Rule(
    code="F022",
    name="repeated-section",
    title="同一栏目出现两次",
    why="一期里每个栏目只写一次，把两处的文章合到一起。",
    wrong="# 简讯\n……\n# 要闻\n……\n# 简讯\n……",
    right="# 要闻\n……\n# 简讯\n……（两处合并）",
)
EMPTY_SECTION = Rule(
    code="F023",
    name="empty-section",
    title="栏目下面没有文章",
    why="空白栏目是政府网站检查的扣分项。本期没有这个栏目，就把这一行删去。",
    wrong="# 区市动态\n\n# 简讯",
    right="# 简讯",
)
EMPTY_ARTICLE = Rule(
    code="F024",
    name="empty-article",
    title="文章没有正文",
    why="标题下面必须有正文。常见原因：标题分成两行写，被当成了两篇文章。",
    wrong="## 市国动办召开\n\n## 工作会议\n\n正文……",
    right="## 市国动办召开<br>工作会议\n\n正文……",
)
UNTITLED_ARTICLE = Rule(
    code="F025",
    name="untitled-article",
    title="文章没有标题",
    why="除“简讯”一类的栏目外，每篇文章以 ## 和标题开头。",
    wrong="# 要闻\n\n3月6日上午，……",
    right="# 要闻\n\n## 市国动办召开会议\n\n3月6日上午，……",
)
BROKEN_ATTRIBUTES = Rule(
    code="F026",
    name="broken-attributes",
    title="花括号里的写法不对",
    why="标题末尾可以写 {#编号 source=来源 author=作者 date=日期 districts=区市}，别的都不认。",
    wrong="## 标题 {source:中国国防报}",
    right="## 标题 {source=中国国防报}",
)
DUPLICATE_ITEM_ID = Rule(
    code="F027",
    name="duplicate-item-id",
    title="两篇文章的编号相同",
    why="编号就是文章的网址，同一期里不能重复。没写编号的文章按次序编号（1、2、3……）。",
    wrong="## 甲 {#2}\n……\n## 乙\n……",
    right="## 甲\n……\n## 乙\n……",
)
NO_SECTION = Rule(
    code="F028",
    name="no-section",
    title="没有栏目",
    why="正文要分栏目，每个栏目以 # 加栏目名称开头。",
    wrong="## 市国动办召开会议\n\n……",
    right="# 要闻\n\n## 市国动办召开会议\n\n……",
)
UNKNOWN_DISTRICT = Rule(
    code="F029",
    name="unknown-district",
    title="不认识的区市",
    why="区市的名称由 editorial/districts.yaml 规定。",
    wrong="## 标题 {districts=市被区}",
    right="## 标题 {districts=市北区}",
)
TEMPLATE_FAULT = Rule(
    code="F030",
    name="broken-template",
    title="网页模板有错",
    why="模板也是内容：模板写错时一页也不生成，网站保持原样。",
    wrong="{% endblok %}",
    right="{% endblock %}",
)
CONTROL_CHARACTER = Rule(
    code="F031",
    name="control-character",
    title="有看不见的控制符",
    why="从别的软件粘贴时会带进看不见的控制符，订阅和搜索会因此出错，读屏软件也会念乱。",
    wrong="国动\u25a1办（□ 表示控制符）",
    right="国动办",
)
NESTED_TOO_DEEP = Rule(
    code="F032",
    name="nested-too-deep",
    title="层次太深",
    why="列表、引用或括号套了几十层，多半是粘贴时出了错，程序无法读取。",
    wrong="- - - - - - - - ……",
    right="- 甲\n- 乙",
)
MISSING_ASSET = Rule(
    code="F033",
    name="missing-asset",
    title="缺少网站的样式或脚本",
    why="static/ 里的样式表和脚本缺一个，网页就会走样或不能搜索。",
    wrong="static/css/ 里没有 tokens.css",
    right="从备份里取回 static/ 文件夹",
)
EMPTIED_ARCHIVE = Rule(
    code="F034",
    name="emptied-archive",
    title="网站上的各期都删去了",
    why="issues/ 里没有任何一期，网站就跟着清空。多半是文件夹放错了地方，或文件被移走了。",
    wrong="issues/（空文件夹）",
    right="issues/2024-03.md",
    severity=Severity.WARNING,
)
UNKNOWN_ITEM = Rule(
    code="F035",
    name="unknown-item",
    title="没有这个编号的文章",
    why="更正、撤回、旧网址和草稿都要指明是哪一篇：写它标题里的 {#编号}，没有写编号的写它在这一期里的次序（1、2、3……）。",
    wrong='withdrawn:\n  "50": {date: 2024-04-02, reason: 内容有误。}',
    right='withdrawn:\n  "5": {date: 2024-04-02, reason: 内容有误。}',
)
UNUSABLE_ALIAS = Rule(
    code="F036",
    name="unusable-alias",
    title="旧网址不能用",
    why="旧网址是本站从前的网址，从网站首页之后写起。打开旧网址的人会转到现在的网页；别的网站的网址，本站转不了。",
    wrong="aliases: [https://www.example.org/old/3.html]",
    right="aliases: [/old/3.html]",
)
TAKEN_ALIAS = Rule(
    code="F037",
    name="taken-alias",
    title="旧网址已经有主",
    why="一个网址只能有一个网页：现有的网页不能再作旧网址，一个旧网址也不能转到两处。",
    wrong='aliases:\n  "3": /sections/',
    right='aliases:\n  "3": /old/path/3.html',
)
UNWAIVABLE = Rule(
    code="F045",
    name="unwaivable",
    title="这项检查不能豁免",
    why="格式错误、公民个人信息、涉密标志等问题没有例外：写了理由也不能发布。",
    wrong="allow:\n  - {check: resident-id, text: 3702…, reason: 本人同意}",
    right="（删去这一条，把身份证号从稿件里去掉）",
)
UNUSED_WAIVER = Rule(
    code="F046",
    name="unused-waiver",
    title="豁免没有用上",
    why="留着用不上的豁免，以后同样的错就会被放过去。",
    wrong="allow:\n  - {check: former-name, text: 人防办, reason: 当时的名称}（稿件里已经没有这几个字）",
    right="（删去这一条）",
    severity=Severity.WARNING,
)
EXPIRED_WAIVER = Rule(
    code="F047",
    name="expired-waiver",
    title="豁免已经到期",
    why="写了 until 的豁免到那一天为止；过了期，原来的问题重新报告。",
    wrong="allow:\n  - {check: former-name, text: 人防办, reason: 挂牌之前, until: 2023-06-30}",
    right="（改好稿件，删去这一条）",
    severity=Severity.WARNING,
)
CHANGED_BEFORE_DATE = Rule(
    code="D002",
    name="changed-before-date",
    title="更正或撤回早于签发日期",
    why="更正和撤回的日期公开显示。还没有签发的内容，不可能已经改过；倒签日期是政府网站检查的否决项。",
    wrong="date: 2024-03-15\nchanges:\n  - {date: 2024-03-01, note: 改了一个字。}",
    right="date: 2024-03-15\nchanges:\n  - {date: 2024-04-01, note: 改了一个字。}",
    severity=Severity.VETO,
)
MISSING_PICTURE = Rule(
    code="K001",
    name="missing-picture",
    title="找不到图片",
    why="图片放在与本期同名的文件夹里，正文用相对路径引用，大小写要一致。",
    wrong="![启动仪式](2024-03/照片.jpg)（文件夹里没有这张照片）",
    right="把照片放进 issues/2024-03/，名称与正文里写的一致",
)
DEAD_LINK = Rule(
    code="K002",
    name="dead-link",
    title="站内链接打不开",
    why="错链、断链是政府网站检查的扣分项，首页上的扣得更多。",
    wrong="[上一期](2023-13.md)",
    right="[上一期](2023-12.md)",
    severity=Severity.VETO,
)
PICTURE_WITHOUT_TEXT = Rule(
    code="K003",
    name="picture-without-text",
    title="图片没有文字说明",
    why="读屏软件要靠文字说明告诉盲人图上是什么（《无障碍环境建设法》第三十二条）。",
    wrong="![](2024-03/a.jpg)",
    right="![市民走进人防工程参观](2024-03/a.jpg)",
)
BROKEN_PICTURE = Rule(
    code="K004",
    name="broken-picture",
    title="图片打不开",
    why="文件没有传完、已经损坏，或者其实不是 JPEG、PNG、WebP、GIF 图片，读者只会看到一个空框。",
    wrong="![启动仪式](2024-03/照片.jpg)（照片.jpg 只下载了一半）",
    right="把完整的照片重新放进 issues/2024-03/",
)
WRONG_PICTURE_KIND = Rule(
    code="K005",
    name="wrong-picture-kind",
    title="图片的后缀与内容不符",
    why="有的浏览器和搜索引擎按后缀认图片，后缀不对就不显示。改名不会改变格式。",
    wrong="照片.jpg（其实是 PNG）",
    right="照片.png",
)
UNWIELDY_PICTURE = Rule(
    code="K006",
    name="unwieldy-picture",
    title="图片太大",
    why="一边超过 12000 像素、总共超过 6000 万像素或文件超过 30 MB 的图，处理一张就要占满内存；网页上 1600 像素宽已经够清楚。",
    wrong="![航拍](2024-03/航拍.jpg)（20000×15000 像素）",
    right="用看图软件缩小到 1600 像素宽再放进来",
)
TINY_PICTURE = Rule(
    code="K007",
    name="tiny-picture",
    title="图片太小，看不见",
    why="一两个像素的图多半是网页里的占位图、计数图，复制文字时带了进来。",
    wrong="![图](2024-03/1.gif)（1×1 像素）",
    right="（删去这一处，或换成真正的图）",
    severity=Severity.WARNING,
)
ACTIVE_HTML = Rule(
    code="S001",
    name="active-html",
    title="正文里有脚本或不许可的 HTML",
    why="脚本、框架、事件属性可以被用来挂马、植入暗链，一律不发布。",
    wrong="<script>alert(1)</script>",
    right="（删去这段代码；需要表格、加粗时用 Markdown 写法）",
    severity=Severity.VETO,
)
FOREIGN_HOST = Rule(
    code="S002",
    name="foreign-host",
    title="正文引用了外站的图片",
    why="外站图片会泄露读者行踪，也可能被人换掉。图片一律放在本期的文件夹里。",
    wrong="![照片](https://example.com/a.jpg)",
    right="![照片](2024-03/a.jpg)",
    severity=Severity.VETO,
)
UNSAFE_FILE = Rule(
    code="S004",
    name="unsafe-file",
    title="不许可的附件类型",
    why="网页、脚本和 SVG 里可以藏代码，放进图片文件夹也会原样发布，因此只许可图片和常见的文档。",
    wrong="[附件](2024-03/说明.html)",
    right="[附件](2024-03/说明.pdf)",
    severity=Severity.VETO,
)
NO_SEARCH_ENGINE = Rule(
    code="E001",
    name="no-search-engine",
    title="搜索索引没有做成",
    why="全文搜索要用 pagefind-bin 1.5.2。没有它，读者就搜不到文章。",
    wrong="（没有安装 pagefind-bin，或它不能运行）",
    right="pip install pagefind-bin==1.5.2",
)
NO_PICTURE_LIBRARY = Rule(
    code="E003",
    name="no-picture-library",
    title="没有安装处理图片的程序库",
    why="没有 pillow，图片照样发布，拍摄地点等信息照样去掉；只是不缩小，手机上打开得慢，流量也大。",
    wrong="（没有安装附加组件 images）",
    right="pip install --editable '.[images]'",
    severity=Severity.WARNING,
)
UNWRITABLE_OUTPUT = Rule(
    code="E002",
    name="unwritable-output",
    title="写不进输出文件夹",
    why="没有写入权限、磁盘已满，或者上级不是文件夹。写不进去时网站保持原样。",
    wrong="--out /root/site",
    right="--out public",
)

UNREADABLE_SOURCE = Rule(
    code="F051",
    name="unreadable-source",
    title="原稿读不出来",
    why="导入只读 Word、WPS 文档和纯文本。损坏、加密、只有一半、夹带可疑内容或两种编码拼成的文件，读出来也不可靠，所以一个字也不导入。",
    wrong="guodong import 简报.zip",
    right="guodong import 简报.docx",
)
UNSETTLED_SOURCE = Rule(
    code="F052",
    name="unsettled-source",
    title="原稿里有没定下来的文字",
    why="修订没有接受、隐藏的文字没有去掉，程序不知道哪一版是定稿；自作主张，删掉的话就可能公开出去。",
    wrong="（带修订痕迹的 .docx）",
    right="在 Word 里“接受所有修订”、删去隐藏文字后再导入；或核对后加 --accept-changes",
)
UNACCOUNTED_TEXT = Rule(
    code="F053",
    name="unaccounted-text",
    title="导入会丢字，已经停下",
    why="原稿的每一个字都要有去处：在草稿里，或在“没有放进正文”的清单里。对不上就停下，不写任何文件。这是程序的毛病，不是稿件的。",
    wrong="（程序出错）",
    right="把原稿和这句话一起发给技术人员",
)
TAKEN_ISSUE = Rule(
    code="F054",
    name="taken-issue",
    title="这一期已经有了",
    why="导入从不覆盖已有的期刊文件，免得冲掉编辑改好的内容。",
    wrong="guodong import 简报.docx（issues/2024-03.md 已有）",
    right="guodong import 简报.docx --out issues/2024-04.md",
)
UNDATED_SOURCE = Rule(
    code="F055",
    name="undated-source",
    title="原稿里没有签发日期",
    why="日期决定这一期排在哪里，网上公开显示。程序不替您编一个。",
    wrong="guodong import 简报.txt",
    right="guodong import 简报.txt --date 2024-03-15（查不到日子的旧刊：--date 2024-03）",
)
NO_OFFICE = Rule(
    code="E010",
    name="no-office",
    title="这台电脑不能转换旧格式的文档",
    why="旧的 .doc、.wps 要先由 LibreOffice 转成 .docx；没有装，就请在 WPS 里另存。",
    wrong="guodong import 简报.doc",
    right="在 WPS 中另存为 .docx，再 guodong import 简报.docx",
)
ALL: tuple[Rule, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
