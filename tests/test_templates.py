"""A template's inputs are a type: what it may use is what its page kind gives, no more, no less."""

from __future__ import annotations

import re
from dataclasses import fields

import jinja2
import jinja2.meta
import pytest
from conftest import ROOT

from guodong_site import pages
from guodong_site.artifact import PageKind
from guodong_site.frame import Shell
from guodong_site.registry import discover
from guodong_site.typesetter import TEMPLATE

KINDS = discover(pages, "PAGE", PageKind)
ENVIRONMENT = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "templates"), autoescape=True)


def used(template: str) -> set[str]:
    """The variables a template and all it extends or includes ask for."""
    assert ENVIRONMENT.loader is not None
    source = ENVIRONMENT.loader.get_source(ENVIRONMENT, template)[0]
    tree = ENVIRONMENT.parse(source)
    names = set(jinja2.meta.find_undeclared_variables(tree))
    for other in jinja2.meta.find_referenced_templates(tree):
        assert other is not None, f"{template} refers to a template by a variable: what it needs would be hidden"
        if not other.startswith("macros/"):
            names |= used(other)
    imported = set()
    for base in [source, *(ENVIRONMENT.loader.get_source(ENVIRONMENT, "base.html")[0] for _ in [0] if "extends" in source)]:
        for clause in re.findall(r"{% from \"[^\"]+\" import ([^%]+) %}", base):
            imported |= {name.split(" as ")[-1].strip() for name in clause.split(",")}
    return names - imported


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_templates_use_what_their_context_gives(kind: PageKind) -> None:
    """Neither a variable nobody fills nor a field nobody shows."""
    given = {field.name for field in fields(kind.context)}

    assert used(kind.template) == given


def test_macros_see_only_their_arguments() -> None:
    """No macro reaches for a page's variables."""
    for path in sorted((ROOT / "templates/macros").glob("*.html")):
        assert used(f"macros/{path.name}") == set(), path.name


def test_every_field_of_the_frame_is_shown() -> None:
    """Every field of Shell is used by some template."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.*ml"))

    assert [field.name for field in fields(Shell) if f"shell.{field.name}" not in text] == []


def test_every_template_belongs_to_a_page_kind() -> None:
    """No template lies about unused."""
    files = {p.relative_to(ROOT / "templates").as_posix() for p in (ROOT / "templates").rglob("*") if p.is_file()}
    known = {kind.template for kind in KINDS} | {"base.html", "README.md", f"print/{TEMPLATE}"}

    assert {name for name in files - known if not name.startswith("macros/")} == set()
