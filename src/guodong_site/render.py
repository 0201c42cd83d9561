"""Page → bytes: the only user of Jinja.  A fault in a template is a Diagnostic with its file and line: a template is content."""

from __future__ import annotations

import contextlib
import hashlib
import re
import traceback
from collections.abc import Callable
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from guodong_site import faults
from guodong_site.artifact import Page
from guodong_site.config import TEMPLATES
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.machine import unreadable
from guodong_site.memory import Memory

_NAMED = re.compile(rb"""{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
"""What a template names; tests hold them to names that are written out."""
_PROBLEMS = (
    (r"'([^']+)' is undefined", r"没有“\1”这个变量"),
    (r"'?([^']+?)'? has no attribute '([^']+)'", r"“\1”没有“\2”这一项"),
    (r"Encountered unknown tag '([^']+)'.*", r"不认识的标记“\1”"),
    (r"Unexpected end of template.*", r"模板没有写完，缺少结束标记"),
    (r"No filter named '([^']+)'.*", r"没有“\1”这个过滤器"),
    (r"unexpected '([^']+)'", r"这里不该有“\1”"),
    (r"expected token '([^']+)', got '([^']+)'", r"这里应当是“\1”，写成了“\2”"),
)


class Renderer:
    """The templates of one project, as they were when it was made.  Compiled templates are kept between pages."""

    def __init__(self, folder: Path, memory: Memory) -> None:
        """`folder` is the project's templates/; `memory` keeps them compiled."""
        self._folder = folder
        self._sources: dict[str, bytes] = {}
        for path in sorted(folder.rglob("*")):
            with contextlib.suppress(OSError):  # what cannot be read is a fault when a page asks for it
                if path.is_file():
                    self._sources[path.relative_to(folder).as_posix()] = path.read_bytes()
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_Compiled(memory),
        )

    @property
    def all(self) -> bytes:
        """A digest of all templates."""
        return hashlib.sha256(repr(self._sources).encode()).digest()

    def identity(self, template: str) -> bytes:
        """A digest of a template and all it extends, includes or imports."""
        seen: dict[str, bytes] = {}
        names = [template]
        while names:
            name = names.pop()
            if name not in seen:
                seen[name] = self._sources.get(name, b"")
                names += [other.decode() for other in _NAMED.findall(seen[name])]
        return hashlib.sha256(repr(sorted(seen.items())).encode()).digest()

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = self._folder / name
        if name not in self._sources:
            if path.is_file():
                path.read_bytes()  # says why it could not be read
            return None
        return self._sources[name].decode(), f"{TEMPLATES}/{name}", lambda: True

    def render(self, page: Page) -> bytes | Diagnostic:
        """The page's bytes, or what is wrong with a template on the way."""
        try:
            template = self._environment.get_template(page.template)
            return template.render(page.context.variables()).encode()
        except jinja2.TemplateNotFound as fault:
            name, line = self._place(fault, page.template)
            return self._fault(name, line, f"找不到模板“{fault.name}”")
        except OSError as fault:
            path = Path(fault.filename or self._folder / page.template)
            shown = path.relative_to(self._folder).as_posix() if self._folder in path.parents else page.template
            return unreadable(f"{TEMPLATES}/{shown}", fault, "检查文件权限，或从备份里取回这个模板文件")
        except UnicodeDecodeError:
            return self._fault(page.template, 1, "它或它引用的模板不是 UTF-8 编码")
        except jinja2.TemplateSyntaxError as fault:
            return self._fault(fault.name or page.template, fault.lineno, fault.message or "")
        except Exception as fault:  # noqa: BLE001  # whatever a template does wrong is its author's fault, not a crash
            name, line = self._place(fault, page.template)
            return self._fault(name, line, str(fault))

    def _place(self, fault: Exception, template: str) -> tuple[str, int]:
        """The last template line the fault passed through.

        Jinja maps its frames to template files, which are named without the project's own place: wherever it lies, its compiled
        templates are the same.
        """
        for frame in reversed(traceback.extract_tb(fault.__traceback__)):
            if frame.filename.startswith(f"{TEMPLATES}/"):
                return frame.filename.removeprefix(f"{TEMPLATES}/"), frame.lineno or 1
        return template, 1

    def _fault(self, name: str, line: int, message: str) -> Diagnostic:
        for english, chinese in _PROBLEMS:
            message = re.sub(english, chinese, message)
        path = self._folder / name
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
        excerpt = tuple(lines[max(0, line - 2) : line])
        column = len(excerpt[-1]) - len(excerpt[-1].lstrip()) + 1 if excerpt else 1
        end = len(excerpt[-1].rstrip()) if excerpt else 1
        where = Span(path=f"{TEMPLATES}/{name}", line=line, column=column, end_column=end, excerpt=excerpt)
        return faults.TEMPLATE_FAULT.at(where, f"模板写错了：{message}", "改正这一行；不清楚时从备份里取回这个模板文件")


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept where what is damaged is never looked into: bad bytecode would bring Python down."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template, if it was compiled from this source before."""
        code = self._memory.recalled("templates", bucket.key, bucket.checksum.encode())
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a template."""
        self._memory.large("templates", bucket.key, bucket.checksum.encode(), bucket.bytecode_to_string)
