"""Variables that switch a program into a mode for development. Data, as of 2026-11, from the programs' documentation.

Sources: https://docs.djangoproject.com/en/stable/ref/settings/#debug, https://flask.palletsprojects.com/en/stable/config/,
https://laravel.com/docs/configuration, https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production,
https://guides.rubyonrails.org/configuring.html, https://learn.microsoft.com/en-us/aspnet/core/fundamentals/environments,
https://symfony.com/doc/current/configuration.html, https://spring.io/guides, https://docs.python.org/3/using/cmdline.html.
"""

from __future__ import annotations

DEBUG_SWITCHES = frozenset({
    "DEBUG", "APP_DEBUG", "DJANGO_DEBUG", "FLASK_DEBUG", "WP_DEBUG", "WERKZEUG_DEBUG_PIN", "PYTHONASYNCIODEBUG", "WORDPRESS_DEBUG",
    "SPRING_DEVTOOLS_ENABLED", "XDEBUG_MODE", "RAILS_DEVELOPMENT_HOSTS", "SYMFONY_DEBUG",
})  # fmt: skip
MODES = frozenset({
    "NODE_ENV", "APP_ENV", "RAILS_ENV", "RACK_ENV", "FLASK_ENV", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DJANGO_ENV", "MIX_ENV",
    "ENVIRONMENT", "APP_ENVIRONMENT", "SPRING_PROFILES_ACTIVE", "GO_ENV", "SYMFONY_ENV", "WP_ENV", "WP_ENVIRONMENT_TYPE",
})  # fmt: skip
SIGNING_KEYS = frozenset({
    "SECRET_KEY", "SECRET_KEY_BASE", "JWT_SECRET", "JWT_SECRET_KEY", "JWT_KEY", "APP_SECRET", "APP_KEY", "SESSION_SECRET", "COOKIE_SECRET",
    "NEXTAUTH_SECRET", "AUTH_SECRET", "DJANGO_SECRET_KEY", "FLASK_SECRET_KEY", "ENCRYPTION_KEY", "SIGNING_KEY", "CSRF_SECRET", "HMAC_SECRET",
})  # fmt: skip
"""Keys that sign or encrypt; RFC 7518, 3.2 asks for as many bits as the hash has, 256 for HS256."""
_ON = frozenset({"1", "true", "yes", "on", "debug", "develop"})
_DEVELOPMENT = frozenset({"dev", "develop", "development", "local", "debug", "test", "testing"})


def is_debug_switch_on(name: str, value: str) -> bool:
    """Whether a variable turns debugging on."""
    return name.upper() in DEBUG_SWITCHES and value.strip().lower() in _ON


def is_development_mode(name: str, value: str) -> bool:
    """Whether a variable chooses a mode that is not for production."""
    return name.upper() in MODES and value.strip().lower() in _DEVELOPMENT


def is_insecure_transport(value: str) -> bool:
    """Whether a value reaches another machine without encryption: http://, or TLS switched off in a database's URL."""
    lower = value.lower()
    if "sslmode=disable" in lower or "usessl=false" in lower or "tls=false" in lower:
        return True
    if not lower.startswith(("http://", "ftp://", "ws://")):
        return False
    host = lower.split("://", 1)[1].split("/", 1)[0].rsplit("@", 1)[-1].split(":", 1)[0]
    return (
        "." in host
        and not host.endswith((".local", ".internal", ".svc", ".test", ".localhost", ".lan"))
        and not host.replace(".", "").isdigit()
    )
