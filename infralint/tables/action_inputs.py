"""Inputs of actions that many use, and which of their majors run on a Node.js that is gone.

As of 2026-11, from the `action.yml` of each; the inputs of all majors together, so that none is called unknown that
some version takes. How a row is read: tables/action_names.py. An action that is not here is not known.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache

from infralint.tables.action_names import Names, names_in

_INPUTS = {
    "actions/add-to-project": "0: project-url github-token labeled label-operator",
    "actions/attest": "2: subject-path subject-digest subject-name subject-checksums predicate-type predicate "
    "predicate-path push-to-registry create-storage-record show-summary github-token",
    "actions/attest-build-provenance": "2: subject-path subject-digest subject-name subject-checksums "
    "push-to-registry create-storage-record show-summary github-token",
    "actions/attest-sbom": "2: subject-path subject-digest subject-name subject-checksums sbom-path push-to-registry "
    "create-storage-record show-summary github-token",
    "actions/cache": "path key restore-keys upload-chunk-size enableCrossOsArchive fail-on-cache-miss lookup-only save-always",
    "actions/cache/restore": "4: key path restore-keys enableCrossOsArchive fail-on-cache-miss lookup-only",
    "actions/cache/save": "4: key path upload-chunk-size enableCrossOsArchive",
    "actions/checkout": "repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean "
    "filter sparse-checkout sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules "
    "set-safe-directory github-server-url allow-unsafe-pr-checkout",
    "actions/configure-pages": "5: static_site_generator generator_config_file token enablement",
    "actions/dependency-review-action": "0: repo-token fail-on-severity fail-on-scopes base-ref head-ref config-file "
    "allow-licenses deny-licenses allow-dependencies-licenses allow-ghsas external-repo-token license-check "
    "vulnerability-check comment-summary-in-pr deny-packages deny-groups retry-on-snapshot-warnings "
    "retry-on-snapshot-warnings-timeout warn-only show-openssf-scorecard warn-on-openssf-scorecard-level "
    "show-patched-versions",
    "actions/deploy-pages": "4: token timeout error_count reporting_interval artifact_name preview emit_telemetry",
    "actions/download-artifact": "6: name artifact-ids path pattern merge-multiple github-token repository run-id "
    "digest-mismatch skip-decompress",
    "actions/github-script": "script github-token debug user-agent previews result-encoding retries retry-exempt-status-codes "
    "base-url",
    "actions/labeler": "6: repo-token configuration-path sync-labels dot pr-number",
    "actions/setup-dotnet": "4: dotnet-version dotnet-quality global-json-file source-url owner config-file cache "
    "cache-dependency-path workloads architecture include-prerelease",
    "actions/setup-go": "go-version go-version-file check-latest token cache cache-dependency-path architecture "
    "go-download-base-url stable",
    "actions/setup-java": "java-version java-version-file distribution java-package architecture jdkFile jdk-file "
    "check-latest server-id server-username server-password settings-path overwrite-settings gpg-private-key "
    "gpg-passphrase cache cache-dependency-path job-status token mvn-toolchain-id mvn-toolchain-vendor java-home "
    "set-default verify-signature verify-signature-public-key problem-matcher force-download server-username-env-var "
    "server-password-env-var gpg-passphrase-env-var cache-jdk cache-path cache-read-only show-download-progress",
    "actions/setup-node": "always-auth node-version node-version-file architecture check-latest registry-url scope token "
    "cache cache-dependency-path package-manager-cache mirror mirror-token version",
    "actions/setup-python": "python-version python-version-file cache architecture check-latest token cache-dependency-path "
    "update-environment allow-prereleases freethreaded pip-version pip-install",
    "actions/stale": "8: repo-token stale-issue-message stale-pr-message close-issue-message close-pr-message "
    "close-issue-reason days-before-stale days-before-issue-stale days-before-pr-stale days-before-close "
    "days-before-issue-close days-before-pr-close stale-issue-label close-issue-label exempt-issue-labels "
    "stale-pr-label close-pr-label exempt-pr-labels exempt-milestones exempt-issue-milestones exempt-pr-milestones "
    "exempt-all-milestones exempt-all-issue-milestones exempt-all-pr-milestones only-labels any-of-labels "
    "any-of-issue-labels any-of-pr-labels only-issue-labels only-pr-labels operations-per-run "
    "remove-stale-when-updated remove-issue-stale-when-updated remove-pr-stale-when-updated debug-only ascending "
    "delete-branch start-date exempt-assignees exempt-issue-assignees exempt-pr-assignees exempt-all-assignees "
    "exempt-all-issue-assignees exempt-all-pr-assignees exempt-draft-pr enable-statistics labels-to-add-when-unstale "
    "labels-to-remove-when-unstale ignore-updates ignore-issue-updates ignore-pr-updates include-only-assigned "
    "skip-stale-issue-message skip-stale-pr-message only-issue-types sort-by",
    "actions/upload-artifact": "5: name path if-no-files-found retention-days compression-level overwrite "
    "include-hidden-files",
    "actions/upload-pages-artifact": "3: name path retention-days include-hidden-files",
    "amannn/action-semantic-pull-request": "5: types scopes requireScope disallowScopes subjectPattern "
    "subjectPatternError validateSingleCommit validateSingleCommitMatchesPrTitle githubBaseUrl ignoreLabels "
    "headerPattern headerPatternCorrespondence wip",
    "anchore/scan-action": "0: image path sbom fail-build output-format output-file severity-cutoff only-fixed "
    "add-cpes-if-none by-cve grype-version vex cache-db registry-username registry-password config",
    "aquasecurity/trivy-action": "0: scan-type image-ref input scan-ref exit-code ignore-unfixed vuln-type severity "
    "format template output skip-dirs skip-files cache-dir timeout ignore-policy hide-progress list-all-pkgs scanners "
    "security-checks trivyignores artifact-type github-pat trivy-config tf-vars limit-severities-for-sarif "
    "docker-host version cache skip-setup-trivy token-setup-trivy",
    "astral-sh/setup-uv": "6: version version-file pyproject-file uv-file python-version activate-environment "
    "venv-path working-directory checksum server-url github-token enable-cache cache-dependency-glob restore-cache "
    "save-cache cache-suffix cache-local-path prune-cache cache-python ignore-nothing-to-cache ignore-empty-workdir "
    "tool-dir tool-bin-dir manifest-file add-problem-matchers resolution-strategy",
    "aws-actions/amazon-ecr-login": "1: http-proxy mask-password registries registry-type skip-logout",
    "aws-actions/configure-aws-credentials": "3: aws-region role-to-assume aws-access-key-id aws-secret-access-key "
    "aws-session-token web-identity-token-file role-chaining audience http-proxy mask-aws-account-id "
    "role-duration-seconds role-external-id role-session-name role-skip-session-tagging inline-session-policy "
    "managed-session-policies output-credentials unset-current-credentials disable-retry retry-max-attempts "
    "special-characters-workaround use-existing-credentials allowed-account-ids output-env-credentials no-proxy "
    "action-timeout-s force-skip-oidc",
    "azure/login": "1: creds client-id tenant-id subscription-id enable-AzPSSession environment "
    "allow-no-subscriptions audience auth-type",
    "azure/setup-helm": "4: version token downloadBaseURL",
    "azure/setup-kubectl": "3: version",
    "cachix/install-nix-action": "0: install_url install_options nix_path extra_nix_config github_access_token "
    "enable_kvm set_as_trusted_user",
    "conda-incubator/setup-miniconda": "0: installer-url installation-dir miniconda-version miniforge-variant "
    "miniforge-version conda-version conda-build-version environment-file activate-environment python-version "
    "add-anaconda-token add-pip-as-python-dependency allow-softlinks auto-activate auto-activate-base "
    "auto-update-conda condarc-file channel-alias channel-priority channels conda-remove-defaults show-channel-urls "
    "pkgs-dirs use-only-tar-bz2 remove-profiles run-init mamba-version use-mamba conda-solver architecture "
    "clean-patched-environment-file run-post",
    "dependabot/fetch-metadata": "2: alert-lookup compat-lookup github-token skip-commit-verification "
    "skip-verification",
    "docker/bake-action": "5: builder workdir source allow call files no-cache pull load provenance push sbom set "
    "targets github-token",
    "docker/build-push-action": "6: add-hosts allow annotations attests build-args build-contexts builder cache-from "
    "cache-to call cgroup-parent context file labels load network no-cache no-cache-filters outputs platforms "
    "provenance pull push sbom secrets secret-envs secret-files shm-size ssh tags target ulimit github-token username "
    "password registry repository path dockerfile tag_with_ref tag_with_sha add_git_labels always_pull build_args "
    "cache_froms",
    "docker/login-action": "registry username password scope ecr logout registry-auth",
    "docker/metadata-action": "5: context images tags flavor labels annotations sep-tags sep-labels sep-annotations "
    "bake-target github-token tag-sha tag-edge tag-edge-branch tag-semver tag-match tag-match-group tag-match-latest "
    "tag-latest tag-schedule tag-custom tag-custom-only label-custom",
    "docker/setup-buildx-action": "version driver driver-opts buildkitd-flags buildkitd-config buildkitd-config-inline config "
    "config-inline install use endpoint platforms append name cache-binary cleanup keep-state",
    "docker/setup-qemu-action": "image platforms cache-image",
    "dorny/paths-filter": "3: token working-directory ref base filters list-files initial-fetch-depth "
    "predicate-quantifier",
    "dtolnay/rust-toolchain": "0: toolchain targets target components",
    "embarkstudios/cargo-deny-action": "0: command arguments command-arguments log-level rust-version credentials "
    "manifest-path use-git-cli",
    "endbug/add-and-commit": "8: add author_name author_email branch branch_mode commit committer_name "
    "committer_email cwd default_author fetch message new_branch pathspec_error_handling pull pull_strategy push "
    "remove signoff tag tag_push force ref token github_token",
    "erlef/setup-beam": "0: otp-version elixir-version gleam-version install-hex install-rebar rebar3-version "
    "version-type disable_problem_matchers version-file github-token hexpm-mirrors",
    "github/codeql-action/analyze": "0: check_name output upload cleanup-level ram add-snippets skip-queries threads "
    "checkout_path ref sha category upload-database wait-for-processing token matrix expect-error",
    "github/codeql-action/init": "0: tools languages token matrix config-file config db-location queries packs "
    "external-repository-token setup-python-dependencies source-root ram threads debug debug-artifact-name "
    "debug-database-name trap-caching build-mode dependency-caching quality-queries analysis-kinds registries",
    "github/codeql-action/upload-sarif": "0: sarif_file checkout_path ref sha token matrix category "
    "wait-for-processing",
    "golangci/golangci-lint-action": "8: version version-file install-mode install-only working-directory "
    "github-token verify only-new-issues args skip-cache skip-save-cache skip-pkg-cache skip-build-cache "
    "skip-go-installation cache-invalidation-interval annotations problem-matchers debug experimental",
    "google-github-actions/auth": "2: project_id workload_identity_provider service_account audience "
    "credentials_json create_credentials_file activate_credentials_file export_environment_variables token_format "
    "delegates universe request_reason cleanup_credentials access_token_lifetime access_token_scopes "
    "access_token_subject retries backoff backoff_limit id_token_audience id_token_include_email",
    "google-github-actions/setup-gcloud": "2: skip_install version project_id install_components cache "
    "service_account_key service_account_email export_default_credentials credentials_file_path skip_tool_cache "
    "cleanup_credentials",
    "goreleaser/goreleaser-action": "5: distribution version args workdir install-only key",
    "hashicorp/setup-terraform": "3: cli_config_credentials_hostname cli_config_credentials_token terraform_version "
    "terraform_version_file terraform_wrapper",
    "helm/chart-releaser-action": "0: version config charts_dir install_dir install_only skip_packaging "
    "skip_existing skip_upload mark_as_latest match_tags packages_with_index pages_branch charts_repo_url",
    "helm/kind-action": "0: version config node_image cluster_name wait verbosity log_level kubectl_version registry "
    "registry_image registry_name registry_port registry_enable_delete install_only ignore_failed_clean kubeconfig "
    "cloud_provider",
    "lycheeverse/lychee-action": "1: args debug fail failIfEmpty format jobSummary lycheeVersion output token "
    "checkbox workingDirectory",
    "nick-fields/retry": "3: timeout_minutes timeout_seconds max_attempts command retry_wait_seconds shell "
    "polling_interval_seconds retry_on warning_on_retry on_retry_command continue_on_error new_command_on_retry "
    "retry_on_exit_code",
    "ossf/scorecard-action": "0: results_file results_format repo_token publish_results file_mode "
    "internal_publish_base_url internal_default_token",
    "peaceiris/actions-gh-pages": "0: deploy_key github_token personal_token publish_branch publish_dir "
    "destination_dir external_repository allow_empty_commit keep_files force_orphan user_name user_email "
    "commit_message full_commit_message tag_name tag_message disable_nojekyll cname exclude_assets enable_jekyll "
    "emptyCommits keepFiles forceOrphan username useremail commitMessage tagName tagMessage",
    "peter-evans/create-issue-from-file": "0: token repository issue-number title content-filepath labels assignees "
    "project project-column",
    "peter-evans/create-or-update-comment": "4: token repository issue-number comment-id body body-path body-file "
    "edit-mode append-separator reactions reactions-edit-mode reaction-type",
    "peter-evans/create-pull-request": "7: token branch-token git-token path add-paths commit-message committer "
    "author signoff branch branch-suffix base delete-branch push-to-fork sign-commits title body body-path labels "
    "assignees reviewers team-reviewers milestone draft maintainer-can-modify request-to-parent project "
    "project-column",
    "peter-evans/find-comment": "3: token repository issue-number comment-author body-includes body-regex direction "
    "nth",
    "peter-evans/repository-dispatch": "3: token repository event-type client-payload",
    "pnpm/action-setup": "4: version dest run_install cache cache_dependency_path package_json_file standalone "
    "nodejs_bundled",
    "prefix-dev/setup-pixi": "0: pixi-version pixi-url pixi-url-headers log-level manifest-path working-directory "
    "run-install environments global-environments activate-environment locked frozen cache global-cache cache-key "
    "global-cache-key cache-write pixi-bin-path auth-host auth-token auth-username auth-password auth-conda-token "
    "auth-s3-access-key-id auth-s3-secret-access-key auth-s3-session-token pypi-keyring-provider post-cleanup "
    "configuration",
    "pyo3/maturin-action": "0: command args maturin-version manylinux container docker-options target rust-toolchain "
    "rustup-components working-directory sccache before-script-linux token",
    "pypa/cibuildwheel": "0: package-dir output-dir config-file only extras",
    "pypa/gh-action-pypi-publish": "user password repository-url ~repository_url packages-dir ~packages_dir "
    "verify-metadata ~verify_metadata skip-existing ~skip_existing verbose print-hash ~print_hash attestations",
    "re-actors/alls-green": "0: allowed-failures allowed-skips jobs",
    "reviewdog/action-actionlint": "github_token level reporter filter_mode fail_level ~fail_on_error reviewdog_flags "
    "tool_name actionlint_flags reviewdog_version",
    "rhysd/action-setup-vim": "version neovim configure-args token",
    "ruby/setup-ruby": "0: ruby-version rubygems bundler bundler-cache working-directory cache-version self-hosted "
    "windows-toolchain token",
    "rui314/setup-mold": "0: mold-version make-default",
    "slackapi/slack-github-action": "0: channel-id slack-message payload payload-file-path update-ts api errors "
    "method payload-templated payload-delimiter proxy retries token webhook webhook-type",
    "softprops/action-gh-release": "body body_path name tag_name draft prerelease preserve_order files working_directory "
    "overwrite_files fail_on_unmatched_files repository token target_commitish discussion_category_name "
    "generate_release_notes previous_tag append_body make_latest",
    "stefanzweifel/git-auto-commit-action": "5: commit_message branch commit_options add_options status_options "
    "file_pattern repository commit_user_name commit_user_email commit_author tagging_message push_options "
    "skip_dirty_check skip_fetch skip_checkout disable_globbing create_branch internal_git_binary",
    "step-security/harden-runner": "0: allowed-endpoints egress-policy token disable-telemetry disable-sudo "
    "disable-sudo-and-containers disable-file-monitoring exempt-files policy api-key use-policy-store "
    "deploy-on-self-hosted-vm",
    "styfle/cancel-workflow-action": "0: workflow_id ignore_sha access_token all_but_latest only_status",
    "svenstaro/upload-release-action": "0: repo_token file tag asset_name overwrite file_glob prerelease draft "
    "release_name body repo_name make_latest promote target_commit check_duplicates release_id",
    "swatinem/rust-cache": "0: prefix-key shared-key key env-vars workspaces cache-directories cache-targets "
    "cache-on-failure cache-all-crates cache-workspace-crates save-if cache-provider cache-bin lookup-only "
    "add-rust-environment-hash-key add-job-id-key cmd-format working-directory target-dir sharedKey",
    "taiki-e/install-action": "0: tool checksum fallback",
    "tibdex/github-app-token": "1: app_id private_key installation_id permissions repository github_api_url",
    "zizmorcore/zizmor-action": "0: inputs online-audits persona min-severity min-confidence version token "
    "advanced-security annotations color config fail-on-no-inputs",
}

_OUTDATED = {
    "actions-rs/audit-check": 1,
    "actions-rs/cargo": 1,
    "actions-rs/clippy-check": 1,
    "actions-rs/toolchain": 1,
    "actions/cache": 3,
    "actions/checkout": 3,
    "actions/create-release": 1,
    "actions/download-artifact": 3,
    "actions/github-script": 6,
    "actions/labeler": 4,
    "actions/setup-dotnet": 3,
    "actions/setup-go": 4,
    "actions/setup-java": 3,
    "actions/setup-node": 3,
    "actions/setup-python": 4,
    "actions/stale": 8,
    "actions/upload-artifact": 3,
    "actions/upload-release-asset": 1,
    "aws-actions/configure-aws-credentials": 3,
    "azure/login": 1,
    "codecov/codecov-action": 3,
    "docker/build-push-action": 4,
    "docker/login-action": 2,
    "docker/metadata-action": 4,
    "docker/setup-buildx-action": 2,
    "docker/setup-qemu-action": 2,
    "dorny/paths-filter": 2,
    "github/codeql-action/analyze": 2,
    "github/codeql-action/autobuild": 2,
    "github/codeql-action/init": 2,
    "github/codeql-action/upload-sarif": 2,
    "golangci/golangci-lint-action": 3,
    "google-github-actions/auth": 1,
    "goreleaser/goreleaser-action": 4,
    "hashicorp/setup-terraform": 2,
    "peaceiris/actions-gh-pages": 3,
    "peter-evans/create-pull-request": 5,
    "pnpm/action-setup": 2,
    "softprops/action-gh-release": 1,
}
"""The last major of an action that needs Node.js 16 or older, which runners no longer have."""


@cache
def inputs_of(action: str) -> Names | None:
    """The inputs of an action and its deprecated ones; None for an action that is not known."""
    row = _INPUTS.get(action)
    return names_in(row) if row is not None else None


def required_inputs_of(action: str) -> tuple[str, ...]:
    """The inputs that every version of an action requires and has no default for; none for an action that is not known."""
    return _REQUIRED.get(action, ())


_REQUIRED: dict[str, tuple[str, ...]] = {
    "actions/add-to-project": ("project-url", "github-token"),
    "actions/cache": ("path", "key"),
    "actions/cache/restore": ("path", "key"),
    "actions/cache/save": ("path", "key"),
    "actions/create-release": ("tag_name", "release_name"),
    "actions/github-script": ("script",),
    "actions/setup-java": ("distribution",),
    "actions/upload-artifact": ("path",),
    "actions/upload-release-asset": ("upload_url", "asset_path", "asset_name", "asset_content_type"),
    "dorny/paths-filter": ("filters",),
    "peter-evans/repository-dispatch": ("event-type",),
}
"""As of 2026-11, from the `action.yml` of each."""


def is_outdated(action: str, version: str) -> bool:
    """Whether a version of an action (`v3`, `v3.1.0`) needs a Node.js that is gone."""
    first = version.removeprefix("v").split(".")[0]
    return action in _OUTDATED and first.isdigit() and int(first) <= _OUTDATED[action]


ICONS_COLORS = frozenset("white black yellow blue green orange red purple gray-dark".split())
"""The colours of an action's sign on the Marketplace."""
