"""What counts as deploying, and what counts as a way back. Commands; the actions are in `action_rows`.

As of 2026-11; the rows are not yet checked one by one against each tool's reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from infralint.tables.actions import text_of
from infralint.tables.commands import LAUNCHERS
from infralint.tables.deploy_targets import SITES
from infralint.tables.phrases import by_program, follows, follows_any
from infralint.text import regex as re

ATOMIC = frozenset(
    (
        "Vercel",
        "Netlify",
        "Cloudflare Workers",
        "Cloudflare Pages",
        "Firebase",
        "Deno Deploy",
        "Azure Static Web Apps",
        "Render",
        "AWS Amplify",
    )
)
"""Targets that switch to a release at once, when all of it is there: a deployment that is cut off changes nothing."""
INFRASTRUCTURE = frozenset(
    ("Ansible", "AWS CDK", "AWS CloudFormation", "Azure Resource Manager", "OpenTofu", "Pulumi", "Terraform")
)
"""Targets that are machines and services of a cloud, and not one program."""

COMMANDS: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    (tuple(words.split()), target)
    for words, target in (
        ("ansible-playbook", "Ansible"), ("argocd app sync", "Argo CD"), ("aws cloudformation deploy", "AWS CloudFormation"),
        ("aws cloudformation update-stack", "AWS CloudFormation"), ("aws deploy create-deployment", "AWS CodeDeploy"),
        ("aws ecs update-service", "Amazon ECS"), ("aws elasticbeanstalk update-environment", "AWS Elastic Beanstalk"),
        ("aws lambda update-function-code", "AWS Lambda"),
        ("aws lightsail create-container-service-deployment", "Amazon Lightsail"),
        ("az containerapp update", "Azure Container Apps"), ("az containerapp up", "Azure Container Apps"),
        ("az functionapp deployment", "Azure Functions"), ("az webapp deploy", "Azure App Service"),
        ("az webapp deployment", "Azure App Service"), ("az webapp up", "Azure App Service"), ("cap deploy", "Capistrano"),
        ("cdk deploy", "AWS CDK"), ("cdktf deploy", "Terraform"), ("cf push", "Cloud Foundry"),
        ("copilot deploy", "AWS Copilot"), ("copilot svc deploy", "AWS Copilot"), ("dokku git:from-image", "Dokku"),
        ("docker stack deploy", "Docker Swarm"), ("docker service update", "Docker Swarm"), ("deployctl deploy", "Deno Deploy"),
        ("eb deploy", "AWS Elastic Beanstalk"), ("ecs-deploy", "Amazon ECS"), ("ecspresso deploy", "Amazon ECS"),
        ("fab deploy", "Fabric"), ("firebase deploy", "Firebase"), ("fly deploy", "Fly.io"), ("flyctl deploy", "Fly.io"),
        ("gcloud app deploy", "App Engine"), ("gcloud deploy releases create", "Cloud Deploy"),
        ("gcloud functions deploy", "Cloud Functions"), ("gcloud run deploy", "Cloud Run"),
        ("gcloud run services update", "Cloud Run"), ("git push dokku", "Dokku"), ("git push heroku", "Heroku"),
        ("helm install", "Kubernetes"), ("helm upgrade", "Kubernetes"), ("helmfile apply", "Kubernetes"),
        ("helmfile sync", "Kubernetes"), ("heroku container:release", "Heroku"), ("kamal deploy", "Kamal"),
        ("kapp deploy", "Kubernetes"), ("koyeb service redeploy", "Koyeb"), ("koyeb service update", "Koyeb"),
        ("kubectl apply", "Kubernetes"), ("kubectl replace", "Kubernetes"), ("kubectl rollout restart", "Kubernetes"),
        ("kubectl set image", "Kubernetes"), ("lambroll deploy", "AWS Lambda"), ("mike deploy", "GitHub Pages"),
        ("mkdocs gh-deploy", "GitHub Pages"), ("netlify deploy", "Netlify"), ("nomad job run", "Nomad"), ("nomad run", "Nomad"),
        ("oc apply", "OpenShift"), ("oc rollout", "OpenShift"), ("platform push", "Platform.sh"), ("porter apply", "Porter"),
        ("pulumi up", "Pulumi"), ("railway up", "Railway"), ("render deploys create", "Render"), ("sam deploy", "AWS SAM"),
        ("scalingo deploy", "Scalingo"), ("serverless deploy", "Serverless Framework"), ("skaffold run", "Kubernetes"),
        ("sls deploy", "Serverless Framework"), ("terraform apply", "Terraform"), ("terragrunt apply", "Terraform"),
        ("terragrunt run-all apply", "Terraform"), ("tofu apply", "OpenTofu"), ("upsun push", "Upsun"),
        ("vercel deploy", "Vercel"), ("vc deploy", "Vercel"), ("waypoint deploy", "Waypoint"),
        ("wrangler deploy", "Cloudflare Workers"), ("wrangler pages deploy", "Cloudflare Pages"),
        ("wrangler publish", "Cloudflare Workers"),
    )
)  # fmt: skip
"""The program and the words that must follow it, in this order, options between them aside."""

PUBLISHING = (
    ("cargo", "publish"),
    ("docker", "push"),
    ("docker", "buildx", "--push"),
    ("flit", "publish"),
    ("gem", "push"),
    ("gh", "release", "create"),
    ("gh", "release", "upload"),
    ("goreleaser", "release"),
    ("hatch", "publish"),
    ("helm", "push"),
    ("mvn", "deploy"),
    ("npm", "publish"),
    ("nuget", "push"),
    ("dotnet", "nuget", "push"),
    ("pnpm", "publish"),
    ("poetry", "publish"),
    ("semantic-release",),
    ("twine", "upload"),
    ("uv", "publish"),
    ("vsce", "publish"),
    ("yarn", "publish"),
)
"""Commands that give packages, images or releases to others: the program and the words that must follow it."""

ROLLBACK_COMMANDS: tuple[tuple[str, ...], ...] = tuple(
    tuple(words.split())
    for words in (
        "argocd app rollback",
        "aws deploy stop-deployment",
        "aws ecs update-service --rollback",
        "az containerapp revision activate",
        "az webapp deployment slot swap",
        "cap deploy:rollback",
        "cf rollback",
        "docker service rollback",
        "docker service update --rollback",
        "fly releases rollback",
        "flyctl releases rollback",
        "gcloud app versions migrate",
        "gcloud run services update-traffic",
        "helm rollback",
        "heroku releases:rollback",
        "heroku rollback",
        "kamal rollback",
        "kubectl rollout undo",
        "netlify api restoreSiteDeploy",
        "nomad job revert",
        "oc rollback",
        "oc rollout undo",
        "serverless rollback",
        "sls rollback",
        "vercel rollback",
        "wrangler rollback",
    )
)
ROLLBACK_FLAGS = frozenset(
    ("--atomic", "--rollback", "--rollback-on-failure", "--cleanup-on-fail", "--auto-rollback-configuration")
)
"""Options that make a deploying command go back by itself when it fails."""

RUNNERS = LAUNCHERS | frozenset(("pnpm", "yarn"))
"""Words before a program that run it."""


_STAGED = frozenset(("cap", "fab"))
"""Programs that take the environment between themselves and the task: `cap production deploy`."""


def _is_subcommand(words: Sequence[str], wanted: tuple[str, ...]) -> bool:
    """Whether a command is a program's subcommand, options and their values aside: `helm -n shop upgrade`, no `helm plugin install`."""
    if wanted[0] in _STAGED:
        return follows(words, wanted)
    if words[0].rsplit("/", 1)[-1] != wanted[0]:
        return False
    at = 1
    for want in wanted[1:]:
        while at < len(words) and words[at] != want and (words[at].startswith("-") or words[at - 1].startswith("-")):
            at += 1
        if at == len(words) or words[at] != want:
            return False
        at += 1
    return True


