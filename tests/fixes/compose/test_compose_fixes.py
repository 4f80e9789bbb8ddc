"""What the fixes make of compose files, comments and blank lines included, as a person would expect it."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

CASES = {
    "services with the comments above, beside and in them": (
        "compose/services-out-of-order",
        """\
# The stack of the shop.
# Start it with `make up`.

services:
  # --- front ---

  # the pages
  web:
    image: a:1
    # ports: ["80:80"]

  api:   # talks to db
    image: b:1


  # --- data ---

  # orders
  # and customers
  db:
    image: c:1
  # cache: nobody needs it now
  #   image: redis:7
""",
        """\
# The stack of the shop.
# Start it with `make up`.

services:
  # --- front ---

  api:   # talks to db
    image: b:1

  # orders
  # and customers
  db:
    image: c:1


  # --- data ---

  # the pages
  web:
    image: a:1
    # ports: ["80:80"]
  # cache: nobody needs it now
  #   image: redis:7
""",
    ),
    "top-level keys, the head of the file aside": (
        "compose/top-level-keys-out-of-order",
        """\
# head of the file
version: "3"

volumes:
  data: # kept

# who may talk to whom
networks:
  front:

# what runs
services:
  web:
    image: a:1
""",
        """\
# head of the file
version: "3"

# what runs
services:
  web:
    image: a:1

# who may talk to whom
networks:
  front:

volumes:
  data: # kept
""",
    ),
    "a fragment comes before the alias that needs it": (
        "compose/top-level-keys-out-of-order",
        """\
services:
  web:
    image: a:1
    logging: *log
x-log: &log
  driver: local
""",
        """\
x-log: &log
  driver: local
services:
  web:
    image: a:1
    logging: *log
""",
    ),
    "keys with their comments, the last line without its end": (
        "compose/keys-out-of-order",
        (
            "services:\n"
            "  web:\n"
            "    # how it is started\n"
            "    command: run   # fast\n"
            "    environment:\n"
            "      A: one\n"
            "      # B: two\n"
            "\n"
            "    # from the registry\n"
            "    image: a:1\n"
            "\n"
            "    restart: always\n"
            "  db:\n"
            "    restart: always\n"
            "    image: b:1"
        ),
        (
            "services:\n"
            "  web:\n"
            "    # from the registry\n"
            "    image: a:1\n"
            "    environment:\n"
            "      A: one\n"
            "      # B: two\n"
            "\n"
            "    # how it is started\n"
            "    command: run   # fast\n"
            "\n"
            "    restart: always\n"
            "  db:\n"
            "    image: b:1\n"
            "    restart: always"
        ),
    ),
    "a flow mapping is left alone": (
        "compose/keys-out-of-order",
        """\
services:
  web: {restart: always, image: a:1}
""",
        """\
services:
  web: {restart: always, image: a:1}
""",
    ),
    "dependencies at the depth of their key": (
        "compose/dependencies-out-of-order",
        """\
services:
  web:
    image: a:1
    depends_on:
    - redis # cache
    # orders
    - db
    - api
    restart: always
""",
        """\
services:
  web:
    image: a:1
    depends_on:
    - api
    # orders
    - db
    - redis # cache
    restart: always
""",
    ),
    "dependencies in one line": (
        "compose/dependencies-out-of-order",
        """\
services:
  web:
    image: a:1
    depends_on: [redis, "db", api] # all
""",
        """\
services:
  web:
    image: a:1
    depends_on: [api, "db", redis] # all
""",
    ),
    "ports in both forms": (
        "compose/ports-out-of-order",
        """\
services:
  web:
    image: a:1
    ports:
      # admin
      - "9000:9000"

      - target: 80 # pages
        published: 8080
      - "${P}:1"
""",
        """\
services:
  web:
    image: a:1
    ports:
      - "${P}:1"

      - target: 80 # pages
        published: 8080
      # admin
      - "9000:9000"
""",
    ),
    "the version goes, the head stays": (
        "compose/version-obsolete",
        """\
# a stack
version: "3.8" # old

# what runs
services:
  web:
    image: a:1
""",
        """\
# a stack

# what runs
services:
  web:
    image: a:1
""",
    ),
    "quotes around ports": (
        "compose/unquoted-port",
        """\
services:
  web:
    image: a:1
    ports: [80:80, "81:81", 82]
    expose:
      - 3000 # x
""",
        """\
services:
  web:
    image: a:1
    ports: ['80:80', "81:81", '82']
    expose:
      - '3000' # x
""",
    ),
    "quotes of volumes that mean nothing": (
        "compose/quoted-volume",
        """\
services:
  web:
    image: a:1
    volumes: ["./a:/a", './b:/b:ro', "${A}/x:/c"]
""",
        """\
services:
  web:
    image: a:1
    volumes: [./a:/a, ./b:/b:ro, "${A}/x:/c"]
""",
    ),
    "ports bound in every form": (
        "compose/port-on-every-interface",
        """\
services:
  web:
    image: a:1
    ports:
      - 8080:80 # pages
      - '9000:9000/udp'
      - "3000-3005:3000-3005"
      - target: 443
        published: 8443 # tls
        mode: host
      - {target: 81, published: 81}
""",
        """\
services:
  web:
    image: a:1
    ports:
      - "127.0.0.1:8080:80" # pages
      - '127.0.0.1:9000:9000/udp'
      - "127.0.0.1:3000-3005:3000-3005"
      - target: 443
        published: 8443 # tls
        mode: host
        host_ip: 127.0.0.1
      - {target: 81, published: 81, host_ip: 127.0.0.1}
