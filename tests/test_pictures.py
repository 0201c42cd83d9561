"""Pictures: sizes for every screen, nothing of where and by whom they were taken, a clear word where one is not good."""

from __future__ import annotations

import contextlib
import io
import random
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from builds import Press, different, loaded
from conftest import GOOD, UNTOLD, Project, jpeg, served, snapshot
from PIL import Image, ImageOps

from guodong_site import darkroom, pipeline
from guodong_site.picture_files import BrokenPictureError, taken_apart
from guodong_site.pipeline import Options, make
from guodong_site.plates import Portrait
from guodong_site.stamp import look

NAME = "issues/2024-03.md"
WHERE = "SecretCam"
"""Stands in every place of a picture that should not be public."""
WITHOUT = "import sys; sys.modules['PIL'] = None"
"""A machine without the extra `images`."""


@pytest.fixture(scope="module")
def bare() -> Iterator[Press]:
    """The program on such a machine."""
    with loaded(WITHOUT) as one:
        yield one


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Something to see: the same each time."""
    return Image.linear_gradient("L").resize(size).convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    page = io.BytesIO()
    image.save(page, kind, **options)
    return page.getvalue()


def exif(turned: int = 1) -> Image.Exif:
    """As a telephone writes it: who, where, and how the picture is turned."""
    made = Image.Exif()
    made[0x010F], made[0x0112], made[0x013B] = WHERE, turned, WHERE
    made.get_ifd(0x8825).update({1: "N", 2: (36.0, 5.0, 1.0), 3: "E", 4: (120.0, 23.0, 1.0)})
    return made


def photograph(size: tuple[int, int] = (2000, 1500), turned: int = 1) -> bytes:
    """A JPEG with everything that hangs on one: EXIF, XMP, a comment, another picture behind."""
    data = saved(noise(size), "JPEG", exif=exif(turned), comment=WHERE.encode(), xmp=f"<x>{WHERE}</x>".encode())
    return data + jpeg(1, comment=WHERE.encode())


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def show(project: Project, *files: tuple[str, bytes], text: str = "![图中的人](2024-03/{})") -> None:
    """An issue that shows these pictures, one a paragraph, in its first article: from line 12 on."""
    for name, data in files:
        project.write(f"issues/2024-03/{name}", data)
    shown = "\n\n".join(text.format(name) for name, _ in files)
    project.write(NAME, GOOD.replace("\n# 简讯", f"\n{shown}\n\n# 简讯"))


def build(project: Project, *options: str) -> dict[str, bytes]:
    done = project.run("build", "--no-search", *options)
    assert done.code == 0, done.said
    assert "pillow" not in done.said
    return project.site()


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_a_picture_in_every_width(good: Project) -> None:
    """480, 960 and 1600 as WebP, never larger than it is, and the picture itself, not wider than 1600."""
    show(
        good,
        ("宽.jpg", photograph()),
        ("中.png", saved(noise((1000, 10)), "PNG")),
        ("小.webp", saved(noise((300, 200)), "WEBP")),
    )
    files = build(good)
    sizes = {
        re.sub(r"\.[0-9a-f]{8}-", "|", path.rpartition("/")[2]): decoded(data).size
        for path, data in files.items()
        if path.startswith("issues/2024-03/") and not path.endswith(".html")
    }

    assert sizes == {
        "宽.jpg": (1600, 1200), "宽.jpg|480.webp": (480, 360), "宽.jpg|960.webp": (960, 720), "宽.jpg|1600.webp": (1600, 1200),
        "中.png": (1000, 10), "中.png|480.webp": (480, 5), "中.png|960.webp": (960, 10), "中.png|1000.webp": (1000, 10),
        "小.webp": (300, 200), "小.webp|300.webp": (300, 200),
    }  # fmt: skip
    page = files["issues/2024-03/1/index.html"].decode()
    images = re.findall(r"<img [^>]*>", page)
    assert [re.findall('width="(\\d+)" height="(\\d+)"', image) for image in images] == [
        [("2000", "1500")], [("1000", "10")], [("300", "200")],
    ]  # fmt: skip
    assert ['loading="lazy"' in image for image in images] == [False, True, True]
    assert all('decoding="async"' in image and 'alt="图中的人"' in image for image in images)
    listed = {one.split()[0] for srcset in re.findall(r'srcset="([^"]*)"', page) for one in srcset.split(", ")}
    assert {unquote(address).lstrip("/") for address in listed} == {path for path in files if path.endswith("0.webp")}
    assert re.findall(r'<meta name="Image" content="([^"]*)"', page) == ["https://example.org/issues/2024-03/%E5%AE%BD.jpg"]


def test_only_the_first_picture_of_an_issue_is_loaded_at_once(good: Project) -> None:
    """On the issue's page those of later articles wait, though they are the first on their own pages."""
    good.write("issues/2024-03/a.jpg", jpeg(1))
    good.write(NAME, GOOD.replace("\n# 简讯", "\n![甲](2024-03/a.jpg)\n\n# 简讯") + "\n![乙](2024-03/a.jpg)\n")
    files = {path: data.decode("utf-8", "replace") for path, data in build(good).items()}

    assert [files[f"issues/2024-03/{page}index.html"].count('loading="lazy"') for page in ("", "1/", "2/")] == [1, 0, 0]


