"""What each linter's configuration says, key by key."""

from __future__ import annotations

from datetime import date

from infralint.engine.peers.off import PeerConfig, globs_of
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LEVELS = {"error": "high", "warning": "medium", "info": "low", "style": "info"}
SECRETS = ("*", "../cwe/798")
FRAMEWORKS = {
    "dockerfile": "CKV*_DOCKER_*",
    "github_actions": "CKV*_GHA_*",
    "gitlab_ci": "CKV*_GITLABCI_*",
    "secrets": "CKV*_SECRET_*",
}
ACTIONLINT = (
    (r"label", "runner-label"), (r"is not defined in object type|property .* is not defined|undefined variable|type of expression|expression", "expression"),
    (r"unexpected key|is missing in", "syntax-check"), (r"permission", "permissions"), (r"set-output|save-state|deprecated command", "deprecated-commands"),
    (r"input .* (?:is not defined|is required)|too old to run", "action"), (r"does not exist in .*needs|job id", "job-needs"), (r"shell name", "shell-name"),
    (r"cron|webhook event|activity type", "events"), (r"condition .* always|if: ", "if-cond"), (r"glob pattern", "glob"), (r"credential|password", "credentials"),
    (r"environment variable name", "env-var"), (r"matrix", "matrix"),
)  # fmt: skip
"""Words of actionlint's messages, and the kind of message that they come from."""


def _texts(value: Any) -> list[str]:
    """A text or a list of texts, as a list; [] for anything else."""
    items = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


def _text(value: Any) -> str:
    """A text or a day as text; "" for anything else."""
    return str(value) if isinstance(value, (str, date)) else ""


def _table(value: Any) -> dict[str, Any]:
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def hadolint(config: PeerConfig, data: Any) -> None:
    """`ignored`, `override`, `failure-threshold`."""
    settings = _table(data)
    config.off(_texts(settings.get("ignored")))
    for level, codes in _table(settings.get("override")).items():
        config.severities.update(dict.fromkeys(_texts(codes), LEVELS.get(level, "")))
    threshold = settings.get("failure-threshold")
    if isinstance(threshold, str):
        config.fail_on = {"none": "never", "ignore": "info"}.get(threshold, LEVELS.get(threshold, ""))
    for key in ("trustedRegistries", "label-schema", "strict-labels", "disable-ignore-pragma"):
        if settings.get(key):
            config.untold.append(f"`{key}`; it counts with `--with hadolint`")


def zizmor(config: PeerConfig, data: Any) -> None:
    """`rules.NAME.disable` and `rules.NAME.ignore`."""
    for name, rule in _table(_table(data).get("rules")).items():
        table = _table(rule)
        if table.get("disable") is True:
            config.off([name])
        for place in _texts(table.get("ignore")):
            path, _, rest = place.partition(":")
            line = rest.partition(":")[0]
            config.off([name], globs=(path, f"**/{path}"), line=int(line) if line.isdigit() else 0)
        if table.get("config"):
            config.untold.append(f"`rules.{name}.config`")


def actionlint(config: PeerConfig, data: Any) -> None:
    """`paths.GLOB.ignore`, messages by regular expressions; `self-hosted-runner.labels`."""
    settings = _table(data)
    for label in _texts(_table(settings.get("self-hosted-runner")).get("labels")):
        config.off(["runner-label"], words=(f"`{label}`",) if not set(label) & set("*?[") else ())
    for glob, rule in _table(settings.get("paths")).items():
        for pattern in _texts(_table(rule).get("ignore")):
            codes = re.findall(r"SC\d{4}", pattern)
            kind = next((kind for words, kind in ACTIONLINT if re.search(words, pattern)), None)
            if codes:
                config.off([f"../shellcheck/{code}" for code in codes], globs=(glob,))
            elif "shellcheck" in pattern:
                config.off(["../shellcheck/*"], globs=(glob,))
            elif kind is not None:
                quoted = re.findall(r'["\']([\w./@-]+)["\']', pattern)
                config.off([kind], globs=(glob,), words=tuple(quoted))
            else:
                config.untold.append(f"`{pattern}`: a pattern of actionlint's own messages")
    if settings.get("config-variables"):
        config.untold.append("`config-variables`")


def checkov(config: PeerConfig, data: Any) -> None:
    """`skip-check`, `skip-path`, `skip-framework`, `soft-fail`."""
    settings = {key.replace("_", "-"): value for key, value in _table(data).items()}
    config.off([name for text in _texts(settings.get("skip-check")) for name in re.split(r"[,\s]+", text) if name])
    for pattern in _texts(settings.get("skip-path")):
        globs = globs_of(pattern)
        if globs is None:
            config.untold.append(f"`skip-path: {pattern}`: write it as a pattern under `exclude`")
        else:
            config.off(["*"], globs=tuple(globs))
    for name in _texts(settings.get("skip-framework")):
        if name in FRAMEWORKS:
            config.off([FRAMEWORKS[name]])
        else:
            config.untold.append(f"`skip-framework: {name}`")
    if settings.get("soft-fail") is True:
        config.fail_on = "never"
    for key in ("check", "framework", "external-checks-dir", "baseline", "soft-fail-on", "hard-fail-on"):
        if settings.get(key):
            config.untold.append(f"`{key}`")


