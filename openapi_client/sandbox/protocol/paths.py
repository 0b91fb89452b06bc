"""Where things are served: paths that more than one part of the sandbox has to know."""

from __future__ import annotations

#: Everything of the emulated API.
API = "/v1/"
TOKEN = "/oauth/token"  # noqa: S105 - a path
#: What steers and shows the sandbox itself.
CONTROL = "/_sandbox/"
#: Every verb there is: a path takes all of them, so that wrong ones are refused by the gateway, signed in and counted.
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
