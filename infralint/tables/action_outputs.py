"""Outputs of actions that many use.

As of 2026-11, from the `action.yml` of each; the outputs of all majors together, so that none is called unknown that some
version gives. How a row is read: tables/action_names.py. An action that is not here is not known, and so is one whose
outputs follow from its inputs (a filter, a script, a registry gives each its name).
"""

from __future__ import annotations

from functools import cache

from infralint.tables.action_names import Names, names_in

_OUTPUTS = {
    "actions-rs/cargo": "",
    "actions-rs/clippy-check": "",
    "actions-rs/toolchain": "rustc rustc_hash cargo rustup",
    "actions-rust-lang/setup-rust-toolchain": "0: rustc-version cargo-version rustup-version cachekey",
    "actions/add-to-project": "0: itemId",
    "actions/attest": "2: bundle-path attestation-id attestation-url storage-record-ids",
    "actions/attest-build-provenance": "3: bundle-path attestation-id attestation-url storage-record-ids",
    "actions/attest-sbom": "2: bundle-path attestation-id attestation-url storage-record-ids",
    "actions/cache": "4: cache-hit",
    "actions/cache/restore": "4: cache-hit cache-primary-key cache-matched-key",
    "actions/cache/save": "4:",
    "actions/checkout": "5: ref commit",
    "actions/configure-pages": "5: base_url origin host base_path",
    "actions/create-github-app-token": "2: token installation-id app-slug",
    "actions/create-release": "id html_url upload_url",
    "actions/dependency-review-action": "4: comment-content dependency-changes vulnerable-changes invalid-license-changes "
    "denied-changes",
    "actions/deploy-pages": "4: page_url",
    "actions/download-artifact": "6: download-path artifacts",
    "actions/first-interaction": "1:",
    "actions/labeler": "6: new-labels all-labels",
    "actions/setup-dotnet": "4: cache-hit dotnet-version",
    "actions/setup-go": "6: go-version cache-hit",
    "actions/setup-java": "4: distribution version path cache-hit cache-primary-key",
    "actions/setup-node": "4: cache-hit node-version",
    "actions/setup-python": "5: python-version cache-hit python-path",
    "actions/stale": "9: closed-issues-prs staled-issues-prs",
    "actions/upload-artifact": "5: artifact-id artifact-url artifact-digest",
    "actions/upload-artifact/merge": "5: artifact-id artifact-url artifact-digest",
    "actions/upload-pages-artifact": "4: artifact_id artifact-id",
    "actions/upload-release-asset": "id browser_download_url",
    "amannn/action-semantic-pull-request": "5: type scope subject error_message",
    "anchore/scan-action": "0: sarif json cyclonedx-xml cyclonedx-json vulnerabilities",
    "astral-sh/setup-uv": "7: uv-version uv-path uvx-path cache-hit cache-key venv python-version python-cache-hit",
    "aws-actions/amazon-ecs-deploy-task-definition": "1: task-definition-arn codedeploy-deployment-id run-task-arn",
    "aws-actions/amazon-ecs-render-task-definition": "0: task-definition",
    "aws-actions/configure-aws-credentials": "4: aws-account-id aws-access-key-id aws-secret-access-key aws-session-token "
    "authenticated-arn aws-expiration",
    "azure/login": "1:",
    "azure/setup-helm": "4: helm-path",
    "azure/setup-kubectl": "3: kubectl-path",
    "azure/webapps-deploy": "2: webapp-url",
    "bobheadxi/deployments": "0: deployment_id env status",
    "changesets/action": "0: published publishedPackages hasChangesets pullRequestNumber",
    "conda-incubator/setup-miniconda": "0: environment-file environment-file-content environment-file-was-patched",
    "cycjimmy/semantic-release-action": "3: new_release_published new_release_version new_release_major_version "
    "new_release_minor_version new_release_patch_version new_release_channel new_release_notes new_release_git_head "
    "new_release_git_tag last_release_version last_release_git_head last_release_git_tag",
    "dependabot/fetch-metadata": "2: dependency-names dependency-type update-type updated-dependencies-json directory "
    "package-ecosystem target-branch previous-version new-version alert-state ghsa-id cvss compatibility-score "
    "maintainer-changes dependency-group",
    "dessant/lock-threads": "0: issues prs discussions",
    "docker/bake-action": "6: metadata",
    "docker/bake-action/subaction/list-targets": "6: targets",
    "docker/bake-action/subaction/matrix": "6: matrix",
    "docker/build-push-action": "6: imageid digest metadata",
    "docker/login-action": "3:",
    "docker/metadata-action": "5: version tags labels annotations json bake-file bake-file-tags bake-file-labels "
    "bake-file-annotations tag-names",
    "docker/setup-buildx-action": "3: name driver platforms nodes endpoint status flags",
    "docker/setup-qemu-action": "3: platforms status",
    "dorny/test-reporter": "0: conclusion passed failed skipped time url url_html runHtmlUrl",
    "dtolnay/rust-toolchain": "0: cachekey name",
    "endbug/add-and-commit": "8: committed commit_long_sha commit_sha pushed tagged tag_pushed",
    "erlef/setup-beam": "0: elixir-version otp-version gleam-version rebar3-version setup-beam-version",
    "gagoar/invoke-aws-lambda": "0: response",
    "github/codeql-action/analyze": "2: db-locations sarif-output sarif-id",
    "github/codeql-action/autobuild": "2:",
    "github/codeql-action/init": "2: codeql-path codeql-version",
    "github/codeql-action/upload-sarif": "2: sarif-id sarif-ids",
    "golangci/golangci-lint-action": "8:",
    "google-github-actions/auth": "2: project_id credentials_file_path auth_token access_token access_token_expiration id_token",
    "google-github-actions/deploy-cloudrun": "2: url",
    "google-github-actions/setup-gcloud": "2: version",
    "goreleaser/goreleaser-action": "5: artifacts metadata",
    "gradle/actions/setup-gradle": "0: build-scan-url dependency-graph-file gradle-version",
    "gradle/actions/wrapper-validation": "0: failed-wrapper",
    "helm/chart-releaser-action": "0: changed_charts chart_version",
    "hynek/build-and-inspect-python-package": "0: dist package_name package_version artifact-name supported_python_classifiers_json_array "
    "supported_python_classifiers_json_job_matrix_value",
    "jamesives/github-pages-deploy-action": "0: deployment-status",
    "lycheeverse/lychee-action": "1: exit_code",
    "martinbeentjes/npm-get-version-action": "0: current-version",
    "mathieudutour/github-tag-action": "6: new_tag new_version previous_tag previous_version release_type changelog",
    "ncipollo/release-action": "0: id html_url upload_url tarball_url zipball_url assets",
    "nick-fields/retry": "3: total_attempts exit_code exit_error",
    "octokit/graphql-action": "0: data headers status",
    "octokit/request-action": "0: status headers data",
    "peter-evans/create-issue-from-file": "4: issue-number",
    "peter-evans/create-or-update-comment": "4: comment-id",
    "peter-evans/create-pull-request": "7: pull-request-number pull-request-url pull-request-operation pull-request-head-sha "
    "pull-request-branch pull-request-commits-verified",
    "peter-evans/find-comment": "3: comment-id comment-node-id comment-body comment-author comment-created-at",
    "peter-evans/repository-dispatch": "3:",
    "pnpm/action-setup": "4: dest bin_dest",
    "pypa/cibuildwheel": "2:",
    "release-drafter/release-drafter": "6: id name tag_name body html_url upload_url major_version minor_version patch_version "
    "resolved_version",
    "ruby/setup-ruby": "0: ruby-prefix",
    "rust-lang/crates-io-auth-action": "0: token",
    "slackapi/slack-github-action": "1: ok response time thread_ts ts channel_id",
    "softprops/action-gh-release": "2: url id upload_url assets",
    "stefanzweifel/git-auto-commit-action": "6: changes_detected commit_hash create_git_tag_only",
    "svenstaro/upload-release-action": "0: browser_download_url release_id",
    "swatinem/rust-cache": "0: cache-hit cache-primary-key",
    "tibdex/github-app-token": "2: token installation_id",
}


@cache
def outputs_of(action: str) -> Names | None:
    """The outputs of an action; None for an action that is not known."""
    row = _OUTPUTS.get(action)
    return names_in(row) if row is not None else None
