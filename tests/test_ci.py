"""`guodong ci`: files that their services accept, that guard secrets, and whose very lines check and publish a scratch clone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import FACTS, GOOD, ROOT, Done, Project, new_project

from guodong_site.scaffolding import PLACES

SERVICES = sorted(PLACES)
SCHEMAS = {"gitea": "github-workflow", "github": "github-workflow", "gitlab": "gitlab-ci"}
CALM = "checks: {stale-home: warning, stale-column: warning, thin-article: warning}\n"
TARGETS = "targets:\n  门户:\n    kind: folder\n    path: ../www\n"


class _AsWritten(yaml.SafeLoader):
    """YAML as the services read it: `on` is a word."""


_AsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def told(text: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(text, _AsWritten)  # noqa: S506  # a safe loader
    return read


def written(project: Project, service: str, *options: str) -> str:
    done = project.run("ci", service, *options)

    assert done.code == 0, done.said
    return (project.root / PLACES[service]).read_text(encoding="utf-8")


@pytest.mark.parametrize("service", SERVICES)
def test_the_service_accepts_it(project: Project, service: str) -> None:
    """By its own public schema; the schema is one that refuses."""
    text = written(project, service)
    schema = json.loads((ROOT / f"tests/schemas/{SCHEMAS[service]}.json").read_bytes())
    judge = jsonschema.validators.validator_for(schema)(schema)
    broken = told(text.replace("runs-on:", "runs_on:").replace("stage: check", "stage: {a: b}"))

    assert [error.message for error in judge.iter_errors(told(text))] == []
    assert list(judge.iter_errors(broken)) != []


@pytest.mark.parametrize("service", SERVICES)
def test_it_names_no_machine(service: str) -> None:
    """No registry, no path of a machine, no address but none."""
    text = (ROOT / f"src/guodong_site/scaffolds/{service}.yml").read_text(encoding="utf-8")

    assert not re.search(r"https?://|index-url|/work|/home|/root|/tmp", text)
    assert "@TARGET@" in text


@pytest.mark.parametrize("service", ["github", "gitea"])
def test_secrets_are_guarded(project: Project, service: str) -> None:
    """Nothing is allowed but reading; every action is a commit; what is proposed sees no secret and leaves nothing behind; one
    publishes at a time, from the main branch."""
    read = told(written(project, service))
    check, publish = read["jobs"]["check"], read["jobs"]["publish"]
    uses = [step["uses"] for job in (check, publish) for step in job["steps"] if "uses" in step]

    assert set(read["on"]) == {"pull_request", "push"}  # pull_request_target would hand secrets to a fork
    assert (read["permissions"], check["permissions"], publish["permissions"]) == ({}, *[{"contents": "read"}] * 2)
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in uses)
    assert "secrets" not in json.dumps(check)
    assert "environment" not in check
    assert next(one for one in uses if "actions/cache" in one).startswith("actions/cache/restore@")
    assert publish["concurrency"] == {"group": "publish", "cancel-in-progress": False} or service == "gitea"
    assert "push" in publish["if"]
    assert "default_branch" in publish["if"]
    steps = [step for job in (check, publish) for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert [step["with"]["persist-credentials"] for step in steps] == [False, False]
    assert not re.search(r"\$\{\{", "".join(step.get("run", "") for job in (check, publish) for step in job["steps"]))


def test_secrets_are_guarded_at_gitlab(project: Project) -> None:
    """No secret is named in the file; publishing is of the default branch alone, one at a time; a proposal leaves no cache."""
    read = told(written(project, "gitlab"))

    assert (read["publish"]["resource_group"], read["publish"]["interruptible"]) == ("publish", False)
    assert [rule["if"] for rule in read["publish"]["rules"]] == [
        '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE != "merge_request_event"'
    ]
    assert (read["check"]["cache"]["policy"], read["publish"]["cache"].get("policy")) == ("pull", None)
    assert read["check"]["artifacts"]["reports"] == {"codequality": "gl-code-quality-report.json"}
    assert set(read["publish"]["variables"]) == {"TARGET"}


@pytest.mark.parametrize("service", SERVICES)
def test_it_overwrites_nothing(project: Project, service: str) -> None:
    """A second time all is well; where somebody changed the file, what differs is shown, and it stands."""
    text = written(project, service)
    again = project.run("ci", service)
    mine = text.replace("check --format", "check --quiet --format")
    project.write(PLACES[service], mine)
    other = project.run("ci", service)

    assert (again.code, "没有改动" in again.out) == (0, True)
    assert (other.code, "没有改动" in other.err) == (1, True)
    assert "-" in other.out
    assert "--quiet" in other.out
    assert (project.root / PLACES[service]).read_text(encoding="utf-8") == mine
    assert [path.name for path in (project.root / PLACES[service]).parent.iterdir() if path.name.endswith(".part")] == []


def test_wrong_usage(project: Project) -> None:
    """An unknown service, a target that is none, a folder that may not be written: a sentence, an exit code."""
    cases = (
        (("ci",), 2, "缺少"),
        (("ci", "jenkins"), 2, "可以写：'gitea'"),
        (("ci", "github", "--target", "门户"), 2, "还没有 targets"),
    )
    for arguments, code, said in cases:
        done = project.run(*arguments)
        assert (done.code, said in done.said) == (code, True), done.said
    project.write(".github", "a file")
    blocked = project.run("ci", "github")

    assert (blocked.code, ".github/workflows/guodong.yml 没有写成" in blocked.err) == (4, True)


def test_it_publishes_to_the_first_target(project: Project) -> None:
    """Or to the one that is named; where there is none yet, it says what is to be done."""
    bare = project.run("ci", "gitea")
    with (project.root / "site.yaml").open("a", encoding="utf-8") as site:
        site.write(TARGETS + "  备份:\n    kind: folder\n    path: ../other\n")

    assert "还没有 targets" in bare.out
    assert 'TARGET: "门户"' in written(project, "github")
    assert 'TARGET: "备份"' in written(project, "gitlab", "--target", "备份")


# The lines themselves


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=技术员", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A repository as an office has it: the program, an issue, a target, the CI files; pushed to a remote of its own."""
    home = tmp_path / "office"
    home.mkdir()
    office = new_project(home)
    for name in ("src", "pyproject.toml", "README.md", ".gitignore"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, home / name)
    office.write(
        ".ci/requirements.txt",
        "openpyxl==3.1.5 --hash=sha256:5282c12b107bffeef825f4617dc029afaf41d0ea60823bbb665ef3079dc79de2\n",
    )
    office.write("issues/2024-03.md", GOOD)
    with (home / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("reviews: false\n" + FACTS + CALM + TARGETS)
    for service in SERVICES:
        written(office, service)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(home, "init", "-q", "-b", "main")
    git(home, "add", "-A")
    git(home, "commit", "-q", "-m", "第一期")
    git(home, "push", "-q", str(tmp_path / "remote.git"), "main")
    return tmp_path / "remote.git"


def clone(remote: Path, name: str) -> Path:
    """What a runner checks out; its environment knows the libraries of this one, and nothing of our program."""
    folder = remote.parent / name
    git(remote.parent, "clone", "-q", "--depth", "1", f"file://{remote}", name)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / ".venv")], check=True)
    (site,) = (folder / ".venv/lib").glob("python3*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder


def lines(folder: Path, service: str, job: str) -> list[str]:
    """The shell of a job, a script for each step, extracted from the file."""
    read = told((folder / PLACES[service]).read_text(encoding="utf-8"))
    if service == "gitlab":
        return ["\n".join((*read[".installed"]["before_script"], *read[job]["script"]))]
    return [step["run"] for step in read["jobs"][job]["steps"] if "run" in step]


def ran(folder: Path, service: str, job: str, **secrets: str) -> list[Done]:
    """Each script as the service runs it: bash that stops at the first failure, nothing of this machine's but where programs are."""
    named = dict.fromkeys(("SFTP_KEY", "GUODONG_SFTP_PASSPHRASE", "RCLONE_CONF", "SIGN_KEY"), "")
    variables = {"TARGET": "门户"} | (named if job == "publish" and service != "gitlab" else {}) | secrets
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder.parent),
        "CI": "true",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "LANG": "C.UTF-8",
        **variables,
    }
    done = []
    for script in lines(folder, service, job):
        one = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        done.append(Done(one.returncode, one.stdout, one.stderr))
    return done


