"""Speak to the Python package tools in the words this machine is set up with.

pip finds the organisation's index, certificate and proxy in its own configuration; uv
reads other names, so what pip knows is handed on to it.
"""

import ast
import os

INDEXES = "UV_INDEX"


def read_pip_config(listing: str) -> dict[str, str]:
    """The values of `pip config list`; the environment beats the files."""
    strength = {"global": 0, "install": 1, ":env:": 2}
    found: list[tuple[int, str, str]] = []
    for line in listing.splitlines():
        name, equals, quoted = line.partition("=")
        section, _, option = name.rpartition(".")
        if equals and section in strength:
            value = str(ast.literal_eval(quoted)).strip()
            found.append((strength[section], option, value))
    return {option: value for _, option, value in sorted(found)}


def uv_environment(pip: dict[str, str]) -> dict[str, str]:
    """The same settings as uv's environment variables; those already set are kept."""
    words = {option: value.split() for option, value in pip.items()}
    wanted = {
        "UV_DEFAULT_INDEX": pip.get("index-url"),
        INDEXES: " ".join(words.get("extra-index-url", [])),
        "UV_FIND_LINKS": ",".join(words.get("find-links", [])),
        "UV_INSECURE_HOST": " ".join(words.get("trusted-host", [])),
        "UV_HTTP_TIMEOUT": pip.get("timeout") or pip.get("default-timeout"),
        "SSL_CERT_FILE": pip.get("cert"),
        "SSL_CLIENT_CERT": pip.get("client-cert"),
        "HTTPS_PROXY": pip.get("proxy"),
        "HTTP_PROXY": pip.get("proxy"),
        # pip looks for the best version in all indexes; every file is checked by hash
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    return {
        name: value
        for name, value in wanted.items()
        if value and not os.environ.get(name)
    }


def without(lock: str, names: set[str]) -> str:
    """The lock file less some packages: one requirement runs on over its hashes."""
    kept, keep = [], True
    for line in lock.splitlines(keepends=True):
        if not line[:1].isspace() and not line.startswith("#"):
            keep = line.split("==")[0].strip() not in names
        if keep:
            kept.append(line)
    return "".join(kept)
