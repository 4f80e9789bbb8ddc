"""A run over many repositories: what has changed goes to the workers, what comes back into the store."""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from infralint import __version__
from infralint.engine.discover import UsageError
from infralint.engine.organisation import read_organisation
from infralint.fleet.judging import Plan
from infralint.fleet.sources import Repository, state_of
from infralint.fleet.store import Batch, Row, Store, failed
from infralint.fleet.task import judge_one, unpacked
from infralint.policy import catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from distributed import Client, Future

IN_FLIGHT = 4
"""Tasks a worker is given at once, one of them at work: the scheduler holds no more, whatever the number of repositories."""
MAX_DEATHS = 12
"""How often a task whose worker died is given to another one."""
Progress = Callable[[int, int, int], None]


class Outcome:
    """What came of a run. `stopped`: whether the user ended it before all repositories were judged."""

    __slots__ = ("carried", "failed", "judged", "seconds", "stopped", "total")

    def __init__(self, total: int) -> None:
        self.total = total
        self.carried = 0
        """Repositories whose results are taken over, as nothing in them has changed."""
        self.judged = 0
        self.failed = 0
        self.stopped = False
        self.seconds = 0.0


@contextmanager
def cluster(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    """A client of a running cluster, or of one on this machine with as many workers as cores. Raises UsageError."""
    import dask
    from distributed import Client, LocalCluster

    for name in ("distributed", "distributed.nanny", "distributed.worker", "distributed.scheduler", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dask.config.set({"distributed.scheduler.allowed-failures": MAX_DEATHS, "distributed.admin.log-length": 0}):
        if scheduler is not None:
            try:
                client = Client(scheduler, timeout=30)
            except (OSError, ValueError, TypeError) as error:
                raise UsageError(f"--scheduler {scheduler}: no scheduler answers: {error}") from None
            with client:
                yield client
            return
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        with deaf_children():
            local = LocalCluster(
                n_workers=workers or cores, threads_per_worker=1, processes=True, dashboard_address=None,
                host="127.0.0.1", memory_limit=0, silence_logs=logging.CRITICAL,
            )  # fmt: skip
        with local, Client(local) as client:
            yield client


@contextmanager
def deaf_children() -> Iterator[None]:
    """Let processes that start meanwhile ignore Ctrl-C, which a terminal sends to all: this one ends them in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def run_fleet(
    repositories: list[Repository],
    plan: Plan,
    store: Store,
    connect: Callable[[], Any],
    *,
    progress: Progress | None = None,
    reports: str | None = None,
) -> Outcome:
    """Judge the repositories whose results the store does not hold already. `connect` makes the cluster's client.

    `reports`: a folder for the report of each repository as JSON. Ended by the user, the run keeps what is done.
    Raises UsageError.
    """
    started = time.perf_counter()
    outcome = Outcome(len(repositories))
    base = _base(plan)
    states = {one.name: state_of(one) for one in repositories}
    keys = {name: _key(base, commit, state) for name, (commit, state) in states.items() if state}
    day = plan.today.isoformat()
    left = repositories if reports else _unchanged(repositories, keys, store, day)
    if reports:
        store.keep_only(day, set())
        os.makedirs(reports, exist_ok=True)
    outcome.carried = len(repositories) - len(left)
    batch = Batch(store, plan.today)

    def take(repository: Repository, answer: Row) -> None:
        row = answer.get("repository")
        if row is None:
            commit = states[repository.name][0]
            error = str(answer.get("error", "no answer"))
            row = failed(repository.name, repository.place, repository.form, commit, error)
            outcome.failed += 1
        outcome.judged += 1
        row |= {"key": keys.get(repository.name, ""), "judged": day}
        batch.add(row, answer.get("findings", ()), answer.get("exceptions", ()))
        if reports and "json" in answer:
            _keep_report(reports, repository.name, answer["json"])
        if progress is not None:
            progress(outcome.carried + outcome.judged, outcome.total, outcome.failed)

    if left:
        try:
            with connect() as client:
                for repository, answer in answers(client, left, {"plan": plan.data()}):
                    take(repository, answer)
        except KeyboardInterrupt:
            outcome.stopped = True
    batch.flush()
    outcome.seconds = time.perf_counter() - started
    return outcome


def answers(client: Client, repositories: list[Repository], request: Row) -> Iterator[tuple[Repository, Row]]:
    """Each repository with what a worker answers, as they come; a window of tasks, so that memory does not grow."""
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    waiting = iter(repositories)
    running: dict[Future[bytes], Repository] = {}
    deaths: dict[str, int] = {}
    done = as_completed()

    def submit(repository: Repository) -> None:
        asked = {**request, "repository": list(repository)}
        future = client.submit(judge_one, asked, pure=False, retries=2)
        running[future] = repository
        done.add(future)

    def fill() -> None:
        room = IN_FLIGHT * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        while len(running) < room:
            following = next(waiting, None)
            if following is None:
                return
            submit(following)

    fill()
    while running:
        future = next(done)
        repository = running.pop(future)
        try:
            answer = unpacked(future.result())
        except KilledWorker:
            deaths[repository.name] = deaths.get(repository.name, 0) + 1
            if deaths[repository.name] < MAX_DEATHS:
                submit(repository)
                continue
            answer = {"error": f"its worker died {MAX_DEATHS} times"}
        except Exception as error:  # noqa: BLE001 - what a worker raises is the row of its repository
            answer = {"error": f"the worker failed: {type(error).__name__}: {error}"}
        future.release()
        yield repository, answer
        fill()


def _unchanged(repositories: list[Repository], keys: dict[str, str], store: Store, day: str) -> list[Repository]:
    """Take over what is known; the repositories that are left to judge."""
    days = store.days()
    today = store.known(day) if day in days else {}
    done = {one.name for one in repositories if _holds(today.get(one.name), keys.get(one.name))}
    store.keep_only(day, done)
    earlier = [each for each in days if each < day]
    if earlier:
        before = store.known(earlier[-1])
        carried = {
            one.name
            for one in repositories
            if one.name not in done
            and _holds(before.get(one.name), keys.get(one.name))
            and not before[one.name]["dated"]
        }
        if carried:
            store.carry(earlier[-1], day, carried)
        done |= carried
    return [one for one in repositories if one.name not in done]


def _holds(row: Row | None, key: str | None) -> bool:
    """Whether results that are known are those that judging again would give."""
    return row is not None and bool(key) and row["key"] == key and not row["error"]


def _key(base: str, commit: str, state: str) -> str:
    return hashlib.blake2b(f"{base} {commit} {state}".encode(), digest_size=16).hexdigest()


def _base(plan: Plan) -> str:
    """What the results of every repository hang on: version, rules, policy and what was asked. Raises UsageError."""
    own = [] if plan.rules_folder is None else sorted(_contents(plan.rules_folder))
    policy: list[str] = []
    if plan.policy is not None:
        organisation = read_organisation(plan.policy, [])
        with open(plan.policy, encoding="utf-8") as stream:
            policy = [stream.read(), *(str(one.until >= plan.today) for one in organisation.exceptions)]
    asked = [str(plan.profile), str(plan.select), str(plan.wants_posture), __version__, catalogue.stamp()]
    return hashlib.blake2b("\0".join([*asked, *policy, *own]).encode(), digest_size=16).hexdigest()


def _contents(folder: str) -> Iterator[str]:
    for where, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".md"):
                with open(os.path.join(where, name), encoding="utf-8", errors="replace") as stream:
                    yield f"{name}\0{stream.read()}"


def _keep_report(folder: str, name: str, text: str) -> None:
    path = os.path.join(folder, f"{name.replace('/', '+')}.json")
    with open(f"{path}.new", "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(f"{path}.new", path)
