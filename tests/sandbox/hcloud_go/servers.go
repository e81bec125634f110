package main

import (
	"net"
	"time"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

// World is what the other stories build upon.
type World struct {
	server  *hcloud.Server
	network *hcloud.Network
	wall    *hcloud.Firewall
}

func tellServers() World {
	key := good(client.SSHKey.Create(ctx, hcloud.SSHKeyCreateOpts{Name: "k", PublicKey: given.PublicKey}))
	good(client.SSHKey.Update(ctx, key, hcloud.SSHKeyUpdateOpts{Name: "key", Labels: labels}))
	that(good(client.SSHKey.GetByFingerprint(ctx, key.Fingerprint)).Name == "key", "another key")
	network := tellNetwork()
	group := good(client.PlacementGroup.Create(ctx, hcloud.PlacementGroupCreateOpts{
		Name: "apart", Type: hcloud.PlacementGroupTypeSpread})).PlacementGroup
	good(client.PlacementGroup.Update(ctx, group, hcloud.PlacementGroupUpdateOpts{Name: "group", Labels: labels}))
	wall := good(client.Firewall.Create(ctx, hcloud.FirewallCreateOpts{Name: "wall", Rules: rules("22")})).Firewall
	made := good(client.Server.Create(ctx, hcloud.ServerCreateOpts{
		Name: "web", ServerType: &hcloud.ServerType{Name: "cx23"}, Image: &hcloud.Image{Name: "debian-13"},
		Location: place, Labels: labels, SSHKeys: []*hcloud.SSHKey{key}, UserData: "#cloud-config\n",
		Networks: []*hcloud.Network{network}, PlacementGroup: group,
		Firewalls: []*hcloud.ServerCreateFirewall{{Firewall: *wall}}}))
	wait(append(made.NextActions, made.Action)...)
	server := good(client.Server.GetByID(ctx, made.Server.ID))
	that(server.Status == hcloud.ServerStatusRunning && server.PrivateNet[0].IP != nil, "it does not run")
	that(server.PlacementGroup.ID == group.ID && len(server.PublicNet.Firewalls) == 1, "it is alone")
	that(len(good(client.Network.ListMembers(ctx, network, hcloud.NetworkMemberListOpts{}))) == 1, "no member")
	good(client.Server.Update(ctx, server, hcloud.ServerUpdateOpts{Name: "web1", Labels: labels}))
	tellPower(server)
	tellDisk(server)
	tellLinks(server, network, group)
	tellWall(wall, server)
	tellVolumes(server)
	tellAddresses(server)
	acts(client.Server.Action, server)
	acts(client.Network.Action, network)
	acts(client.Firewall.Action, wall)
	return World{server, network, wall}
}

func tellNetwork() *hcloud.Network {
	network := good(client.Network.Create(ctx, hcloud.NetworkCreateOpts{Name: "n", IPRange: cidr("10.0.0.0/16")}))
	subnet := hcloud.NetworkSubnet{Type: hcloud.NetworkSubnetTypeCloud, NetworkZone: "eu-central", IPRange: cidr("10.0.1.0/24")}
	other := hcloud.NetworkSubnet{Type: hcloud.NetworkSubnetTypeCloud, NetworkZone: "eu-central", IPRange: cidr("10.0.2.0/24")}
	end(client.Network.AddSubnet(ctx, network, hcloud.NetworkAddSubnetOpts{Subnet: subnet}))
	end(client.Network.AddSubnet(ctx, network, hcloud.NetworkAddSubnetOpts{Subnet: other}))
	end(client.Network.DeleteSubnet(ctx, network, hcloud.NetworkDeleteSubnetOpts{Subnet: other}))
	route := hcloud.NetworkRoute{Destination: cidr("10.100.0.0/24"), Gateway: net.ParseIP("10.0.1.1")}
	end(client.Network.AddRoute(ctx, network, hcloud.NetworkAddRouteOpts{Route: route}))
	end(client.Network.DeleteRoute(ctx, network, hcloud.NetworkDeleteRouteOpts{Route: route}))
	end(client.Network.ChangeIPRange(ctx, network, hcloud.NetworkChangeIPRangeOpts{IPRange: cidr("10.0.0.0/15")}))
	end(client.Network.ChangeProtection(ctx, network, hcloud.NetworkChangeProtectionOpts{Delete: hcloud.Ptr(true)}))
	_, err := client.Network.Delete(ctx, network)
	refused(hcloud.ErrorCodeProtected, err)
	end(client.Network.ChangeProtection(ctx, network, hcloud.NetworkChangeProtectionOpts{Delete: hcloud.Ptr(false)}))
	return good(client.Network.Update(ctx, network, hcloud.NetworkUpdateOpts{Name: "net", Labels: labels}))
}

func rules(port string) []hcloud.FirewallRule {
	return []hcloud.FirewallRule{{Direction: hcloud.FirewallRuleDirectionIn, Protocol: hcloud.FirewallRuleProtocolTCP,
		Port: &port, SourceIPs: []net.IPNet{*cidr("0.0.0.0/0"), *cidr("::/0")}, Description: hcloud.Ptr("in")}}
}

func tellPower(server *hcloud.Server) {
	end(client.Server.Poweroff(ctx, server))
	end(client.Server.Poweron(ctx, server))
	end(client.Server.Reboot(ctx, server))
	end(client.Server.Reset(ctx, server))
	password := good(client.Server.ResetPassword(ctx, server))
	wait(password.Action)
	wait(good(client.Server.RequestConsole(ctx, server)).Action)
	rescue := good(client.Server.EnableRescue(ctx, server, hcloud.ServerEnableRescueOpts{Type: hcloud.ServerRescueTypeLinux64}))
	wait(rescue.Action)
	that(rescue.RootPassword != "" && password.RootPassword != "", "no password")
	end(client.Server.DisableRescue(ctx, server))
	end(client.Server.Shutdown(ctx, server))
	end(client.Server.Poweroff(ctx, server))
}

func tellDisk(server *hcloud.Server) {
	end(client.Server.ChangeType(ctx, server, hcloud.ServerChangeTypeOpts{ServerType: &hcloud.ServerType{Name: "cx33"}}))
	end(client.Server.EnableBackup(ctx, server, ""))
	snapshot := good(client.Server.CreateImage(ctx, server, &hcloud.ServerCreateImageOpts{
		Type: hcloud.ImageTypeSnapshot, Description: hcloud.Ptr("kept"), Labels: labels}))
	wait(snapshot.Action)
	image := good(client.Image.Update(ctx, snapshot.Image, hcloud.ImageUpdateOpts{Description: hcloud.Ptr("new")}))
	end(client.Image.ChangeProtection(ctx, image, hcloud.ImageChangeProtectionOpts{Delete: hcloud.Ptr(true)}))
	end(client.Image.ChangeProtection(ctx, image, hcloud.ImageChangeProtectionOpts{Delete: hcloud.Ptr(false)}))
	wait(good(client.Server.RebuildWithResult(ctx, server, hcloud.ServerRebuildOpts{Image: image})).Action)
	acts(client.Image.Action, image)
	gone(client.Image.Delete(ctx, image))
	end(client.Server.DisableBackup(ctx, server))
	isos, err := client.ISO.AllWithOpts(ctx, hcloud.ISOListOpts{Architecture: []hcloud.Architecture{hcloud.ArchitectureX86}})
	check(err)
	end(client.Server.AttachISO(ctx, server, isos[0]))
	end(client.Server.DetachISO(ctx, server))
	now := time.Now()
	good(client.Server.GetMetrics(ctx, server, hcloud.ServerGetMetricsOpts{
		Types: []hcloud.ServerMetricType{hcloud.ServerMetricCPU, hcloud.ServerMetricNetwork},
		Start: now.Add(-time.Hour), End: now, Step: 60}))
}

func tellLinks(server *hcloud.Server, network *hcloud.Network, group *hcloud.PlacementGroup) {
	end(client.Server.ChangeAliasIPs(ctx, server, hcloud.ServerChangeAliasIPsOpts{
		Network: network, AliasIPs: []net.IP{net.ParseIP("10.0.1.50")}}))
	end(client.Server.DetachFromNetwork(ctx, server, hcloud.ServerDetachFromNetworkOpts{Network: network}))
	end(client.Server.AttachToNetwork(ctx, server, hcloud.ServerAttachToNetworkOpts{
		Network: network, IP: net.ParseIP("10.0.1.7"), AliasIPs: []net.IP{net.ParseIP("10.0.1.8")}}))
	end(client.Server.RemoveFromPlacementGroup(ctx, server))
	end(client.Server.Poweroff(ctx, server))
	end(client.Server.AddToPlacementGroup(ctx, server, group))
	address := good(client.Server.GetByID(ctx, server.ID)).PublicNet.IPv4.IP.String()
	end(client.Server.ChangeDNSPtr(ctx, server, address, hcloud.Ptr("web.example.com")))
	end(client.Server.ChangeDNSPtr(ctx, server, address, nil))
	for _, on := range []bool{true, false} {
		end(client.Server.ChangeProtection(ctx, server, hcloud.ServerChangeProtectionOpts{Delete: &on, Rebuild: &on}))
	}
}

func tellWall(wall *hcloud.Firewall, server *hcloud.Server) {
	ends(client.Firewall.SetRules(ctx, wall, hcloud.FirewallSetRulesOpts{Rules: rules("80-85")}))
	target := []hcloud.FirewallResource{{Type: hcloud.FirewallResourceTypeServer, Server: &hcloud.FirewallResourceServer{ID: server.ID}}}
	ends(client.Firewall.RemoveResources(ctx, wall, target))
	ends(client.Firewall.ApplyResources(ctx, wall, []hcloud.FirewallResource{{Type: hcloud.FirewallResourceTypeLabelSelector,
		LabelSelector: &hcloud.FirewallResourceLabelSelector{Selector: "role=web"}}}))
	wall = good(client.Firewall.Update(ctx, wall, hcloud.FirewallUpdateOpts{Name: "firewall", Labels: labels}))
	that(len(wall.AppliedTo[0].AppliedToResources) == 1 && *wall.Rules[0].Port == "80-85", "another firewall")
}

func tellVolumes(server *hcloud.Server) {
	made := good(client.Volume.Create(ctx, hcloud.VolumeCreateOpts{Name: "v", Size: 10, Location: place, Format: hcloud.Ptr("ext4")}))
	wait(append(made.NextActions, made.Action)...)
	volume := good(client.Volume.Update(ctx, made.Volume, hcloud.VolumeUpdateOpts{Name: "volume", Labels: labels}))
	end(client.Volume.Attach(ctx, volume, server))
	end(client.Volume.Resize(ctx, volume, 20))
	end(client.Volume.Detach(ctx, volume))
	for _, on := range []bool{true, false} {
		end(client.Volume.ChangeProtection(ctx, volume, hcloud.VolumeChangeProtectionOpts{Delete: &on}))
	}
	that(good(client.Volume.GetByName(ctx, "volume")).Size == 20, "it did not grow")
	acts(client.Volume.Action, volume)
}
