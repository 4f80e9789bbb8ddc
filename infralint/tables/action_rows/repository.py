"""Actions that read or change pull requests, issues, artifacts and the repository. As of 2026-11, from their own descriptions.

How a row is read, and the other sources: tables/actions.py.
"""

ROWS = """
74th/workflow-permission-action: permission-check
8bitjonny/gh-get-current-pr: no-check
actions-cool/check-user-permission: permission-check
actions-ecosystem/action-regex-match: no-check
  passes text match
  passes text group1
  passes text group2
  passes text group3
ad-m/github-push-action:
  needs contents unless github_token,repository,ssh
ahmadnassri/action-dependabot-auto-merge: merges
alessbell/pull-request-comment-branch: no-check
  head-outputs head_ref head_sha
andstor/file-reader-action:
  file-output contents
aochmann/actions-download-artifact: artifact
ashley-taylor/regex-property-action:
  passes value value
bettermarks/action-artifact-download: artifact
blablacar/action-download-last-artifact: artifact
codecov/codecov-action:
  node-gone 3
  needs id-token when use_oidc
  writes id-token
dawidd6/action-download-artifact: artifact
  advisory GHSA-5xr6-xhww-33m4 fixed 6
dorny/paths-filter: no-check
  inputs 4: token working-directory ref base filters list-files initial-fetch-depth predicate-quantifier githubToken
  required filters
  node-gone 2
  text-outputs *_files
  json-outputs *_files when list-files json
  writes
dorny/test-reporter:
  outputs 0: conclusion passed failed skipped time url url_html runHtmlUrl
  needs checks unless token
  writes checks
eficode/resolve-pr-refs:
  text-outputs head_ref
  head-outputs head_ref head_sha
endbug/add-and-commit: keeps-token
  inputs 8: add author_name author_email branch branch_mode commit committer_name committer_email cwd default_author
    fetch message new_branch pathspec_error_handling pull pull_strategy push remove signoff tag tag_push force ref
    token github_token
  outputs 8: committed commit_long_sha commit_sha pushed tagged tag_pushed
  needs contents pushes
enricomi/publish-unit-test-result-action:
  needs checks unless github_token when check_run not false
frabert/replace-string:
  passes string replaced
frabert/replace-string-action:
  passes string replaced
get-write-permission: permission-check
google-github-actions/release-please-action:
  needs contents unless token
  needs pull-requests unless token
gotson/pull-request-comment-branch:
  head-outputs head_ref head_sha
haya14busa/action-cond:
  passes if_true value
  passes if_false value
helm/chart-releaser-action: keeps-token
  inputs 0: version config charts_dir install_dir install_only skip_packaging skip_existing skip_upload mark_as_latest
    match_tags packages_with_index pages_branch charts_repo_url
  outputs 0: changed_charts chart_version
  needs contents unless $CR_TOKEN
hmarr/auto-approve-action: merges
  needs pull-requests unless github-token
ishworkh/container-image-artifact-download: artifact
ishworkh/docker-image-artifact-download: artifact
jaywcjlove/github-action-read-file:
  file-output content
jitterbit/get-changed-files:
  text-outputs added added_modified all deleted modified removed renamed
juliangruber/read-file-action:
  instead cat
  file-output content
jungwinter/split: no-check
jwalton/gh-find-current-pr: no-check
khan/pull-request-comment-trigger: no-check
lannonbr/repo-permission-check-action: permission-check
levonet/action-download-last-artifact: artifact
mad9000/actions-find-and-replace-string:
  passes source value
madhead/semver-utils: no-check
marocchino/sticky-pull-request-comment:
  needs pull-requests unless github_token,repo or issues
mathieudutour/github-tag-action:
  outputs 6: new_tag new_version previous_tag previous_version release_type changelog
  needs contents unless github_token when dry_run not true
mheap/github-action-required-labels: no-check
mikepenz/action-junit-report:
  needs checks unless token when annotate_only not true
nuget/login:
  needs id-token
ossf/scorecard-action:
  inputs 0: results_file results_format repo_token publish_results file_mode internal_publish_base_url
    internal_default_token
  needs id-token when publish_results
pascalgn/automerge-action: merges
peter-evans/create-issue-from-file:
  inputs 0: token repository issue-number title content-filepath labels assignees project project-column
  outputs 4: issue-number
  instead gh issue create
  needs issues unless token,repository
peter-evans/create-or-update-comment:
  inputs 4: token repository issue-number comment-id body body-path body-file edit-mode append-separator reactions
    reactions-edit-mode reaction-type
  outputs 4: comment-id
  instead gh issue comment or gh pr comment
  needs issues unless token,repository or pull-requests
  writes issues pull-requests
peter-evans/create-pull-request:
  inputs 8: token branch-token git-token path add-paths commit-message committer author signoff branch branch-suffix
    base delete-branch push-to-fork sign-commits title body body-path labels assignees reviewers team-reviewers
    milestone draft maintainer-can-modify request-to-parent project project-column author-email author-name
    committer-name committer-email gpg-sign
  outputs 8: pull-request-number pull-request-url pull-request-operation pull-request-head-sha pull-request-branch
    pull-request-commits-verified pr_number
  node-gone 5
  instead gh pr create
  needs contents unless token,branch-token
  needs pull-requests unless token
  writes contents pull-requests
peter-evans/enable-pull-request-automerge: merges
peter-evans/find-comment: no-check
  inputs 3: token repository issue-number comment-author body-includes body-regex direction nth
  outputs 3: comment-id comment-node-id comment-body comment-author comment-created-at
  text-outputs comment-body
  author-input comment-author
  writes
peter-evans/repository-dispatch:
  inputs 3: token repository event-type client-payload
  required event-type
  outputs 3:
  needs contents unless token,repository
peter-murray/issue-body-parser-action:
  text-outputs payload
peter-murray/issue-forms-body-parser:
  text-outputs payload
potiuk/get-workflow-origin: no-check
  head-outputs sourceheadbranch sourceheadsha
prince-chrismc/check-actor-permissions-action: permission-check
redhat-plumbers-in-action/download-artifact: artifact
  text-outputs *
reitermarkus/automerge: merges
rust-lang/crates-io-auth-action:
  outputs 0: token
  needs id-token
shanegenschaw/pull-request-comment-trigger: no-check
sigstore/gh-action-sigstore-python:
  needs id-token
  writes id-token contents
skjnldsv/check-actor-permission: permission-check
stefanbuck/github-issue-parser:
  text-outputs issueparser_* jsonstring
stefanzweifel/git-auto-commit-action: keeps-token
  inputs 5: commit_message branch commit_options add_options status_options file_pattern repository commit_user_name
    commit_user_email commit_author tagging_message push_options skip_dirty_check skip_fetch skip_checkout
    disable_globbing create_branch internal_git_binary
  outputs 6: changes_detected commit_hash create_git_tag_only
  instead git commit and git push
  needs contents when skip_push not true pushes
  writes contents
sushichop/action-repository-permission: permission-check
thollander/actions-comment-pull-request:
  needs pull-requests unless github-token,github_token or issues
tj-actions/branch-names:
  text-outputs current_branch head_ref_branch ref_branch
  advisory GHSA-8v8w-v8xg-79rf fixed 7.0.7
  advisory GHSA-gq52-6phf-x2r6 fixed 9 last 8.2.1
tj-actions/changed-files:
  text-outputs added_files all_changed_and_modified_files all_changed_files all_modified_files
    all_old_new_renamed_files copied_files deleted_files modified_files other_changed_files other_deleted_files
    other_modified_files renamed_files type_changed_files unknown_files unmerged_files
  writes
  advisory GHSA-mcph-m25j-8j63 fixed 41
  advisory GHSA-mrrh-fwg8-r2c3 fixed 46.0.1 last 45.0.7
tspascoal/get-user-teams-membership: permission-check
umani/changed-files:
  text-outputs files_created files_deleted files_updated
xt0rted/pull-request-comment-branch: archived no-check
  text-outputs head_ref
  head-outputs head_ref head_sha
xt0rted/slash-command-action: archived permission-check
zentered/issue-forms-body-parser:
  passes body data
"""
