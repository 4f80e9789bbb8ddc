"""Actions of GitHub itself. As of 2026-11, from their own descriptions.

How a row is read, and the other sources: tables/actions.py.
"""

ROWS = """
actions/add-to-project:
  inputs 0: project-url github-token labeled label-operator
  required project-url github-token
  outputs 0: itemId
actions/ai-inference:
  writes
actions/attest:
  inputs 2: subject-path subject-digest subject-name subject-checksums predicate-type predicate predicate-path
    push-to-registry create-storage-record show-summary github-token
  outputs 2: bundle-path attestation-id attestation-url storage-record-ids
  needs id-token
  needs attestations
  writes id-token attestations artifact-metadata packages
actions/attest-build-provenance:
  inputs 2: subject-path subject-digest subject-name subject-checksums push-to-registry create-storage-record
    show-summary github-token
  outputs 3: bundle-path attestation-id attestation-url storage-record-ids
  needs id-token
  needs attestations
  writes id-token attestations artifact-metadata packages
actions/attest-sbom:
  inputs 2: subject-path subject-digest subject-name subject-checksums sbom-path push-to-registry
    create-storage-record show-summary github-token
  outputs 2: bundle-path attestation-id attestation-url storage-record-ids
  needs id-token
  needs attestations
  writes id-token attestations artifact-metadata packages
actions/cache:
  inputs path key restore-keys upload-chunk-size enableCrossOsArchive fail-on-cache-miss lookup-only ~save-always
  required path key
  outputs 5: cache-hit
  node-gone 3
  cache lookup-only off default
  writes
actions/cache/restore:
  inputs 5: key path restore-keys enableCrossOsArchive fail-on-cache-miss lookup-only
  required path key
  outputs 5: cache-hit cache-primary-key cache-matched-key
  cache lookup-only off default
  writes
actions/cache/save:
  inputs 5: key path upload-chunk-size enableCrossOsArchive
  required path key
  outputs 5:
  writes
actions/checkout:
  inputs repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean filter
    sparse-checkout sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules set-safe-directory
    github-server-url allow-unsafe-pr-checkout
  outputs 7: ref commit
  node-gone 3
  writes
actions/configure-pages:
  inputs 5: static_site_generator generator_config_file token enablement
  outputs 5: base_url origin host base_path
  writes pages
actions/create-github-app-token:
  outputs 2: token installation-id app-slug
  writes
actions/create-release: archived publishes
  required tag_name release_name
  outputs id html_url upload_url
  node-gone 1
  needs contents unless $GITHUB_TOKEN
  writes contents
actions/delete-package-versions:
  needs packages unless token
  writes packages
actions/dependency-review-action: test
  inputs 0: repo-token fail-on-severity fail-on-scopes base-ref head-ref config-file allow-licenses deny-licenses
    allow-dependencies-licenses allow-ghsas external-repo-token license-check vulnerability-check
    comment-summary-in-pr deny-packages deny-groups retry-on-snapshot-warnings retry-on-snapshot-warnings-timeout
    warn-only show-openssf-scorecard warn-on-openssf-scorecard-level show-patched-versions
  outputs 4: comment-content dependency-changes vulnerable-changes invalid-license-changes denied-changes
  writes pull-requests
actions/deploy-pages: publishes
  inputs 4: token timeout error_count reporting_interval artifact_name preview emit_telemetry
  outputs 4: page_url
  deploys GitHub Pages
  needs pages
  needs id-token
  writes pages id-token deployments
actions/download-artifact: artifact
  inputs 8: name artifact-ids path pattern merge-multiple github-token repository run-id digest-mismatch
    skip-decompress
  outputs 8: download-path artifacts
  node-gone 3
  writes
  advisory GHSA-cxww-7g56-2vh6 since 4 fixed 4.1.3
actions/first-interaction:
  outputs 1:
  needs issues unless repo-token,repo_token or pull-requests
  writes issues pull-requests
actions/github-script:
  inputs script github-token debug user-agent previews result-encoding retries retry-exempt-status-codes base-url
  required script
  node-gone 6
  scripts script
  json-outputs result unless result-encoding string
actions/jekyll-build-pages: runs-tree
actions/labeler:
  inputs 6: repo-token configuration-path sync-labels dot pr-number
  outputs 6: new-labels all-labels
  node-gone 4
  needs pull-requests unless repo-token
  writes pull-requests issues
actions/setup-dotnet:
  inputs 4: dotnet-version dotnet-quality global-json-file source-url owner config-file cache cache-dependency-path
    workloads architecture include-prerelease
  outputs 4: cache-hit dotnet-version
  node-gone 3
  cache cache on
  writes
actions/setup-elixir: archived
actions/setup-go:
  inputs go-version go-version-file check-latest token cache cache-dependency-path architecture go-download-base-url
    stable version
  outputs 7: go-version cache-hit
  node-gone 4
  cache cache on default
  writes
actions/setup-haskell: archived
actions/setup-java:
  inputs java-version java-version-file distribution java-package architecture jdkFile jdk-file check-latest server-id
    server-username server-password settings-path overwrite-settings gpg-private-key gpg-passphrase cache
    cache-dependency-path job-status token mvn-toolchain-id mvn-toolchain-vendor java-home set-default
    verify-signature verify-signature-public-key problem-matcher force-download server-username-env-var
    server-password-env-var gpg-passphrase-env-var cache-jdk cache-path cache-read-only show-download-progress version
    mvn-server-credentials mvn-repositories mvn-repositories-include-central mvn-repositories-prioritize-central
  outputs 5: distribution version path cache-hit cache-primary-key
  node-gone 3
  cache cache on
  writes
actions/setup-node:
  inputs always-auth node-version node-version-file architecture check-latest registry-url scope token cache
    cache-dependency-path package-manager-cache mirror mirror-token version
  outputs 7: cache-hit node-version cache-primary-key cache-matched-key
  node-gone 3
  cache cache on npm,yarn,pnpm
  cache package-manager-cache on default
  writes
actions/setup-python:
  inputs python-version python-version-file cache architecture check-latest token cache-dependency-path
    update-environment allow-prereleases freethreaded pip-version pip-install version
  outputs 7: python-version cache-hit python-path
  node-gone 4
  cache cache on
  writes
actions/setup-ruby: archived
actions/stale:
  inputs 10: repo-token stale-issue-message stale-pr-message close-issue-message close-pr-message close-issue-reason
    days-before-stale days-before-issue-stale days-before-pr-stale days-before-close days-before-issue-close
    days-before-pr-close stale-issue-label close-issue-label exempt-issue-labels stale-pr-label close-pr-label
    exempt-pr-labels exempt-milestones exempt-issue-milestones exempt-pr-milestones exempt-all-milestones
    exempt-all-issue-milestones exempt-all-pr-milestones only-labels any-of-labels any-of-issue-labels
    any-of-pr-labels only-issue-labels only-pr-labels operations-per-run remove-stale-when-updated
    remove-issue-stale-when-updated remove-pr-stale-when-updated debug-only ascending delete-branch start-date
    exempt-assignees exempt-issue-assignees exempt-pr-assignees exempt-all-assignees exempt-all-issue-assignees
    exempt-all-pr-assignees exempt-draft-pr enable-statistics labels-to-add-when-unstale labels-to-remove-when-unstale
    ignore-updates ignore-issue-updates ignore-pr-updates include-only-assigned skip-stale-issue-message
    skip-stale-pr-message only-issue-types sort-by exempt-issue-label exempt-pr-label labels-to-remove-when-stale
  outputs 10: closed-issues-prs staled-issues-prs
  node-gone 8
  needs issues unless repo-token or pull-requests
  writes issues pull-requests contents actions
actions/upload-artifact:
  inputs 7: name path if-no-files-found retention-days compression-level overwrite include-hidden-files archive
  required path
  outputs 7: artifact-id artifact-url artifact-digest
  node-gone 3
  writes
actions/upload-artifact/merge:
  outputs 7: artifact-id artifact-url artifact-digest
actions/upload-pages-artifact:
  inputs 3: name path retention-days include-hidden-files
  outputs 4: artifact_id artifact-id
  writes
actions/upload-release-asset: archived publishes
  required upload_url asset_path asset_name asset_content_type
  outputs id browser_download_url
  node-gone 1
  needs contents unless $GITHUB_TOKEN
  writes contents
github/branch-deploy: permission-check
github/codeql-action:
  advisory GHSA-vqf5-2xx6-9wfm since 3.26.11 fixed 3.28.3
  advisory GHSA-vqf5-2xx6-9wfm since 2.26.11 fixed 3
github/codeql-action/analyze:
  inputs 0: check_name output upload cleanup-level ram add-snippets skip-queries threads checkout_path ref sha
    category upload-database wait-for-processing token matrix expect-error
  outputs 2: db-locations sarif-output sarif-id
  node-gone 2
  needs security-events unless token when upload not never,false
  writes security-events
github/codeql-action/autobuild: runs-tree
  outputs 2:
  node-gone 2
  writes
github/codeql-action/init:
  inputs 0: tools languages token matrix config-file config db-location queries packs external-repository-token
    setup-python-dependencies source-root ram threads debug debug-artifact-name debug-database-name trap-caching
    build-mode dependency-caching quality-queries analysis-kinds registries
  outputs 2: codeql-path codeql-version
  node-gone 2
  writes security-events
github/codeql-action/upload-sarif:
  inputs 0: sarif_file checkout_path ref sha token matrix category wait-for-processing
  outputs 2: sarif-id sarif-ids
  node-gone 2
  needs security-events unless token
  writes security-events
github/command: permission-check
github/super-linter: runs-tree
github/super-linter/slim: runs-tree
octokit/graphql-action:
  outputs 0: data headers status
octokit/request-action:
  outputs 0: status headers data
  text-outputs data
"""
