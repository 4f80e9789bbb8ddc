"""Actions that publish, deploy or log in. As of 2026-11, from their own descriptions.

How a row is read, and the other sources: tables/actions.py.
"""

ROWS = """
adriangonz97/refined-cf-pages-action:
  deploys Cloudflare Pages
akhileshns/heroku-deploy:
  deploys Heroku
aliyun/configure-aliyun-credentials-action:
  login Alibaba Cloud
amondnet/vercel-action:
  deploys Vercel
appleboy/scp-action:
  deploys a server over SSH
appleboy/ssh-action:
  scripts script
  deploys a server over SSH
argoproj-labs/argocd-action:
  deploys Argo CD
aws-actions/amazon-ecs-deploy-express-service:
  deploys Amazon ECS
aws-actions/amazon-ecs-deploy-task-definition: publishes
  outputs 1: task-definition-arn codedeploy-deployment-id run-task-arn
  deploys Amazon ECS
aws-actions/aws-cloudformation-github-deploy: publishes
  deploys AWS CloudFormation
aws-actions/aws-lambda-deploy:
  deploys AWS Lambda
aws-actions/configure-aws-credentials:
  inputs 6: aws-region role-to-assume aws-access-key-id aws-secret-access-key aws-session-token
    web-identity-token-file role-chaining audience http-proxy mask-aws-account-id role-duration-seconds
    role-external-id role-session-name role-skip-session-tagging inline-session-policy managed-session-policies
    output-credentials unset-current-credentials disable-retry retry-max-attempts special-characters-workaround
    use-existing-credentials allowed-account-ids output-env-credentials no-proxy action-timeout-s force-skip-oidc
    aws-profile overwrite-aws-profile transitive-tag-keys custom-tags sts-endpoint
  outputs 6: aws-account-id aws-access-key-id aws-secret-access-key aws-session-token authenticated-arn aws-expiration
  node-gone 3
  login AWS
  needs id-token unless aws-access-key-id,web-identity-token-file,role-chaining when role-to-assume
  writes id-token
azure/aci-deploy: publishes
  deploys Azure Container Instances
azure/arm-deploy:
  deploys Azure Resource Manager
azure/bicep-deploy:
  deploys Azure Resource Manager
azure/container-apps-deploy-action: publishes
  deploys Azure Container Apps
azure/docker-login:
  credential-file ~/.docker/config.json
azure/functions-action: publishes
  deploys Azure Functions
azure/k8s-deploy:
  deploys Kubernetes
azure/k8s-set-context:
  credential-file ~/.kube/config
azure/login:
  inputs 1: creds client-id tenant-id subscription-id enable-AzPSSession environment allow-no-subscriptions audience
    auth-type
  outputs 1:
  node-gone 1
  credential-file ~/.azure/msal_token_cache.json
  login Azure
  needs id-token unless creds,auth-type when client-id
  writes id-token
azure/sql-action: publishes
azure/static-web-apps-deploy:
  deploys Azure Static Web Apps
azure/webapps-deploy: publishes
  outputs 2: webapp-url
  deploys Azure App Service
burnett01/rsync-deployments:
  deploys a server over SSH
changesets/action: keeps-token publishes runs-tree
  outputs 0: published publishedPackages hasChangesets pullRequestNumber
  needs contents unless $GITHUB_TOKEN,github-token
  needs pull-requests unless $GITHUB_TOKEN,github-token
cloudflare/pages-action:
  deploys Cloudflare Pages
cloudflare/wrangler-action: publishes runs-tree
  scripts command precommands postcommands
  deploys Cloudflare Workers
cycjimmy/semantic-release-action: publishes runs-tree
  outputs 3: new_release_published new_release_version new_release_major_version new_release_minor_version
    new_release_patch_version new_release_channel new_release_notes new_release_git_head new_release_git_tag
    last_release_version last_release_git_head last_release_git_tag
  needs contents unless $GITHUB_TOKEN,$GH_TOKEN when dry_run not true
digitalocean/app_action:
  deploys DigitalOcean App Platform
digitalocean/app_action/deploy:
  deploys DigitalOcean App Platform
docker/bake-action: runs-tree
  inputs 5: builder workdir source allow call files no-cache pull load provenance push sbom set targets github-token
  outputs 6: metadata
  publishes push
  writes packages id-token attestations artifact-metadata
docker/build-push-action: runs-tree
  inputs 7: add-hosts allow annotations attests build-args build-contexts builder cache-from cache-to call
    cgroup-parent context file labels load network no-cache no-cache-filters outputs platforms provenance pull push
    sbom secrets secret-envs secret-files shm-size ssh tags target ulimit github-token username password registry
    repository path dockerfile tag_with_ref tag_with_sha add_git_labels always_pull build_args cache_froms
  outputs 7: imageid digest metadata
  node-gone 4
  publishes push
  writes packages id-token attestations artifact-metadata
docker/login-action:
  inputs registry username password scope ecr logout registry-auth
  outputs 4:
  node-gone 2
  credential-file ~/.docker/config.json
  writes packages
easingthemes/ssh-deploy:
  deploys a server over SSH
einaregilsson/beanstalk-deploy:
  deploys AWS Elastic Beanstalk
firebaseextended/action-hosting-deploy: runs-tree
  deploys Firebase Hosting
google-github-actions/auth:
  inputs 3: project_id workload_identity_provider service_account audience credentials_json create_credentials_file
    activate_credentials_file export_environment_variables token_format delegates universe request_reason
    cleanup_credentials access_token_lifetime access_token_scopes access_token_subject retries backoff backoff_limit
    id_token_audience id_token_include_email lifetime
  outputs 3: project_id credentials_file_path auth_token access_token access_token_expiration id_token expiration
  node-gone 1
  credential-file gha-creds-0123456789abcdef.json unless create_credentials_file
  login Google Cloud
  needs id-token unless credentials_json when workload_identity_provider
  writes id-token
google-github-actions/deploy-appengine: publishes
  deploys App Engine
google-github-actions/deploy-cloud-functions: publishes
  deploys Cloud Functions
google-github-actions/deploy-cloudrun: publishes
  outputs 2: url
  deploys Cloud Run
googleapis/release-please-action: publishes
  needs contents unless token,repo-url
  needs pull-requests unless token,repo-url
  writes contents pull-requests issues
goreleaser/goreleaser-action: publishes runs-tree
  inputs 7: distribution version args workdir install-only key github-token version-file
  outputs 7: artifacts metadata
  node-gone 4
  tool-version version
hashicorp/vault-action:
  login HashiCorp Vault
  writes id-token
  advisory GHSA-4mgv-m5cm-f9h7 fixed 2.2.0
jamesives/github-pages-deploy-action:
  outputs 0: deployment-status
  deploys GitHub Pages
  needs contents unless token,ssh-key,repository-name
jfrog/setup-jfrog-cli:
  login JFrog
johnbeynon/render-deploy-action:
  deploys Render
jreleaser/release-action: publishes
js-devtools/npm-publish: publishes
ncipollo/release-action: publishes
  outputs 0: id html_url upload_url tarball_url zipball_url assets
  instead gh release create
  needs contents unless token,owner,repo
  writes contents discussions
netlify/actions/cli:
  deploys Netlify
nwtgck/actions-netlify:
  deploys Netlify
octopusdeploy/login:
  login Octopus Deploy
peaceiris/actions-gh-pages: publishes
  inputs 0: deploy_key github_token personal_token publish_branch publish_dir destination_dir external_repository
    allow_empty_commit keep_files force_orphan user_name user_email commit_message full_commit_message tag_name
    tag_message disable_nojekyll cname exclude_assets enable_jekyll emptyCommits keepFiles forceOrphan username
    useremail commitMessage tagName tagMessage
  node-gone 3
  deploys GitHub Pages
  needs contents unless github_token,deploy_key,personal_token,external_repository
  writes contents
pypa/gh-action-pypi-publish: publishes
  inputs user password repository-url ~repository_url packages-dir ~packages_dir verify-metadata ~verify_metadata
    skip-existing ~skip_existing verbose print-hash ~print_hash attestations
  trusted password registry repository-url,repository_url of
    https://upload.pypi.org/legacy/,https://test.pypi.org/legacy/
  needs id-token unless password
  writes id-token
  advisory GHSA-vxmw-7h4f-hqxh fixed 1.13
redhat-actions/push-to-registry: publishes
release-drafter/release-drafter: publishes
  outputs 6: id name tag_name body html_url upload_url major_version minor_version patch_version resolved_version
  needs contents unless $GITHUB_TOKEN,token perhaps
  needs pull-requests unless $GITHUB_TOKEN,token perhaps
  writes contents pull-requests
rubygems/configure-rubygems-credentials:
  trusted api-token registry gem-server of https://rubygems.org
  needs id-token unless api-token
rubygems/release-gem: publishes
  trusted setup-trusted-publisher off false
  needs id-token when setup-trusted-publisher not false
samkirkland/ftp-deploy-action:
  deploys a server over FTP
serverless/github-action: runs-tree
  deploys Serverless Framework
softprops/action-gh-release: publishes
  inputs body body_path name tag_name draft prerelease preserve_order files working_directory overwrite_files
    fail_on_unmatched_files repository token target_commitish discussion_category_name generate_release_notes
    previous_tag append_body make_latest body-path
  outputs 3: url id upload_url assets
  node-gone 1
  instead gh release create
  needs contents unless token,repository
  writes contents discussions
superfly/flyctl-actions:
  deploys Fly.io
svenstaro/upload-release-action: publishes
  inputs 0: repo_token file tag asset_name overwrite file_glob prerelease draft release_name body repo_name
    make_latest promote target_commit check_duplicates release_id
  outputs 0: browser_download_url release_id
  instead gh release upload
  needs contents unless repo_token,repo_name
swilgosz/github-action-deploy-render:
  deploys Render
tailscale/github-action:
  login Tailscale
w9jds/firebase-action:
  deploys Firebase
"""
