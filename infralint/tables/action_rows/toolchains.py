"""Actions that set tools and caches up. As of 2026-11, from their own descriptions.

How a row is read, and the other sources: tables/actions.py.
"""

ROWS = """
1password/load-secrets-action:
  tool-version version
actions-rust-lang/setup-rust-toolchain:
  outputs 0: rustc-version cargo-version rustup-version cachekey
  cache cache on default
  instead rustup
aquasecurity/setup-trivy:
  tool-version version
  advisory GHSA-69fq-xp46-6x23 fixed 0.2.6 of-tags
astral-sh/setup-uv:
  inputs 10: version version-file pyproject-file uv-file python-version activate-environment venv-path
    working-directory checksum server-url github-token enable-cache cache-dependency-glob restore-cache save-cache
    cache-suffix cache-local-path prune-cache cache-python ignore-nothing-to-cache ignore-empty-workdir tool-dir
    tool-bin-dir manifest-file add-problem-matchers resolution-strategy no-project download-from-astral-mirror quiet
  outputs 10: uv-version uv-path uvx-path cache-hit cache-key venv python-version python-cache-hit
  cache enable-cache on default
  writes
awalsh128/cache-apt-pkgs-action:
  cache always
azure/setup-helm:
  inputs 4: version token downloadBaseURL
  outputs 4: helm-path
  tool-version version
  writes
azure/setup-kubectl:
  inputs 3: version
  outputs 3: kubectl-path
  tool-version version
  writes
  advisory GHSA-p756-rfxh-x63h fixed 3
bahmutov/npm-install: runs-tree
buildalon/setup-steamcmd:
  advisory GHSA-mj96-mh85-r574 fixed 1.1
buildjet/cache:
  cache always
cachix/install-nix-action:
  inputs 0: install_url install_options nix_path extra_nix_config github_access_token enable_kvm set_as_trusted_user
conda-incubator/setup-miniconda:
  inputs 0: installer-url installation-dir miniconda-version miniforge-variant miniforge-version conda-version
    conda-build-version environment-file activate-environment python-version add-anaconda-token
    add-pip-as-python-dependency allow-softlinks auto-activate auto-activate-base auto-update-conda condarc-file
    channel-alias channel-priority channels conda-remove-defaults show-channel-urls pkgs-dirs use-only-tar-bz2
    remove-profiles run-init mamba-version use-mamba conda-solver architecture clean-patched-environment-file run-post
  outputs 0: environment-file environment-file-content environment-file-was-patched
denoland/setup-deno:
  writes
determinatesystems/magic-nix-cache-action:
  cache use-gha-cache on default
docker/setup-buildx-action:
  inputs version driver driver-opts buildkitd-flags buildkitd-config buildkitd-config-inline config config-inline
    install use endpoint platforms append name cache-binary cleanup keep-state github_token
  outputs 4: name driver platforms nodes endpoint status flags
  node-gone 2
  cache cache-binary on default
  cache-with version
  writes
docker/setup-qemu-action:
  inputs image platforms cache-image
  outputs 3: platforms status
  node-gone 2
  writes
erlef/setup-beam:
  inputs 0: otp-version elixir-version gleam-version install-hex install-rebar rebar3-version version-type
    disable_problem_matchers version-file github-token hexpm-mirrors
  outputs 0: elixir-version otp-version gleam-version rebar3-version setup-beam-version
extractions/setup-just:
  tool-version just-version
golangci/golangci-lint-action: runs-tree
  inputs 9: version version-file install-mode install-only working-directory github-token verify only-new-issues args
    skip-cache skip-save-cache skip-pkg-cache skip-build-cache skip-go-installation cache-invalidation-interval
    annotations problem-matchers debug experimental github_token flags directory format
  outputs 9:
  node-gone 3
  tool-version version
  writes checks
google-github-actions/setup-gcloud:
  inputs 2: skip_install version project_id install_components cache service_account_key service_account_email
    export_default_credentials credentials_file_path skip_tool_cache cleanup_credentials
  outputs 2: version
  writes
graalvm/setup-graalvm:
  cache cache on
gradle/actions/setup-gradle:
  outputs 0: build-scan-url dependency-graph-file gradle-version
  cache cache-disabled off default
gradle/gradle-build-action: archived runs-tree
  cache cache-disabled off default
  advisory GHSA-h3qr-39j9-4r5v fixed 2.4.2
hashicorp/setup-terraform:
  inputs 4: cli_config_credentials_hostname cli_config_credentials_token terraform_version terraform_version_file
    terraform_wrapper
  node-gone 2
  tool-version terraform_version
  writes
hecrj/setup-rust-action:
  instead rustup
jdx/mise-action:
  cache cache on default
mlugg/setup-zig:
  cache use-cache on default
mozilla-actions/sccache-action:
  cache always
nix-community/cache-nix-action:
  cache always
oven-sh/setup-bun:
  cache no-cache off default
  tool-version bun-version
  writes
pnpm/action-setup:
  inputs 4: version dest run_install cache cache_dependency_path package_json_file standalone nodejs_bundled bin_dest
    registry
  outputs 4: dest bin_dest
  node-gone 2
  writes
prefix-dev/setup-pixi:
  inputs 0: pixi-version pixi-url pixi-url-headers log-level manifest-path working-directory run-install environments
    global-environments activate-environment locked frozen cache global-cache cache-key global-cache-key cache-write
    pixi-bin-path auth-host auth-token auth-username auth-password auth-conda-token auth-s3-access-key-id
    auth-s3-secret-access-key auth-s3-session-token pypi-keyring-provider post-cleanup configuration
pyo3/maturin-action: runs-tree
  inputs 0: command args maturin-version manylinux container docker-options target rust-toolchain rustup-components
    working-directory sccache before-script-linux token
  cache sccache on
rageagainstthepixel/setup-steamcmd:
  advisory GHSA-c5qx-p38x-qf5w fixed 1.3
ramsey/composer-install:
  cache ignore-cache off default
reviewdog/action-setup:
  advisory GHSA-qmg3-hpqr-gqvc since 1 fixed 1.0.1
rhysd/action-setup-vim:
  inputs version neovim configure-args token
ruby/setup-ruby: runs-tree
  inputs 0: ruby-version rubygems bundler bundler-cache working-directory cache-version self-hosted windows-toolchain
    token
  outputs 0: ruby-prefix
  cache bundler-cache on
  writes
rui314/setup-mold:
  inputs 0: mold-version make-default
shivammathur/setup-php:
  writes
sigstore/cosign-installer:
  writes
swatinem/rust-cache:
  inputs 0: prefix-key shared-key key env-vars workspaces cache-directories cache-targets cache-on-failure
    cache-all-crates cache-workspace-crates save-if cache-provider cache-bin lookup-only add-rust-environment-hash-key
    add-job-id-key cmd-format working-directory target-dir sharedKey
  outputs 0: cache-hit cache-primary-key
  cache lookup-only off default
  writes
taiki-e/install-action:
  inputs 0: tool checksum fallback
  writes
"""