OFTEN = [pytest.param("github"), *(pytest.param(one, marks=pytest.mark.long) for one in ("gitea", "gitlab"))]
"""Gitea's lines are GitHub's but for the report; all are run in the longer suite."""


@pytest.mark.long
@pytest.mark.parametrize("service", SERVICES)
def test_a_clean_proposal_is_checked_and_shown(remote: Path, service: str) -> None:
    """The lines of the check install the program, find nothing, and leave a preview and the service's own report."""
    folder = clone(remote, "checked")
    done = ran(folder, service, "check")

    assert [one.code for one in done] == [0] * len(done), done
    assert "工作会议" in (folder / "preview/issues/2024-03/1/index.html").read_text(encoding="utf-8")
    if service == "gitlab":
        assert isinstance(json.loads((folder / "gl-code-quality-report.json").read_bytes()), list)
    if service == "gitea":
        assert json.loads((folder / "preview-report/check.sarif").read_bytes())["version"] == "2.1.0"


@pytest.mark.long
@pytest.mark.parametrize("service", SERVICES)
def test_a_faulty_proposal_is_refused_at_its_line(remote: Path, service: str) -> None:
    """The job fails, and the service is told the file and the line; what can be shown is shown all the same."""
    folder = clone(remote, "checked")
    path = folder / "issues/2024-03.md"
    path.write_text(path.read_text(encoding="utf-8").replace("，总结", ",总结"), encoding="utf-8")
    done = ran(folder, service, "check")
    said = "".join(one.said for one in done)

    assert any(one.code for one in done)
    assert (folder / "preview/issues/2024-03/1/index.html").is_file()
    if service == "github":
        assert re.search(r"^::error file=issues/2024-03\.md,line=10,col=\d+", said, re.MULTILINE), said
    elif service == "gitlab":
        (found,) = [
            one for one in json.loads((folder / "gl-code-quality-report.json").read_bytes()) if one["severity"] == "critical"
        ]
        assert found["location"] == {"path": "issues/2024-03.md", "lines": {"begin": 10}}
    else:
        (run,) = json.loads((folder / "preview-report/check.sarif").read_bytes())["runs"]
        assert [one["level"] for one in run["results"]].count("error") == 1


