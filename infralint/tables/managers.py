"""Package managers as their manuals describe them (read 2026-11): subcommands, yes flags, flags that take a value."""

from __future__ import annotations

from infralint.text.record import NamedTuple


class Manager(NamedTuple):
    """How one package manager is spoken to. `versions` are the signs between a package and its version.

    `yes`: flags that answer every question; None where it never asks. `default` is what it does without a
    subcommand.
    """

    name: str
    install: frozenset[str]
    update: frozenset[str]
    upgrade: frozenset[str]
    clean: frozenset[str]
    yes: frozenset[str] | None
    valued: frozenset[str]
    versions: tuple[str, ...]
    default: str = ""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_APT_VALUED = _set("-o --option -c --config-file -t --target-release --default-release -a --host-architecture")
_YUM_VALUED = _set(
    "-c --config -x --exclude --excludepkgs --enablerepo --disablerepo --installroot --releasever --setopt --repo"
    " --repoid -d -e --forcearch"
)
_PIP_VALUED = _set(
    "-r --requirement -c --constraint -e --editable -t --target --platform --python-version --implementation --abi"
    " --root --prefix --src --upgrade-strategy --no-binary --only-binary --progress-bar --root-user-action --report"
    " -i --index-url --extra-index-url -f --find-links --python --proxy --retries --timeout --trusted-host --cert"
    " --client-cert --cache-dir --log --config-settings -C --group -p --index --default-index"
)
_NODE_VALUED = _set(
    "--prefix -C --registry --cache -w --workspace --loglevel --omit --include --save-prefix --tag --userconfig"
    " --cwd --modules-folder --cache-folder --mutex --network-timeout --filter -F --dir --store-dir"
)
_NONE: frozenset[str] = frozenset()


def _apt(name: str) -> Manager:
    return Manager(
        name, _set("install reinstall build-dep"), _set("update"), _set("upgrade dist-upgrade full-upgrade"),
        _set("clean autoclean autoremove distclean dist-clean"), _set("-y --yes --assume-yes -qq"), _APT_VALUED, ("=", "/"),
    )  # fmt: skip


def _yum(name: str) -> Manager:
    return Manager(
        name, _set("install in localinstall groupinstall reinstall rei builddep"), _set("makecache check-update"),
        _set("update upgrade distro-sync upgrade-minimal"), _set("clean autoremove"), _set("-y --assumeyes"),
        _YUM_VALUED, (),
    )  # fmt: skip


def _pip(name: str) -> Manager:
    return Manager(name, _set("install"), _NONE, _NONE, _set("cache"), None, _PIP_VALUED, ("==", "==="))


def _conda(name: str) -> Manager:
    return Manager(
        name, _set("install create"), _NONE, _set("update upgrade"), _set("clean"), _set("-y --yes"),
        _set("-n --name -p --prefix -c --channel --file -f"), ("==", "="),
    )  # fmt: skip


MANAGERS = {
    "apt-get": _apt("apt-get"),
    "apt": _apt("apt"),
    "aptitude": _apt("aptitude"),
    "apk": Manager(
        "apk", _set("add"), _set("update"), _set("upgrade"), _set("cache"), None,
        _set("-t --virtual -X --repository -p --root --repositories-file --keys-dir --arch --wait --cache-dir"),
        ("=", "~="),
    ),
    "yum": _yum("yum"),
    "dnf": _yum("dnf"),
    "dnf5": _yum("dnf5"),
    "microdnf": _yum("microdnf"),
    "tdnf": _yum("tdnf"),
    "zypper": Manager(
        "zypper", _set("install in"), _set("refresh ref"), _set("update up dist-upgrade dup patch"), _set("clean cc"),
        _set("-n --non-interactive -y --no-confirm"),
        _set("-c --config -D --reposd-dir -C --cache-dir -R --root -t --type -r --repo --from"), ("=",),
    ),
    "pacman": Manager("pacman", _NONE, _NONE, _NONE, _NONE, _set("--noconfirm"), _set("-b -r --root --config"), ()),
    "pip": _pip("pip"),
    "pipx": _pip("pipx"),
    "npm": Manager(
        "npm", _set("install i add ci install-ci-test it"), _NONE, _set("update up upgrade"), _set("cache"), None,
        _NODE_VALUED, ("@",),
    ),
    "yarn": Manager(
        "yarn", _set("add install global"), _NONE, _set("upgrade up"), _set("cache"), None, _NODE_VALUED, ("@",),
        "install",
    ),
    "pnpm": Manager(
        "pnpm", _set("add install i"), _NONE, _set("update up upgrade"), _set("store"), None, _NODE_VALUED, ("@",),
    ),
    "gem": Manager(
        "gem", _set("install i"), _NONE, _set("update"), _set("cleanup"), None,
        _set("-v --version -i --install-dir -n --bindir -P --trust-policy --use-system-libraries -s --source -p --http-proxy --platform"),
        (":",),
    ),
    "go": Manager(
        "go", _set("install get run"), _NONE, _NONE, _set("clean"), None, _set("-tags -ldflags -gcflags -mod -p -C"),
        ("@",),
    ),
    "cargo": Manager(
        "cargo", _set("install add binstall"), _NONE, _set("update"), _set("clean"), None,
        _set("--version --vers --git --branch --tag --rev --path --root --index --registry -F --features --bin"
             " --example --target --target-dir --profile --color --config -Z -j --jobs"), ("@",),
    ),
    "composer": Manager(
        "composer", _set("require install global"), _NONE, _set("update upgrade"), _set("clear-cache clearcache cc"),
        _set("-n --no-interaction"), _set("-d --working-dir"), (":", "="),
    ),
    "conda": _conda("conda"),
    "mamba": _conda("mamba"),
    "micromamba": _conda("micromamba"),
}  # fmt: skip
