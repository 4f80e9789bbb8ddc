"""What well-known images are asked for their health with, and where they keep their data.

Sources: the images' pages at https://hub.docker.com/_/ and their documentation (read 2026-11). Each command is in the
image itself; nothing has to be installed.
"""

from __future__ import annotations

HEALTH_TESTS = {
    "postgres": '["CMD-SHELL", "pg_isready -U \\"$${POSTGRES_USER:-postgres}\\""]',
    "mysql": '["CMD-SHELL", "mysqladmin ping -h 127.0.0.1 --silent"]',
    "mariadb": '["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"]',
    "redis": '["CMD", "redis-cli", "ping"]',
    "valkey/valkey": '["CMD", "valkey-cli", "ping"]',
    "rabbitmq": '["CMD", "rabbitmq-diagnostics", "-q", "ping"]',
    "mongo": '["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand(\'ping\')"]',
    "nginx": '["CMD", "nginx", "-t", "-q"]',
    "docker.elastic.co/elasticsearch/elasticsearch": '["CMD-SHELL", "curl -fs http://localhost:9200/_cluster/health || exit 1"]',
    "memcached": '["CMD-SHELL", "bash -c \'echo version > /dev/tcp/127.0.0.1/11211\'"]',
    "influxdb": '["CMD", "influx", "ping"]',
    "cassandra": '["CMD-SHELL", "cqlsh -e \'describe cluster\'"]',
    "couchdb": '["CMD-SHELL", "curl -fs http://localhost:5984/_up || exit 1"]',
    "zookeeper": '["CMD-SHELL", "zkServer.sh status"]',
    "caddy": '["CMD", "wget", "-q", "--spider", "http://127.0.0.1:2019/config/"]',
    "traefik": '["CMD", "traefik", "healthcheck"]',
    "hashicorp/vault": '["CMD", "vault", "status"]',
    "hashicorp/consul": '["CMD", "consul", "members"]',
}
"""By the image's name, that of an official image alone: a test that succeeds when it answers."""

DATA_FOLDERS = {
    "postgres": ("/var/lib/postgresql/data", "/var/lib/postgresql"),
    "postgis/postgis": ("/var/lib/postgresql/data", "/var/lib/postgresql"),
    "timescale/timescaledb": ("/var/lib/postgresql/data", "/var/lib/postgresql", "/home/postgres"),
    "mysql": ("/var/lib/mysql",),
    "mariadb": ("/var/lib/mysql",),
    "percona": ("/var/lib/mysql",),
    "mongo": ("/data/db",),
    "couchdb": ("/opt/couchdb/data",),
    "cassandra": ("/var/lib/cassandra",),
    "influxdb": ("/var/lib/influxdb2", "/var/lib/influxdb"),
    "neo4j": ("/data",),
    "clickhouse/clickhouse-server": ("/var/lib/clickhouse",),
    "docker.elastic.co/elasticsearch/elasticsearch": ("/usr/share/elasticsearch/data",),
}
"""By the image's name: the folders in which a database keeps what must not be lost."""
