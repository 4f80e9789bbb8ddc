"""How commands and connection strings are told passwords, tokens and keys (the programs' manuals, 2026-11)."""

from __future__ import annotations

_VALUE = r"[\"']?([^\s\"'$<>{}`;&|]{10,400})"
_REST = r"[^\n|;&]{0,200}?[ \t]"
"""The words between a program and one of its options."""

OPTIONS = (
    (
        "--",
        rf"--(?<![\w-]--)(?:[a-z]+-){{0,2}}(?:password|passwd|passphrase|pass|pwd|token|pat|api-?key|access-?key|secret|secret-?key|auth-?key)(?:=|[ \t]+){_VALUE}",
    ),
    ("--set", rf"--set(?:-string)?[= \t][\"']?[^\s=]{{0,200}}(?:[pP]assword|[tT]oken|[sS]ecret|[kK]ey)[\w.]{{0,20}}={_VALUE}"),
    ("--from-literal", rf"--from-literal[= \t][\"']?[^\s=]{{0,100}}={_VALUE}"),
    ("redis-cli", rf"redis-cli(?<!\wredis-cli)\b{_REST}-a[ \t]+{_VALUE}"),
    ("mongo", rf"mongo(?<!\wmongo)(?:sh|dump|restore|export|import)?\b{_REST}-p[ \t]+{_VALUE}"),
    ("mysql", rf"mysql(?<!\wmysql)[a-z]{{0,10}}\b{_REST}-p{_VALUE}"),
    ("mariadb", rf"mariadb(?<!\wmariadb)(?:-[a-z]{{1,10}})?\b{_REST}-p{_VALUE}"),
    ("twine", rf"twine(?<!\wtwine)\b{_REST}-p[ \t]+{_VALUE}"),
    (" login", rf"\b(?:docker|podman|buildah|skopeo|nerdctl|helm|oras|crane|az|oc|cf|argocd|vault|gh|npm|snyk|ibmcloud)\b{_REST}?login\b(?:{_REST}-p)?[ \t]+{_VALUE}"),
    ("cqlsh", rf"cqlsh(?<!\wcqlsh)\b{_REST}-p[ \t]+{_VALUE}"),
    ("sqlcmd", rf"sqlcmd(?<!\wsqlcmd)\b{_REST}-P[ \t]*{_VALUE}"),
    ("bcp", rf"bcp(?<!\wbcp)\b{_REST}-P[ \t]*{_VALUE}"),
    ("ldap", rf"ldap(?<!\wldap)(?:add|search|modify|delete|passwd|whoami)\b{_REST}-w[ \t]+{_VALUE}"),
    ("htpasswd", rf"htpasswd(?<!\whtpasswd)\b[ \t]+-[a-zA-Z0-9]{{0,6}}b[a-zA-Z0-9]{{0,6}}[ \t](?:[^\n|;&]{{0,200}}[ \t])?{_VALUE}"),
    ("keytool", rf"keytool(?<!\wkeytool)\b{_REST}-(?:store|key|srcstore|deststore)pass[ \t]+{_VALUE}"),
    ("pass:", rf"(?<![\w:])pass:{_VALUE}"),
    ("zip", rf"\b(?:un)?zip\b{_REST}-P[ \t]*{_VALUE}"),
    ("7z", rf"\b7z[az]?\b{_REST}-p{_VALUE}"),
    ("chpasswd", rf"\becho[ \t]+(?:-[a-z]{{1,3}}[ \t]+)?[\"']?[\w.-]{{1,40}}:{_VALUE}[\"']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?chpasswd"),
    ("-stdin", rf"\b(?:echo|printf)[ \t]+(?:-[a-z]{{1,3}}[ \t]+)?(?:[\"']?%s[\"']?[ \t]+)?{_VALUE}[\"']?[ \t]*\|[^\n|;&]{{0,200}}--(?:password|with|pass)-?(?:stdin|token)"),
    ("sudo -S", rf"\becho[ \t]+(?:-[a-z]{{1,3}}[ \t]+)?{_VALUE}[\"']?[ \t]*\|[ \t]*sudo[ \t]+-S"),
    ("rabbitmqctl", rf"rabbitmqctl(?<!\wrabbitmqctl)\b[^\n|;&]{{0,100}}?(?:add_user|change_password)[ \t]+\S{{1,80}}[ \t]+{_VALUE}"),
    ("configure", rf"configure(?<!\wconfigure)[ \t]+set[ \t]+[\w.]{{0,80}}(?:secret_access_key|session_token)[ \t]+{_VALUE}"),
    ("config", rf"config(?<!\wconfig)[ \t]+set[ \t]+[\"']?[^\s=]{{0,200}}(?:_authToken|_auth|_password|[tT]oken|[pP]assword)[\"']?[= \t]+{_VALUE}"),
    ("machine", rf"machine(?<!\wmachine)[ \t]+\S{{1,200}}[ \t]+login[ \t]+\S{{1,200}}[ \t]+password[ \t]+{_VALUE}"),
    (
        "wget",
        r"wget(?<!\wwget)\b[^\n|;&]{0,300}?--header[= \t]+[\"']Authorization:[ \t]*(?:Bearer|Token)[ \t]+([^\s\"'$<>{}]{10,400})",
    ),
    ("tore", rf"(?<!\w)-D[\w.]{{1,60}}[sS]tore(?:\.p|P)assword={_VALUE}"),
    ("-D", rf"(?<!\w)-D[\w.-]{{0,60}}(?:[pP]assword|[tT]oken|[sS]ecret|[pP]asswd)={_VALUE}"),
)  # fmt: skip
"""A word that the command has, and a pattern whose group is the value."""
INSIDE = r"=(?<=[dnyretDNYRT]=)([^\s\"'$<>{}`;&|,]{10,400})"
"""The value of a part of a connection string, a JDBC address or a query, behind a name that INSIDE_NAME takes."""
INSIDE_NAME = (
    r"(?<![\w-])(?:[pP]assword|PASSWORD|[pP]asswd|[pP]wd|PWD|[aA]ccess[-_]?[tT]oken|[aA]uth[-_]?[tT]oken|[aA]pi[-_]?[kK]ey|[cC]lient[-_]?[sS]ecret"
    r"|AccountKey|SharedAccessKey|[tT]oken|[sS]ecret)\Z"
)
