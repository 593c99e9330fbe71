"""Talking to a geocoder through geopy: politely, for a limited time, and never more than a few megabytes.

geopy's own RateLimiter is not used: it has no delay unless told, takes an outage for "not found"
(`swallow_exceptions`), and does not read Retry-After. Its adapters read bodies of any size and follow redirects
anywhere; ours does not.
"""

import http.client
import ipaddress
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from gazetteer.errors import SourceError
from gazetteer.online_answers import Answer, answers_of

if TYPE_CHECKING:
    from geopy.geocoders.base import Geocoder

_PUBLIC = {
    "nominatim": "https://nominatim.openstreetmap.org",
    "photon": "https://photon.komoot.io",
}
_SERVICES = ("nominatim", "photon", "pelias")
_PUBLIC_DELAY_S = 1.0
"""Between requests to a server that is not ours: OpenStreetMap's usage policy, at most one a second."""
_REQUEST_S = 10.0
_TRIES = 3
_BACK_OFF_S = 2.0
_MOST_BYTES = 2_000_000
_RESULTS = 5
_CHUNK = 65_536
_CLIENT_ERROR, _SERVER_ERROR = 400, 500


class FailedError(Exception):
    """One name got no answer; says why."""


class StopError(Exception):
    """No more names are to be asked; says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A geocoder.

    Attributes
    ----------
    service
        ``nominatim``, ``photon`` or ``pelias``: how it is spoken to.
    url
        Where it is.
    delay_s
        Least seconds between requests.
    """

    service: str
    url: str
    delay_s: float

    @property
    def label(self) -> str:
        """How messages and places name it.

        Examples
        --------
        >>> server_of("nominatim").label, server_of("photon=http://127.0.0.1:2322/").label
        ('nominatim (nominatim.openstreetmap.org)', 'photon (127.0.0.1:2322)')
        """
        return f"{self.service} ({urlsplit(self.url).netloc})"


def server_of(written: str) -> Server:
    """Read what stands behind ``--online``.

    Raises
    ------
    SourceError
        It is no service that we know and no URL.

    Examples
    --------
    >>> server_of("http://localhost:8080").delay_s, server_of("photon").delay_s
    (0.0, 1.0)
    >>> server_of("gogle")
    Traceback (most recent call last):
    gazetteer.errors.SourceError: --online gogle: not known; write nominatim, photon, the URL of a Nominatim, ...
    """
    service, given, url = written.partition("=")
    if not given:
        service, url = ("nominatim", written) if "://" in written else (written, _PUBLIC.get(written, ""))
    cure = "write nominatim, photon, the URL of a Nominatim, photon=URL or pelias=URL"
    parts = urlsplit(url)
    if service not in _SERVICES:
        raise SourceError(f"--online {written}: not known; {cure}")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise SourceError(f"--online {written}: {service} needs a plain http or https URL; {cure}")
    return Server(service, url.rstrip("/"), 0.0 if _is_ours(parts.hostname) else _PUBLIC_DELAY_S)


def _is_ours(host: str) -> bool:
    """Whether a server is on this machine or in the local network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".lan", ".internal"))
    return address.is_loopback or address.is_private


class Client:
    """One server, asked one name after the other.

    Parameters
    ----------
    server
        The server.
    limit_s
        Seconds for all questions together.
    clock, sleep
        What tells the seconds, and what waits.
    """

    def __init__(
        self, server: Server, limit_s: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._server = server
        self._limit_s = limit_s
        self._left_s = limit_s
        self._clock, self._sleep = clock, sleep
        self._next_at: float | None = None
        self._geocoder: Geocoder | None = None

    def ask(self, name: str, language: str) -> tuple[Answer, ...]:
        """Ask for a name, again after a pause when the server is overloaded.

        Raises
        ------
        FailedError
            It did not answer, or not in a way that can be read.
        StopError
            The time is used up, or the server wants no more questions.
        """
        began = self._clock()
        try:
            return self._asked(name, language, began + self._left_s)
        finally:
            self._left_s -= self._clock() - began

    def _asked(self, name: str, language: str, until: float) -> tuple[Answer, ...]:
        from geopy.exc import (
            ConfigurationError,
            GeocoderAuthenticationFailure,
            GeocoderInsufficientPrivileges,
            GeocoderParseError,
            GeocoderQueryError,
            GeocoderRateLimited,
            GeocoderServiceError,
        )

        failure = FailedError("no answer")
        for attempt in range(_TRIES):
            self._wait(until)
            try:
                return answers_of(self._server.service, self._one_request(name, language, until))
            except (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, ConfigurationError) as error:
                raise StopError(f"refuses us: {error}") from None
            except (GeocoderQueryError, GeocoderParseError, _UnreadableError) as error:
                raise FailedError(f"its answer can't be read: {str(error)[:200]}") from None
            except GeocoderRateLimited as error:
                pause = float(error.retry_after or _BACK_OFF_S * 2**attempt)
                if self._clock() + pause >= until:
                    raise StopError(f"wants us to wait {pause:.0f} s, longer than the time left") from None
                failure = FailedError("has too many questions (429)")
            except GeocoderServiceError as error:
                pause = _BACK_OFF_S * 2**attempt
                failure = FailedError(f"does not answer: {str(error)[:200]}")
            self._next_at = max(self._next_at or 0.0, self._clock() + pause)
        raise failure

    def _wait(self, until: float) -> None:
        now = self._clock()
        begin = now if self._next_at is None else max(now, self._next_at)
        if begin >= until:
            raise StopError(f"the {self._limit_s:g} s for online questions are used up")
        if begin > now:
            self._sleep(begin - now)
        self._next_at = begin + self._server.delay_s

    def _one_request(self, name: str, language: str, until: float) -> Any:
        """One request in a thread of its own: looking up a host or a server that drips can't be timed out otherwise."""
        from geopy.exc import GeocoderServiceError, GeocoderTimedOut

        allowed = min(_REQUEST_S, max(until - self._clock(), 0.1))
        geocoder = self._geocoder = self._geocoder or _geocoder(self._server)
        box: list[Any] = []
        errors: list[Exception] = []

        def run() -> None:
            try:
                box.append(_geocode(self._server.service, geocoder, name, language, allowed))
            except Exception as error:  # noqa: BLE001 - handed over to the caller's thread, whatever it is
                errors.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(allowed + 0.5)
        if box:
            return box[0]
        if not errors:
            raise GeocoderTimedOut(f"no answer within {allowed:.0f} s")
        if isinstance(errors[0], GeocoderServiceError):
            raise errors[0]
        if isinstance(errors[0], OSError | http.client.HTTPException):
            raise GeocoderServiceError(str(errors[0]) or type(errors[0]).__name__) from None
        raise _UnreadableError(f"{type(errors[0]).__name__}: {errors[0]}") from None