def _trivy_name(name: str) -> str:
    """An id as our rules have it: DS-0002 for AVD-DS-0002 and DS002."""
    short = name.removeprefix("AVD-")
    return re.sub(r"^(DS)(\d{3})$", r"\1-0\2", short)


def trivyignore(config: PeerConfig, text: Any) -> None:
    """An id a line, perhaps with `exp:DAY`."""
    for row in str(text).splitlines():
        words = row.partition("#")[0].split()
        if words:
            until = next((word.removeprefix("exp:") for word in words if word.startswith("exp:")), "")
            config.off([_trivy_name(words[0])], until=until)


def trivyignore_yaml(config: PeerConfig, data: Any) -> None:
    """`misconfigurations` and `secrets` with `id`, `paths`, `expired_at`."""
    for part in ("misconfigurations", "secrets"):
        rows = _table(data).get(part)
        for row in rows if isinstance(rows, list) else []:
            table = _table(row)
            until = _text(table.get("expired_at"))[:10]
            config.off([_trivy_name(_text(table.get("id")))], globs=tuple(_texts(table.get("paths"))), until=until)


def trivy(config: PeerConfig, data: Any) -> None:
    """`scan.skip-files`, `scan.skip-dirs`; severities have no equivalent of their own."""
    settings = _table(data)
    scan = _table(settings.get("scan"))
    for key, tail in (("skip-files", ""), ("skip-dirs", "/**")):
        for glob in _texts(scan.get(key)) or _texts(settings.get(key)):
            config.off(["*"], globs=(f"{glob.removeprefix('./').rstrip('/')}{tail}",))
    if settings.get("severity"):
        config.untold.append("`severity`: use `min-severity`")
    if settings.get("ignorefile"):
        config.untold.append("`ignorefile`: only .trivyignore at the root is read")


def dclint(config: PeerConfig, data: Any) -> None:
    """`rules` that are 0, and `exclude`."""
    settings = _table(data)
    for name, level in _table(settings.get("rules")).items():
        first = level[0] if isinstance(level, list) and level else level
        if first in (0, "off"):
            config.off([name])
        elif isinstance(level, list) and len(level) > 1:
            config.untold.append(f"options of `{name}`")
    for path in _texts(settings.get("exclude")):
        bare = path.removeprefix("./").rstrip("/")
        config.off(["*"], globs=(bare, f"{bare}/**", f"**/{bare}/**"))


def gitleaks(config: PeerConfig, data: Any) -> None:
    """Allowed paths; allowed texts have no equivalent."""
    settings = _table(data)
    allowed = [("", _table(settings.get("allowlist")))]
    further = settings.get("allowlists")
    allowed += [("", _table(one)) for one in further] if isinstance(further, list) else []
    rules = settings.get("rules")
    for rule in rules if isinstance(rules, list) else []:
        name = _text(_table(rule).get("id"))
        own = _table(rule).get("allowlists")
        allowed += [(name, _table(_table(rule).get("allowlist")))]
        allowed += [(name, _table(one)) for one in own] if isinstance(own, list) else []
        if _table(rule).get("regex"):
            config.untold.append(f"the rule `{name}`: write it as a rule of your own")
    for name, table in allowed:
        for pattern in _texts(table.get("paths")):
            globs = globs_of(pattern)
            if globs is None:
                config.untold.append(f"the path `{pattern}`: write it as a pattern under `exclude`")
            else:
                config.off([name] if name else SECRETS, globs=tuple(globs))
        for key in ("regexes", "stopwords", "commits"):
            if table.get(key):
                config.untold.append(f"`{key}` of an allowlist")


def gitleaksignore(config: PeerConfig, text: Any) -> None:
    """`[commit:]path:rule:line` a line."""
    for row in str(text).splitlines():
        parts = row.partition("#")[0].strip().split(":")
        if len(parts) >= 3 and parts[-1].isdigit():
            path = parts[-3]
            config.off([parts[-2], *SECRETS], globs=(path,), line=int(parts[-1]))


def dotenv_linter_hook(config: PeerConfig, data: Any) -> None:
    """dotenv-linter has no file of its own: the checks that its pre-commit hook skips."""
    repos = _table(data).get("repos")
    for repo in repos if isinstance(repos, list) else []:
        hooks = _table(repo).get("hooks")
        for hook in hooks if isinstance(hooks, list) else []:
            if "dotenv-linter" not in _text(_table(hook).get("id")):
                continue
            words = [part for word in _texts(_table(hook).get("args")) for part in re.split(r"[=\s]+", word)]
            for at, word in enumerate(words[:-1]):
                if word in ("-s", "--skip", "-i", "--ignore-checks"):
                    config.off([name for name in words[at + 1].split(",") if name])


def yamllint(config: PeerConfig, data: Any) -> None:
    """Rules that are `disable`d; infralint answers few of yamllint's, which are about style."""
    rules = _table(_table(data).get("rules"))
    config.off([name for name, value in rules.items() if value in ("disable", False)])
    if _table(data).get("ignore"):
        config.untold.append("`ignore`: write it as patterns under `exclude`")
