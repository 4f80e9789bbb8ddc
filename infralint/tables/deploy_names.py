"""What names and words say of a deployment: its environment, its form, the tests and migrations around it.

As of 2026-11, from the habits of public repositories and the references of the tools that the rows name.
"""

from __future__ import annotations

from collections.abc import Sequence

from infralint.tables.phrases import by_program, follows, follows_any
from infralint.text import regex as re

PRODUCTION, STAGING, PREVIEW, UNKNOWN_STAGE = "production", "staging", "preview", "unknown"

_EDGE, _END = r"(?:^|[^a-z0-9])", r"(?:[^a-z0-9]|$)"
_STAGES = (
    (PREVIEW, r"preview|previews|review|review[-_ ]?app|pull[-_ ]?request|pr[-_ ]?\d*|ephemeral|feature"),
    (
        STAGING,
        r"pre[-_ ]?prod(?:uction)?|non[-_ ]?prod(?:uction)?|staging|stage|stg|uat|qa|acceptance|test|tests|testing|dev|devel|"
        r"development|sandbox|integration|int|beta|nightly|canary|demo",
    ),
    (PRODUCTION, r"prod|production|prd|live"),
)
_STAGE_PATTERNS = tuple((stage, re.compile(_EDGE + f"(?:{words})" + _END)) for stage, words in _STAGES)
_FLAGS = frozenset(("--env", "--environment", "--stage", "-e", "-s", "--context", "--config", "-f", "-d", "--values"))
"""Options whose value names an environment: `--env production`, `-f values-prod.yaml`."""
_SITE = re.compile(
    _EDGE + r"(?:docs?|documentation|website|pages|gh-pages|storybook|blog|mkdocs|playground|landing)" + _END
)
_TEST = re.compile(
    _EDGE
    + r"(?:tests?|testing|unit|spec|specs|e2e|ci|checks?|lint|verify|validate|quality|build-and-test|pytest|jest|rspec)"
    + _END
)
_TEST_RUN = re.compile(_EDGE + r"(?:tests?|testing|unit|specs?|e2e|pytest|jest|rspec|build-and-test)" + _END)
_CHECKS = tuple(
    tuple(words.split())
    for words in (
        "pytest", "tox", "nox", "jest", "vitest", "mocha", "rspec", "phpunit", "ctest", "go test", "cargo test", "cargo nextest",
        "npm test", "npm run test", "yarn test", "yarn run test", "pnpm test", "pnpm run test", "bun test", "deno test", "make test",
        "make check", "mvn test", "mvn verify", "mvnw test", "mvnw verify", "gradle test", "gradlew test", "gradle check", "gradlew check",
        "gradlew build", "gradle build", "dotnet test", "mix test", "rails test", "rake test", "rake spec", "rake", "bin/test",
        "manage.py test", "swift test", "sbt test", "lein test", "composer test", "pest", "playwright test", "cypress run", "bats",
        "task test", "just test", "bazel test",
    )
)  # fmt: skip
MIGRATIONS = tuple(
    tuple(words.split())
    for words in (
        "alembic upgrade", "manage.py migrate", "django-admin migrate", "rails db:migrate", "rake db:migrate", "prisma migrate deploy",
        "prisma db push", "knex migrate:latest", "sequelize db:migrate", "sequelize-cli db:migrate", "flyway migrate", "liquibase update",
        "goose up", "dbmate up", "typeorm migration:run", "drizzle-kit migrate", "drizzle-kit push", "artisan migrate",
        "diesel migration run", "sqlx migrate run", "migrate up", "atlas migrate apply", "atlas schema apply", "dotnet ef database update",
        "mix ecto.migrate", "flask db upgrade", "node-pg-migrate up", "db-migrate up", "mikro-orm migration:up", "sea-orm-cli migrate up",
        "refinery migrate", "yoyo apply", "phinx migrate", "doctrine:migrations:migrate",
    )
)  # fmt: skip
"""Commands that change the schema of a database: the program and the words that must follow it."""
_INTERPRETERS = frozenset(("python", "python3", "php", "ruby", "node", "bundle", "exec", "npx", "poetry", "uv", "run"))
_TEARDOWN = (
    ("terraform", "destroy"), ("tofu", "destroy"), ("terragrunt", "destroy"), ("pulumi", "destroy"), ("helm", "uninstall"), ("helm", "delete"),
    ("kind", "delete"), ("k3d", "cluster", "delete"), ("minikube", "delete"), ("sam", "delete"), ("cdk", "destroy"), ("serverless", "remove"),
    ("sls", "remove"), ("fly", "apps", "destroy"), ("flyctl", "apps", "destroy"), ("kubectl", "delete", "namespace"), ("kubectl", "delete", "ns"),
)  # fmt: skip
"""Commands that take away what a deployment made: a job that runs both is a trial."""
_DEPLOY_NAME = re.compile(_EDGE + r"(?:deploy|deploys|deployment|rollout|promote|ship)" + _END)
_NO_DEPLOY_NAME = re.compile(
    _EDGE
    + r"(?:test|tests|plan|dry|check|lint|undeploy|teardown|destroy|stop|cleanup|notify|packages?|rpms?|debs?|pypi|npm|release|trigger|status|wait|prepare|template)"
    + _END
)
_DISPATCH = re.compile(
    r"/dispatches\b|createDispatchEvent|createWorkflowDispatch|repository-dispatch|workflow-dispatch|/trigger-actions$|gh workflow run"
)
_RUNNERS = (
    ("npm", "run"), ("yarn", "run"), ("pnpm", "run"), ("make",), ("just",), ("task",), ("yarn",), ("pnpm",), ("bash",), ("sh",), ("rake",), ("mage",),
    ("invoke",), ("inv",), ("npx", "ts-node"), ("npx", "tsx"), ("ts-node",), ("tsx",), ("node",), ("bun",), ("deno", "run"), ("python",), ("python3",),
    ("ruby",), ("php",), ("perl",),
)  # fmt: skip
"""Programs that run a script or a target of the repository."""
HOOKS = (
    ("api.render.com/deploy", "Render"), ("api.vercel.com/v1/integrations/deploy", "Vercel"), ("api.netlify.com/build_hooks", "Netlify"),
    ("/api/v1/deploy?uuid", "Coolify"), ("/api/deploy/", "Dokploy"), ("hooks.zeabur.com", "Zeabur"),
)  # fmt: skip
"""Parts of addresses that start a deployment when they are called."""
EXTERNAL = (
    ("heroku/deploy", "Heroku"), ("aws-ecs/deploy", "Amazon ECS"), ("aws-ecs/update-service", "Amazon ECS"), ("aws-lambda/", "AWS Lambda"),
    ("aws-serverless/deploy", "AWS SAM"), ("gcp-cloud-run/deploy", "Cloud Run"), ("kubernetes/create-or-update", "Kubernetes"),
    ("helm/upgrade-helm-chart", "Kubernetes"), ("helm/install-helm-chart", "Kubernetes"), ("aws-elastic-beanstalk/deploy", "AWS Elastic Beanstalk"),
    ("atlassian/aws-ecs-deploy", "Amazon ECS"), ("atlassian/aws-lambda-deploy", "AWS Lambda"), ("atlassian/aws-s3-deploy", "Amazon S3"),
    ("atlassian/aws-elasticbeanstalk-deploy", "AWS Elastic Beanstalk"), ("atlassian/aws-cloudformation-deploy", "AWS CloudFormation"),
    ("atlassian/heroku-deploy", "Heroku"), ("atlassian/ssh-run", "a server over SSH"), ("atlassian/rsync-deploy", "a server over SSH"),
    ("atlassian/scp-deploy", "a server over SSH"), ("atlassian/ftp-deploy", "a server over FTP"), ("atlassian/kubectl-run", "Kubernetes"),
    ("atlassian/aws-eks-kubectl-run", "Kubernetes"), ("atlassian/google-app-engine-deploy", "App Engine"),
    ("atlassian/google-cloud-run-deploy", "Cloud Run"), ("atlassian/firebase-deploy", "Firebase"), ("atlassian/azure-web-apps-deploy", "Azure App Service"),
    ("atlassian/azure-functions-deploy", "Azure Functions"), ("atlassian/azure-aks-deploy", "Kubernetes"),
)  # fmt: skip
"""Orbs' steps and pipes that deploy, by the beginning of their name."""


