"""Actions that build, test and scan, and all others. As of 2026-11, from their own descriptions.

How a row is read, and the other sources: tables/actions.py.
"""

ROWS = """
8398a7/action-slack: archived
  scripts custom_payload
actions-cool/issues-helper:
  instead gh issue
actions-ecosystem/action-add-labels:
  instead gh issue edit --add-label
actions-ecosystem/action-remove-labels:
  instead gh issue edit --remove-label
actions-js/push: keeps-token
actions-rs/audit-check: archived
  node-gone 1
actions-rs/cargo: archived runs-tree
  outputs
  node-gone 1
actions-rs/clippy-check: archived
  outputs
  node-gone 1
actions-rs/toolchain: archived
  outputs rustc rustc_hash cargo rustup
  node-gone 1
addnab/docker-run-action:
  instead docker run
  scripts run
advanced-security/maven-dependency-submission-action: runs-tree
amadevus/pwsh-script:
  scripts script
amannn/action-semantic-pull-request:
  inputs 5: types scopes requireScope disallowScopes subjectPattern subjectPatternError validateSingleCommit
    validateSingleCommitMatchesPrTitle githubBaseUrl ignoreLabels headerPattern headerPatternCorrespondence wip
  outputs 5: type scope subject error_message
anchore/scan-action: test
  inputs 0: image path sbom fail-build output-format output-file severity-cutoff only-fixed add-cpes-if-none by-cve
    grype-version vex cache-db registry-username registry-password config
  outputs 0: sarif json cyclonedx-xml cyclonedx-json vulnerabilities
andresz1/size-limit-action: archived runs-tree
ansible/ansible-lint: runs-tree
aquasecurity/tfsec-action: test
aquasecurity/trivy-action: test
  inputs 0: scan-type image-ref input scan-ref exit-code ignore-unfixed vuln-type severity format template output
    skip-dirs skip-files cache-dir timeout ignore-policy hide-progress list-all-pkgs scanners security-checks
    trivyignores artifact-type github-pat trivy-config tf-vars limit-severities-for-sarif docker-host version cache
    skip-setup-trivy token-setup-trivy
  writes
  advisory GHSA-9p44-j4g5-cfx5 since 0.31 fixed 0.34
  advisory GHSA-69fq-xp46-6x23 fixed 0.35 of-tags
atlassian/gajira-comment:
  advisory GHSA-p2rr-6wmh-5v4q fixed 2.0.2
atlassian/gajira-create:
  advisory GHSA-4xqx-pqpj-9fqw fixed 2.0.1
aws-actions/amazon-ecr-login:
  inputs 1: http-proxy mask-password registries registry-type skip-logout
  writes id-token
aws-actions/amazon-ecs-render-task-definition:
  outputs 0: task-definition
azure/cli:
  scripts inlinescript
azure/powershell:
  scripts inlinescript
bobheadxi/deployments:
  outputs 0: deployment_id env status
boldestdungeon/steam-workshop-deploy:
  advisory GHSA-x6gv-2rvh-qmp6 fixed 2
borales/actions-yarn: runs-tree
bridgecrewio/checkov-action: runs-tree test
bullfrogsec/bullfrog:
  advisory GHSA-m32f-fjw2-37v3 fixed 0.8.4
canonical/get-workflow-version-action:
  advisory GHSA-26wh-cc3r-w6pj fixed 1.0.1
cardinalby/js-eval-action:
  scripts expression
check-spelling/check-spelling:
  advisory GHSA-g86g-chm8-7r2p fixed 0.0.19
checkmarx/kics-github-action: test
clechasseur/rs-cargo: runs-tree
creyd/prettier_action: keeps-token
cypress-io/github-action: runs-tree
dacbd/create-issue-action:
  instead gh issue create
dagger/dagger-for-github: runs-tree
danger/danger-js: runs-tree
davidanson/markdownlint-cli2-action: runs-tree
dependabot/fetch-metadata:
  inputs 2: alert-lookup compat-lookup github-token skip-commit-verification skip-verification
  outputs 2: dependency-names dependency-type update-type updated-dependencies-json directory package-ecosystem
    target-branch previous-version new-version alert-state ghsa-id cvss compatibility-score maintainer-changes
    dependency-group
  writes
depot/bake-action: runs-tree
depot/build-push-action: runs-tree
dessant/lock-threads:
  outputs 0: issues prs discussions
devcontainers/ci: runs-tree
devops-infra/action-commit-push: keeps-token
devorbitus/yq-action-output:
  scripts cmd
docker/bake-action/subaction/list-targets:
  outputs 6: targets
docker/bake-action/subaction/matrix:
  outputs 6: matrix
docker/metadata-action:
  inputs 6: context images tags flavor labels annotations sep-tags sep-labels sep-annotations bake-target github-token
    tag-sha tag-edge tag-edge-branch tag-semver tag-match tag-match-group tag-match-latest tag-latest tag-schedule
    tag-custom tag-custom-only label-custom tag-coerce-tag tag-latest-match
  outputs 6: version tags labels annotations json bake-file bake-file-tags bake-file-labels bake-file-annotations
    tag-names
  node-gone 4
  writes
dtolnay/rust-toolchain:
  inputs 0: toolchain targets target components
  outputs 0: cachekey name
  instead rustup
  writes
elgohr/publish-docker-github-action: runs-tree
  instead docker build and docker push
embano1/wip:
  advisory GHSA-rg3q-prf8-qxmp fixed 2
embarkstudios/cargo-deny-action:
  inputs 0: command arguments command-arguments log-level rust-version credentials manifest-path use-git-cli
fish-shop/syntax-check:
  advisory GHSA-xj87-mqvh-88w2 fixed 1.6.12
gagoar/invoke-aws-lambda:
  outputs 0: response
gautamkrishnar/blog-post-workflow:
  scripts item_exec
github-actions-x/commit: keeps-token
gitleaks/gitleaks-action: test
golang/govulncheck-action: test
goodwithtech/dockle-action: test
google/osv-scanner-action: test
gradle/actions/wrapper-validation:
  outputs 0: failed-wrapper
hadolint/hadolint-action: test
  writes
helm/kind-action:
  inputs 0: version config node_image cluster_name wait verbosity log_level kubectl_version registry registry_image
    registry_name registry_port registry_enable_delete install_only ignore_failed_clean kubeconfig cloud_provider
helmfile/helmfile-action: runs-tree
  program helmfile helmfile-args
houseabsolute/actions-rust-cross: runs-tree
hynek/build-and-inspect-python-package:
  outputs 0: dist package_name package_version artifact-name supported_python_classifiers_json_array
    supported_python_classifiers_json_job_matrix_value
imjohnbo/issue-bot:
  scripts body linked-comments-previous-issue-text linked-comments-new-issue-text
j178/prek-action:
  advisory GHSA-pwf7-47c3-mfhx fixed 1.0.6
jannekem/run-python-script-action:
  scripts script
kartverket/github-workflows:
  advisory GHSA-f9qj-7gh3-mhj4 fixed 2.7.5
lerna-lite/version: keeps-token
lucasbento/auto-close-issues:
  scripts issue-close-message
lycheeverse/lychee-action:
  inputs 1: args debug fail failIfEmpty format jobSummary lycheeVersion output token checkbox workingDirectory
  outputs 1: exit_code
  advisory GHSA-65rg-554r-9j5x fixed 2.0.2
m00nl1ght-dev/steam-workshop-deploy:
  advisory GHSA-x6gv-2rvh-qmp6 fixed 4
magefile/mage-action: runs-tree
martinbeentjes/npm-get-version-action:
  outputs 0: current-version
mikefarah/yq:
  instead yq
  scripts cmd
mr-smithers-excellent/docker-build-push: runs-tree
nick-fields/retry:
  inputs 3: timeout_minutes timeout_seconds max_attempts command retry_wait_seconds shell polling_interval_seconds
    retry_on warning_on_retry on_retry_command continue_on_error new_command_on_retry retry_on_exit_code
  outputs 3: total_attempts exit_code exit_error
  scripts command on_retry_command new_command_on_retry
nick-invision/retry:
  scripts command on_retry_command new_command_on_retry
nwtgck/actions-merge-preview: keeps-token
oxsecurity/megalinter: runs-tree
ozi-project/publish:
  advisory GHSA-2487-9f55-2vg9 since 1.13.2 fixed 1.13.6
phips28/gh-action-bump-version: keeps-token
pre-commit/action: keeps-token runs-tree
preactjs/compressed-size-action: runs-tree
pulumi/actions: runs-tree
py-actions/flake8: runs-tree
pypa/cibuildwheel: runs-tree
  inputs 0: package-dir output-dir config-file only extras
  outputs 4:
  writes
pypa/gh-action-pip-audit: test
re-actors/alls-green:
  inputs 0: allowed-failures allowed-skips jobs
redhat-actions/buildah-build: runs-tree
returntocorp/semgrep-action: test
reviewdog/action-actionlint:
  inputs github_token level reporter filter_mode fail_level ~fail_on_error reviewdog_flags tool_name actionlint_flags
    reviewdog_version
reviewdog/action-eslint: runs-tree
reviewdog/action-flake8: runs-tree
reviewdog/action-golangci-lint: runs-tree
reviewdog/action-mypy: runs-tree
reviewdog/action-rubocop: runs-tree
reviewdog/action-stylelint: runs-tree
reviewdog/action-tflint: runs-tree
rlespinasse/github-slug-action:
  advisory GHSA-7f32-hm4h-w77q fixed 1.1.1
  advisory GHSA-7f32-hm4h-w77q since 2 fixed 2.1.1
  advisory GHSA-6q4m-7476-932w since 4 fixed 4.4.1
roots/issue-closer-action:
  scripts issue-close-message pr-close-message
securego/gosec: test
sergeysova/jq-action:
  scripts cmd
skitionek/notify-microsoft-teams:
  scripts overwrite
slackapi/slack-github-action:
  inputs 0: channel-id slack-message payload payload-file-path update-ts api errors method payload-templated
    payload-delimiter proxy retries token webhook webhook-type
  outputs 1: ok response time thread_ts ts channel_id
snyk/actions: test
some-natalie/ghas-to-csv:
  advisory GHSA-634p-93h9-92vh fixed 1
sonarsource/sonarcloud-github-action: archived runs-tree
sonarsource/sonarqube-scan-action: runs-tree
  scripts args
  advisory GHSA-f79p-9c5r-xg88 since 4 fixed 5.3.1
  advisory GHSA-5xq9-5g24-4g6f since 4 fixed 6
step-security/harden-runner:
  inputs 0: allowed-endpoints egress-policy token disable-telemetry disable-sudo disable-sudo-and-containers
    disable-file-monitoring exempt-files policy api-key use-policy-store deploy-on-self-hosted-vm
  writes
  advisory GHSA-g85v-wf27-67xc fixed 2.10.2
  advisory GHSA-mxr3-8whj-j74r since 0.12 fixed 2.12
  advisory GHSA-cpmj-h4f6-r6pq fixed 2.14.2
  advisory GHSA-g699-3x6g-wm3g fixed 2.16
streetsidesoftware/cspell-action: runs-tree
styfle/cancel-workflow-action:
  inputs 0: workflow_id ignore_sha access_token all_but_latest only_status
super-linter/super-linter: runs-tree
super-linter/super-linter/slim: runs-tree
terraform-docs/gh-actions: keeps-token
tibdex/backport: archived
  scripts title_template body_template head_template labels_template
tibdex/github-app-token: archived
  inputs 1: app_id private_key installation_id permissions repository github_api_url
  outputs 2: token installation_id
tj-actions/verify-changed-files:
  advisory GHSA-ghm2-rq8q-wrhc fixed 17
treosh/lighthouse-ci-action: runs-tree
trufflesecurity/trufflehog: test
ultralytics/actions:
  advisory GHSA-7x29-qqmq-v6qc fixed 0.0.3
wagoid/commitlint-github-action: runs-tree
wearerequired/lint-action: keeps-token runs-tree
whoan/docker-build-with-cache-action: runs-tree
withastro/action: runs-tree
xygeni/xygeni-action:
  advisory GHSA-f8q5-h5qh-33mh since 5 fixed 6.4 of-tags
zizmorcore/zizmor-action: test
  inputs 0: inputs online-audits persona min-severity min-confidence version token advanced-security annotations color
    config fail-on-no-inputs
  writes security-events
"""
