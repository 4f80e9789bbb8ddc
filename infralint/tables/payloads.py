"""What the payload of each event holds: `github.event`.

Written by bench/payload_table.py from the npm packages @octokit/openapi-webhooks 12.1.0 and @octokit/webhooks-schemas 7.6.1, as of 2026-11.
A line is a shape, and an indented one goes on with it: its name, then for each type the properties that have it. `s` is
text, `n` a number, `b` a boolean, `o` an object with any properties, `?` anything, `*` before a type an array of it; every
other type is a shape. `event_push` is the payload of a `push`.
"""

SHAPES = """\
_links comments: comments commits html issue review_comment review_comments self statuses
_links2 comments: html pull_request
_links3 comments: html pull_request self
actor b: deleted site_admin n: id s: avatar_url email events_url followers_url following_url gists_url gravatar_id html_url login name node_id
 organizations_url received_events_url repos_url starred_url subscriptions_url type url user_view_type
advanced_security s: status
answer ?: parent_id creator: user n: child_comment_count discussion_id id reactions: reactions s: author_association body created_at html_url node_id
 repository_url updated_at
app *s: events n: id installations_count o: permissions owner: owner s: client_id created_at description external_url html_url name node_id slug updated_at
asset n: download_count id size s: browser_download_url content_type created_at digest label name node_id state updated_at url uploader: uploader
author s: date email name username
auto_merge creator: enabled_by s: commit_message commit_title merge_method
base repo: repo s: ref sha
base2 creator: user repo2: repo s: label ref sha
branche b: protected commit2: commit s: name
build actor: pusher error: error n: duration s: commit created_at status updated_at url
category b: is_answerable n: id repository_id s: created_at description emoji name node_id slug updated_at
check_run *pull_request: pull_requests app: app check_suite: check_suite deployment2: deployment n: id output: output s: completed_at conclusion details_url
 external_id head_sha html_url name node_id started_at status url
check_run2 n: id s: completed_at conclusion details_url external_id head_sha html_url name node_id started_at status url
check_suite *pull_request: pull_requests app: app deployment: deployment n: id repository: repository s: after before conclusion created_at head_branch
 head_sha node_id status updated_at url
check_suite2 *pull_request: pull_requests app: app b: rerequestable runs_rerequestable head_commit: head_commit n: id latest_check_runs_count s: after before
 check_runs_url conclusion created_at head_branch head_sha node_id status updated_at url
code_of_conduct s: body html_url key name url
code_search_index_status b: lexical_search_ok s: lexical_commit_sha
comment creator: user n: child_comment_count discussion_id id parent_id o: minimized pin reactions: reactions s: author_association body created_at html_url
 node_id repository_url updated_at
comment2 app: performed_via_github_app creator: user n: id o: minimized pin reactions: reactions s: author_association body created_at html_url issue_url
 node_id updated_at url
comment3 _links3: _links creator: user n: id in_reply_to_id line original_line original_position original_start_line position pull_request_review_id
 start_line o: minimized pin reactions: reactions s: author_association body commit_id created_at diff_hunk html_url node_id original_commit_id path
 pull_request_url side start_side subject_type updated_at url
comments s: href
commit *s: added modified removed author: author committer b: distinct s: id message timestamp tree_id url
commit2 s: sha url
commit3 author: author committer commit2: tree n: comment_count s: message url verification: verification
commit4 *parent2: parents actor: author commit3: commit s: comments_url html_url node_id sha url uploader: committer
creator b: deleted site_admin n: id s: avatar_url email events_url followers_url following_url gists_url gravatar_id html_url login name node_id
 organizations_url received_events_url repos_url starred_at starred_url subscriptions_url type url user_view_type
deployment n: id s: created_at description environment node_id original_environment repository_url statuses_url task updated_at url
deployment2 app: performed_via_github_app b: production_environment transient_environment n: id s: created_at description environment node_id
 original_environment repository_url statuses_url task updated_at url
deployment3 ?: payload app: performed_via_github_app b: production_environment transient_environment creator: creator n: id s: created_at description
 environment node_id original_environment ref repository_url sha statuses_url task updated_at url
deployment_status app: performed_via_github_app creator: creator n: id s: created_at deployment_url description environment environment_url log_url node_id
 repository_url state target_url updated_at url
discussion *label: labels actor: answer_chosen_by b: locked category: category creator: user n: comments id number reactions: reactions s: active_lock_reason
 answer_chosen_at answer_html_url author_association body created_at html_url node_id repository_url state state_reason timeline_url title updated_at
enterprise n: id s: avatar_url created_at description html_url name node_id slug updated_at website_url
error s: message
event_branch_protection_rule enterprise: enterprise installation: installation o: changes organization: organization repository: repository rule: rule s:
 action sender: sender
event_check_run check_run: check_run enterprise: enterprise installation: installation organization: organization repository: repository requested_action:
 requested_action s: action sender: sender
event_check_suite check_suite2: check_suite enterprise: enterprise installation: installation organization: organization repository: repository s: action
 sender: sender
event_create enterprise: enterprise installation: installation organization: organization repository: repository s: description master_branch pusher_type ref
 ref_type sender: sender
event_delete enterprise: enterprise installation: installation organization: organization repository: repository s: pusher_type ref ref_type sender: sender
event_deployment deployment3: deployment enterprise: enterprise installation: installation organization: organization repository: repository s: action sender:
 sender workflow: workflow workflow_run: workflow_run
event_deployment_status check_run2: check_run deployment3: deployment deployment_status: deployment_status enterprise: enterprise installation: installation
 organization: organization repository: repository s: action sender: sender workflow: workflow workflow_run: workflow_run
event_discussion answer: answer old_answer discussion: discussion enterprise: enterprise installation: installation label: label o: changes organization:
 organization repository: repository s: action sender: sender
event_discussion_comment comment: comment discussion: discussion enterprise: enterprise installation: installation o: changes organization: organization
 repository: repository s: action sender: sender
event_fork enterprise: enterprise forkee: forkee installation: installation organization: organization repository: repository sender: sender
event_gollum *page: pages enterprise: enterprise installation: installation organization: organization repository: repository sender: sender
event_issue_comment comment2: comment enterprise: enterprise installation: installation issue: issue o: changes organization: organization repository:
 repository s: action sender: sender
event_issues creator: assignee enterprise: enterprise installation: installation issue: issue label: label milestone: milestone o: changes issue_field
 issue_field_value organization: organization repository: repository s: action sender: sender type: type
event_label enterprise: enterprise installation: installation label: label o: changes organization: organization repository: repository s: action sender:
 sender
event_merge_group installation: installation merge_group: merge_group organization: organization repository: repository s: action reason sender: sender
event_milestone enterprise: enterprise installation: installation milestone: milestone o: changes organization: organization repository: repository s: action
 sender: sender
event_page_build build: build enterprise: enterprise installation: installation n: id organization: organization repository: repository sender: sender
event_project enterprise: enterprise installation: installation o: changes organization: organization project: project repository: repository s: action
 sender: sender
event_project_card enterprise: enterprise installation: installation o: changes organization: organization project_card: project_card repository: repository
 s: action sender: sender
event_project_column enterprise: enterprise installation: installation o: changes organization: organization project_column: project_column repository:
 repository s: action sender: sender
event_public enterprise: enterprise installation: installation organization: organization repository: repository sender: sender
event_pull_request actor: requested_reviewer creator: assignee enterprise: enterprise installation: installation label: label milestone: milestone n: number
 o: changes organization: organization pull_request3: pull_request repository: repository requested_team2: requested_team s: action after before reason
 sender: sender
event_pull_request_review enterprise: enterprise installation: installation o: changes organization: organization pull_request4: pull_request repository:
 repository review: review s: action sender: sender
event_pull_request_review_comment comment3: comment enterprise: enterprise installation: installation o: changes organization: organization pull_request4:
 pull_request repository: repository s: action sender: sender
event_push *commit: commits author: pusher b: created deleted forced commit: head_commit enterprise: enterprise installation: installation organization:
 organization repository: repository s: after base_ref before compare ref sender: sender
event_registry_package enterprise: enterprise installation: installation o: registry_package organization: organization repository: repository s: action
 sender: sender
event_release enterprise: enterprise installation: installation o: changes organization: organization release: release repository: repository s: action
 sender: sender
event_repository_dispatch enterprise: enterprise installation: installation o: client_payload organization: organization repository: repository s: action
 branch sender: sender
event_status *branche: branches commit4: commit enterprise: enterprise installation: installation n: id organization: organization repository: repository s:
 avatar_url context created_at description name sha state target_url updated_at sender: sender
event_watch enterprise: enterprise installation: installation organization: organization repository: repository s: action sender: sender
event_workflow_dispatch enterprise: enterprise installation: installation o: inputs organization: organization repository: repository s: ref workflow sender:
 sender
event_workflow_run enterprise: enterprise installation: installation organization: organization repository: repository s: action sender: sender workflow:
 workflow workflow_run: workflow_run
forkee *s: topics ?: created_at pushed_at b: allow_auto_merge allow_forking allow_merge_commit allow_rebase_merge allow_squash_merge allow_update_branch
 archived delete_branch_on_merge disabled fork has_discussions has_downloads has_issues has_pages has_projects has_wiki is_template private public
 use_squash_pr_title_as_default web_commit_signoff_required license: license n: forks forks_count id open_issues open_issues_count size stargazers
 stargazers_count watchers watchers_count o: custom_properties owner: owner permissions: permissions s: archive_url assignees_url blobs_url branches_url
 clone_url collaborators_url comments_url commits_url compare_url contents_url contributors_url default_branch deployments_url description downloads_url
 events_url forks_url full_name git_commits_url git_refs_url git_tags_url git_url homepage hooks_url html_url issue_comment_url issue_events_url issues_url
 keys_url labels_url language languages_url master_branch merge_commit_message merge_commit_title merges_url milestones_url mirror_url name node_id
 notifications_url organization pulls_url releases_url role_name squash_merge_commit_message squash_merge_commit_title ssh_url stargazers_url statuses_url
 subscribers_url subscription_url svn_url tags_url teams_url trees_url updated_at url visibility
head_commit author: author committer s: id message timestamp tree_id
head_repository actor: owner b: fork private n: id s: archive_url assignees_url blobs_url branches_url collaborators_url comments_url commits_url compare_url
 contents_url contributors_url deployments_url description downloads_url events_url forks_url full_name git_commits_url git_refs_url git_tags_url hooks_url
 html_url issue_comment_url issue_events_url issues_url keys_url labels_url languages_url merges_url milestones_url name node_id notifications_url pulls_url
 releases_url stargazers_url statuses_url subscribers_url subscription_url tags_url teams_url trees_url url
installation n: id s: node_id
issue *creator: assignees *issue_field_value: issue_field_values *label: labels app: performed_via_github_app b: draft locked creator: assignee user
 issue_dependencies_summary: issue_dependencies_summary milestone: milestone n: comments id number o: pinned_comment pull_request2: pull_request reactions:
 reactions s: active_lock_reason author_association body closed_at comments_url created_at events_url html_url labels_url node_id repository_url state
 state_reason timeline_url title updated_at url sub_issues_summary: sub_issues_summary type: type
issue_dependencies_summary n: blocked_by blocking total_blocked_by total_blocking
issue_field_value ?: value n: issue_field_id s: data_type node_id single_select_option: single_select_option
label b: default n: id s: color description name node_id url
license s: html_url key name node_id spdx_id url
merge_group head_commit: head_commit s: base_ref base_sha head_ref head_sha
milestone creator: creator n: closed_issues id number open_issues s: closed_at created_at description due_on html_url labels_url node_id state title
 updated_at url
organization n: id s: avatar_url description events_url hooks_url html_url issues_url login members_url node_id public_members_url repos_url url
output n: annotations_count s: annotations_url summary text title
owner b: deleted site_admin n: id s: avatar_url created_at description email events_url followers_url following_url gists_url gravatar_id html_url login name
 node_id organizations_url received_events_url repos_url slug starred_at starred_url subscriptions_url type updated_at url user_view_type website_url
page s: action html_url page_name sha summary title
parent n: id s: description html_url members_url name node_id notification_setting permission privacy repositories_url slug url
parent2 s: html_url sha url
permissions b: admin maintain pull push triage
project creator: creator n: id number s: body columns_url created_at html_url name node_id owner_url state updated_at url
project_card ?: after_id b: archived creator: creator n: column_id id s: column_url content_url created_at node_id note project_url updated_at url
project_column n: after_id id s: cards_url created_at name node_id project_url updated_at url
pull_request base: base head n: id number s: url
pull_request2 s: diff_url html_url merged_at patch_url url
pull_request3 *creator: assignees *label: labels *requested_reviewer: requested_reviewers *requested_team: requested_teams _links: _links auto_merge:
 auto_merge b: allow_auto_merge allow_update_branch delete_branch_on_merge draft locked maintainer_can_modify mergeable merged rebaseable
 use_squash_pr_title_as_default base2: base head creator: assignee merged_by user milestone: milestone n: additions changed_files comments commits deletions
 id number review_comments o: stack s: active_lock_reason author_association body closed_at comments_url commits_url created_at diff_url html_url issue_url
 merge_commit_message merge_commit_sha merge_commit_title mergeable_state merged_at node_id patch_url review_comment_url review_comments_url
 squash_merge_commit_message squash_merge_commit_title state statuses_url title updated_at url
pull_request4 *creator: assignees *label: labels *requested_reviewer: requested_reviewers *requested_team2: requested_teams _links: _links auto_merge:
 auto_merge b: draft locked base2: base head creator: assignee user milestone: milestone n: id number o: stack s: active_lock_reason author_association body
 closed_at comments_url commits_url created_at diff_url html_url issue_url merge_commit_sha merged_at node_id patch_url review_comment_url review_comments_url
 state statuses_url title updated_at url
reactions n: +1 -1 confused eyes heart hooray laugh rocket total_count s: url
referenced_workflow s: path ref sha
release *asset: assets actor: author b: draft immutable prerelease n: id mentions_count reactions: reactions s: assets_url body created_at discussion_url
 html_url name node_id published_at tag_name tarball_url target_commitish updated_at upload_url url zipball_url
repo n: id s: name url
repo2 *s: topics ?: created_at pushed_at b: allow_auto_merge allow_forking allow_merge_commit allow_rebase_merge allow_squash_merge allow_update_branch
 anonymous_access_enabled archived delete_branch_on_merge disabled fork has_discussions has_downloads has_issues has_pages has_projects has_wiki is_template
 private public use_squash_pr_title_as_default web_commit_signoff_required code_search_index_status: code_search_index_status license: license n: forks
 forks_count id open_issues open_issues_count size stargazers stargazers_count watchers watchers_count o: custom_properties owner: owner permissions:
 permissions s: archive_url assignees_url blobs_url branches_url clone_url collaborators_url comments_url commits_url compare_url contents_url
 contributors_url default_branch deployments_url description downloads_url events_url forks_url full_name git_commits_url git_refs_url git_tags_url git_url
 homepage hooks_url html_url issue_comment_url issue_events_url issues_url keys_url labels_url language languages_url master_branch merge_commit_message
 merge_commit_title merges_url milestones_url mirror_url name node_id notifications_url organization pulls_url releases_url role_name
 squash_merge_commit_message squash_merge_commit_title ssh_url stargazers_url starred_at statuses_url subscribers_url subscription_url svn_url tags_url
 teams_url temp_clone_token trees_url updated_at url visibility
repository *s: topics ?: created_at organization pushed_at b: allow_auto_merge allow_forking allow_merge_commit allow_rebase_merge allow_squash_merge
 allow_update_branch anonymous_access_enabled archived delete_branch_on_merge disabled fork has_discussions has_downloads has_issues has_pages has_projects
 has_pull_requests has_wiki is_template private public use_squash_pr_title_as_default web_commit_signoff_required code_of_conduct: code_of_conduct license:
 license n: forks forks_count id network_count open_issues open_issues_count size stargazers stargazers_count subscribers_count watchers watchers_count o:
 custom_properties owner: owner permissions: permissions s: archive_url assignees_url blobs_url branches_url clone_url collaborators_url comments_url
 commits_url compare_url contents_url contributors_url default_branch deployments_url description downloads_url events_url forks_url full_name git_commits_url
 git_refs_url git_tags_url git_url homepage hooks_url html_url issue_comment_url issue_events_url issues_url keys_url labels_url language languages_url
 master_branch merge_commit_message merge_commit_title merges_url milestones_url mirror_url name node_id notifications_url pull_request_creation_policy
 pulls_url releases_url role_name squash_merge_commit_message squash_merge_commit_title ssh_url stargazers_url starred_at statuses_url subscribers_url
 subscription_url svn_url tags_url teams_url temp_clone_token trees_url updated_at url visibility security_and_analysis: security_and_analysis
 template_repository: template_repository
requested_action s: identifier
requested_reviewer b: deleted site_admin n: id parent: parent s: avatar_url description email events_url followers_url following_url gists_url gravatar_id
 html_url login members_url name node_id notification_setting organizations_url permission privacy received_events_url repos_url repositories_url slug
 starred_at starred_url subscriptions_url type url user_view_type
requested_team b: deleted n: enterprise_id id organization_id parent: parent s: description html_url ldap_dn members_url name node_id notification_setting
 permission privacy repositories_url slug type url
requested_team2 b: deleted n: id parent: parent s: description html_url members_url name node_id notification_setting permission privacy repositories_url slug
 url
review _links2: _links creator: user n: id s: author_association body commit_id html_url node_id pull_request_url state submitted_at updated_at
rule *s: authorized_actor_names required_status_checks b: admin_enforced authorized_actors_only authorized_dismissal_actors_only create_protected
 dismiss_stale_reviews_on_push ignore_approvals_from_contributors lock_allows_fork_sync require_code_owner_review require_last_push_approval
 strict_required_status_checks_policy n: id repository_id required_approving_review_count s: allow_deletions_enforcement_level
 allow_force_pushes_enforcement_level created_at linear_history_requirement_enforcement_level lock_branch_enforcement_level merge_queue_enforcement_level name
 pull_request_reviews_enforcement_level required_conversation_resolution_level required_deployments_enforcement_level required_status_checks_enforcement_level
 signature_requirement_enforcement_level updated_at
security_and_analysis advanced_security: advanced_security code_security dependabot_security_updates secret_scanning secret_scanning_ai_detection
 secret_scanning_non_provider_patterns secret_scanning_push_protection secret_scanning_validity_checks
sender b: site_admin n: id s: avatar_url email events_url followers_url following_url gists_url gravatar_id html_url login name node_id organizations_url
 received_events_url repos_url starred_at starred_url subscriptions_url type url user_view_type
single_select_option n: id s: color name
sub_issues_summary n: completed percent_completed total
template_repository *s: topics b: allow_auto_merge allow_merge_commit allow_rebase_merge allow_squash_merge allow_update_branch archived
 delete_branch_on_merge disabled fork has_downloads has_issues has_pages has_projects has_wiki is_template private use_squash_pr_title_as_default n:
 forks_count id network_count open_issues_count size stargazers_count subscribers_count watchers_count owner: owner permissions: permissions s: archive_url
 assignees_url blobs_url branches_url clone_url collaborators_url comments_url commits_url compare_url contents_url contributors_url created_at default_branch
 deployments_url description downloads_url events_url forks_url full_name git_commits_url git_refs_url git_tags_url git_url homepage hooks_url html_url
 issue_comment_url issue_events_url issues_url keys_url labels_url language languages_url merge_commit_message merge_commit_title merges_url milestones_url
 mirror_url name node_id notifications_url pulls_url pushed_at releases_url squash_merge_commit_message squash_merge_commit_title ssh_url stargazers_url
 statuses_url subscribers_url subscription_url svn_url tags_url teams_url temp_clone_token trees_url updated_at url visibility
type b: is_enabled n: id s: color created_at description name node_id updated_at
uploader b: deleted site_admin n: id s: avatar_url email events_url followers_url following_url gists_url gravatar_id html_url login name node_id
 organizations_url received_events_url repos_url starred_url subscriptions_url type url
verification b: verified s: payload reason signature verified_at
workflow n: id s: badge_url created_at html_url name node_id path state updated_at url
workflow_run *pull_request: pull_requests *referenced_workflow: referenced_workflows actor: actor triggering_actor head_commit: head_commit head_repository:
 head_repository repository n: check_suite_id id run_attempt run_number workflow_id s: artifacts_url cancel_url check_suite_node_id check_suite_url conclusion
 created_at display_title event head_branch head_sha html_url jobs_url logs_url name node_id path previous_attempt_url rerun_url run_started_at status
 updated_at url workflow_url
"""
