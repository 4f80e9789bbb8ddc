"""Archived repositories of actions, and published advisories on actions.

As of 2026-11, from the GitHub Advisory Database (https://github.com/advisories) and the repositories themselves, as
zizmor lists them too (https://docs.zizmor.sh/audits/#archived-uses). What is not here is not known.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from typing import NamedTuple

ARCHIVED = frozenset(
    """8398a7/action-slack actions-rs/audit-check actions-rs/cargo actions-rs/clippy-check
    actions-rs/components-nightly actions-rs/grcov actions-rs/install actions-rs/tarpaulin actions-rs/toolchain
    actions/create-release actions/setup-elixir actions/setup-haskell actions/setup-ruby
    actions/upload-release-asset actionstoolbox/gem-build-and-release-action allanchain/poetry-cache-action
    andresz1/size-limit-action andrewmcodes-archive/rubocop-linter-action artichoke/setup-rust
    aslafy-z/conventional-pr-title-action azure/appconfiguration-sync azure/appservice-actions
    azure/azure-resource-login-action azure/container-actions azure/container-scan
    azure/data-factory-deploy-action azure/data-factory-export-action azure/data-factory-validate-action
    azure/get-keyvault-secrets azure/k8s-actions azure/manage-azure-policy azure/publish-security-assessments
    azure/run-sqlpackage-action azure/spring-cloud-deploy azure/webapps-container-deploy
    cedrickring/golang-action cirrus-actions/rebase contributor-assistant/github-action
    cpcloud/flake-update-action crazy-max/ghaction-docker-buildx crazy-max/ghaction-hugo
    decathlon/pull-request-labeler-action delaguardo/setup-graalvm docker/github-actions
    dulvui/godot-android-export elstudio/actions-settings expo/expo-preview-action fabasoad/setup-zizmor-action
    facebook/pysa-action fregante/release-with-changelog google-github-actions/setup-cloud-sdk
    google/mirror-branch-action google/skywater-pdk-actions gr2m/merge-schedule-action
    gradle/gradle-build-action grafana/k6-action hashicorp/terraform-cdk-action helaili/github-graphql-action
    helaili/jekyll-action ilshidur/action-slack irgolic/autopr jakejarvis/backblaze-b2-action
    jakejarvis/cloudflare-purge-action jakejarvis/firebase-deploy-action jakejarvis/hugo-build-action
    jakejarvis/lighthouse-action jakejarvis/s3-sync-action jimmygchen/runner-fallback-action
    justinribeiro/lighthouse-action kanadgupta/glitch-sync kxxt/chatgpt-action lapras-inc/resume-sync-action
    liskin/gh-pipx machine-learning-apps/actions-ml-cicd machine-learning-apps/wandb-action
    mansagroup/gcs-cache-action marvinpinto/action-automatic-releases marvinpinto/actions maxheld83/ghpages
    meilcli/danger-action meilcli/gradle-update-check-action meilcli/npm-update-check-action
    meilcli/nuget-update-check-action micnncim/action-lgtm-reaction mikepenz/gradle-dependency-submission
    niklasmerz/github-deployment-action nwtgck/actions-comment-run orf/cargo-bloat-action
    paambaati/codeclimate-action philips-software/docker-ci-scripts primer/figma-action
    reasonsoftware/action-pylint repo-sync/pull-request repo-sync/repo-sync sagebind/docker-swarm-deploy-action
    scottbrenner/generate-changelog-action secrethub/actions semgrep/semgrep-action
    shaunlwm/action-release-debugapk soichisumi/issue-copy-action sonarsource/sonarcloud-github-action
    stefafafan/psi-action stefanprodan/kube-tools suzuki-shunsuke/github-action-format
    suzuki-shunsuke/github-action-tflint suzuki-shunsuke/github-action-tfsec
    suzuki-shunsuke/required-status-check-action suzuki-shunsuke/trivy-config-action
    suzuki-shunsuke/validate-pr-review-action svenstaro/upx-action swiftdocorg/github-wiki-publish-action
    tachiyomiorg/issue-moderator-action technote-space/auto-cancel-redundant-workflow
    technote-space/get-diff-action tencentcloudbase/cloudbase-action tibdex/backport tibdex/github-app-token
    trilom/file-changes-action trmcnvn/chrome-addon verygoodopensource/very_good_coverage
    whelk-io/maven-settings-xml-action xt0rted/pull-request-comment-branch xt0rted/slash-command-action
    yeslayla/build-godot-action youyo/aws-cdk-github-actions yumemi-inc/clean-cache-action z0al/dependent-issues""".split()
)
"""Repositories of actions that their owners have archived."""


class Advisory(NamedTuple):
    """A published weakness of an action: versions from `since` (none: all) up to, without, `fixed` (none: no fix).

    Where the advisory names the last version that has it, that is `last`: between the two lie versions without it.
    `of_tags`: only the tags were moved to other code, so that a use pinned to a commit does not have it.
    """

    id: str
    since: tuple[int, ...]
    fixed: tuple[int, ...]
    last: tuple[int, ...] = ()
    of_tags: bool = False

    def speaks_of(self, lowest: tuple[int, ...], highest: tuple[int, ...]) -> bool:
        """Whether every version from `lowest` to `highest` has the weakness."""
        if lowest < self.since:
            return False
        return highest <= self.last if self.last else highest < self.fixed + (0,) * (3 - len(self.fixed))


ADVISORIES: dict[str, tuple[Advisory, ...]] = {
    "actions/download-artifact": (Advisory("GHSA-cxww-7g56-2vh6", (4,), (4, 1, 3)),),
    "aquasecurity/setup-trivy": (Advisory("GHSA-69fq-xp46-6x23", (), (0, 2, 6), of_tags=True),),
    "aquasecurity/trivy-action": (
        Advisory("GHSA-9p44-j4g5-cfx5", (0, 31), (0, 34)),
        Advisory("GHSA-69fq-xp46-6x23", (), (0, 35), of_tags=True),
    ),
    "atlassian/gajira-comment": (Advisory("GHSA-p2rr-6wmh-5v4q", (), (2, 0, 2)),),
    "atlassian/gajira-create": (Advisory("GHSA-4xqx-pqpj-9fqw", (), (2, 0, 1)),),
    "azure/setup-kubectl": (Advisory("GHSA-p756-rfxh-x63h", (), (3,)),),
    "boldestdungeon/steam-workshop-deploy": (Advisory("GHSA-x6gv-2rvh-qmp6", (), (2,)),),
    "buildalon/setup-steamcmd": (Advisory("GHSA-mj96-mh85-r574", (), (1, 1)),),
    "bullfrogsec/bullfrog": (Advisory("GHSA-m32f-fjw2-37v3", (), (0, 8, 4)),),
    "canonical/get-workflow-version-action": (Advisory("GHSA-26wh-cc3r-w6pj", (), (1, 0, 1)),),
    "check-spelling/check-spelling": (Advisory("GHSA-g86g-chm8-7r2p", (), (0, 0, 19)),),
    "dawidd6/action-download-artifact": (Advisory("GHSA-5xr6-xhww-33m4", (), (6,)),),
    "embano1/wip": (Advisory("GHSA-rg3q-prf8-qxmp", (), (2,)),),
    "fish-shop/syntax-check": (Advisory("GHSA-xj87-mqvh-88w2", (), (1, 6, 12)),),
    "github/codeql-action": (
        Advisory("GHSA-vqf5-2xx6-9wfm", (3, 26, 11), (3, 28, 3)),
        Advisory("GHSA-vqf5-2xx6-9wfm", (2, 26, 11), (3,)),
    ),
    "gradle/gradle-build-action": (Advisory("GHSA-h3qr-39j9-4r5v", (), (2, 4, 2)),),
    "hashicorp/vault-action": (Advisory("GHSA-4mgv-m5cm-f9h7", (), (2, 2, 0)),),
    "j178/prek-action": (Advisory("GHSA-pwf7-47c3-mfhx", (), (1, 0, 6)),),
    "kartverket/github-workflows": (Advisory("GHSA-f9qj-7gh3-mhj4", (), (2, 7, 5)),),
    "lycheeverse/lychee-action": (Advisory("GHSA-65rg-554r-9j5x", (), (2, 0, 2)),),
    "m00nl1ght-dev/steam-workshop-deploy": (Advisory("GHSA-x6gv-2rvh-qmp6", (), (4,)),),
    "ozi-project/publish": (Advisory("GHSA-2487-9f55-2vg9", (1, 13, 2), (1, 13, 6)),),
    "pypa/gh-action-pypi-publish": (Advisory("GHSA-vxmw-7h4f-hqxh", (), (1, 13)),),
    "rageagainstthepixel/setup-steamcmd": (Advisory("GHSA-c5qx-p38x-qf5w", (), (1, 3)),),
    "reviewdog/action-setup": (Advisory("GHSA-qmg3-hpqr-gqvc", (1,), (1, 0, 1)),),
    "rlespinasse/github-slug-action": (
        Advisory("GHSA-7f32-hm4h-w77q", (), (1, 1, 1)),
        Advisory("GHSA-7f32-hm4h-w77q", (2,), (2, 1, 1)),
        Advisory("GHSA-6q4m-7476-932w", (4,), (4, 4, 1)),
    ),
    "some-natalie/ghas-to-csv": (Advisory("GHSA-634p-93h9-92vh", (), (1,)),),
    "sonarsource/sonarqube-scan-action": (
        Advisory("GHSA-f79p-9c5r-xg88", (4,), (5, 3, 1)),
        Advisory("GHSA-5xq9-5g24-4g6f", (4,), (6,)),
    ),
    "step-security/harden-runner": (
        Advisory("GHSA-g85v-wf27-67xc", (), (2, 10, 2)),
        Advisory("GHSA-mxr3-8whj-j74r", (0, 12), (2, 12)),
        Advisory("GHSA-cpmj-h4f6-r6pq", (), (2, 14, 2)),
        Advisory("GHSA-g699-3x6g-wm3g", (), (2, 16)),
    ),
    "tj-actions/branch-names": (
        Advisory("GHSA-8v8w-v8xg-79rf", (), (7, 0, 7)),
        Advisory("GHSA-gq52-6phf-x2r6", (), (9,), (8, 2, 1)),
    ),
    "tj-actions/changed-files": (
        Advisory("GHSA-mcph-m25j-8j63", (), (41,)),
        Advisory("GHSA-mrrh-fwg8-r2c3", (), (46, 0, 1), (45, 0, 7)),
    ),
    "tj-actions/verify-changed-files": (Advisory("GHSA-ghm2-rq8q-wrhc", (), (17,)),),
    "ultralytics/actions": (Advisory("GHSA-7x29-qqmq-v6qc", (), (0, 0, 3)),),
    "xygeni/xygeni-action": (Advisory("GHSA-f8q5-h5qh-33mh", (5,), (6, 4), of_tags=True),),
}


def advisory_of(repository: str, version: str, *, is_commit: bool = False) -> Advisory | None:
    """The advisory that speaks of a written version (`v4.1.0`, `2.2`); None where a moving tag may be fixed by now."""
    numbers = _numbers(version)
    if numbers is None:
        return None
    blank = 3 - len(numbers)
    lowest, highest = numbers + (0,) * blank, numbers + (10**6,) * blank  # `v4` is moved along with v4.1.7
    for advisory in ADVISORIES.get(repository.lower(), ()):
        if advisory.speaks_of(lowest, highest) and not (is_commit and advisory.of_tags):
            return advisory
    return None


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = version.removeprefix("v").split("+")[0].split("-")[0].split(".")
    if not parts or len(parts) > 3 or not all(part.isdigit() and len(part) < 6 for part in parts):
        return None
    return tuple(int(part) for part in parts)