_PUBLISHING = by_program(PUBLISHING)
_ROLLBACKS = by_program(ROLLBACK_COMMANDS)


def publishes(words: Sequence[str]) -> bool:
    """Whether a command gives a package, an image or a release to others."""
    if not words or "--dry-run" in words:
        return False
    return follows_any(words, _PUBLISHING)


def _bare(words: Sequence[str]) -> Sequence[str]:
    start = 0
    while start < len(words) - 1 and words[start].rsplit("/", 1)[-1] in RUNNERS:
        start += 1
    return words[start:]


def target_of_action(action: str) -> str | None:
    """Where an action (`owner/name[/path]`) deploys to; None if it does not deploy."""
    name = action.lower()
    if name == "superfly/flyctl-actions/setup-flyctl":  # it only installs the program
        return None
    return text_of("superfly/flyctl-actions" if name.startswith("superfly/flyctl") else name, "deploys")


CLUSTER_MAKERS = frozenset((
    "abelbarrera15/kind-action", "absaoss/k3d-action", "container-tools/kind-action", "engineerd/setup-kind", "helm/kind-action",
    "manusa/actions-setup-minikube", "tektoncd/actions/setup-tektoncd", "medyagh/setup-minikube", "nolar/setup-k3d-k3s", "rinx/setup-k3d", "debianmaster/actions-k3s",
))  # fmt: skip
"""Actions that make a cluster which lives as long as the job."""
CLUSTER_COMMANDS = (
    "kind create cluster",
    "k3d cluster create",
    "minikube start",
    "ctlptl create cluster",
    "k0s server",
    "kubeadm init",
)
_TRIAL = re.compile(
    r"(?:^|[^a-z])(?:smoke|e2e|end-to-end|integration|test|tests|testing|preview|preflight|ephemeral)(?:[^a-z]|$)"
)


def makes_cluster(action: str, script: str) -> bool:
    """Whether a step makes a cluster that lives as long as the job: what is deployed there serves a test."""
    return action.lower() in CLUSTER_MAKERS or any(command in script for command in CLUSTER_COMMANDS)