@pytest.mark.parametrize("service", OFTEN)
def test_the_main_branch_is_published(remote: Path, service: str) -> None:
    """The lines of publishing bring the commit to a folder; a second run sends nothing; an edit pushed is published."""
    folder = clone(remote, "runner")
    current = remote.parent / "www/current"
    first = ran(folder, service, "publish")
    release = json.loads((current / "release.json").read_bytes())
    again = ran(folder, service, "publish")
    office = remote.parent / "office"
    path = office / "issues/2024-03.md"
    path.write_text(path.read_text(encoding="utf-8").replace("总结去年工作", "回顾去年工作"), encoding="utf-8")
    git(office, "commit", "-q", "-a", "-m", "改一处")
    git(office, "push", "-q", str(remote), "main")
    git(folder, "pull", "-q")
    edited = ran(folder, service, "publish")

    assert [one.code for one in (*first, *again, *edited)] == [0] * len((*first, *again, *edited)), (first, again, edited)
    assert release["commit"] == git(remote, "rev-parse", "main~1").strip()
    assert "没有发送任何文件" in again[-1].out
    assert "回顾去年工作" in (current / "issues/2024-03/1/index.html").read_text(encoding="utf-8")
    assert (folder / "releases/门户.json").is_file()
    assert (current / "index.html").stat().st_mode & 0o044 == 0o044  # whoever serves it may read it


@pytest.mark.long
@pytest.mark.parametrize("service", ["github", "gitea"])
def test_a_key_is_in_no_log_and_gone_afterwards(remote: Path, service: str, tmp_path: Path) -> None:
    """A signing key that is a secret signs the release; it is on no page, in no line, in no file when the job is over."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    secret = (tmp_path / "key").read_text(encoding="utf-8")
    private = tmp_path / "private"
    private.mkdir()
    folder = clone(remote, "runner")
    done = ran(folder, service, "publish", SIGN_KEY=secret.rstrip("\n"), TMPDIR=str(private))
    body = secret.splitlines()[2]

    assert [one.code for one in done] == [0] * len(done), done
    assert (remote.parent / "www/current/SHA256SUMS.sig").is_file()
    assert body not in "".join(one.said for one in done)
    assert [path for path in private.iterdir() if path.name.startswith("tmp.")] == []
    assert not [
        path
        for path in folder.rglob("*")
        if path.is_file() and ".venv" not in path.parts and body in path.read_text("utf-8", "ignore")
    ]
