"""What Serverless Framework and AWS refuse in serverless.yml, and what plugins, versions and variables leave open."""

from __future__ import annotations

import pytest

from infralint.analysis.platform.serverless_checks import serverless_faults
from infralint.model.index import Index
from infralint.model.platform.serverless import ServerlessDocument
from infralint.text.source import Source

HEAD = "service: shop\nprovider: {name: aws}\n"


def names(text: str) -> list[str]:
    file = ServerlessDocument(Source("serverless.yml", text), Index("."), "serverless")
    return [fault.name for fault in serverless_faults(file)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("service: my_shop\nprovider: aws\n", ["service-name"]),
        ("service: 7shop\nprovider: aws\n", ["service-name"]),
        ("provider: aws\n", ["missing-key"]),
        ("service:\nprovider: aws\n", ["missing-key"]),
        ("service: {name: shop}\nprovider: aws\n", ["service-object"]),
        ("service: {name: shop}\nframeworkVersion: '>=3.38'\nprovider: aws\n", ["service-object"]),
        (HEAD + "functions: none\n", ["wrong-type"]),
        (HEAD + "functions: {a: a.handler}\n", ["wrong-type"]),
        (HEAD + "functions: {a: [a.handler]}\n", ["wrong-type"]),
        (HEAD + "functions: {a: {events: []}}\n", ["missing-handler"]),
        (HEAD + "functions: [{a: {handler: ''}}]\n", ["missing-handler"]),
        (HEAD + "plugins: {modules: [serverless-offline]}\nfunctions: {a: {}}\n", ["missing-handler"]),
        (HEAD + "functions: {a: {handler: a.b, image: a}}\n", ["handler-and-image"]),
        (HEAD + "functions: {a: {handler: a.b, timeout: 901}}\n", ["too-large"]),
        (HEAD + "functions: {a: {handler: a.b, memorySize: 10241}}\n", ["too-large"]),
    ],
)
def test_what_is_refused_is_found(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "service: ${env:NAME}_x\nprovider: aws\n",
        "service: my_shop\nprovider: {name: aws, stackName: shop}\n",
        "service: my_shop\nprovider: {name: google}\n",
        "service: my_shop\nprovider: ${file(provider.yml)}\n",
        "service: {name: shop}\nframeworkVersion: '2'\nprovider: aws\n",
        "service: {name: shop}\nframeworkVersion: '>=1.0.0 <4.0.0'\nprovider: aws\n",
        HEAD + "functions: ${file(functions.yml)}\n",
        HEAD + "functions: [ '${file(a.yml)}', {b: {handler: b.c}} ]\n",
        HEAD + "functions: {a: '${file(a.yml)}', b: }\n",
        HEAD + "functions: {a: {handler: '${self:custom.handler}', image: }}\n",
        HEAD + "plugins: [serverless-offline, serverless-middleware]\nfunctions: {a: {}}\n",
        HEAD + "plugins: ${file(plugins.yml)}\nfunctions: {a: {}}\n",
        HEAD + "base: &base {handler: a.b}\nfunctions: {a: {<<: *base, timeout: 900}}\n",
        HEAD + "functions: {a: {handler: a.b, memorySize: 20480, capacityProvider: big}}\n",
        HEAD + "functions: {a: {handler: a.b, timeout: '${self:custom.timeout}'}}\n",
    ],
)
def test_what_may_be_accepted_is_not(text: str) -> None:
    assert names(text) == []