def stage_named(*texts: str) -> str:
    """The environment that the first telling text names: PRODUCTION, STAGING, PREVIEW; UNKNOWN_STAGE where none does."""
    for text in texts:
        lower = re.sub(r"([a-z])([A-Z])", r"\1-\2", text).lower()
        for stage, pattern in _STAGE_PATTERNS:
            if pattern.search(lower) is not None:
                return stage
    return UNKNOWN_STAGE


def stage_of_words(words: Sequence[str]) -> str:
    """The environment that a deploying command names by its options."""
    if "--prod" in words or "--production" in words:
        return PRODUCTION
    named = [
        f"{word.partition('=')[2] or following}"
        for word, following in zip(words, [*words[1:], ""], strict=True)
        if word.partition("=")[0] in _FLAGS
    ]
    return stage_named(*(text for text in named if "?" not in text))


def names_a_site(*texts: str) -> bool:
    """Whether a name says that a static site is put up: documentation, a storybook, a website."""
    return any(_SITE.search(text.lower()) is not None for text in texts)


def names_tests(*texts: str) -> bool:
    """Whether the name of a job or workflow says that it tests or checks."""
    return any(_TEST.search(text.lower()) is not None for text in texts)


def names_a_test_run(*texts: str) -> bool:
    """Whether the name of a job says that it runs tests: no lint, no check of licences."""
    return any(_TEST_RUN.search(text.lower()) is not None for text in texts)


