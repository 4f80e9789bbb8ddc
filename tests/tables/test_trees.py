"""Folders of fixtures and vendored code, and files that are there for tests, development or examples."""

from __future__ import annotations

import pytest

from infralint.tables.trees import DEVELOPMENT, EXAMPLES, FIXTURES, TESTS, lies_in, variants_of


@pytest.mark.parametrize(
    "path",
    [
        "testdata/Dockerfile", "a/test_data/b/.env", "Test Data/x.json", "src/__fixtures__/x.yml", "spec/fixtures/x", "parser-fixtures/x",
        "vendor/github.com/x/Dockerfile", "third_party/x", "third-party/x", "src/test/resources/x.yml", "tests/data/x", "a/site-packages/x",
        "lib/generated/x.yml", "deps/rabbit/test/config_SUITE_data/x.json", "__snapshots__/x.yml", "TestData/x",
    ],
)  # fmt: skip
def test_folders_of_fixtures_and_vendored_code_are_known(path: str) -> None:
    assert lies_in(path, FIXTURES)


@pytest.mark.parametrize(
    "path",
    [
        "Dockerfile",
        "vendor.yml",
        "src/data/x.yml",
        "tests/x.yml",
        "vendors-api/x.yml",
        "data/test/x",
        "resources/x",
        "fixtures.yml",
    ],
)
def test_other_folders_and_names_of_files_are_not(path: str) -> None:
    assert not lies_in(path, FIXTURES)


@pytest.mark.parametrize(
    ("path", "variants"),
    [
        ("test/docker-compose.yml", {TESTS}), ("integration/resources/a.yml", {TESTS}), ("docker/testing-host/Dockerfile", {TESTS}), ("latest-e2e/.env", {TESTS}), ("integrations/a.yml", set()), ("contest-app/Dockerfile", set()), ("docker-compose.ci-test.yml", {TESTS}), ("e2e/Dockerfile", {TESTS}), ("test.env", {TESTS}), ("test5.Dockerfile", {TESTS}), ("debug/compose.yaml", {DEVELOPMENT}),
        ("src/App.Tests/Dockerfile", {TESTS}), ("docker-compose.dev.yml", {DEVELOPMENT}), (".devcontainer/compose.yaml", {DEVELOPMENT}),
        ("compose.override.yaml", set()), ("docker-compose.yml", set()), (".env.example", {EXAMPLES}), ("docs/secret.yaml", {EXAMPLES}),
        ("examples/dev/compose.yaml", {DEVELOPMENT, EXAMPLES}), ("latest/compose.yaml", set()), ("Dockerfile.attest", set()),
    ],
)  # fmt: skip
def test_a_path_says_for_what_a_file_is_there(path: str, variants: set[str]) -> None:
    assert variants_of(path) == variants
