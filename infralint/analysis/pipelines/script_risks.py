"""Scripts that open a shell to the outside, load models as code, or let an AI agent act on what strangers write."""

from __future__ import annotations

from infralint.analysis.pipelines.agents import starts_agent
from infralint.analysis.pipelines.scripts import commands_of_job, commands_of_script, words_of_job
from infralint.analysis.pipelines.untrusted import OutsiderUse
from infralint.analysis.shared.reverse_shells import reverse_shell_in
from infralint.model.element import Element, fact_of
from infralint.model.pipelines.job import Job, Script
from infralint.model.shared.command import Command, plain_words
from infralint.text import regex as re
from infralint.text.source import Text

_REMOTE_CODE = re.compile(r"\btrust_remote_code\s*=\s*True\b|--trust[-_]remote[-_]code\b(?![= ]+[Ff]alse)")
_UNSAFE_LOAD = re.compile(r"\bweights_only\s*=\s*False\b|\ballow_pickle\s*=\s*True\b")
_PICKLE = re.compile(r"\b(?:torch|joblib|pickle|cloudpickle|dill)\.load\(")
_FETCH = re.compile(
    r"\b(?:curl|wget|hf_hub_download|snapshot_download|huggingface-cli|hf download|aws s3 cp|gsutil cp)\b"
)
_PRETRAINED = re.compile(
    r"\b(?:from_pretrained|hf_hub_download|snapshot_download|load_dataset)\([ \t]{0,20}+(?:repo_id[ \t]{0,4}=[ \t]{0,4})?\\?[\"']([\w.-]{1,100}+/[\w.-]{1,100}+)\\?[\"']([^)]{0,300})\)"
)
_PUSHES = (("git", "push"), ("glab", "mr", "merge"), ("gh", "pr", "merge"), ("az", "repos", "pr", "update"))


@fact_of(Script, name="reverse_shell")
def reverse_shell_in_script(script: Script) -> Element | Text | None:
    """The command or line that connects a shell to an address: by netcat, socat, `/dev/tcp`, or a program's sockets."""
    return reverse_shell_in(script.text, lambda: commands_of_script(script))


_DECODED = re.compile(
    r"\bbase64[ \t]+(?:-d|-D|--decode|-di)\b[^\n|;&]{0,80}\|[ \t]*(?:sudo[ \t]+)?(?:/bin/)?(?:ba|z|da|k)?sh\b"
    r"|\b(?:eval|(?:ba)?sh[ \t]+-c)[ \t]+[\"']?\$\([^)\n]{0,200}\bbase64[ \t]+(?:-d|--decode)\b"
)
_COLLECTORS = re.compile(
    r"\b(?:curl|wget)\b[^\n]{0,400}(?:discord(?:app)?\.com/api/webhooks|hooks\.slack\.com|api\.telegram\.org|webhook\.site|requestbin|pipedream\.net|burpcollaborator"
    r"|oast\.(?:fun|me|pro|live|site)|interact\.sh|ngrok)"
)
_TAKEN = re.compile(
    r"/etc/passwd|/etc/shadow|\bprintenv\b|\$\(env\)|\.aws/credentials|id_rsa|\.ssh/|os\.environ|CI_JOB_JWT|CI_JOB_TOKEN|_OIDC_TOKEN"
)


@fact_of(Script, name="decoded_script")
def decoded_script_in_pipeline(script: Script) -> Text | None:
    """The command that decodes text and gives it to a shell."""
    match = _DECODED.search(script.text)
    return script.text.slice(*match.span()) if match is not None else None


@fact_of(Script)
def collected_data(script: Script) -> Text | None:
    """The address of a chat or of a collector of requests, where the script sends credentials, keys or the environment there."""
    match = _COLLECTORS.search(script.text)
    return script.text.slice(*match.span()) if match is not None and _TAKEN.search(script.text) else None


@fact_of(Script)
def trusts_remote_code(script: Script) -> Text | None:
    """The switch by which a model's own Python code is downloaded and run."""
    match = _REMOTE_CODE.search(script.text)
    return script.text.slice(*match.span()) if match is not None else None


@fact_of(Job)
def unsafe_model_load(job: Job) -> Text | None:
    """The call that loads a model by pickle, which runs code: one that says so, or one of a file which the job downloads."""
    for script in job.scripts:
        match = _UNSAFE_LOAD.search(script.text)
        if match is not None:
            return script.text.slice(*match.span())
    fetched = any(_FETCH.search(script.text) for script in job.scripts)
    for script in job.scripts if fetched else []:
        match = _PICKLE.search(script.text)
        if match is not None and "weights_only" not in script.text:
            return script.text.slice(*match.span())
    return None


@fact_of(Script)
def unpinned_model(script: Script) -> Text | None:
    """The model or data set of somebody's repository that is downloaded at no fixed revision."""
    for match in _PRETRAINED.finditer(script.text):
        if "revision" not in match[2]:
            return script.text.slice(*match.span(1))
    for command in commands_of_script(script):
        words = plain_words(command)
        if words[:2] in (["huggingface-cli", "download"], ["hf", "download"]) and "--revision" not in words:
            for word in command.operands[1:2]:
                if isinstance(word, Text) and re.fullmatch(r"[\w.-]+/[\w.-]+", word):
                    return word
    return None


@fact_of(OutsiderUse)
def prompts_agent(outsider_use: OutsiderUse) -> bool:
    """Whether the command that gets the text is an AI agent, which takes it for a task."""
    return starts_agent(outsider_use.command)


@fact_of(Job)
def agent_that_pushes(job: Job) -> Command | None:
    """The push or merge after an AI agent has run in the job, so that nobody reviews what the agent wrote."""
    has_run = False
    for command, words in words_of_job(job):
        if starts_agent(command):
            has_run = True
        elif has_run and not {"--dry-run", "-n"} & set(words):
            for row in _PUSHES:
                rest = iter(words[1:])
                if words[0] == row[0] and all(any(word == want for word in rest) for want in row[1:]):
                    return command
    return None


@fact_of(Job)
def stored_publishing_token(job: Job) -> Command | None:
    """The command that publishes a package with a token which is kept for it, where the registry would trust the job's identity."""
    text = "\n".join(script.text for script in job.scripts)
    if not re.search(r"NPM_TOKEN|NODE_AUTH_TOKEN|_authToken|PYPI_TOKEN|PYPI_PASSWORD|TWINE_PASSWORD|UV_PUBLISH_TOKEN|CARGO_REGISTRY_TOKEN|GEM_HOST_API_KEY", text) and not any(
        str(each.name) in ("TWINE_PASSWORD", "NPM_TOKEN", "NODE_AUTH_TOKEN", "UV_PUBLISH_TOKEN") for each in job.variables
    ):  # fmt: skip
        return None
    if re.search(r"TWINE_PASSWORD=[\"']?\$\{?CI_JOB_TOKEN|trusted-publishing", text) or any(
        str(each.name) == "TWINE_PASSWORD" and "CI_JOB_TOKEN" in str(getattr(each, "text", ""))
        for each in job.variables
    ):
        return None
    wanted = (
        ["npm", "publish"],
        ["twine", "upload"],
        ["uv", "publish"],
        ["poetry", "publish"],
        ["pnpm", "publish"],
        ["yarn", "publish"],
    )
    return next((command for command in commands_of_job(job) if plain_words(command)[:2] in wanted), None)
