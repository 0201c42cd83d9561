"""The words round the figures of docs/benchmarks.md."""

TARGETS = """\
This site's figure divided by the other's: the ratio of each round, and the median of these. In bold what is judged, the worse of two
where both are. `aim`: what would be better still.
"""

TIMES = """\
Wall / CPU seconds of whole processes, medians over the rounds; peak is the largest process of the cold build. The index of this site is
exact for every string a page holds; Pagefind's extended index, of words, is less work and finds less (the search, below).
"""

SERVER = """\
From the moment before the newest issue is saved until the page of the edited article, asked for every few milliseconds on loopback,
has the new words: {times} edits. This site's preview makes the index too, Hugo has none.
"""

DECEMBER = """\
A new issue re-makes the bundle of the open year. At its largest, as {count} issues end with a December: {figures}.
"""

HOW = """## How it is measured

- `benchmarks/build/run.py` recombines the given issue into an archive, one issue a month, and gives the same titles and texts to every tool: to
  this site as one file an issue, to the others as one file an article, as they want it. 2,400 months do not fit between 1949 and today: that
  archive goes on to 2199.
- All tools are run by their own command in their own folder. This site is this project as it is: its templates, styles, word lists, its
  checks, and pages that the others do not have (districts, keywords, related articles, a contents list on every article, JSON). The others
  have the barest theme that shows the same articles: a page an article, a page an issue, years, sections a hundred a page, a feed of 20.
  MkDocs is given its index pages ready-made and has no navigation over the whole site, no feed: both to its advantage.
- `cold`: no output and nothing remembered. The other modes start from a build in which nothing had changed: an article of the newest
  issue gets a few words more, the template of an article another attribute, or the issue of the next month comes. After each the output
  is looked at: it must show the change, and no other. Then all is put back, and a tool that remembers builds once more, untimed.
- A round is every mode once, all tools in one mode before the next mode, in alternating order. Hugo with an index is the same run of Hugo and then
  Pagefind over its output: times add up, the larger memory counts. Hugo never skips work; Eleventy, MkDocs and Pelican without its cache neither.
- CPU is user and system time with all children, peak the kernel's mark of the largest process. Python's start is in the figures. The disk is
  synchronised before each run, so that nobody pays for the writing of another. Where other work runs beside, CPU is the figure to trust.
- Not measured: Windows and macOS; other generators (Zola, Astro, Jekyll); a disk slower than this one; the PDF of an issue, which there is not yet.
"""
