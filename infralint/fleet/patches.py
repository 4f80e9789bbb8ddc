"""One patch a repository for `git am`: what the fixes of some rules change."""

from __future__ import annotations

import os
from collections.abc import Callable
from email.utils import formatdate

import pyarrow as pa
import pyarrow.compute as pc

from infralint import __version__
from infralint.engine.discover import UsageError
from infralint.fleet.judging import Plan
from infralint.fleet.running import answers
from infralint.fleet.sources import Repository
from infralint.fleet.store import Row, Store
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 100
"""Findings that the message of a patch lists."""


class Patches:
    """What came of writing patches."""

    __slots__ = ("failed", "secrets", "written")

    def __init__(self) -> None:
        self.written: list[str] = []
        self.failed: dict[str, str] = {}
        self.secrets: list[str] = []
        """Patches that hold credentials, in the lines that they remove or keep."""


def write_patches(store: Store, plan: Plan, titles: dict[str, str], folder: str, connect: Callable[[], Any]) -> Patches:
    """Fix the repositories of the last run that have findings of some rules, in memory, and write a patch for each.

    `titles`: the rules with their titles. Raises UsageError.
    """
    days = store.days()
    if not days:
        raise UsageError(f"{store.folder} holds no results; run `infralint fleet SOURCES --output {store.folder}`")
    findings = store.read("findings", days[-1], ["repository", "rule", "fixable"])
    wanted = pc.and_(
        pc.is_in(findings["rule"].cast(pa.string()), pa.array(sorted(titles), pa.string())), findings["fixable"]
    )
    names = set(findings.filter(wanted)["repository"].to_pylist())
    rows = store.read("repositories", days[-1], ["repository", "place", "form"]).to_pylist()
    chosen = [Repository(row["repository"], row["place"], row["form"]) for row in rows if row["repository"] in names]
    done = Patches()
    if not chosen:
        return done
    os.makedirs(folder, exist_ok=True)
    subject = "; ".join(sorted(titles.values())) if len(titles) <= 2 else f"Apply fixes of {len(titles)} rules"
    with connect() as client:
        for repository, answer in answers(client, chosen, {"plan": plan.data(), "subject": subject}):
            if "error" in answer:
                done.failed[repository.name] = answer["error"]
            elif answer["patch"]:
                path = os.path.join(folder, f"{repository.name.replace('/', '+')}.patch")
                with open(f"{path}.new", "wb") as stream:
                    stream.write(mail(answer, sorted(titles)).encode("utf-8", "surrogateescape"))
                os.replace(f"{path}.new", path)
                done.written.append(path)
                if answer["shows_secrets"]:
                    done.secrets.append(path)
    done.written.sort()
    return done


def mail(answer: Row, rules: list[str]) -> str:
    """A patch as a mail that `git am` takes."""
    subject = re.sub(r"\s+", " ", answer["subject"]).strip()
    places = ["- " + " ".join(place.split()) for place in answer["places"][:MOST]]
    more = len(answer["places"]) - MOST
    body = [f"infralint {', '.join(rules)}:", "", *places, *([f"- and {more} more"] if more > 0 else [])]
    head = [
        f"From {'0' * 40} Mon Sep 17 00:00:00 2001",
        "From: infralint <infralint@localhost>",
        f"Date: {formatdate()}",
        f"Subject: [PATCH] {subject}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return "\n".join([*head, "", *body, "---", "", answer["patch"]]) + f"-- \ninfralint {__version__}\n"