@pytest.mark.parametrize("turned", [1, 6, *(pytest.param(n, marks=pytest.mark.long) for n in (2, 3, 4, 5, 7, 8))])
@pytest.mark.parametrize("equipped", [True, False], ids=["with Pillow", "without"])
def test_a_turned_picture_stands_upright(good: Project, bare: Press, turned: int, *, equipped: bool) -> None:
    """As the camera says it was held, and with the sizes of that; the camera's other words are gone."""
    upright = Image.new("RGB", (60, 40), "white")
    upright.paste((200, 0, 0), (0, 0, 30, 20))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that brings it to how it lies in the file
    lies = upright.transpose(Image.Transpose(undo[turned])) if turned > 1 else upright
    show(good, ("a.jpg", saved(lies, "JPEG", exif=exif(turned), quality=95, subsampling=0)))
    done = good.run("build", "--no-search") if equipped else bare.run(good, "build", "--no-search")
    assert done.code == 0, done.said
    files = good.site()
    for path in (path for path in files if path.startswith("issues/2024-03/a.jpg")):
        image = ImageOps.exif_transpose(decoded(files[path]))
        assert image.size == (60, 40), path
        red, _, blue = image.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
        assert (red > 150, blue < 100) == (True, True), (path, red, blue)
        assert set(decoded(files[path]).getexif()) <= {0x0112}
    assert 'width="60" height="40"' in files["issues/2024-03/1/index.html"].decode()


PICTURES = {
    "jpeg": ("a.jpg", photograph((800, 600))),
    "turned jpeg": ("a.jpg", photograph((800, 600), 6)),
    "large jpeg": ("a.jpg", photograph((2400, 600))),
    "png": (
        "a.png",
        saved(noise((50, 40)), "PNG"),
    ),
    "webp": ("a.webp", saved(noise((50, 40)), "WEBP", exif=exif(), xmp=WHERE.encode())),
    "gif": ("a.gif", saved(noise((50, 40), "P"), "GIF", comment=WHERE.encode())),
    "moving gif": ("a.gif", saved(noise((50, 40), "P"), "GIF", comment=WHERE.encode(), save_all=True, append_images=[noise((50, 40), "L").rotate(90).convert("P")], loop=0)),
}  # fmt: skip
head = PICTURES["png"][1]
words = (
    chunk(b"tEXt", b"Author\0" + WHERE.encode())
    + chunk(b"eXIf", exif().tobytes()[6:])
    + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + WHERE.encode())
)
PICTURES["png"] = ("a.png", head[:33] + words + head[33:] + WHERE.encode())


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("equipped", [True, False], ids=["with Pillow", "without"])
@pytest.mark.parametrize(
    "text", ["![图](2024-03/{})", pytest.param("[原图](2024-03/{})", marks=pytest.mark.long)], ids=["shown", "offered"]
)
def test_nothing_but_the_picture_is_published(good: Project, bare: Press, name: str, text: str, *, equipped: bool) -> None:
    """No camera, author, place, comment or second picture, in any kind of file, on any computer; it can still be seen."""
    show(good, PICTURES[name], text=text)
    assert WHERE.encode() in PICTURES[name][1]
    done = good.run("build", "--no-search") if equipped else bare.run(good, "build", "--no-search")
    assert done.code == 0, done.said
    files = good.site()

    assert [path for path, data in files.items() if WHERE.encode() in data] == []
    pictures = [decoded(data) for path, data in files.items() if path.startswith("issues/2024-03/a.")]
    assert pictures
    assert all("comment" not in one.info and not one.getexif().get_ifd(0x8825) for one in pictures)
    assert any(getattr(one, "n_frames", 1) == getattr(decoded(PICTURES[name][1]), "n_frames", 1) for one in pictures)