def names_a_deployment(text: str) -> bool:
    """Whether the name of a job says that it deploys, and not that it tests, plans or publishes."""
    lower = text.lower()
    return _DEPLOY_NAME.search(lower) is not None and _NO_DEPLOY_NAME.search(lower) is None


def names_a_dispatch(*names: str) -> bool:
    """Whether the name of a job says that it has something deployed: also `trigger-k8s-deploy`."""
    lower = [re.sub(r"[_ ]", "-", name.lower()).replace("trigger", "") for name in names]
    return any(_DEPLOY_NAME.search(name) is not None and _NO_DEPLOY_NAME.search(name) is None for name in lower)


def dispatches(text: str) -> bool:
    """Whether an action or a script starts a workflow elsewhere."""
    return _DISPATCH.search(text) is not None


def _plain(words: Sequence[str]) -> list[str]:
    """A command's words behind the programs that only run it, paths of programs left out."""
    start = 0
    while start < len(words) - 1 and words[start].rpartition("/")[2] in _INTERPRETERS:
        start += 1
    return [words[start].rpartition("/")[2], *words[start + 1 :]] if words else []


_CHECKS_OF, _MIGRATIONS_OF, _TEARDOWN_OF = map(by_program, (_CHECKS, MIGRATIONS, _TEARDOWN))


def runs_tests(words: Sequence[str]) -> bool:
    """Whether a command runs tests."""
    plain = _plain(words)
    if list(words[:2]) in (["npm", "run"], ["yarn", "run"], ["pnpm", "run"], ["bun", "run"]):
        return len(words) > 2 and names_tests(words[2].replace(":", "-"))
    return follows_any(plain, _CHECKS_OF)


def surely_runs_tests(words: Sequence[str]) -> bool:
    """Whether a command runs tests, and no lint or other check."""
    if len(words) > 2 and tuple(words[:2]) in (("npm", "run"), ("yarn", "run"), ("pnpm", "run"), ("bun", "run")):
        return names_a_test_run(words[2].replace(":", "-"))
    return runs_tests(words)


def migrates(words: Sequence[str]) -> bool:
    """Whether a command changes the schema of a database."""
    plain = _plain(words)
    return follows_any(plain, _MIGRATIONS_OF)


def takes_down(words: Sequence[str]) -> bool:
    """Whether a command takes a deployment away again."""
    return follows_any(words, _TEARDOWN_OF)


def is_scripted(words: Sequence[str]) -> bool:
    """Whether a command runs a script or target of the repository whose name says that it deploys."""
    runner = next((one for one in _RUNNERS if tuple(words[: len(one)]) == one), None)
    named = words[len(runner)] if runner is not None and len(words) > len(runner) else ""
    if runner is None and words and "/" in words[0]:
        named = words[0].rpartition("/")[2]
    return "deploy" in named and names_a_deployment(re.sub(r"[/:.]", " ", " ".join(words[:3])))


def target_of_address(words: Sequence[str]) -> str | None:
    """The platform whose deploy hook a command calls."""
    if not words or words[0] not in ("curl", "wget", "http", "https"):
        return None
    return next((target for part, target in HOOKS if any(part in word for word in words)), None)


_HOOK = re.compile(r"(?i)deploy(?:ment)?[_-]?(?:hook|webhook)|hook[_-]?deploy")


def target_of_text(text: str, words: Sequence[str], job: str) -> str | None:
    """Where a command seems to deploy to, by what is written of it and by the name of its job; None where nothing says so."""
    if words[:1] in (["curl"], ["wget"]) and _HOOK.search(text) is not None:
        return "what its deploy hook starts"
    if list(words[:2]) == ["git", "push"] and "git.heroku.com" in text:
        return "Heroku"
    if not names_a_deployment(job):
        return None
    if words[:1] == ["ssh"]:
        return "a server over SSH"
    if list(words[:3]) in (["aws", "s3", "sync"], ["aws", "s3", "cp"]) and re.search(
        r"\s[\"']?s3://(?:\$\{\{[^}\n]{0,80}\}\}|[^\s$]|\$)+(?:\s+-|\s*$)", text
    ):
        return "Amazon S3"
    if follows(list(words), ("docker", "compose", "up")) or follows(list(words), ("docker-compose", "up")):
        return "the machine that runs the job" if "-d" in words or "--detach" in words else None
    return None


def target_of_external(name: str) -> str | None:
    """Where an orb's step or a pipe deploys to; None if it does not."""
    lower = name.lower()
    return next((target for start, target in EXTERNAL if lower.startswith(start)), None)


def moving_image(words: Sequence[str]) -> str | None:
    """The word of a deploying command that names an image by the tag `latest`."""
    return next(
        (word for word in words if word.endswith(":latest") and len(word) > len(":latest") and "$" not in word), None
    )
