"""The practices of running a service that `infralint posture` reports: what each asks, when it applies, and which rules judge it.

Identifiers of standards: CIS Docker Benchmark 1.6, OWASP Top 10 CI/CD Security Risks, SLSA 1.1, NIST SP 800-218 (SSDF 1.1);
read 2026-11.
"""

from __future__ import annotations

from infralint.text.record import NamedTuple


class Practice(NamedTuple):
    """A practice.

    `trigger` names what makes it apply ("" where it always does), `otherwise` says why it does not. `evidence` names what shows
    that it is followed, `topic` what documents may tell of it ("" for nothing).
    """

    name: str
    title: str
    asks: str
    trigger: str
    otherwise: str
    evidence: tuple[str, ...]
    topic: str
    rules: tuple[str, ...]
    standards: tuple[str, ...]


_SECRETS = (
    "any/ai-provider-key", "any/chat-token", "any/cloud-key", "any/credential-on-command-line", "any/credentials-in-url",
    "any/data-platform-key", "any/default-credential", "any/hardcoded-secret", "any/high-entropy-secret", "any/json-web-token", "any/kubernetes-secret-manifest",
    "any/mail-key", "any/observability-token", "any/package-registry-token", "any/payment-key", "any/platform-token", "any/private-key",
    "any/repository-token", "any/service-token", "dockerfile/password-in-layer", "dockerfile/secret-in-env", "env/committed-env-file",
    "env/live-secret-in-example", "workflow/hardcoded-container-credentials",
)  # fmt: skip
_REFERENCES = (
    "project/documented-script-missing", "project/documented-make-target-missing", "project/documented-npm-script-missing",
    "project/documented-task-missing",
    "project/documented-service-missing", "project/documented-workflow-missing", "project/broken-document-link",
)  # fmt: skip
_DEPLOYS_NOTHING = "nothing in this repository certainly deploys a running service"