class _UnreadableError(Exception):
    """geopy met something in the answer that it does not expect."""


def _geocode(service: str, geocoder: "Geocoder", name: str, language: str, timeout: float) -> Any:
    """Ask; the raw results, as the server wrote them."""
    if service == "nominatim":
        found = geocoder.geocode(
            name, exactly_one=False, limit=_RESULTS, language=language or False, namedetails=True, addressdetails=True,
            timeout=timeout,
        )  # fmt: skip
    elif service == "photon":
        found = geocoder.geocode(name, exactly_one=False, limit=_RESULTS, timeout=timeout)
    else:
        found = geocoder.geocode(name, exactly_one=False, language=language or None, timeout=timeout)
    return [location.raw for location in found or []]


def _geocoder(server: Server) -> "Geocoder":
    from geopy.geocoders import Nominatim, Pelias, Photon

    parts = urlsplit(server.url)
    domain = parts.netloc + parts.path
    options = {
        "scheme": parts.scheme,
        "user_agent": _user_agent(),
        "adapter_factory": _adapter(),
    }
    if server.service == "nominatim":
        return Nominatim(domain=domain, **options)
    return Photon(domain=domain, **options) if server.service == "photon" else Pelias(domain, **options)


def _user_agent() -> str:
    """Say who asks, as the usage policies of public servers want it."""
    try:
        return f"geomap/{version('geomap')} (gazetteer.online, maps of news articles)"
    except PackageNotFoundError:  # run from a checkout
        return "geomap (gazetteer.online, maps of news articles)"


def _adapter() -> Callable[..., Any]:
    """Make geopy's adapter ours. A function, for geopy takes 0.4 s to import and most runs never need it."""
    from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
    from geopy.exc import GeocoderParseError, GeocoderServiceError

    class Adapter(BaseSyncAdapter):  # type: ignore[misc]
        """urllib with limits: no redirects, a body of at most two megabytes."""

        def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
            super().__init__(proxies=proxies, ssl_context=ssl_context)
            self._opener: OpenerDirector = build_opener(
                HTTPSHandler(context=ssl_context), ProxyHandler(proxies), _NoRedirects()
            )

        def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
            text = self.get_text(url, timeout=timeout, headers=headers)
            try:
                return json.loads(text)
            except (ValueError, RecursionError):
                raise GeocoderParseError(f"no JSON: {text[:60]!r}") from None

        def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
            request = Request(url, headers=headers)  # noqa: S310 - server_of lets http and https pass only
            try:
                with self._opener.open(request, timeout=timeout) as page:
                    return _body(page)
            except HTTPError as error:
                error.close()
                told = {name.lower(): value for name, value in error.headers.items()}
                if error.code < _CLIENT_ERROR:
                    raise GeocoderServiceError(f"redirects us ({error.code}), which is not followed") from None
                raise AdapterHTTPError(
                    f"status {error.code}", status_code=error.code, headers=told, text=None
                ) from None

    def _body(page: Any) -> str:
        body = bytearray()
        while chunk := page.read(_CHUNK):
            body += chunk
            if len(body) > _MOST_BYTES:
                raise GeocoderParseError(f"more than {_MOST_BYTES / 1e6:.0f} MB")
        return body.decode("utf-8", "replace")

    return Adapter


class _NoRedirects(HTTPRedirectHandler):
    """A geocoder that sends us elsewhere is not the one that was asked for."""

    def redirect_request(self, *_: Any) -> None:
        return None
