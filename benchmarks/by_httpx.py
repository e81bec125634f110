"""The floors: bare httpx with ``json``, and with pydantic models without any leniency; see ``by_hetzner``."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import httpx
from pydantic import BaseModel

TOKEN = "x" * 64


class Work:
    """One method a case; each returns what has to stay in memory."""

    def __init__(self, base: str, slow: str) -> None:
        self.base = base
        self.client = httpx.Client(base_url=base, headers={"authorization": f"Bearer {TOKEN}"})

    def read(self, answer: httpx.Response, many: bool = False) -> Any:
        """Decode an answer."""
        return answer.json()

    def warm(self) -> None:
        """Do what only a first call has to do."""
        self.read(self.client.get("/servers/1"))

    def calls(self, count: int) -> None:
        """One call after another."""
        for _ in range(count):
            self.read(self.client.get("/servers/1"))

    def concurrent(self, count: int, together: int) -> None:
        """So many calls, so many of them at a time."""
        asyncio.run(self._concurrent(count, together))

    async def _concurrent(self, count: int, together: int) -> None:
        async with httpx.AsyncClient(base_url=self.base) as client:

            async def call() -> None:
                self.read(await client.get("/servers/1"))

            for _ in range(count // together):
                await asyncio.gather(*(call() for _ in range(together)))

    def servers(self, count: int) -> list[Any]:
        """The list of all servers."""
        found: list[Any] = []
        for page in range(1, -(-count // 50) + 1):
            params: dict[str, str | int] = {"label_selector": f"n={count}", "page": page, "per_page": 50}
            answer = self.read(self.client.get("/servers", params=params), many=True)
            found += answer["servers"] if isinstance(answer, dict) else answer.servers
        return found


class Money(BaseModel):
    """A price."""

    net: str
    gross: str


class Price(BaseModel):
    """What a type costs in one location."""

    location: str
    price_hourly: Money
    price_monthly: Money
    included_traffic: int
    price_per_tb_traffic: Money


class TypeLocation(BaseModel):
    """Whether a type is sold in one location."""

    id: int
    name: str
    deprecation: Any
    recommended: bool
    available: bool


class ServerType(BaseModel):
    """A size of server."""

    id: int
    name: str
    description: str
    category: str
    cores: int
    memory: float
    disk: float
    prices: list[Price]
    storage_type: str
    cpu_type: str
    architecture: str
    deprecation: Any
    locations: list[TypeLocation]


class Location(BaseModel):
    """A site."""

    id: int
    name: str
    description: str
    country: str
    city: str
    latitude: float
    longitude: float
    network_zone: str


class Image(BaseModel):
    """What a disk is made from."""

    id: int
    type: str
    status: str
    name: str | None
    description: str
    image_size: float | None
    disk_size: float
    created: datetime
    created_from: Any
    bound_to: int | None
    os_flavor: str
    os_version: str | None
    rapid_deploy: bool
    protection: dict[str, bool]
    deprecation: Any
    deleted: datetime | None
    labels: dict[str, str]
    architecture: str


class Address(BaseModel):
    """A public address."""

    id: int
    ip: str
    blocked: bool
    dns_ptr: Any


class FirewallState(BaseModel):
    """A firewall on the public side."""

    id: int
    status: str


class PublicNet(BaseModel):
    """The public side."""

    ipv4: Address | None
    ipv6: Address | None
    floating_ips: list[int]
    firewalls: list[FirewallState]


class PrivateNet(BaseModel):
    """An attachment to a private network."""

    network: int
    ip: str
    alias_ips: list[str]
    mac_address: str


class Server(BaseModel):
    """A virtual machine."""

    id: int
    name: str
    status: str
    created: datetime
    public_net: PublicNet
    private_net: list[PrivateNet]
    server_type: ServerType
    location: Location
    image: Image | None
    iso: Any
    rescue_enabled: bool
    locked: bool
    backup_window: str | None
    outgoing_traffic: int | None
    ingoing_traffic: int | None
    included_traffic: int | None
    protection: dict[str, bool]
    labels: dict[str, str]
    volumes: list[int]
    load_balancers: list[int]
    primary_disk_size: int
    placement_group: Any


class One(BaseModel):
    """The answer with one server."""

    server: Server


class Many(BaseModel):
    """A page of servers."""

    servers: list[Server]


class WithPydantic(Work):
    """The same with models."""

    def read(self, answer: httpx.Response, many: bool = False) -> Any:
        """Decode an answer."""
        return (Many if many else One).model_validate_json(answer.content)
