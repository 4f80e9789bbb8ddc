"""Jobs that wait for each other."""

from __future__ import annotations

from github_documents import workflow

from infralint.analysis.github.names import nearest_name
from infralint.analysis.github.needs import is_circular, needed_job
from infralint.model.github.job import Need
from infralint.model.github.workflow import WorkflowDocument


def needs(document: WorkflowDocument) -> list[Need]:
    return [need for job in document.jobs for need in job.needs]


def job_id(need: Need) -> str | None:
    job = needed_job(need)
    return None if job is None else str(job.id)


def test_needs() -> None:
    document = workflow(
        """\
        on: push
        jobs:
          build: {runs-on: x, steps: [{run: a}], needs: deploy}
          deploy: {runs-on: x, steps: [{run: a}], needs: [biuld, BUILD]}
        """
    )
    circular, missing, other_case = needs(document)
    assert is_circular(circular) and job_id(circular) == "deploy"
    assert job_id(missing) is None and nearest_name(missing) == "build"
    assert job_id(other_case) == "build"
    assert document.key_of(missing) == "jobs.deploy.needs[0]"


def test_only_jobs_that_wait_for_each_other_are_circular() -> None:
    document = workflow(
        """\
        on: push
        jobs:
          a: {runs-on: x, steps: [{run: a}], needs: [c, d]}
          b: {runs-on: x, steps: [{run: a}], needs: a}
          c: {runs-on: x, steps: [{run: a}], needs: b}
          d: {runs-on: x, steps: [{run: a}]}
          e: {runs-on: x, steps: [{run: a}], needs: [e, a]}
        """
    )
    seen = [(str(each.owner.id), str(each.name), is_circular(each)) for each in needs(document)]
    assert seen == [
        ("a", "c", True), ("a", "d", False), ("b", "a", True), ("c", "b", True), ("e", "e", True), ("e", "a", False),
    ]  # fmt: skip
