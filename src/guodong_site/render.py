"""Page → bytes: the only user of Jinja.  A fault in a template is a Diagnostic with its file and line: a template is content."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

import jinja2

from guodong_site import faults
from guodong_site.artifact import Page
from guodong_site.diagnostics import Diagnostic, Span
from guodong_site.machine import unreadable

TEMPLATES = "templates"
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
    """The templates of one project.  It has state because compiled templates are worth keeping between pages."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the project's templates/."""
        self._folder = folder
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

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
        """The last template line the fault passed through; Jinja maps its frames to template files."""
        for frame in reversed(traceback.extract_tb(fault.__traceback__)):
            path = Path(frame.filename)
            if self._folder in path.parents:
                return path.relative_to(self._folder).as_posix(), frame.lineno or 1
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
