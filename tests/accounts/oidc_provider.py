"""A small OpenID Connect provider on 127.0.0.1: authorisation code, PKCE (S256), RS256 and JWKS."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


class Provider:
    """Whoever asks is signed in as `claims`, at once."""

    def __init__(self, client_id: str, secret: str, claims: dict[str, object]) -> None:
        self.client_id, self.secret, self.claims = client_id, secret, claims
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.refused: list[str] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.post(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> "Provider":
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def get(self, request: BaseHTTPRequestHandler) -> None:
        address = urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        match address.path:
            case "/.well-known/openid-configuration":
                _answer(request, self._configuration())
            case "/jwks":
                key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
                _answer(request, {"keys": [{**key, "kid": "1", "use": "sig", "alg": "RS256"}]})
            case "/authorize":
                self._authorize(request, asked)
            case "/userinfo":
                known = request.headers.get("Authorization", "").removeprefix("Bearer ") in self.tokens
                _answer(request, self.claims if known else {"error": "invalid_token"}, 200 if known else 401)
            case _:
                _answer(request, {"error": "not_found"}, 404)

    def post(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length", 0))).decode()
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        problem = self._problem(asked)
        if problem:
            self.refused.append(problem)
            _answer(request, {"error": "invalid_grant", "error_description": problem}, 400)
            return
        token = secrets.token_urlsafe(16)
        self.tokens.add(token)
        now = int(time.time())
        claims = {**self.claims, "iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + 300}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        _answer(request, {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    def _problem(self, asked: dict[str, str]) -> str:
        opened = self.codes.pop(asked.get("code", ""), None)
        if opened is None:
            return "unknown code"
        if (asked.get("client_id"), asked.get("client_secret")) != (self.client_id, self.secret):
            return "wrong client"
        if asked.get("redirect_uri") != opened["redirect_uri"]:
            return "wrong address"
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        expected = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return "" if opened.get("code_challenge") == expected else "wrong verifier"

    def _authorize(self, request: BaseHTTPRequestHandler, asked: dict[str, str]) -> None:
        if asked.get("code_challenge_method") != "S256" or asked.get("client_id") != self.client_id:
            _answer(request, {"error": "invalid_request"}, 400)
            return
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        request.send_response(302)
        request.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        request.end_headers()

    def _configuration(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }


def _answer(request: BaseHTTPRequestHandler, body: dict[str, object], status: int = 200) -> None:
    content = json.dumps(body).encode()
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)
