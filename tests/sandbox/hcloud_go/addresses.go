package main

import "github.com/hetznercloud/hcloud-go/v2/hcloud"

func tellAddresses(server *hcloud.Server) {
	made := good(client.FloatingIP.Create(ctx, hcloud.FloatingIPCreateOpts{
		Type: hcloud.FloatingIPTypeIPv4, HomeLocation: place, Name: hcloud.Ptr("f"), Labels: labels}))
	floating := good(client.FloatingIP.Update(ctx, made.FloatingIP, hcloud.FloatingIPUpdateOpts{Name: "front", Description: "d"}))
	end(client.FloatingIP.Assign(ctx, floating, server))
	_, err := client.FloatingIP.Delete(ctx, floating)
	refused("must_be_unassigned", err)
	end(client.FloatingIP.ChangeDNSPtr(ctx, floating, floating.IP.String(), hcloud.Ptr("f.example.com")))
	end(client.FloatingIP.Unassign(ctx, floating))
	primary := good(client.PrimaryIP.Create(ctx, hcloud.PrimaryIPCreateOpts{
		Name: "p", Type: hcloud.PrimaryIPTypeIPv6, Location: "fsn1", Labels: labels})).PrimaryIP
	primary = good(client.PrimaryIP.Update(ctx, primary, hcloud.PrimaryIPUpdateOpts{Name: "spare", AutoDelete: hcloud.Ptr(false)}))
	that(primary.AssigneeID == 0 && primary.Network != nil, "it is assigned")
	old := good(client.Server.GetByID(ctx, server.ID)).PublicNet.IPv6
	end(client.PrimaryIP.Unassign(ctx, old.ID))
	end(client.PrimaryIP.Assign(ctx, hcloud.PrimaryIPAssignOpts{ID: primary.ID, AssigneeID: server.ID, AssigneeType: "server"}))
	end(client.PrimaryIP.Unassign(ctx, primary.ID))
	end(client.PrimaryIP.Assign(ctx, hcloud.PrimaryIPAssignOpts{ID: old.ID, AssigneeID: server.ID, AssigneeType: "server"}))
	address := primary.IP.String() + "1"
	end(client.PrimaryIP.ChangeDNSPtr(ctx, hcloud.PrimaryIPChangeDNSPtrOpts{ID: primary.ID, IP: address, DNSPtr: "p.example.com"}))
	for _, on := range []bool{true, false} {
		end(client.FloatingIP.ChangeProtection(ctx, floating, hcloud.FloatingIPChangeProtectionOpts{Delete: &on}))
		end(client.PrimaryIP.ChangeProtection(ctx, hcloud.PrimaryIPChangeProtectionOpts{ID: primary.ID, Delete: on}))
	}
	that(good(client.PrimaryIP.GetByIP(ctx, primary.IP.String())).ID == primary.ID, "another address")
	acts(client.FloatingIP.Action, floating)
	acts(client.PrimaryIP.Action, primary)
}

func takeAway(world World, zone *hcloud.Zone) {
	end(client.Server.Poweron(ctx, world.server))
	wait(good(client.Server.DeleteWithResult(ctx, world.server)).Action)
	ends(client.Firewall.RemoveResources(ctx, world.wall, []hcloud.FirewallResource{{Type: hcloud.FirewallResourceTypeLabelSelector,
		LabelSelector: &hcloud.FirewallResourceLabelSelector{Selector: "role=web"}}}))
	gone(client.Firewall.Delete(ctx, world.wall))
	balancers, err := client.LoadBalancer.All(ctx)
	check(err)
	for _, each := range balancers {
		wait(good(client.LoadBalancer.DeleteWithResult(ctx, each)).Action)
	}
	certificates, err := client.Certificate.All(ctx)
	check(err)
	for _, each := range certificates {
		gone(client.Certificate.Delete(ctx, each))
	}
	wait(good(client.Zone.Delete(ctx, zone)).Action)
	boxes, err := client.StorageBox.All(ctx)
	check(err)
	for _, each := range boxes {
		wait(good(client.StorageBox.Delete(ctx, each)).Action)
	}
	gone(client.Network.Delete(ctx, world.network))
	gone(client.PlacementGroup.Delete(ctx, good(client.PlacementGroup.GetByName(ctx, "group"))))
	gone(client.Volume.Delete(ctx, good(client.Volume.GetByName(ctx, "volume"))))
	gone(client.FloatingIP.Delete(ctx, good(client.FloatingIP.GetByName(ctx, "front"))))
	gone(client.PrimaryIP.Delete(ctx, good(client.PrimaryIP.GetByName(ctx, "spare"))))
	gone(client.SSHKey.Delete(ctx, good(client.SSHKey.GetByName(ctx, "key"))))
	servers, err := client.Server.All(ctx)
	check(err)
	left, err := client.PrimaryIP.All(ctx)
	check(err)
	that(len(servers)+len(left) == 0, "something is left")
}
