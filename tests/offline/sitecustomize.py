"""No test, and nothing that a test starts, reaches beyond this machine: Python reads this file when it starts."""

import ipaddress
import sys


class NetworkBlocked(OSError):
    """Something tried to reach another host."""


def _check(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a local socket's address is a path
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host is None:
        return
    host = host.decode() if isinstance(host, bytes) else str(host)
    if host in ("", "localhost"):
        return
    try:
        if ipaddress.ip_address(host.split("%")[0]).is_loopback or host in ("0.0.0.0", "::"):
            return
    except ValueError:
        pass
    raise NetworkBlocked(f"tests run without a network; something asked for {host}")


sys.addaudithook(_check)