def test_cleaning_changes_no_pixel() -> None:
    """What is cleaned in plain Python decodes to the very same picture."""
    for name, (_, data) in PICTURES.items():
        portrait, clean = taken_apart(data)
        before, after = decoded(data), decoded(clean)

        assert before.tobytes() == after.tobytes(), name
        turned = portrait.turned > 4
        assert (portrait.width, portrait.height) == (before.size[::-1] if turned else before.size), name
        assert taken_apart(clean) == (portrait, clean), name


def test_without_the_extra_it_is_said_once(good: Project, bare: Press) -> None:
    """Pictures go out at their size, with width and height; one warning names what to install."""
    show(good, ("a.jpg", photograph()), ("b.jpg", photograph((700, 500))))
    done = bare.run(good, "build", "--no-search")
    files = good.site()

    assert done.code == 0
    assert done.out.count("E003") - done.out.count("explain E003") == 1
    assert "pip install pillow==" in done.out
    assert decoded(files["issues/2024-03/a.jpg"]).size == (2000, 1500)
    assert 'width="2000" height="1500"' in files["issues/2024-03/1/index.html"].decode()
    assert "<picture>" not in files["issues/2024-03/1/index.html"].decode()


def test_same_picture_same_bytes(good: Project) -> None:
    """Again, without a cache, and by another process: not a bit is another."""
    show(good, ("a.jpg", photograph()), ("b.png", saved(noise((1700, 20), "RGBA"), "PNG")))
    files = build(good)
    assert good.run("build", "--no-search", "--no-cache", "--out", "cold").code == 0

    assert different(files, snapshot(good.root / "cold")) == []


