"""What Serverless Framework refuses in serverless.yml, whatever `configValidationMode` says.

After lib/classes/service.js and lib/plugins/aws of https://github.com/serverless/serverless at b9d7ea51 (2026-08-12), and the limits of
AWS Lambda and CloudFormation (read 2026-11). The schema of the framework alone is no more than a warning there, and plugins add to it.
"""

from __future__ import annotations

from infralint.text import regex as re

STACK_NAME = re.compile(r"[a-zA-Z][-a-zA-Z0-9]*")
"""The names of CloudFormation stacks; the framework makes one of the service's name and the stage."""
LONGEST_TIMEOUT = 900
"""Seconds."""
MOST_MEMORY = 10_240
"""MB, of a function without a capacity provider."""
PLAIN_PLUGINS = frozenset(
    ("serverless-offline", "serverless-webpack", "serverless-esbuild", "serverless-python-requirements", "serverless-dotenv-plugin",
     "serverless-prune-plugin", "serverless-domain-manager", "serverless-plugin-warmup", "serverless-iam-roles-per-function",
     "serverless-plugin-typescript", "serverless-pseudo-parameters", "serverless-dynamodb-local", "serverless-s3-sync",
     "serverless-plugin-aws-alerts", "serverless-apigw-binary", "serverless-export-env", "serverless-deployment-bucket",
     "serverless-add-api-key", "serverless-plugin-log-retention", "serverless-plugin-canary-deployments", "serverless-step-functions")
)  # fmt: skip
"""Plugins that give no function its handler."""