def names_a_trial(name: str) -> bool:
    """Whether the name of a job or playbook says that it tries something out: `smoke-test.yml`, `e2e`."""
    return _TRIAL.search(name.lower()) is not None


def is_site_command(command: str) -> bool:
    """Whether what is given to wrangler puts up a static site: `pages deploy public`."""
    return command.split()[:2] in (["pages", "deploy"], ["pages", "publish"])


@cache
def _by_program() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for wanted, target in COMMANDS:
        found.setdefault(wanted[0], []).append((wanted, target))
    return found


@cache
def _phrases() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in (*(words for words, _ in COMMANDS), *ROLLBACK_COMMANDS):
        found.setdefault(words[0], []).append(words[1:])
    return tuple((program, tuple(rests)) for program, rests in found.items())


def may_deploy(script: str) -> bool:
    """Whether a script holds all words of a command that deploys or goes back: no other need be read."""
    return any(
        program in script
        and any(all(word in script for word in rest) for rest in rests)
        and _holds_word(script, program)
        for program, rests in _phrases()
    )


def _holds_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not any(char.isalnum() or char in "_-" for char in around):
            return True
        at = text.find(word, at + 1)
    return False


def target_of_command(words: Sequence[str]) -> str | None:
    """Where a command, given as its words, deploys to; None if it does not deploy or only pretends to."""
    words = _bare(words)
    if not words or any(word.partition("=")[0] in _WITHOUT_EFFECT for word in words):
        return None
    if words[0] == "mike" and "--push" not in words:
        return None
    if words[0].rpartition("/")[2] in ("vercel", "vc") and _is_bare_vercel(words):
        return "Vercel"
    if words[0] == "ansible-playbook" and any(names_a_trial(word) for word in words[1:]):
        return None
    entries = _by_program().get(words[0].rsplit("/", 1)[-1], ())
    fitting = [(wanted, target) for wanted, target in entries if _is_subcommand(words, wanted)]
    return max(fitting, key=lambda entry: len(entry[0]))[1] if fitting else None


_WITHOUT_EFFECT = frozenset(
    ("--dry-run", "--dryrun", "--help", "--check", "--syntax-check", "--list-tasks", "--list-hosts", "--build-only", "--no-execute",
     "--no-execute-changeset", "-refresh-only", "--refresh-only", "--noDeploy", "--plan-only")
)  # fmt: skip
"""Options with which a deploying command builds, plans or checks only."""
_OF_VERCEL = frozenset(
    ("alias", "bisect", "blob", "build", "cache", "certs", "dev", "dns", "domains", "env", "git", "help", "init", "inspect", "install",
     "integration", "link", "list", "login", "logout", "logs", "ls", "project", "promote", "pull", "redeploy", "remove", "rm", "rollback",
     "rolling-release", "switch", "target", "teams", "telemetry", "whoami")
)  # fmt: skip
"""Subcommands of Vercel's program that deploy nothing; without a subcommand it deploys."""


def _is_bare_vercel(words: Sequence[str]) -> bool:
    """Whether Vercel's program is told to deploy to production without its subcommand."""
    return "--prod" in words and not any(word in _OF_VERCEL for word in words[1:])


def is_rollback(words: Sequence[str]) -> bool:
    """Whether a command brings an earlier version back, or does so by itself when it fails."""
    words = _bare(words)
    if any(word.split("=", 1)[0] in ROLLBACK_FLAGS for word in words) and target_of_command(words) is not None:
        return True
    return follows_any(words, _ROLLBACKS)


WAITS_UNTIL_HEALTHY = SITES | frozenset(
    (
        "App Engine",
        "AWS CloudFormation",
        "AWS CodeDeploy",
        "AWS Elastic Beanstalk",
        "Cloud Functions",
        "Cloud Run",
        "Fly.io",
        "Kamal",
        "Railway",
    )
)
"""Targets whose deploying command waits until the new release is healthy; of a site there is nothing to wait for."""
_PROBES = (
    ("aws", "wait"), ("curl",), ("dig",), ("fly", "status"), ("grpcurl",), ("helm", "test"), ("http",), ("kubectl", "rollout", "status"),
    ("kubectl", "wait"), ("nc",), ("oc", "rollout", "status"), ("wget",),
)  # fmt: skip
_WAITING = frozenset(("--atomic", "--rollback-on-failure", "--wait", "--wait-for-jobs"))
_CHECK_WORDS = r"smoke|health|probe|verif|e2e|end-to-end|acceptance|post-?deploy|sanity|synthetic|wait[-_ ]?for|canary"


def is_check_command(words: Sequence[str]) -> bool:
    """Whether a command checks how a deployment went: it asks the service, or waits for it."""
    words = _bare(words)
    return any(follows(words, wanted) for wanted in _PROBES) or any(
        word.partition("=")[0] in _WAITING for word in words
    )


def names_a_check(text: str) -> bool:
    """Whether a name (of a step, job, script or action) names a post-deploy check: smoke test, health check."""
    return re.search(_CHECK_WORDS, text.lower()) is not None