def test_an_unchanged_picture_is_never_made_again(good: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for another text, another template or another picture beside it; a changed one is, under other names."""
    looked: list[int] = []
    real = darkroom._opened

    def opened(clean: bytes, portrait: Portrait) -> object:
        looked.append(len(clean))
        return real(clean, portrait)

    monkeypatch.setattr(darkroom, "_opened", opened)

    def built() -> dict[str, bytes]:
        looked.clear()
        assert pipeline.build(Options(root=good.root, search=False), good.out, look(good.root)).written is not None
        return good.site()

    show(good, ("a.jpg", photograph()), ("b.jpg", photograph((700, 500))))
    first = built()
    assert len(looked) == 4  # each is looked at, and made
    good.write(NAME, (good.root / NAME).read_text(encoding="utf-8").replace("总结去年", "全面总结去年"))
    good.write("templates/pages/article.html", (good.root / "templates/pages/article.html").read_text(encoding="utf-8") + "\n")
    built()
    assert looked == []
    show(good, ("a.jpg", photograph()), ("b.jpg", photograph((701, 500))))
    second = built()

    assert len(looked) == 2
    assert {path for path in first if "a.jpg" in path} == {path for path in second if "a.jpg" in path}
    assert {path for path in first if "b.jpg." in path}.isdisjoint(second)
    assert 'width="701"' in second["issues/2024-03/1/index.html"].decode()


def test_a_changed_picture_touches_its_own_issue(good: Project) -> None:
    """The pages that show it, its files, and nothing of other issues."""
    good.write("issues/2024-01.md", GOOD.replace("number: 3\ndate: 2024-03", "number: 1\ndate: 2024-01"))
    show(good, ("a.jpg", photograph()))
    before = build(good)
    show(good, ("a.jpg", photograph((2000, 1400))))
    touched = {re.sub(r"\.[0-9a-f]{8}-\d+", "", path) for path in different(before, build(good))}

    assert touched == {
        "api/issues/2024-03.json",  # which carries the article as HTML
        "issues/2024-03/1/index.html",
        "issues/2024-03/index.html",
        "issues/2024-03/a.jpg",
        "issues/2024-03/a.jpg.webp",
        "years/2024/2024.epub",  # which holds its picture
    }


def test_sixty_pictures(good: Project) -> None:
    """An issue may hold them."""
    data = [(f"p{n}.jpg", saved(noise((1200, 800)).rotate(n), "JPEG", exif=exif())) for n in range(60)]
    show(good, *data)
    files = build(good)

    assert len([path for path in files if re.fullmatch(r"issues/2024-03/p\d+\.jpg\..*webp", path)]) == 180
    assert files["issues/2024-03/index.html"].count(b"<picture>") == 60


CMYK = saved(Image.new("CMYK", (600, 400), (0, 255, 255, 0)), "JPEG")
STRANGE: dict[str, tuple[str, bytes]] = {
    "CMYK": ("a.jpg", CMYK),
    "palette with a clear colour": ("a.png", saved(Image.new("P", (500, 20), 3), "PNG", transparency=3)),
    "sixteen bits": ("a.png", saved(Image.new("I;16", (500, 20), 40000), "PNG")),
    "one bit": ("a.png", saved(Image.new("1", (500, 20), 1), "PNG")),
    "grey and clear": ("a.png", saved(Image.new("LA", (500, 20), (9, 9)), "PNG")),
    "moving webp": ("a.webp", saved(noise((50, 40)), "WEBP", save_all=True, append_images=[Image.new("RGB", (50, 40))])),
    "moving png": ("a.png", saved(noise((50, 40)), "PNG", save_all=True, append_images=[Image.new("RGB", (50, 40))])),
    "ending in capitals": ("A.JPG", jpeg(3)),
    "clear webp": ("a.webp", saved(Image.new("RGBA", (90, 20), (9, 9, 9, 9)), "WEBP", lossless=True)),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_pictures_are_shown(good: Project, name: str) -> None:
    """Published so that every browser shows them: in web colours, moving ones whole."""
    show(good, STRANGE[name])
    files = build(good)
    own = {path: decoded(data) for path, data in files.items() if re.match(r"issues/2024-03/[aA]\.", path)}

    assert {image.mode for image in own.values()} <= {"RGB", "RGBA", "L", "LA", "P", "1", "I;16"}
    if name == "CMYK":
        assert {image.convert("RGB").getpixel((5, 5))[0] > 200 for image in own.values()} == {True}  # type: ignore[index]
    if name.startswith("moving"):
        assert [getattr(image, "n_frames", 1) for image in own.values()] == [2]


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that would be gigabytes of pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


# A picture at line 12: name, content, code, words of the message, words of the hint, exit code.
BAD: dict[str, tuple[str, bytes, str, str, str, int]] = {
    "empty": ("a.jpg", b"", "K004", "是空的", "另存为 JPEG", 1),
    "half": ("a.jpg", photograph()[:4000], "K004", "后面的内容丢了", "另存为", 1),
    "half a png": ("a.png", saved(noise((90, 90)), "PNG")[:60], "K004", "后面的内容丢了", "另存为", 1),
    "half a webp": ("a.webp", saved(noise((90, 90)), "WEBP")[:60], "K004", "后面的内容丢了", "另存为", 1),
    "half a gif": ("a.gif", saved(noise((90, 90), "P"), "GIF")[:60], "K004", "后面的内容丢了", "另存为", 1),
    "three bytes": ("a.jpg", b"\xff\xd8\xff", "K004", "后面的内容丢了", "另存为", 1),
    "no picture in it": ("a.jpg", b"\xff\xd8\xff\xd9", "K004", "宽或高是 0", "另存为", 1),
    "flipped bits": ("a.png", saved(noise((90, 90)), "PNG").replace(b"IHDR\0", b"IHDR\1"), "K004", "校验不符", "另存为", 1),
    "pixels missing": ("a.png", bomb(50), "K004", "解不出来", "另存为", 1),
    "text": ("a.jpg", "照片".encode(), "K004", "里面不是图片", "另存为", 1),
    "web page": ("a.jpg", b"<html><script>alert(1)</script>", "K004", "其实是网页或 SVG", "另存为", 1),
    "telephone": ("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "K004", "HEIC（苹果手机照片）", "另存为 JPEG", 1),
    "bitmap": ("a.png", saved(noise((9, 9)), "BMP"), "K004", "BMP 位图", "另存为", 1),
    "another ending": ("a.jpg", saved(noise((90, 90)), "PNG"), "K005", "其实是 PNG 格式", "改名为“a.png”", 1),
    "a jpeg called png": ("a.png", jpeg(1), "K005", "其实是 JPEG 格式", "改名为“a.jpg”", 1),
    "20,000 pixels": ("a.png", bomb(20_000), "K006", "20000×20000 像素，太大了", "1600 像素", 1),
    "huge file": ("a.jpg", jpeg(1) + b"\0" * (31 * 1024 * 1024), "K006", "31 MB，太大了", "1600 像素", 1),
    "1×1": ("a.gif", saved(Image.new("P", (1, 1)), "GIF"), "K007", "只有 1×1 像素", "占位图", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("text", ["![图](2024-03/{})", "[图](2024-03/{})"], ids=["shown", "offered"])
def test_a_bad_picture_is_said(good: Project, name: str, text: str) -> None:
    """One sentence at the line that shows it, with the cure; where it cannot be published nothing is written."""
    file, data, code, message, hint, left = BAD[name]
    assert build(good)
    before = good.site()
    show(good, (file, data), text=text)
    done = good.run("build", "--no-search")
    made = make(Options(root=good.root, search=False))
    found = [one for one in made.found if one.rule.code not in UNTOLD]

    assert [(d.rule.code, d.where.path, d.where.line) for d in found] == [(code, NAME, 12)], found
    assert (message in found[0].message, hint in found[0].hint) == (True, True), found[0]
    assert (done.code, code in done.out, "Traceback" in done.said) == (left, True, False), done.said
    assert (good.site() == before) == bool(left)


def test_any_bytes_are_a_picture_or_a_sentence() -> None:
    """Cut anywhere, any byte turned: never another exception."""
    chance = random.Random(1)
    for _, data in PICTURES.values():
        for _ in range(300):
            broken = bytearray(data[: chance.randrange(len(data))] if chance.random() < 0.5 else data)
            for _ in range(chance.randint(0, 4)):
                if broken:
                    broken[chance.randrange(min(len(broken), 4000))] = chance.randrange(256)
            with contextlib.suppress(BrokenPictureError):
                taken_apart(bytes(broken))


def test_a_browser_chooses(good: Project, chromium: Any) -> None:
    """A narrow screen loads a narrow picture, the page keeps its place before that, and nothing is wider than the screen."""
    show(good, ("a.jpg", photograph((3000, 2000))))
    build(good)
    for address in served(good.out):
        for width, ratio, wanted in ((360, 1, "-480.webp"), (1280, 2, "-1600.webp")):
            page = chromium.new_context(viewport={"width": width, "height": 800}, device_scale_factor=ratio).new_page()
            page.goto(f"{address}/issues/2024-03/1/")
            page.wait_for_function("document.querySelector('.prose img').complete")
            seen = page.evaluate(
                "(() => { const i = document.querySelector('.prose img'), r = i.getBoundingClientRect();"
                " return [i.currentSrc, r.width / r.height, document.documentElement.scrollWidth]; })()"
            )
            assert seen[0].endswith(wanted)
            assert (round(seen[1], 2), seen[2]) == (1.5, width)


def test_pillow_is_loaded_only_for_pictures(good: Project) -> None:
    """A build without a picture to make does not pay for it."""
    code = (
        "import sys; from guodong_site.door import main; main(['build', '--no-search', '--quiet']); print('PIL' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=good.root, capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"


@pytest.mark.parametrize(
    ("rule", "file", "code"),
    [
        ("wrong-picture-kind", ("a.png", photograph((90, 60))), 0),
        ("broken-picture", ("a.jpg", photograph()[:4000]), 3),
        ("unwieldy-picture", ("a.png", bomb(20_000)), 3),
    ],
)
def test_no_weight_lets_out_what_was_not_cleaned(good: Project, rule: str, file: tuple[str, bytes], code: int) -> None:
    """An office may wave a rule through: a picture that can be cleaned is published clean, another not at all."""
    good.write("site.yaml", (good.root / "site.yaml").read_text(encoding="utf-8") + f"\nchecks:\n  {rule}: warning\n")
    show(good, file)
    done = good.run("build", "--no-search")

    assert (done.code, "Traceback" in done.said) == (code, False), done.said
    assert [path for path, data in snapshot(good.out).items() if WHERE.encode() in data] == []
