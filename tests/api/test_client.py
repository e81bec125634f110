"""Where a client's settings come from, and what it sends."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from hetzner import AsyncHetzner, ConfigError, Hetzner, HetznerError
from hetzner.sandbox import Sandbox, SandboxTransport
from tests.scripted import Scripted, page

EMPTY = page("servers", [])


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's environment is seen."""
    for name in (
        "HETZNER_API_TOKEN",
        "HCLOUD_TOKEN",
        "HCLOUD_TOKEN_FILE",
        "HCLOUD_ENDPOINT",
        "HETZNER_ENDPOINT",
        "HCLOUD_CONTEXT",
        "HCLOUD_HTTP_TIMEOUT",
        "HCLOUD_POLL_INTERVAL",
        "HCLOUD_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)


def sent(**options: Any) -> httpx.Request:
    """Return the request for the list of servers of a client with these options."""
    script = Scripted(EMPTY)
    with Hetzner(transport=script, **{"api_token": "token", **options}) as client:
        client.servers.list()
    return script.requests[0]


def test_the_token_comes_from_the_first_source_that_has_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The argument wins over HETZNER_API_TOKEN, that over HCLOUD_TOKEN, that over the file."""
    (tmp_path / "token").write_text("from-file\n")
    sources = {
        "HCLOUD_TOKEN_FILE": str(tmp_path / "token"),
        "HCLOUD_TOKEN": "old",
        "HETZNER_API_TOKEN": "new",
    }
    for (name, value), expected in zip(sources.items(), ("from-file", "old", "new"), strict=True):
        monkeypatch.setenv(name, value)
        assert sent(api_token=None).headers["authorization"] == f"Bearer {expected}"
        assert sent(api_token="").headers["authorization"] == f"Bearer {expected}"
    assert sent(api_token="given").headers["authorization"] == "Bearer given"


def test_a_missing_token_is_an_error_that_tells_where_it_was_looked_for() -> None:
    """Without any token the error names the argument, the variables, and the sandbox."""
    with pytest.raises(
        ConfigError, match=r"api_token.*HETZNER_API_TOKEN, HCLOUD_TOKEN, .*_FILE.*sandbox:"
    ) as caught:
        Hetzner()
    assert isinstance(caught.value, HetznerError)
    with pytest.raises(ConfigError):
        AsyncHetzner()


def test_an_unreadable_token_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A token file that is missing or binary is an error with its path."""
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none", tmp_path / "binary", tmp_path):
        monkeypatch.setenv("HCLOUD_TOKEN_FILE", str(path))
        with pytest.raises(ConfigError, match=str(path)):
            Hetzner()


@pytest.mark.parametrize("token", ["a\r\nb", "a\nb", "a\0b", "tökén", " a", "a\t", "a\x7f"])
def test_a_token_that_cannot_be_one_is_refused(token: str) -> None:
    """A token that could break a header is refused before any socket, and not repeated in the message."""
    with pytest.raises(ConfigError) as caught:
        Hetzner(api_token=token)
    assert token.strip() not in str(caught.value) or len(token.strip()) == 1


def test_the_documented_example_token_is_taken() -> None:
    """The placeholder of the documentation, which has blanks inside, makes a client."""
    assert sent(api_token="my api token").headers["authorization"] == "Bearer my api token"


def test_the_endpoint_comes_from_the_argument_or_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """base_url wins over HCLOUD_ENDPOINT, and a slash at its end makes no difference."""
    assert str(sent().url).startswith("https://api.hetzner.cloud/v1/servers?")
    monkeypatch.setenv("HCLOUD_ENDPOINT", "http://127.0.0.1:8080/v1/")
    assert str(sent().url).startswith("http://127.0.0.1:8080/v1/servers?")
    given = "http://my.test.server.example.com:8083/deep"
    for base_url in (given, f"{given}/", httpx.URL(given)):
        assert str(sent(base_url=base_url).url).startswith(f"{given}/servers?")


@pytest.mark.parametrize(
    "endpoint",
    [
        "ftp://a/v1",
        "a",
        "//a",
        "https://",
        "https://user:pw@a/v1",
        "https://a/?x=1",
        "https://a:99999",
        "http://[::1",
    ],
)
def test_a_bad_endpoint_is_refused(endpoint: str) -> None:
    """An endpoint that is no plain http(s) address is an error when the client is made."""
    with pytest.raises(ConfigError):
        Hetzner(api_token="token", base_url=endpoint)


def test_an_unencrypted_endpoint_of_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable cannot make the client show its token to the network; an argument may."""
    monkeypatch.setenv("HCLOUD_ENDPOINT", "http://api.example.com/v1")
    with pytest.raises(ConfigError, match="not encrypted"):
        Hetzner(api_token="token")


def test_the_sandbox_needs_no_token() -> None:
    """base_url="sandbox:" answers without an account, for both clients."""
    with Hetzner(base_url="sandbox:") as client:
        assert client.locations.list().locations
    with pytest.raises(ValueError, match="sandbox"):
        Hetzner(api_token="token").with_options(base_url="sandbox:")


def test_headers_and_query_of_the_client_are_sent() -> None:
    """default_headers and default_query are on every request, and None takes a header away."""
    request = sent(
        default_headers={"X-Team": "ops", "User-Agent": None},
        default_query={"name": "web", "tag": ["a", "b"]},
    )
    assert request.headers["x-team"] == "ops"
    assert "hetzner" not in request.headers.get("user-agent", "")
    assert request.url.params.get_list("tag") == ["a", "b"]
    assert request.url.params["name"] == "web"


def test_options_of_one_call_win() -> None:
    """extra_headers, extra_query and extra_body win over the client's and the call's own."""
    script = Scripted(httpx.Response(200, json={"ssh_key": {"id": 1}}))
    client = Hetzner(
        api_token="token", transport=script, default_headers={"X-A": "1"}, default_query={"q": "1"}
    )
    client.ssh_keys.create(
        name="a",
        public_key="ssh-rsa A",
        extra_headers={"x-a": "2", "AUTHORIZATION": "Bearer other"},
        extra_query={"q": "2"},
        extra_body={"name": "b", "labels": None},
    )
    request = script.requests[0]
    assert request.headers.get_list("x-a") == ["2"]
    assert request.headers.get_list("authorization") == ["Bearer other"]
    assert dict(request.url.params) == {"q": "2"}
    assert request.read() == b'{"name": "b", "public_key": "ssh-rsa A", "labels": null}'
    client.ssh_keys.retrieve(1, extra_headers={"Authorization": None})
    assert "authorization" not in script.requests[1].headers


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\0"])
def test_a_header_cannot_carry_another(value: str) -> None:
    """A line end in a header is an error before anything is sent."""
    script = Scripted(EMPTY)
    with pytest.raises(ValueError, match="x-a"):
        Hetzner(api_token="token", transport=script).servers.list(extra_headers={"x-a": value})
    assert script.requests == []


def test_a_copy_keeps_everything_and_shares_the_connections() -> None:
    """with_options() changes what it is told, keeps transport and settings, and closes with the original."""
    script = Scripted(EMPTY)
    client = Hetzner(
        api_token="token", base_url="https://a.example/v1", transport=script, timeout=7, max_retries=4,
        default_headers={"x-a": "1"}, default_query={"q": "1"}, _strict_response_validation=True,
    )  # fmt: skip
    for twin in (client.with_options(), client.copy()):
        assert (twin.api_token, twin.base_url, twin.timeout, twin.max_retries) == (
            "token",
            "https://a.example/v1",
            7,
            4,
        )
        assert (twin.default_headers, twin.default_query) == ({"x-a": "1"}, {"q": "1"})
        assert twin._core.strict
        assert twin._core.port is client._core.port
    other = client.with_options(
        api_token="other", timeout=None, max_retries=0, default_headers={"x-b": "2"}, set_default_query={}
    )
    other.servers.list()
    assert script.requests[0].headers["authorization"] == "Bearer other"
    assert (other.timeout, other.max_retries) == (None, 0)
    assert (other.default_headers, other.default_query) == ({"x-a": "1", "x-b": "2"}, {})
    client.close()
    assert other.is_closed()


def test_adding_and_replacing_at_once_is_an_error() -> None:
    """default_headers and set_default_headers exclude each other, and so do those of the query."""
    client = Hetzner(api_token="token")
    with pytest.raises(ValueError, match=r"default_headers.*mutually exclusive"):
        client.with_options(default_headers={}, set_default_headers={})
    with pytest.raises(ValueError, match=r"default_query.*mutually exclusive"):
        client.copy(default_query={}, set_default_query={})


def test_other_pool_limits_mean_other_connections() -> None:
    """Other limits open connections of the same kind, unless the connections are the caller's."""
    client = Hetzner(api_token="token")
    twin = client.with_options(connection_pool_limits=httpx.Limits(max_connections=1))
    assert twin._core.port is not client._core.port
    client.close()
    assert not twin.is_closed()
    twin.close()
    with pytest.raises(ValueError, match="transport"):
        Hetzner(api_token="token", transport=Scripted(EMPTY)).copy(connection_pool_limits=httpx.Limits())


@pytest.mark.parametrize("proxies", ["http://proxy.example:3128", {"https://": "http://proxy.example:3128"}])
def test_proxies_are_a_url_or_a_mapping(proxies: Any) -> None:
    """The argument is a URL for everything or a mapping of patterns, though httpx dropped it."""
    for kind in (Hetzner, AsyncHetzner):
        client = kind(api_token="token", proxies=proxies)
        [transport] = client._core.port.http._mounts.values()
        assert transport._pool._proxy_url.host == b"proxy.example"


def test_connections_of_the_other_face_are_refused() -> None:
    """A transport or an HTTP client that blocks is nothing for AsyncHetzner, nor the other way round."""
    awaited: Any = httpx.AsyncHTTPTransport()
    with pytest.raises(TypeError, match=r"of Hetzner must have handle_request\(\)"):
        Hetzner(api_token="token", transport=awaited)
    blocking: Any = SandboxTransport(Sandbox())
    with pytest.raises(TypeError, match=r"of AsyncHetzner must .*, AsyncSandboxTransport have"):
        AsyncHetzner(api_token="token", transport=blocking)
    client: Any = httpx.Client()
    with client, pytest.raises(TypeError, match=r"must be like httpx\.AsyncClient"):
        AsyncHetzner(api_token="token", http_client=client)
    client = httpx.AsyncClient()
    with pytest.raises(TypeError, match=r"must be like httpx\.Client"):
        Hetzner(api_token="token", http_client=client)


def test_a_proxy_and_a_transport_go_together() -> None:
    """What the proxies do not cover goes through the given transport, as documented."""
    script = Scripted(EMPTY)
    proxies = {"all://other.example": "http://proxy.example:3128"}
    Hetzner(api_token="token", transport=script, proxies=proxies).servers.list()
    assert len(script.requests) == 1


def test_credentials_of_netrc_do_not_replace_the_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An entry for the host in ~/.netrc changes nothing."""
    (tmp_path / ".netrc").write_text("machine api.hetzner.cloud login a password b\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    assert sent().headers["authorization"] == "Bearer token"
