"""What a browser may do on our pages, and the headers that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tornado.web import OutputTransform

if TYPE_CHECKING:
    from tornado.httputil import HTTPHeaders

#: Nothing from elsewhere and no script inside a page. ``blob:`` is how anywidget brings its
#: scripts; the style sheets of JupyterLab's widgets are written into the page by script.
_RULES = {
    "default-src": "'self'",
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

#: As a ``<meta>`` element, where the rule about frames has no effect.
PAGE_POLICY = "; ".join(f"{name} {value}" for name, value in _RULES.items())

#: As a header.
POLICY = f"{PAGE_POLICY}; frame-ancestors 'self'"

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders(OutputTransform):
    """Puts our headers on every answer, also on those of other people's handlers."""

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002,FBT001 # tornado's form
    ) -> tuple[int, HTTPHeaders, bytes]:
        """The answer's first part, with our headers."""
        for name, value in HEADERS.items():
            headers[name] = value
        if "Server" in headers:
            del headers["Server"]
        return status_code, headers, chunk

    def transform_chunk(self, chunk: bytes, finishing: bool) -> bytes:  # noqa: ARG002,FBT001 # tornado's form
        """A later part, as it is."""
        return chunk


def describe_headers() -> dict[str, Any]:
    """Tornado's settings for headers, for what JupyterLab's own handlers read from them."""
    return {"headers": dict(HEADERS)}
