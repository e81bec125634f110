"""The names of the module; see `hetzner/_lazy.py`."""

from hetzner.schema.actions import Action as Action
from hetzner.schema.actions import ActionError as ActionError
from hetzner.schema.actions import ActionResource as ActionResource
from hetzner.schema.actions import ActionResponse as ActionResponse
from hetzner.schema.actions import ActionsByIdParams, ActionSort, Status
from hetzner.schema.actions import ActionsPage as ActionsPage
from hetzner.schema.actions import ActionsResponse as ActionsResponse
from hetzner.schema.certificates import Certificate as Certificate
from hetzner.schema.certificates import CertificateCreateParams as CertificateCreateParams
from hetzner.schema.certificates import CertificateCreateResponse as CertificateCreateResponse
from hetzner.schema.certificates import CertificateError as CertificateError
from hetzner.schema.certificates import CertificateListParams as CertificateListParams
from hetzner.schema.certificates import CertificateRetrieveResponse as CertificateRetrieveResponse
from hetzner.schema.certificates import CertificatesPage as CertificatesPage
from hetzner.schema.certificates import CertificateStatus as CertificateStatus
from hetzner.schema.certificates import CertificateUpdateParams as CertificateUpdateParams
from hetzner.schema.certificates import CertificateUpdateResponse as CertificateUpdateResponse
from hetzner.schema.certificates import CertificateUsedBy as CertificateUsedBy
from hetzner.schema.common import DeprecationInfo as DeprecationInfo
from hetzner.schema.common import DNSPtr as DNSPtr
from hetzner.schema.common import LocationPrice as LocationPrice
from hetzner.schema.common import Price as Price
from hetzner.schema.common import Protection as Protection
from hetzner.schema.common import UpdateParams
from hetzner.schema.datacenters import Datacenter as Datacenter
from hetzner.schema.datacenters import DatacenterListParams as DatacenterListParams
from hetzner.schema.datacenters import DatacenterRetrieveResponse as DatacenterRetrieveResponse
from hetzner.schema.datacenters import DatacenterServerTypes as DatacenterServerTypes
from hetzner.schema.datacenters import DatacentersPage as DatacentersPage
from hetzner.schema.firewalls import Firewall as Firewall
from hetzner.schema.firewalls import FirewallAppliedTo as FirewallAppliedTo
from hetzner.schema.firewalls import FirewallAppliedToResource as FirewallAppliedToResource
from hetzner.schema.firewalls import FirewallCreateParams as FirewallCreateParams
from hetzner.schema.firewalls import FirewallCreateResponse as FirewallCreateResponse
from hetzner.schema.firewalls import FirewallListParams as FirewallListParams
from hetzner.schema.firewalls import FirewallResourceParam as FirewallResourceParam
from hetzner.schema.firewalls import FirewallResourceSelector as FirewallResourceSelector
from hetzner.schema.firewalls import FirewallResourceServer as FirewallResourceServer
from hetzner.schema.firewalls import FirewallRetrieveResponse as FirewallRetrieveResponse
from hetzner.schema.firewalls import FirewallSelectorParam as FirewallSelectorParam
from hetzner.schema.firewalls import FirewallServerParam as FirewallServerParam
from hetzner.schema.firewalls import FirewallsPage as FirewallsPage
from hetzner.schema.firewalls import FirewallUpdateResponse as FirewallUpdateResponse
from hetzner.schema.firewalls import Rule as Rule
from hetzner.schema.firewalls import RuleParam as RuleParam
from hetzner.schema.floating_ips import FloatingIP as FloatingIP
from hetzner.schema.floating_ips import FloatingIPCreateParams as FloatingIPCreateParams
from hetzner.schema.floating_ips import FloatingIPCreateResponse as FloatingIPCreateResponse
from hetzner.schema.floating_ips import FloatingIPListParams as FloatingIPListParams
from hetzner.schema.floating_ips import FloatingIPRetrieveResponse as FloatingIPRetrieveResponse
from hetzner.schema.floating_ips import FloatingIPsPage as FloatingIPsPage
from hetzner.schema.floating_ips import FloatingIPUpdateParams as FloatingIPUpdateParams
from hetzner.schema.floating_ips import FloatingIPUpdateResponse as FloatingIPUpdateResponse
from hetzner.schema.images import Image as Image
from hetzner.schema.images import ImageCreatedFrom as ImageCreatedFrom
from hetzner.schema.images import ImageListParams as ImageListParams
from hetzner.schema.images import ImageRetrieveResponse as ImageRetrieveResponse
from hetzner.schema.images import ImagesPage as ImagesPage
from hetzner.schema.images import ImageUpdateParams as ImageUpdateParams
from hetzner.schema.images import ImageUpdateResponse as ImageUpdateResponse
from hetzner.schema.isos import ISO as ISO
from hetzner.schema.isos import ISOListParams as ISOListParams
from hetzner.schema.isos import ISORetrieveResponse as ISORetrieveResponse
from hetzner.schema.isos import ISOsPage as ISOsPage
from hetzner.schema.load_balancer_services import LoadBalancerHealthCheck as LoadBalancerHealthCheck
from hetzner.schema.load_balancer_services import LoadBalancerHealthCheckHTTP as LoadBalancerHealthCheckHTTP
from hetzner.schema.load_balancer_services import (
    LoadBalancerHealthCheckHTTPParam as LoadBalancerHealthCheckHTTPParam,
)
from hetzner.schema.load_balancer_services import LoadBalancerHealthCheckParam as LoadBalancerHealthCheckParam
from hetzner.schema.load_balancer_services import LoadBalancerServiceHTTP as LoadBalancerServiceHTTP
from hetzner.schema.load_balancer_services import LoadBalancerServiceHTTPParam as LoadBalancerServiceHTTPParam
from hetzner.schema.load_balancer_services import LoadBalancerServiceModel as LoadBalancerServiceModel
from hetzner.schema.load_balancer_services import (
    LoadBalancerServiceModelParam as LoadBalancerServiceModelParam,
)
from hetzner.schema.load_balancer_targets import HealthStatus as HealthStatus
from hetzner.schema.load_balancer_targets import LoadBalancerTarget as LoadBalancerTarget
from hetzner.schema.load_balancer_targets import LoadBalancerTargetIP as LoadBalancerTargetIP
from hetzner.schema.load_balancer_targets import LoadBalancerTargetIPParam as LoadBalancerTargetIPParam
from hetzner.schema.load_balancer_targets import (
    LoadBalancerTargetLabelSelector as LoadBalancerTargetLabelSelector,
)
from hetzner.schema.load_balancer_targets import (
    LoadBalancerTargetLabelSelectorParam as LoadBalancerTargetLabelSelectorParam,
)
from hetzner.schema.load_balancer_targets import LoadBalancerTargetParam as LoadBalancerTargetParam
from hetzner.schema.load_balancer_targets import LoadBalancerTargetServer as LoadBalancerTargetServer
from hetzner.schema.load_balancer_targets import (
    LoadBalancerTargetServerParam as LoadBalancerTargetServerParam,
)
from hetzner.schema.load_balancer_targets import LoadBalancerTargetTarget as LoadBalancerTargetTarget
from hetzner.schema.load_balancer_types import LoadBalancerType as LoadBalancerType
from hetzner.schema.load_balancer_types import LoadBalancerTypeListParams as LoadBalancerTypeListParams
from hetzner.schema.load_balancer_types import (
    LoadBalancerTypeRetrieveResponse as LoadBalancerTypeRetrieveResponse,
)
from hetzner.schema.load_balancer_types import LoadBalancerTypesPage as LoadBalancerTypesPage
from hetzner.schema.load_balancers import LoadBalancer as LoadBalancer
from hetzner.schema.load_balancers import LoadBalancerAlgorithm as LoadBalancerAlgorithm
from hetzner.schema.load_balancers import LoadBalancerAlgorithmParam as LoadBalancerAlgorithmParam
from hetzner.schema.load_balancers import LoadBalancerCreateParams as LoadBalancerCreateParams
from hetzner.schema.load_balancers import LoadBalancerCreateResponse as LoadBalancerCreateResponse
from hetzner.schema.load_balancers import LoadBalancerDeleteResponse as LoadBalancerDeleteResponse
from hetzner.schema.load_balancers import LoadBalancerListParams as LoadBalancerListParams
from hetzner.schema.load_balancers import LoadBalancerPrivateNet as LoadBalancerPrivateNet
from hetzner.schema.load_balancers import LoadBalancerPublicNet as LoadBalancerPublicNet
from hetzner.schema.load_balancers import LoadBalancerPublicNetIP as LoadBalancerPublicNetIP
from hetzner.schema.load_balancers import LoadBalancerPublicNetParam as LoadBalancerPublicNetParam
from hetzner.schema.load_balancers import LoadBalancerRetrieveResponse as LoadBalancerRetrieveResponse
from hetzner.schema.load_balancers import LoadBalancersPage as LoadBalancersPage
from hetzner.schema.load_balancers import LoadBalancerUpdateParams as LoadBalancerUpdateParams
from hetzner.schema.load_balancers import LoadBalancerUpdateResponse as LoadBalancerUpdateResponse
from hetzner.schema.locations import Location as Location
from hetzner.schema.locations import LocationListParams as LocationListParams
from hetzner.schema.locations import LocationRetrieveResponse as LocationRetrieveResponse
from hetzner.schema.locations import LocationsPage as LocationsPage
from hetzner.schema.metrics import MetricParams as MetricParams
from hetzner.schema.metrics import Metrics as Metrics
from hetzner.schema.metrics import MetricsResponse as MetricsResponse
from hetzner.schema.metrics import TimeSeries as TimeSeries
from hetzner.schema.networks import Network as Network
from hetzner.schema.networks import NetworkCreateParams as NetworkCreateParams
from hetzner.schema.networks import NetworkCreateResponse as NetworkCreateResponse
from hetzner.schema.networks import NetworkListParams as NetworkListParams
from hetzner.schema.networks import NetworkMember as NetworkMember
from hetzner.schema.networks import NetworkMemberListParams as NetworkMemberListParams
from hetzner.schema.networks import NetworkMembersPage as NetworkMembersPage
from hetzner.schema.networks import NetworkRetrieveResponse as NetworkRetrieveResponse
from hetzner.schema.networks import NetworkRoute as NetworkRoute
from hetzner.schema.networks import NetworksPage as NetworksPage
from hetzner.schema.networks import NetworkSubnet as NetworkSubnet
from hetzner.schema.networks import NetworkUpdateParams as NetworkUpdateParams
from hetzner.schema.networks import NetworkUpdateResponse as NetworkUpdateResponse
from hetzner.schema.networks import RouteParam as RouteParam
from hetzner.schema.networks import SubnetParam as SubnetParam
from hetzner.schema.pages import Pagination as Pagination
from hetzner.schema.pages import ResponseMeta as ResponseMeta
from hetzner.schema.placement_groups import PlacementGroup as PlacementGroup
from hetzner.schema.placement_groups import PlacementGroupCreateParams as PlacementGroupCreateParams
from hetzner.schema.placement_groups import PlacementGroupCreateResponse as PlacementGroupCreateResponse
from hetzner.schema.placement_groups import PlacementGroupListParams as PlacementGroupListParams
from hetzner.schema.placement_groups import PlacementGroupRetrieveResponse as PlacementGroupRetrieveResponse
from hetzner.schema.placement_groups import PlacementGroupsPage as PlacementGroupsPage
from hetzner.schema.placement_groups import PlacementGroupUpdateResponse as PlacementGroupUpdateResponse
from hetzner.schema.pricing import Prices as Prices
from hetzner.schema.pricing import PricingAddress as PricingAddress
from hetzner.schema.pricing import PricingBackup as PricingBackup
from hetzner.schema.pricing import PricingLocationPrice as PricingLocationPrice
from hetzner.schema.pricing import PricingMonthly as PricingMonthly
from hetzner.schema.pricing import PricingPerGB as PricingPerGB
from hetzner.schema.pricing import PricingRetrieveResponse as PricingRetrieveResponse
from hetzner.schema.pricing import PricingType as PricingType
from hetzner.schema.primary_ips import PrimaryIP as PrimaryIP
from hetzner.schema.primary_ips import PrimaryIPCreateParams as PrimaryIPCreateParams
from hetzner.schema.primary_ips import PrimaryIPCreateResponse as PrimaryIPCreateResponse
from hetzner.schema.primary_ips import PrimaryIPListParams as PrimaryIPListParams
from hetzner.schema.primary_ips import PrimaryIPRetrieveResponse as PrimaryIPRetrieveResponse
from hetzner.schema.primary_ips import PrimaryIPsPage as PrimaryIPsPage
from hetzner.schema.primary_ips import PrimaryIPUpdateParams as PrimaryIPUpdateParams
from hetzner.schema.primary_ips import PrimaryIPUpdateResponse as PrimaryIPUpdateResponse
from hetzner.schema.server_actions import ActionCreateImageResponse as ActionCreateImageResponse
from hetzner.schema.server_actions import ActionRequestConsoleResponse as ActionRequestConsoleResponse
from hetzner.schema.server_actions import RootPasswordResponse as RootPasswordResponse
from hetzner.schema.server_types import CPUType as CPUType
from hetzner.schema.server_types import ServerType as ServerType
from hetzner.schema.server_types import ServerTypeListParams as ServerTypeListParams
from hetzner.schema.server_types import ServerTypeLocation as ServerTypeLocation
from hetzner.schema.server_types import ServerTypeRetrieveResponse as ServerTypeRetrieveResponse
from hetzner.schema.server_types import ServerTypesPage as ServerTypesPage
from hetzner.schema.servers import Server as Server
from hetzner.schema.servers import ServerCreateParams as ServerCreateParams
from hetzner.schema.servers import ServerCreateResponse as ServerCreateResponse
from hetzner.schema.servers import ServerDeleteResponse as ServerDeleteResponse
from hetzner.schema.servers import ServerFirewallParam as ServerFirewallParam
from hetzner.schema.servers import ServerListParams as ServerListParams
from hetzner.schema.servers import ServerPrivateNet as ServerPrivateNet
from hetzner.schema.servers import ServerProtection as ServerProtection
from hetzner.schema.servers import ServerPublicNet as ServerPublicNet
from hetzner.schema.servers import ServerPublicNetFirewall as ServerPublicNetFirewall
from hetzner.schema.servers import ServerPublicNetIPv4 as ServerPublicNetIPv4
from hetzner.schema.servers import ServerPublicNetIPv6 as ServerPublicNetIPv6
from hetzner.schema.servers import ServerPublicNetParams as ServerPublicNetParams
from hetzner.schema.servers import ServerRetrieveResponse as ServerRetrieveResponse
from hetzner.schema.servers import ServersPage as ServersPage
from hetzner.schema.servers import ServerUpdateResponse as ServerUpdateResponse
from hetzner.schema.ssh_keys import SSHKey as SSHKey
from hetzner.schema.ssh_keys import SshKeyCreateParams as SshKeyCreateParams
from hetzner.schema.ssh_keys import SshKeyCreateResponse as SshKeyCreateResponse
from hetzner.schema.ssh_keys import SshKeyListParams as SshKeyListParams
from hetzner.schema.ssh_keys import SshKeyRetrieveResponse as SshKeyRetrieveResponse
from hetzner.schema.ssh_keys import SSHKeysPage as SSHKeysPage
from hetzner.schema.ssh_keys import SshKeyUpdateResponse as SshKeyUpdateResponse
from hetzner.schema.storage_box_snapshots import StorageBoxSnapshot as StorageBoxSnapshot
from hetzner.schema.storage_box_snapshots import (
    StorageBoxSnapshotCreateParams as StorageBoxSnapshotCreateParams,
)
from hetzner.schema.storage_box_snapshots import (
    StorageBoxSnapshotCreateResponse as StorageBoxSnapshotCreateResponse,
)
from hetzner.schema.storage_box_snapshots import (
    StorageBoxSnapshotDeleteResponse as StorageBoxSnapshotDeleteResponse,
)
from hetzner.schema.storage_box_snapshots import StorageBoxSnapshotListParams as StorageBoxSnapshotListParams
from hetzner.schema.storage_box_snapshots import (
    StorageBoxSnapshotListResponse as StorageBoxSnapshotListResponse,
)
from hetzner.schema.storage_box_snapshots import StorageBoxSnapshotReference as StorageBoxSnapshotReference
from hetzner.schema.storage_box_snapshots import (
    StorageBoxSnapshotRetrieveResponse as StorageBoxSnapshotRetrieveResponse,
)
from hetzner.schema.storage_box_snapshots import StorageBoxSnapshotStats as StorageBoxSnapshotStats
from hetzner.schema.storage_box_snapshots import (
    StorageBoxSnapshotUpdateParams as StorageBoxSnapshotUpdateParams,
)
from hetzner.schema.storage_box_snapshots import (
    StorageBoxSnapshotUpdateResponse as StorageBoxSnapshotUpdateResponse,
)
from hetzner.schema.storage_box_subaccounts import StorageBoxSubaccount as StorageBoxSubaccount
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountAccessSettings as StorageBoxSubaccountAccessSettings,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountAccessSettingsParam as StorageBoxSubaccountAccessSettingsParam,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountCreateParams as StorageBoxSubaccountCreateParams,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountCreateResponse as StorageBoxSubaccountCreateResponse,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountDeleteResponse as StorageBoxSubaccountDeleteResponse,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountListParams as StorageBoxSubaccountListParams,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountListResponse as StorageBoxSubaccountListResponse,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountReference as StorageBoxSubaccountReference,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountRetrieveResponse as StorageBoxSubaccountRetrieveResponse,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountUpdateParams as StorageBoxSubaccountUpdateParams,
)
from hetzner.schema.storage_box_subaccounts import (
    StorageBoxSubaccountUpdateResponse as StorageBoxSubaccountUpdateResponse,
)
from hetzner.schema.storage_box_types import StorageBoxPrice as StorageBoxPrice
from hetzner.schema.storage_box_types import StorageBoxType as StorageBoxType
from hetzner.schema.storage_box_types import StorageBoxTypeListParams as StorageBoxTypeListParams
from hetzner.schema.storage_box_types import StorageBoxTypeRetrieveResponse as StorageBoxTypeRetrieveResponse
from hetzner.schema.storage_box_types import StorageBoxTypesPage as StorageBoxTypesPage
from hetzner.schema.storage_boxes import StorageBox as StorageBox
from hetzner.schema.storage_boxes import StorageBoxAccessSettings as StorageBoxAccessSettings
from hetzner.schema.storage_boxes import StorageBoxAccessSettingsParam as StorageBoxAccessSettingsParam
from hetzner.schema.storage_boxes import StorageBoxCreateParams as StorageBoxCreateParams
from hetzner.schema.storage_boxes import StorageBoxCreateResponse as StorageBoxCreateResponse
from hetzner.schema.storage_boxes import StorageBoxDeleteResponse as StorageBoxDeleteResponse
from hetzner.schema.storage_boxes import StorageBoxesPage as StorageBoxesPage
from hetzner.schema.storage_boxes import StorageBoxFoldersParams as StorageBoxFoldersParams
from hetzner.schema.storage_boxes import StorageBoxFoldersResponse as StorageBoxFoldersResponse
from hetzner.schema.storage_boxes import StorageBoxListParams as StorageBoxListParams
from hetzner.schema.storage_boxes import StorageBoxRetrieveResponse as StorageBoxRetrieveResponse
from hetzner.schema.storage_boxes import StorageBoxSnapshotPlan as StorageBoxSnapshotPlan
from hetzner.schema.storage_boxes import StorageBoxStats as StorageBoxStats
from hetzner.schema.storage_boxes import StorageBoxUpdateParams as StorageBoxUpdateParams
from hetzner.schema.storage_boxes import StorageBoxUpdateResponse as StorageBoxUpdateResponse
from hetzner.schema.volumes import Volume as Volume
from hetzner.schema.volumes import VolumeCreateParams as VolumeCreateParams
from hetzner.schema.volumes import VolumeCreateResponse as VolumeCreateResponse
from hetzner.schema.volumes import VolumeListParams as VolumeListParams
from hetzner.schema.volumes import VolumeRetrieveResponse as VolumeRetrieveResponse
from hetzner.schema.volumes import VolumesPage as VolumesPage
from hetzner.schema.volumes import VolumeUpdateParams as VolumeUpdateParams
from hetzner.schema.volumes import VolumeUpdateResponse as VolumeUpdateResponse
from hetzner.schema.zone_rrset_actions import RRSetRecordCommentParam as RRSetRecordCommentParam
from hetzner.schema.zone_rrset_actions import RRSetRecordParam as RRSetRecordParam
from hetzner.schema.zone_rrset_actions import RRSetType as RRSetType
from hetzner.schema.zone_rrsets import RRSet as RRSet
from hetzner.schema.zone_rrsets import RRSetCreateParams as RRSetCreateParams
from hetzner.schema.zone_rrsets import RRSetCreateResponse as RRSetCreateResponse
from hetzner.schema.zone_rrsets import RRSetDeleteResponse as RRSetDeleteResponse
from hetzner.schema.zone_rrsets import RRSetListParams as RRSetListParams
from hetzner.schema.zone_rrsets import RRSetParam as RRSetParam
from hetzner.schema.zone_rrsets import RRSetProtection as RRSetProtection
from hetzner.schema.zone_rrsets import RRSetRecord as RRSetRecord
from hetzner.schema.zone_rrsets import RRSetRetrieveResponse as RRSetRetrieveResponse
from hetzner.schema.zone_rrsets import RRSetsPage as RRSetsPage
from hetzner.schema.zone_rrsets import RRSetUpdateParams as RRSetUpdateParams
from hetzner.schema.zone_rrsets import RRSetUpdateResponse as RRSetUpdateResponse
from hetzner.schema.zones import Zone as Zone
from hetzner.schema.zones import ZoneAuthoritativeNameservers as ZoneAuthoritativeNameservers
from hetzner.schema.zones import ZoneCreateParams as ZoneCreateParams
from hetzner.schema.zones import ZoneCreateResponse as ZoneCreateResponse
from hetzner.schema.zones import ZoneDeleteResponse as ZoneDeleteResponse
from hetzner.schema.zones import ZoneExportZonefileResponse as ZoneExportZonefileResponse
from hetzner.schema.zones import ZoneListParams as ZoneListParams
from hetzner.schema.zones import ZonePrimaryNameserver as ZonePrimaryNameserver
from hetzner.schema.zones import ZonePrimaryNameserverParam as ZonePrimaryNameserverParam
from hetzner.schema.zones import ZoneRetrieveResponse as ZoneRetrieveResponse
from hetzner.schema.zones import ZonesPage as ZonesPage
from hetzner.schema.zones import ZoneUpdateParams as ZoneUpdateParams
from hetzner.schema.zones import ZoneUpdateResponse as ZoneUpdateResponse
from hetzner.types import certificates as certificates
from hetzner.types import firewalls as firewalls
from hetzner.types import floating_ips as floating_ips
from hetzner.types import images as images
from hetzner.types import load_balancers as load_balancers
from hetzner.types import networks as networks
from hetzner.types import primary_ips as primary_ips
from hetzner.types import servers as servers
from hetzner.types import shared as shared
from hetzner.types import shared_params as shared_params
from hetzner.types import storage_boxes as storage_boxes
from hetzner.types import volumes as volumes
from hetzner.types import zones as zones

ActionListParams = ActionsByIdParams
ActionListResponse = ActionsPage
ActionRetrieveResponse = ActionResponse
CertificateListResponse = CertificatesPage
DatacenterListResponse = DatacentersPage
FirewallListResponse = FirewallsPage
FirewallUpdateParams = UpdateParams
FloatingIPPriceDetails = PricingAddress
ISOListResponse = ISOsPage
ImageListResponse = ImagesPage
LoadBalancerListResponse = LoadBalancersPage
LoadBalancerTypeListResponse = LoadBalancerTypesPage
LocationListResponse = LocationsPage
NetworkListResponse = NetworksPage
PlacementGroupListResponse = PlacementGroupsPage
PlacementGroupUpdateParams = UpdateParams
PricePerTimeMonthly = PricingLocationPrice
PrimaryIPListResponse = PrimaryIPsPage
ServerTypeListResponse = ServerTypesPage
ServerUpdateParams = UpdateParams
SortParam = ActionSort
SshKey = SSHKey
SshKeyListResponse = SSHKeysPage
SshKeyUpdateParams = UpdateParams
StatusParam = Status
VolumeListResponse = VolumesPage