PRACTICES = (
    Practice(
        "infrastructure-as-code",
        "Infrastructure as code",
        "Are builds, services and pipelines described in files, and are these valid?",
        "configuration",
        "infralint knows no Dockerfile, compose file, pipeline or file of a platform here",
        ("infrastructure",),
        "",
        (
            "compose/inconsistent-project", "compose/undefined-reference", "compose/dockerfile-missing", "compose/wrong-type",
            "devcontainer/invalid-config", "dockerfile/invalid-instruction", "dockerfile/copy-from-undefined-stage", "ecs/invalid-task-definition",
            "ecs/refused-task-definition", "fly/invalid-config", "heroku/invalid-config", "netlify/invalid-config", "pipeline/invalid-pipeline",
            "project/build-target-missing", "railway/invalid-config", "render/invalid-config", "serverless/invalid-config",
            "vercel/invalid-config", "workflow/invalid-workflow", "workflow/undefined-need", "wrangler/invalid-config",
        ),
        ("NIST SSDF PO.3", "NIST SSDF PO.5", "SLSA Build L1"),
    ),
    Practice(
        "automation",
        "Automation",
        "Do pipelines test, and deploy one release at a time?",
        "configuration",
        "infralint knows no Dockerfile, compose file, pipeline or file of a platform here",
        ("tested", "deployed", "serialised"),
        "",
        (
            "project/deployment-without-tests", "project/deployment-not-serialised", "project/deployment-cancelled-midway",
            "project/path-filter-without-match",
        ),
        ("OWASP CICD-SEC-1", "NIST SSDF PO.3", "NIST SSDF PW.8", "SLSA Build L2"),
    ),
    Practice(
        "secure-defaults",
        "Secure defaults",
        "Do containers run without root and without the host's rights, and services without debug settings?",
        "containers",
        "the repository holds no Dockerfile and no compose file",
        ("unprivileged",),
        "",
        (
            "any/default-credential", "compose/dangerous-capability", "compose/docker-socket-mounted", "compose/host-network",
            "compose/privileged-service", "compose/sensitive-host-directory", "dockerfile/docker-socket-volume",
            "dockerfile/runs-as-root", "dockerfile/tls-verification-off", "env/debug-in-production",
            "env/development-mode-in-production", "project/user-set-back-to-root",
        ),
        ("CIS Docker 4.1", "CIS Docker 5.3", "CIS Docker 5.4", "CIS Docker 5.9", "CIS Docker 5.32", "NIST SSDF PW.9"),
    ),
    Practice(
        "no-hardcoded-secrets",
        "No hardcoded secrets",
        "Are credentials kept out of files and image layers?",
        "",
        "",
        ("searched_for_secrets", "ignored_env_files", "stored_secrets"),
        "",
        _SECRETS,
        ("CIS Docker 4.10", "OWASP CICD-SEC-6", "NIST SSDF PS.1"),
    ),
    Practice(
        "least-privilege",
        "Least privilege",
        "Do workflows and roles of a cloud get only the rights that they need?",
        "rights",
        "the repository holds no GitHub workflow and no IAM policy",
        ("limited_tokens",),
        "",
        (
            "any/agent-write-token", "iam/administrator-access", "iam/all-but-some-actions", "iam/credentials-of-everything", "iam/every-action",
            "iam/full-access", "iam/pass-any-role", "iam/privilege-escalation", "iam/self-escalation",
            "pipeline/static-cloud-key", "workflow/all-secrets-exposed", "workflow/permissions-missing",
            "workflow/permissions-write-all", "workflow/secrets-inherited", "workflow/write-permission-for-all-jobs",
        ),
        ("OWASP CICD-SEC-2", "OWASP CICD-SEC-5", "NIST SSDF PO.5"),
    ),
    Practice(
        "secret-rotation",
        "Secret rotation documented",
        "Is it written down how the secrets of a deployment are replaced?",
        "secrets",
        "no deployment of a running service in this repository uses a stored secret",
        ("rotated",),
        "rotation",
        ("project/secret-rotation-undocumented",),
        ("OWASP CICD-SEC-6", "NIST SSDF PO.5"),
    ),
    Practice(
        "access-control",
        "Access control",
        "Is it settled who may change and start deployments?",
        "pipelines",
        "infralint knows no pipeline in this repository",
        ("owners", "access_told", "protected"),
        "access",
        (
            "project/access-undocumented", "project/owner-pattern-without-match", "project/production-without-approval",
            "project/workflow-without-owner",
        ),
        ("OWASP CICD-SEC-1", "OWASP CICD-SEC-2", "NIST SSDF PS.1"),
    ),
    Practice(
        "environments",
        "Environments configured and documented",
        "Are environments told apart, and their variables listed?",
        "environments",
        "no deployment names an environment, and no compose file or env file reads variables",
        ("example_env_files", "named_environments"),
        "environments",
        (
            "compose/variable-not-in-example", "env/undocumented-variable", "project/environments-undocumented",
            "project/image-differs-from-development", "project/variable-undocumented",
        ),
        ("OWASP CICD-SEC-7", "NIST SSDF PO.5"),
    ),
    Practice(
        "migrations",
        "Migrations in the deployment",
        "Is the database migrated once, before the new version, and can that be undone?",
        "migrations",
        "infralint knows no migrations of a database in this repository",
        ("migrating",),
        "migrations",
        (
            "project/migration-after-deployment", "project/migration-not-serialised", "project/irreversible-migration",
            "project/migrations-not-run",
        ),
        ("NIST SSDF PO.3",),
    ),
    Practice(
        "monitoring",
        "Health checks and monitoring",
        "Is it seen when a service fails?",
        "services",
        "nothing in this repository runs a service",
        ("health_checked", "monitored"),
        "monitoring",
        ("compose/invalid-healthcheck-test", "project/kubernetes-without-probes", "project/monitoring-missing", "project/service-healthy-without-healthcheck", "workflow/no-post-deploy-check"),
        ("CIS Docker 4.6", "CIS Docker 5.26", "OWASP CICD-SEC-10", "NIST SSDF RV.1"),
    ),
    Practice(
        "staging",
        "Staging first",
        "Does a change meet a staging environment before production?",
        "production",
        "no deployment in this repository certainly goes to production",
        ("staged",),
        "",
        ("project/production-without-staging", "project/staging-not-awaited"),
        ("OWASP CICD-SEC-1", "NIST SSDF PW.8"),
    ),
    Practice(
        "rollback",
        "Rollback plan",
        "Is it known how the previous release is brought back?",
        "deployment",
        _DEPLOYS_NOTHING,
        ("rolled_back",),
        "rollback",
        ("project/moving-tag-deployed", "project/rollback-undocumented"),
        ("NIST SSDF PS.3", "NIST SSDF RV.2"),
    ),
    Practice(
        "backup",
        "Backup strategy",
        "Is data copied away, and is it known how it is restored?",
        "state",
        "no compose file in production form keeps the data of a database",
        ("backed_up",),
        "backup",
        ("project/backup-undocumented", "project/restore-undocumented"),
        (),
    ),
    Practice(
        "reproducibility",
        "Reproducibility",
        "Do two runs of a build use the same inputs, and are these kept current?",
        "configuration",
        "infralint knows no Dockerfile, compose file, pipeline or file of a platform here",
        ("locked", "pinned", "updated"),
        "",
        (
            "compose/untagged-image", "config/moving-hook-revision", "dockerfile/latest-image", "dockerfile/npm-install-instead-of-ci",
            "dockerfile/untagged-image", "pipeline/unlocked-install", "project/flake-input-unlocked",
            "project/lock-file-missing", "project/pin-without-updater", "project/updated-folder-missing",
            "project/updated-folder-without-manifest",
        ),
        ("CIS Docker 4.2", "OWASP CICD-SEC-3", "SLSA Build L1", "NIST SSDF PW.4"),
    ),
    Practice(
        "documentation",
        "Documentation",
        "Can a person who is new set the project up, deploy it and report a failure, and do the documents name what exists?",
        "",
        "",
        ("readme", "set_up", "deployment_told", "contact", "decided"),
        "",
        ("project/deployment-undocumented", "project/incident-contact-undocumented", "project/setup-undocumented", *_REFERENCES),
        ("NIST SSDF PO.2", "NIST SSDF RV.1"),
    ),
)  # fmt: skip
