"""Actions of AWS IAM that give their holder more than they name, after Cloudsplaining's lists and
https://docs.aws.amazon.com/service-authorization/latest/reference/ (read 2026-11).

Names are in lower case, as IAM compares them.
"""

from __future__ import annotations

PASS_ROLE = "iam:passrole"
ESCALATING = (
    "iam:attachgrouppolicy", "iam:attachrolepolicy", "iam:attachuserpolicy", "iam:putgrouppolicy", "iam:putrolepolicy", "iam:putuserpolicy",
    "iam:createpolicyversion", "iam:setdefaultpolicyversion", "iam:addusertogroup", "iam:updateassumerolepolicy", "iam:createaccesskey",
    "iam:createloginprofile", "iam:updateloginprofile",
)  # fmt: skip
"""With one of these on every resource, a principal gives itself any right."""
STARTERS = {
    "lambda:createfunction": ("lambda:invokefunction", "lambda:createeventsourcemapping", "lambda:addpermission"),
    "lambda:updatefunctionconfiguration": (),
    "ec2:runinstances": (),
    "ecs:runtask": (),
    "ecs:createservice": (),
    "ecs:registertaskdefinition": ("ecs:runtask", "ecs:createservice", "ecs:updateservice"),
    "cloudformation:createstack": (),
    "glue:createdevendpoint": (),
    "glue:createjob": ("glue:startjobrun", "glue:createtrigger"),
    "codebuild:createproject": ("codebuild:startbuild", "codebuild:startbuildbatch"),
    "datapipeline:createpipeline": ("datapipeline:putpipelinedefinition",),
    "sagemaker:createnotebookinstance": (),
    "sagemaker:createtrainingjob": (),
    "states:createstatemachine": ("states:startexecution",),
}
"""What starts a program of the caller under a role that is passed to it, each with what it needs beside; one is enough."""
STARTING_POLICIES = frozenset(
    ("AWSLambda_FullAccess", "AWSLambdaFullAccess", "AmazonEC2FullAccess", "AmazonECS_FullAccess", "AWSCloudFormationFullAccess",
     "AWSCodeBuildAdminAccess", "AWSGlueConsoleFullAccess", "AWSStepFunctionsFullAccess", "AmazonSageMakerFullAccess", "PowerUserAccess")
)  # fmt: skip
"""Policies of AWS that allow one of these, with all that it needs."""
CREDENTIALS = (
    "secretsmanager:getsecretvalue", "ssm:getparameter", "ssm:getparameters", "ssm:getparametersbypath", "sts:assumerole", "kms:decrypt",
    "rds-db:connect", "redshift:getclustercredentials", "codeartifact:getauthorizationtoken",
)  # fmt: skip
"""What hands out credentials, or what opens them."""
DESTRUCTIVE = (
    "s3:deleteobject", "s3:deletebucket", "s3:putobject", "s3:putbucketpolicy", "dynamodb:deletetable", "dynamodb:deleteitem", "rds:deletedbinstance",
    "rds:deletedbcluster", "ec2:terminateinstances", "kms:schedulekeydeletion", "kms:putkeypolicy", "secretsmanager:deletesecret", "secretsmanager:putsecretvalue",
    "lambda:updatefunctioncode", "lambda:deletefunction", "cloudtrail:stoplogging", "cloudtrail:deletetrail", "logs:deleteloggroup", "ecr:putimage",
    "sqs:purgequeue", "sns:deletetopic", "cloudformation:deletestack", "organizations:leaveorganization",
)  # fmt: skip
"""What destroys or replaces data and programs."""
FOR_THE_PUBLIC = frozenset(("s3:getobject", "s3:getobjectversion", "execute-api:invoke"))
"""What a public website or API grants everyone."""
