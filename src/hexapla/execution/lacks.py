"""Lacks: what a cell asked for that is not there, though the program may catch that and say nothing of it.

Python tells who listens of each connection before it is tried (PEP 578). Where the sandbox refuses sockets of the
network altogether, asking for one is enough, but for a module that looks what the machine has as it is imported.
Elsewhere what a program connects to on this machine is its own where it has bound a socket.
"""

import ipaddress
import socket
import sys

from hexapla.model.run import Obstacle

_TRIES = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})


_FAMILIES = (socket.AF_INET, socket.AF_INET6)


class Lacks:
    """What a program was kept from since it was last asked: hosts, a browser."""

    def __init__(self, *, network: bool) -> None:
        self._lacked: list[tuple[Obstacle, str]] = []
        self._serves = False
        self._has_sockets = network or _has_sockets()
        sys.addaudithook(self._hear_browser if network else self.hear)

    def taken(self) -> tuple[Obstacle, str] | None:
        """Return the first obstacle since the last call, with the host where one was named; None for none."""
        lacked, self._lacked = self._lacked, []
        return lacked[0] if lacked else None

    def hear(self, event: str, told: tuple[object, ...]) -> None:
        """Hear of what the program does, as `sys.audit` tells it."""
        self._hear_browser(event, told)
        if event == "socket.__new__":
            if not self._has_sockets and told[1] in _FAMILIES and not _imports():
                self._lacked.append((Obstacle.NETWORK, ""))
        elif event == "socket.bind":
            self._serves = self._serves or isinstance(told[1], tuple)
        elif event in _TRIES:
            host = _host(event, told)
            if host and not (_is_here(host) and (self._serves or event == "socket.getaddrinfo")):
                self._lacked.append((Obstacle.NETWORK, host))

    def _hear_browser(self, event: str, told: tuple[object, ...]) -> None:
        if event == "webbrowser.open":
            self._lacked.append((Obstacle.SCREEN, ""))


def _has_sockets() -> bool:
    """Return whether this process may make sockets of the network."""
    try:
        socket.socket(socket.AF_INET).close()
    except OSError:
        return False
    return True


def _imports() -> bool:
    """Return whether a module is being imported that asks for what is told."""
    frame = sys._getframe()
    while frame.f_back and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame.f_back is not None


def _host(event: str, told: tuple[object, ...]) -> str:
    """Return the host that a call names; empty for one of the system's own sockets, and for whoever listens."""
    place = told[1] if event in ("socket.connect", "socket.sendto") else told[:1]
    host = place[0] if isinstance(place, tuple) and place else ""
    return host.decode(errors="replace") if isinstance(host, bytes) else host if isinstance(host, str) else ""


def _is_here(host: str) -> bool:
    """Return whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
