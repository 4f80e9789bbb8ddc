"""The files of CI systems other than GitHub Actions: how each is recognised, and its model."""

from __future__ import annotations

from infralint.model.row import PIPELINE, YAML, Row

_ROWS = (
    Row(
        "gitlab",
        "infralint.model.pipelines.gitlab",
        "GitlabDocument",
        names=(".gitlab-ci.yml", ".gitlab-ci.yaml"),
        suffixes=tuple(f".gitlab-ci{ending}" for ending in YAML),
        homes=(".gitlab/ci", ".gitlab-ci"),
        content=r"\A(?:#[^\n]*+\n|---[ \t]*+\r?\n|[ \t]*+\r?\n)*+spec[ \t]*:[ \t]*+\r?\n[ \t]++(?:inputs|component|description)[ \t]*:",
        looks_like=r"^[ \t]+[\"']?(?:script|extends|trigger|stage|run|rules|before_script|image|needs|variables)[\"']?[ \t]*:"
        r"|^[\"']?(?:include|stages|workflow|default|variables|spec|image)[\"']?[ \t]*:",
        family=PIPELINE,
        example=".gitlab-ci.yml",
    ),
    Row(
        "circleci",
        "infralint.model.pipelines.circleci",
        "CircleDocument",
        homes=(".circleci",),
        looks_like=r"^[ \t{]*[\"']?(?:jobs|workflows|orbs|commands|executors|parameters|setup|version)[\"']?[ \t]*:",
        asks_always=True,
        family=PIPELINE,
        example=".circleci/config.yml",
    ),
    Row(
        "azure",
        "infralint.model.pipelines.azure",
        "AzureDocument",
        names=tuple(
            f"{stem}{ending}"
            for stem in ("azure-pipelines", ".azure-pipelines", "azure-pipeline", "vsts-ci")
            for ending in YAML
        ),
        prefixes=("azure-pipelines", "azure-pipeline"),
        homes=(".azure-pipelines", ".azure/pipelines", ".pipelines", "azure-pipelines"),
        looks_like=r"^[\"']?(?:stages|jobs|steps|extends|trigger|pool|variables|parameters|resources)[\"']?[ \t]*:",
        family=PIPELINE,
        example="azure-pipelines.yml",
    ),
    Row(
        "bitbucket",
        "infralint.model.pipelines.bitbucket",
        "BitbucketDocument",
        names=tuple(f"bitbucket-pipelines{ending}" for ending in YAML),
        family=PIPELINE,
        example="bitbucket-pipelines.yml",
    ),
    Row(
        "buildkite",
        "infralint.model.pipelines.buildkite",
        "BuildkiteDocument",
        homes=(".buildkite",),
        looks_like=r"^[\"']?steps[\"']?[ \t]*:|\A(?:[ \t]*+(?:#[^\n]*+|\r?)\n|---[ \t]*+\r?\n)*+-[ \t]",
        asks_always=True,
        family=PIPELINE,
        example=".buildkite/pipeline.yml",
    ),
    Row(
        "drone",
        "infralint.model.pipelines.drone",
        "DroneDocument",
        names=tuple(f".drone{ending}" for ending in YAML),
        family=PIPELINE,
        example=".drone.yml",
    ),
    Row(
        "woodpecker",
        "infralint.model.pipelines.drone",
        "WoodpeckerDocument",
        names=tuple(f".woodpecker{ending}" for ending in YAML),
        homes=(".woodpecker",),
        family=PIPELINE,
        example=".woodpecker.yml",
    ),
    Row(
        "cloudbuild",
        "infralint.model.pipelines.cloudbuild",
        "CloudBuildDocument",
        names=tuple(f"cloudbuild{ending}" for ending in (*YAML, ".json")),
        prefixes=("cloudbuild.", "cloudbuild-", "cloudbuild_"),
        looks_like=r"^[ \t{]*[\"']?steps[\"']?[ \t]*:",
        family=PIPELINE,
        example="cloudbuild.yaml",
    ),
    Row(
        "tekton",
        "infralint.model.pipelines.kubernetes",
        "TektonDocument",
        content=r"^[\"']?apiVersion[\"']?[ \t]*:[ \t]*[\"']?tekton\.dev/",
        family=PIPELINE,
        example=".tekton/task.yaml",
    ),
    Row(
        "argo",
        "infralint.model.pipelines.kubernetes",
        "ArgoDocument",
        content=r"^[\"']?kind[\"']?[ \t]*:[ \t]*[\"']?(?:Workflow|WorkflowTemplate|ClusterWorkflowTemplate|CronWorkflow)[\"']?[ \t]*\r?$",
        family=PIPELINE,
        example="workflow.yaml",
    ),
    Row(
        "travis",
        "infralint.model.pipelines.hosted",
        "TravisDocument",
        names=tuple(f".travis{ending}" for ending in YAML),
        family=PIPELINE,
        example=".travis.yml",
    ),
    Row(
        "codebuild",
        "infralint.model.pipelines.hosted",
        "CodeBuildDocument",
        names=tuple(f"buildspec{ending}" for ending in YAML),
        prefixes=("buildspec.", "buildspec-", "buildspec_"),
        looks_like=r"^[\"']?phases[\"']?[ \t]*:",
        family=PIPELINE,
        example="buildspec.yml",
    ),
    Row(
        "jenkins",
        "infralint.model.pipelines.jenkins",
        "JenkinsDocument",
        names=("jenkinsfile",),
        prefixes=("jenkinsfile.", "jenkinsfile-", "jenkinsfile_"),
        suffixes=(".jenkinsfile", "-jenkinsfile", "_jenkinsfile"),
        unless=(".md", ".txt", ".j2", ".yml", ".yaml", ".json", ".xml", ".py", ".sh"),
        looks_like=r"\b(?:pipeline|node|stage|properties|library)\b",
        language="groovy",
        family=PIPELINE,
        example="Jenkinsfile",
    ),
)

ROWS = tuple(row._replace(summary="infralint.analysis.pipelines.summary:pipeline_summary") for row in _ROWS)
