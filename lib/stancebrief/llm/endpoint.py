"""One question to a language model behind an OpenAI-compatible address, and what can go wrong with it."""

from __future__ import annotations

import dataclasses
import http.client
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence

KEY = "STANCEBRIEF_LLM_KEY"   # the environment variable that holds the key; it is read nowhere else and never kept
MOST = 1_000_000              # bytes of an answer that are read
PASSING = {408, 429, 500, 502, 503, 504}   # states of a server that may pass
HERE = {"localhost", "127.0.0.1", "::1"}


class EndpointError(RuntimeError):
    """The model could not be asked; says at which address, why, and what to do."""


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """A redirect is refused: the key would be sent on to another host."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclasses.dataclass(frozen=True)
class Endpoint:
    """A model at an address such as http://localhost:11434/v1.

    `timeout`: seconds that one answer may take; `tries`: how often a passing fault is tried; `wait`: seconds before the
    second try, doubled before each further one.
    """

    url: str
    model: str
    timeout: float = 120.0
    tries: int = 3
    wait: float = 1.0

    def __post_init__(self) -> None:
        parts = urllib.parse.urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError(f"{self.url!r} is no address; write one such as http://localhost:11434/v1")
        if parts.username or parts.password:
            raise EndpointError(f"the address holds a password; put the key into the environment as {KEY}")
        if os.environ.get(KEY) and parts.scheme == "http" and parts.hostname not in HERE:
            raise EndpointError(f"{self.url} is not encrypted, and the key would be read by others; write https")
        if not self.model.strip():
            raise EndpointError("no model is named")

    def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """The model's answer to the messages (`role`, `content`). Raises EndpointError."""
        body = json.dumps({"model": self.model, "messages": list(messages), "temperature": 0}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key := os.environ.get(KEY, "").strip():
            headers["Authorization"] = f"Bearer {key}"
        request = urllib.request.Request(self.url.rstrip("/") + "/chat/completions", body, headers)
        for left in range(self.tries - 1, -1, -1):
            try:
                return self._read(request)
            except urllib.error.HTTPError as error:
                error.close()
                if error.code not in PASSING or not left:
                    said = f"{self.url} answers {error.code} {error.reason}"
                    raise EndpointError(f"{said}: {_advice(error.code)}") from error
            except (OSError, http.client.HTTPException) as error:   # URLError and time-outs are OSErrors
                reason = getattr(error, "reason", error)
                if not left or isinstance(reason, TimeoutError):
                    slow = f"no answer within {self.timeout:g} seconds; give more time or a smaller model"
                    raise EndpointError(f"{self.url}: " + (slow if isinstance(reason, TimeoutError) else
                                        f"cannot be reached ({reason}); is the server running there?")) from error
            time.sleep(self.wait * 2 ** (self.tries - 1 - left))
        raise AssertionError("unreachable")

    def _read(self, request: urllib.request.Request) -> str:
        local = urllib.parse.urlsplit(self.url).hostname in HERE
        opener = urllib.request.build_opener(_NoDetour, *([urllib.request.ProxyHandler({})] if local else []))
        with opener.open(request, timeout=self.timeout) as answer:
            raw = answer.read(MOST + 1)
        if len(raw) > MOST:
            raise EndpointError(f"{self.url}: the answer is longer than {MOST} bytes")
        try:
            content = json.loads(raw)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError) as error:
            raise EndpointError(f"{self.url}: the answer is not that of an OpenAI-compatible server; does the address "
                                "end with /v1?") from error
        if not isinstance(content, str):
            raise EndpointError(f"{self.url}: the answer holds no text")
        return content


def _advice(code: int) -> str:
    if code in (401, 403):
        return f"is the right key in the environment as {KEY}?"
    if code == 404:
        return "is the address right, and does the server have the model?"
    if code in (301, 302, 303, 307, 308):
        return "it points elsewhere; give the address that it points to"
    return "it is busy or broken; try again later" if code in PASSING else "it refuses the question"