""",
    ),
    "a new key behind comments of the one above": (
        "compose/capabilities-not-dropped",
        """\
services:
  web:
    image: a:1
    environment:
      A: one
      # B: two

  # data
  db:
    image: b:1
""",
        """\
services:
  web:
    image: a:1
    environment:
      A: one
      # B: two
    cap_drop: [ALL]

  # data
  db:
    image: b:1
    cap_drop: [ALL]
""",
    ),
    "a new key in a flow mapping": (
        "compose/capabilities-not-dropped",
        """\
services:
  web: {image: a:1}
""",
        """\
services:
  web: {image: a:1, cap_drop: [ALL]}
""",
    ),
    "a new item in either style of list": (
        "compose/new-privileges-allowed",
        """\
services:
  web:
    image: a:1
    security_opt:
    - label:type:x # se

    restart: always
  api:
    image: a:1
    security_opt: [label:type:x]
""",
        """\
services:
  web:
    image: a:1
    security_opt:
    - label:type:x # se
    - no-new-privileges:true

    restart: always
  api:
    image: a:1
    security_opt: [label:type:x, no-new-privileges:true]
""",
    ),
    "health checks of known images": (
        "compose/no-healthcheck",
        """\
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: ${P:?}

  cache:
      image: redis:7
""",
        """\
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: ${P:?}
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U \\"$${POSTGRES_USER:-postgres}\\""]
      interval: 10s
      timeout: 5s
      retries: 5

  cache:
      image: redis:7
      healthcheck:
        test: ["CMD", "redis-cli", "ping"]
        interval: 10s
        timeout: 5s
        retries: 5
""",
    ),
    "limits of a log": (
        "compose/unbounded-log",
        """\
services:
  web:
    image: a:1
    logging: {driver: json-file}
  api:
    image: a:1
    logging:
      driver: json-file # docker's
    restart: always
""",
        """\
services:
  web:
    image: a:1
    logging: {driver: json-file, options: {max-size: "10m", max-file: "3"}}
  api:
    image: a:1
    logging:
      driver: json-file # docker's
      options:
        max-size: "10m"
        max-file: "3"
    restart: always
""",
    ),
    "the long form of dependencies": (
        "project/depends-on-ignores-healthcheck",
        """\
services:
  web:
    image: a:1
    depends_on:
    - db # orders
    - "mail"
    restart: always
  api:
    image: a:1
    depends_on: [db, mail]
  db:
    image: b:1
    healthcheck: {test: [CMD, a]}
  mail:
    image: c:1
""",
        """\
services:
  web:
    image: a:1
    depends_on:
      db: # orders
        condition: service_healthy
      "mail":
        condition: service_started
    restart: always
  api:
    image: a:1
    depends_on: {db: {condition: service_healthy}, mail: {condition: service_started}}
  db:
    image: b:1
    healthcheck: {test: [CMD, a]}
  mail:
    image: c:1
""",
    ),
    "a key with all that is below it": (
        "compose/undefined-reference",
        """\
services:
  web:
    image: a:1
    networks:
      fornt: # to the proxy
        aliases: [web]
networks:
  front:
""",
        """\
services:
  web:
    image: a:1
    networks:
      front: # to the proxy
        aliases: [web]
networks:
  front:
""",
    ),
    "secrets without a default": (
        "compose/default-for-secret",
        """\
services:
  web:
    image: a:1
    environment:
      - "DB_PASSWORD=${DB_PASSWORD:-A_VALUE}" # local
      - URL=postgres://u:${DB_PASSWORD-A_VALUE}@db/x
""",
        """\
services:
  web:
    image: a:1
    environment:
      - "DB_PASSWORD=${DB_PASSWORD:?}" # local
      - URL=postgres://u:${DB_PASSWORD:?}@db/x
""",
    ),
    "a key spelt right": (
        "compose/misspelt-key",
        """\
services:
  web:
    image: a:1
    enviroment: # settings
      A: one
    prots: ["80:80"]
""",
        """\
services:
  web:
    image: a:1
    environment: # settings
      A: one
    ports: ["80:80"]
""",
    ),
    "the depth of the file": (
        "compose/no-restart-policy",
        """\
services:
    web:
        image: a:1
        # end of web

    api:
        image: a:1
""",
        """\
services:
    web:
        image: a:1
        restart: unless-stopped
        # end of web

    api:
        image: a:1
        restart: unless-stopped
""",
    ),
    "line ends and a missing last one": (
        "compose/services-out-of-order",
        ("services:\r\n  b:\r\n    image: a:1\r\n\r\n  a:\r\n    image: a:1"),
        ("services:\r\n  a:\r\n    image: a:1\r\n\r\n  b:\r\n    image: a:1"),
    ),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_the_fix(case: str, tmp_path: Path) -> None:
    rule, before, after = (text.replace("A_VALUE", "correct" + "horse7battery") for text in CASES[case])
    path = tmp_path / "compose.yaml"
    path.write_bytes(before.encode())
    infralint.fix([tmp_path], root=tmp_path, select=[rule], unsafe=True)
    assert path.read_bytes().decode() == after
    infralint.fix([tmp_path], root=tmp_path, select=[rule], unsafe=True)
    assert path.read_bytes().decode() == after
