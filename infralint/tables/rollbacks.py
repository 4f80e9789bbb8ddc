"""How each target of deployments brings the release before back, and how the data of databases is copied and put back.

From the references of the tools (read 2026-11). Words in capitals are for the reader to fill in.
"""

from __future__ import annotations

ROLLBACKS = {
    "Amazon ECS": "aws ecs update-service --cluster CLUSTER --service SERVICE --task-definition FAMILY:PREVIOUS_REVISION",
    "App Engine": "gcloud app services set-traffic SERVICE --splits PREVIOUS_VERSION=1",
    "Argo CD": "argocd app rollback APP HISTORY_ID",
    "AWS CloudFormation": "aws cloudformation rollback-stack --stack-name STACK",
    "AWS Elastic Beanstalk": "aws elasticbeanstalk update-environment --environment-name ENVIRONMENT --version-label PREVIOUS_LABEL",
    "AWS Lambda": "aws lambda update-alias --function-name FUNCTION --name ALIAS --function-version PREVIOUS_VERSION",
    "Azure App Service": "az webapp deployment slot swap --resource-group GROUP --name APP --slot staging",
    "Azure Container Apps": "az containerapp revision activate --resource-group GROUP --revision PREVIOUS_REVISION",
    "Capistrano": "cap production deploy:rollback",
    "Cloud Run": "gcloud run services update-traffic SERVICE --to-revisions PREVIOUS_REVISION=100",
    "Cloudflare Workers": "wrangler rollback",
    "Docker Swarm": "docker service rollback SERVICE",
    "Fly.io": "fly releases --image && fly deploy --image PREVIOUS_IMAGE",
    "Heroku": "heroku rollback --app APP",
    "Kamal": "kamal rollback PREVIOUS_VERSION",
    "Kubernetes": "kubectl rollout undo deployment/NAME",
    "Nomad": "nomad job revert JOB PREVIOUS_VERSION",
    "OpenShift": "oc rollout undo deployment/NAME",
    "Serverless Framework": "serverless rollback --timestamp TIMESTAMP",
    "Vercel": "vercel rollback DEPLOYMENT_URL",
}
"""By the target's name in `tables/deploys`; where none is listed an earlier commit is deployed again."""
BACKUPS = {
    "postgres": (
        "pg_dump --format=custom --file=backup.dump DATABASE",
        "pg_restore --clean --dbname=DATABASE backup.dump",
    ),
    "mysql": ("mysqldump --single-transaction DATABASE > backup.sql", "mysql DATABASE < backup.sql"),
    "mariadb": ("mariadb-dump --single-transaction DATABASE > backup.sql", "mariadb DATABASE < backup.sql"),
    "mongo": ("mongodump --archive=backup.archive", "mongorestore --archive=backup.archive"),
    "redis": ("redis-cli BGSAVE, then copy dump.rdb", "stop the service, put dump.rdb into its data folder, start it"),
}
"""By a part of the image's name: the command that copies the data, and the one that puts it back."""
