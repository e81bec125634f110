"""What can be done with a load balancer, once for both faces.

https://docs.hetzner.cloud/reference/cloud#load-balancer-actions
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal

from hetzner._faces import IO, verb
from hetzner.domain.asking import checked
from hetzner.domain.calls import Resolver
from hetzner.domain.record import Labelled, given
from hetzner.domain.reference import Ref, fitting
from hetzner.domain.selectors import Labels, selector
from hetzner.domain.specs import load_balancer_services as of_services
from hetzner.domain.specs import load_balancer_targets as of_targets
from hetzner.domain.specs.load_balancer_services import HealthCheck, Protocol, ServiceHTTP
from hetzner.domain.specs.load_balancers import private_ip
from hetzner.domain.specs.referring import refs_in
from hetzner.domain.watched import Acted, Measured
from hetzner.schema import load_balancers as schema

if TYPE_CHECKING:
    from hetzner.schema.actions import Action

IP = str | IPv4Address | IPv6Address


class LoadBalancerVerbs(schema.LoadBalancer, Labelled[IO], Acted[IO], Measured[IO], Generic[IO]):
    """What load balancers of both faces can do."""

    kind: ClassVar[str] = "load_balancers"

    @property
    def ipv4(self) -> str | None:
        """The public IPv4 address."""
        return self.public_net.ipv4.ip if self._is_told("public_net") else None

    @property
    def ipv6(self) -> str | None:
        """The public IPv6 address."""
        return self.public_net.ipv6.ip if self._is_told("public_net") else None

    @property
    def private_ip(self) -> str | None:
        """The address in the private network."""
        return private_ip(self)

    def _told(self) -> Iterable[Any]:
        yield from super()._told()
        yield getattr(self.load_balancer_type, "name", None)
        yield getattr(self.location, "name", None)
        yield f"{len(self.services or [])} services, {len(self.targets or [])} targets"
        yield self.ipv4

    @verb
    async def add_service(
        self,
        protocol: Protocol,
        *,
        listen_port: int | None = None,
        destination_port: int | None = None,
        proxyprotocol: bool | None = None,
        health_check: HealthCheck | None = None,
        http: ServiceHTTP | None = None,
        wait: bool = True,
    ) -> Action:
        """Take connections on one more port; ``tcp`` needs both ports, ``https`` certificates.

        Certificates are names, ids or objects; what is left out is the API's default for the protocol.
        """
        ports = {"listen_port": listen_port, "destination_port": destination_port}
        more = given(**ports, proxyprotocol=proxyprotocol, health_check=health_check, http=http)
        service = await self._service("add_service()", of_services.Service, {"protocol": protocol, **more})
        return await self._done(await self.api.load_balancers.actions.add_service(self.id, **service), wait)

    @verb
    async def update_service(
        self,
        listen_port: int,
        *,
        protocol: Protocol | None = None,
        destination_port: int | None = None,
        proxyprotocol: bool | None = None,
        health_check: HealthCheck | None = None,
        http: ServiceHTTP | None = None,
        wait: bool = True,
    ) -> Action:
        """Change what is given of a service; its port stays, without an interruption."""
        plain = given(protocol=protocol, destination_port=destination_port, proxyprotocol=proxyprotocol)
        wanted = {"listen_port": listen_port, **plain, **given(health_check=health_check, http=http)}
        service = await self._service("update_service()", of_services.ServiceOptions, wanted)
        answer = await self.api.load_balancers.actions.update_service(self.id, **service)
        return await self._done(answer, wait)

    @verb
    async def delete_service(self, listen_port: int, *, wait: bool = True) -> Action:
        """Take no more connections on a port."""
        answer = await self.api.load_balancers.actions.delete_service(self.id, listen_port=listen_port)
        return await self._done(answer, wait)

    @verb
    async def add_target(
        self,
        server: Ref | None = None,
        *,
        label_selector: Labels | None = None,
        ip: IP | None = None,
        use_private_ip: bool | None = None,
        wait: bool = True,
    ) -> Action:
        """Send connections to a server, to all servers with certain labels, or to an address.

        With a server, ``ip`` is the one of its public addresses to use.
        """
        target = self._target("add_target()", server, label_selector, ip, use_private_ip)
        wanted = await Resolver(self.api).plain(of_targets.wire(target))
        return await self._done(await self.api.load_balancers.actions.add_target(self.id, **wanted), wait)

    @verb
    async def remove_target(
        self,
        server: Ref | None = None,
        *,
        label_selector: Labels | None = None,
        ip: IP | None = None,
        wait: bool = True,
    ) -> Action:
        """Send no more connections to a server, to the servers with certain labels, or to an address."""
        target = self._target("remove_target()", server, label_selector, ip, None)
        wanted = await Resolver(self.api).plain(of_targets.named(target))
        return await self._done(await self.api.load_balancers.actions.remove_target(self.id, **wanted), wait)

    @verb
    async def attach_to_network(
        self,
        network: Ref,
        *,
        ip: str | IPv4Address | None = None,
        ip_range: str | IPv4Network | None = None,
        wait: bool = True,
    ) -> Action:
        """Join a private network, with a given address or a free one; it can be in one only."""
        wanted = given(ip=ip and str(ip), ip_range=ip_range and str(ip_range))
        id = await self._id("networks", network)
        answer = await self.api.load_balancers.actions.attach_to_network(self.id, network=id, **wanted)
        return await self._done(answer, wait)

    @verb
    async def detach_from_network(self, network: Ref, *, wait: bool = True) -> Action:
        """Leave a private network, and lose the targets that are reached in it."""
        id = await self._id("networks", network)
        answer = await self.api.load_balancers.actions.detach_from_network(self.id, network=id)
        return await self._done(answer, wait)

    @verb
    async def enable_public_interface(self, *, wait: bool = True) -> Action:
        """Switch the public side on."""
        return await self._done(await self.api.load_balancers.actions.enable_public_interface(self.id), wait)

    @verb
    async def disable_public_interface(self, *, wait: bool = True) -> Action:
        """Switch the public side off; all targets must be private ones."""
        return await self._done(await self.api.load_balancers.actions.disable_public_interface(self.id), wait)

    @verb
    async def change_algorithm(
        self, type: Literal["round_robin", "least_connections"], *, wait: bool = True
    ) -> Action:
        """Change how targets take turns."""
        answer = await self.api.load_balancers.actions.change_algorithm(self.id, type=type)
        return await self._done(answer, wait)

    @verb
    async def change_type(self, load_balancer_type: Ref, *, wait: bool = True) -> Action:
        """Change the type, without an interruption; all that it has must fit into the new one."""
        wanted = self._id_or_name("load_balancer_types", load_balancer_type)
        answer = await self.api.load_balancers.actions.change_type(self.id, load_balancer_type=wanted)
        return await self._done(answer, wait)

    @verb
    async def change_dns_ptr(self, ip: IP, dns_ptr: str | None, *, wait: bool = True) -> Action:
        """Set the reverse DNS name of a public address; None goes back to the default."""
        answer = await self.api.load_balancers.actions.change_dns_ptr(self.id, ip=str(ip), dns_ptr=dns_ptr)
        return await self._done(answer, wait)

    @verb
    async def change_protection(self, *, delete: bool, wait: bool = True) -> Action:
        """Forbid or allow deletion."""
        answer = await self.api.load_balancers.actions.change_protection(self.id, delete=delete)
        return await self._done(answer, wait)

    async def _service(self, what: str, form: Any, wanted: Mapping[str, Any]) -> Any:
        """Return a service, or a part of one, as the API takes it; raises ValueError for what cannot be."""
        service = checked(form, what, wanted)
        for ref in refs_in(service.get("http"), ("certificates",)):
            fitting("certificates", ref)
        return await Resolver(self.api).plain(of_services.wire(service))

    def _target(
        self,
        what: str,
        server: Ref | None,
        label_selector: Labels | None,
        ip: IP | None,
        use_private_ip: bool | None,
    ) -> Any:
        """Return a target in the terms of the spec; raises ValueError for what can be none."""
        labels = None if label_selector is None else selector(label_selector)
        wanted = given(server=server, label_selector=labels, ip=ip, use_private_ip=use_private_ip)
        if server is not None:
            fitting("servers", server)
        return checked(of_targets.Target, what, wanted)
