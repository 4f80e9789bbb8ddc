"""Formats of credentials that their issuers document or that carry a fixed prefix. Data, as of 2026-11.

A row is (name, family, keywords, pattern, entropy floor in bits a character, peers' rules, sample recipe). One of
the keywords must occur (as written) before the pattern is compiled at all; group 1, where there is one, is the
secret. The recipe makes examples: text between `<>` is `<alphabet:count>`, all else stands for itself.
"""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """A kind of credential: `family` is cloud, vcs, registry, chat, payment, ai, mail, key, token, observability."""

    name: str
    family: str
    title: str
    keywords: tuple[str, ...]
    pattern: str
    entropy: float
    names: tuple[str, ...]
    recipe: str


_END = r"(?![A-Za-z0-9_-])"
_START = r"(?<![A-Za-z0-9_])"


def _row(
    name: str, family: str, title: str, keywords: str, pattern: str, names: str, recipe: str, entropy: float = 2.0
) -> Format:
    return Format(name, family, title, tuple(keywords.split()), pattern, entropy, tuple(names.split()), recipe)


FORMATS: tuple[Format, ...] = (
    # cloud providers
    _row("aws-access-key", "cloud", "AWS access key id", "AKIA ASIA ABIA ACCA",
         r"(?<![A-Za-z0-9])((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})(?![A-Za-z0-9])",
         "gitleaks/aws-access-token", "AKIA<A2:16>", 3.0),
    _row("gcp-api-key", "cloud", "Google Cloud API key", "AIza", r"(?<!\w)(AIza[\w-]{35})" + _END,
         "", "AIza<w:35>", 4.0),
    _row("azure-storage-key", "cloud", "Azure storage account key", "AccountKey=",
         r"AccountKey=([A-Za-z0-9+/]{86}==)", "", "AccountKey=<b:86>==", 3.5),
    _row("digitalocean-pat", "cloud", "DigitalOcean personal access token", "dop_v1_",
         _START + r"(dop_v1_[a-f0-9]{64})" + _END, "gitleaks/digitalocean-pat", "dop_v1_<h:64>", 3.0),
    _row("digitalocean-oauth", "cloud", "DigitalOcean OAuth token", "doo_v1_",
         _START + r"(doo_v1_[a-f0-9]{64})" + _END, "gitleaks/digitalocean-access-token", "doo_v1_<h:64>", 3.0),
    _row("alibaba-access-key", "cloud", "Alibaba Cloud access key id", "LTAI",
         _START + r"(LTAI[A-Za-z0-9]{20})" + _END, "gitleaks/alibaba-access-key-id", "LTAI<a:20>"),
    _row("cloudflare-origin-ca", "cloud", "Cloudflare origin CA key", "v1.0-",
         r"(?<![\w.-])(v1\.0-[a-f0-9]{24}-[a-f0-9]{146})" + _END, "gitleaks/cloudflare-origin-ca-key",
         "v1.0-<h:24>-<h:146>"),
    # version control and CI
    _row("github-pat", "vcs", "GitHub personal access token", "ghp_", _START + r"(ghp_[0-9A-Za-z]{36})" + _END,
         "gitleaks/github-pat", "ghp_<a:36>", 3.0),
    _row("github-fine-grained-pat", "vcs", "GitHub fine-grained personal access token", "github_pat_",
         _START + r"(github_pat_\w{82})" + _END, "gitleaks/github-fine-grained-pat", "github_pat_<a:82>", 3.0),
    _row("github-oauth", "vcs", "GitHub OAuth token", "gho_", _START + r"(gho_[0-9A-Za-z]{36})" + _END,
         "gitleaks/github-oauth", "gho_<a:36>", 3.0),
    _row("github-app-token", "vcs", "GitHub app token", "ghu_ ghs_", _START + r"(gh[us]_[0-9A-Za-z]{36})" + _END,
         "gitleaks/github-app-token", "ghs_<a:36>", 3.0),
    _row("github-refresh-token", "vcs", "GitHub refresh token", "ghr_", _START + r"(ghr_[0-9A-Za-z]{36,76})" + _END,
         "gitleaks/github-refresh-token", "ghr_<a:36>", 3.0),
    _row("gitlab-pat", "vcs", "GitLab personal access token", "glpat-", _START + r"(glpat-[\w-]{20})" + _END,
         "gitleaks/gitlab-pat", "glpat-<a:20>", 3.0),
    _row("gitlab-deploy-token", "vcs", "GitLab deploy token", "gldt-", _START + r"(gldt-[\w-]{20})" + _END,
         "gitleaks/gitlab-deploy-token", "gldt-<a:20>", 3.0),
    _row("gitlab-trigger-token", "vcs", "GitLab pipeline trigger token", "glptt-",
         _START + r"(glptt-[0-9a-f]{40})" + _END, "gitleaks/gitlab-ptt", "glptt-<h:40>", 3.0),
    _row("gitlab-runner-token", "vcs", "GitLab runner authentication token", "glrt-",
         _START + r"(glrt-[\w-]{20})" + _END, "gitleaks/gitlab-runner-authentication-token", "glrt-<a:20>", 3.0),
    # packages and images
    _row("npm-token", "registry", "npm access token", "npm_", _START + r"(npm_[A-Za-z0-9]{36})" + _END,
         "gitleaks/npm-access-token", "npm_<a:36>"),
    _row("pypi-token", "registry", "PyPI upload token", "pypi-AgEIcHlwaS5vcmc",
         _START + r"(pypi-AgEIcHlwaS5vcmc[\w-]{50,1000})", "gitleaks/pypi-upload-token",
         "pypi-AgEIcHlwaS5vcmc<w:70>", 3.0),
    _row("rubygems-token", "registry", "RubyGems API token", "rubygems_",
         _START + r"(rubygems_[a-f0-9]{48})" + _END, "gitleaks/rubygems-api-token", "rubygems_<h:48>"),
    _row("docker-hub-token", "registry", "Docker Hub access token", "dckr_pat_ dckr_oat_",
         _START + r"(dckr_[po]at_[\w-]{27,32})" + _END, "", "dckr_pat_<w:27>", 3.0),
    _row("clojars-token", "registry", "Clojars API token", "CLOJARS_",
         r"(?i:(clojars_[a-z0-9]{60}))" + _END, "gitleaks/clojars-api-token", "CLOJARS_<x:60>"),
    # chat and webhooks
    _row("slack-bot-token", "chat", "Slack bot token", "xoxb-", r"(xoxb-[0-9]{10,13}-[0-9]{10,13}[a-zA-Z0-9-]*)",
         "gitleaks/slack-bot-token", "xoxb-<d:12>-<d:12>-<a:24>", 3.0),
    _row("slack-app-token", "chat", "Slack app token", "xapp-", r"(xapp-\d-[A-Z0-9]+-\d+-[A-Za-z0-9]+)",
         "gitleaks/slack-app-token", "xapp-1-A<d:10>-<d:13>-<h:64>"),
    _row("slack-webhook", "chat", "Slack webhook", "hooks.slack.com",
         r"hooks\.slack\.com/((?:services|workflows|triggers)/[A-Za-z0-9+/]{43,56})",
         "gitleaks/slack-webhook-url", "https://hooks.slack.com/services/T<A2:8>/B<A2:10>/<a:24>"),
    _row("discord-webhook", "chat", "Discord webhook", "discord.com/api/webhooks discordapp.com/api/webhooks",
         r"discord(?:app)?\.com/api/webhooks/(\d{17,20}/[\w-]{60,72})", "",
         "https://discord.com/api/webhooks/<d:18>/<w:68>", 3.0),
    # payment and commerce
    _row("stripe-key", "payment", "Stripe secret key", "sk_test_ sk_live_ sk_prod_ rk_test_ rk_live_ rk_prod_",
         _START + r"([sr]k_(?:test|live|prod)_[a-zA-Z0-9]{10,99})" + _END, "gitleaks/stripe-access-token",
         "sk_live_<a:24>"),
    _row("shopify-token", "payment", "Shopify access token", "shpat_", _START + r"(shpat_[a-fA-F0-9]{32})" + _END,
         "gitleaks/shopify-access-token", "shpat_<h:32>"),
    # AI providers
    _row("openai-key", "ai", "OpenAI API key", "T3BlbkFJ",
         _START + r"(sk-(?:(?:proj|svcacct|admin)-[\w-]{20,100}T3BlbkFJ[\w-]{20,100}|[a-zA-Z0-9]{20}T3BlbkFJ[a-zA-Z0-9]{20}))"
         + _END, "gitleaks/openai-api-key", "sk-<a:20>T3BlbkFJ<a:20>", 3.0),
    _row("anthropic-key", "ai", "Anthropic API key", "sk-ant-api03-", _START + r"(sk-ant-api03-[\w-]{93}AA)" + _END,
         "gitleaks/anthropic-api-key", "sk-ant-api03-<w:93>AA"),
    _row("huggingface-token", "ai", "Hugging Face access token", "hf_", r"(?<![\w-])(hf_[a-zA-Z]{34})(?![A-Za-z0-9_])",
         "gitleaks/huggingface-access-token", "hf_<l:34>"),
    # mail
    _row("sendgrid-token", "mail", "SendGrid API token", "SG.", r"(?<!\w)(SG\.[\w=.-]{66})(?![\w=.-])",
         "gitleaks/sendgrid-api-token", "SG.<w:22>.<w:43>"),
    # secret managers and infrastructure
    _row("vault-service-token", "token", "Vault service token", "hvs.", r"(?<![\w.])(hvs\.[\w-]{90,120})" + _END,
         "", "hvs.<w:95>", 3.5),
    _row("terraform-cloud-token", "token", "Terraform Cloud API token", ".atlasv1.",
         r"(?<!\w)([A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70})", "gitleaks/hashicorp-tf-api-token",
         "<a:14>.atlasv1.<w:65>", 3.5),
    _row("pulumi-token", "token", "Pulumi access token", "pul-", _START + r"(pul-[a-f0-9]{40})" + _END,
         "gitleaks/pulumi-api-token", "pul-<h:40>"),
    _row("doppler-token", "token", "Doppler token", "dp.pt.", r"(?<![\w.])(dp\.pt\.[a-zA-Z0-9]{43})" + _END,
         "gitleaks/doppler-api-token", "dp.pt.<a:43>"),
    # observability
    _row("grafana-service-account", "observability", "Grafana service account token", "glsa_",
         _START + r"(glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})" + _END, "gitleaks/grafana-service-account-token",
         "glsa_<a:32>_<h:8>", 3.0),
    _row("sentry-user-token", "observability", "Sentry user token", "sntryu_",
         _START + r"(sntryu_[a-f0-9]{64})" + _END, "gitleaks/sentry-user-token", "sntryu_<h:64>", 3.0),
    # keys
    _row("private-key", "key", "private key", "PRIVATE KEY",
         r"(-----BEGIN[ A-Z0-9_]{0,100}PRIVATE KEY(?: BLOCK)?-----(?=[\s\S]{64})[^-]*+(?:-(?!----)[^-]*+)*+"
         r"-----END[ A-Z0-9_]{0,100}PRIVATE KEY(?: BLOCK)?-----)",
         "gitleaks/private-key",
         "-----BEGIN PRIVATE KEY-----\n<b:64>\n<b:64>\n-----END PRIVATE KEY-----", 0.0),
    _row("age-secret-key", "key", "age secret key", "AGE-SECRET-KEY-1", r"(AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})",
         "", "AGE-SECRET-KEY-1<Q:58>"),
    _row("jwt", "token", "JSON web token", "ey",
         r"(?<!\w)(ey[A-Za-z0-9]{17,}\.ey[A-Za-z0-9/_\\-]{17,}\.(?:[A-Za-z0-9/_\\-]{10,}={0,2})?)", "", "eyJ<a:24>.eyJ<a:40>.<w:43>", 3.0),
)  # fmt: skip

BY_NAME = {row.name: row for row in FORMATS}

ALPHABETS = {
    "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "A2": "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "b": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", "d": "0123456789", "h": "0123456789abcdef",
    "l": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "x": "abcdefghijklmnopqrstuvwxyz0123456789",
    "w": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", "Q": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
}  # fmt: skip


def sample(name: str, seed: int) -> str:
    """A made-up credential of a format, always the same for a seed: examples hold the recipe, never the text."""
    import random
    import re

    chance = random.Random(f"{name} {seed}")

    def spell(match: re.Match[str]) -> str:
        return "".join(chance.choice(ALPHABETS[match[1]]) for _ in range(int(match[2])))

    if name == "password":
        return spell(re.match(r"<(\w+):(\d+)>", "<a:18>"))  # type: ignore[arg-type]
    return re.sub(r"<(\w+):(\d+)>", spell, BY_NAME[name].recipe)
