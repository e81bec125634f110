package main

import (
	"net"
	"time"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

func tellBalancers(world World, zone *hcloud.Zone) {
	uploaded, managed := tellCertificates(zone)
	end(client.Server.Poweron(ctx, world.server))
	primary := good(client.PrimaryIP.Create(ctx, hcloud.PrimaryIPCreateOpts{
		Name: "lb", Type: hcloud.PrimaryIPTypeIPv4, Location: "fsn1", AutoDelete: hcloud.Ptr(true)})).PrimaryIP
	made := good(client.LoadBalancer.Create(ctx, hcloud.LoadBalancerCreateOpts{
		Name: "l", LoadBalancerType: &hcloud.LoadBalancerType{Name: "lb11"}, Location: place, Labels: labels,
		PublicNet: &hcloud.LoadBalancerCreateOptsPublicNet{IPv4: primary},
		Targets: []hcloud.LoadBalancerCreateOptsTarget{{Type: hcloud.LoadBalancerTargetTypeServer,
			Server: hcloud.LoadBalancerCreateOptsTargetServer{Server: world.server}}},
		Services: []hcloud.LoadBalancerCreateOptsService{{Protocol: hcloud.LoadBalancerServiceProtocolTCP,
			ListenPort: hcloud.Ptr(25), DestinationPort: hcloud.Ptr(25)}}}))
	wait(made.Action)
	lb := good(client.LoadBalancer.Update(ctx, made.LoadBalancer, hcloud.LoadBalancerUpdateOpts{Name: "lb", Labels: labels}))
	that(lb.PublicNet.IPv4.IP.Equal(primary.IP), "another address")
	tellServices(lb, uploaded, managed)
	end(client.LoadBalancer.RemoveServerTarget(ctx, lb, world.server))
	end(client.LoadBalancer.AttachToNetwork(ctx, lb, hcloud.LoadBalancerAttachToNetworkOpts{
		Network: world.network, IP: net.ParseIP("10.0.1.100")}))
	end(client.LoadBalancer.AddServerTarget(ctx, lb, hcloud.LoadBalancerAddServerTargetOpts{
		Server: world.server, UsePrivateIP: hcloud.Ptr(true)}))
	end(client.LoadBalancer.AddLabelSelectorTarget(ctx, lb, hcloud.LoadBalancerAddLabelSelectorTargetOpts{
		Selector: "role=web", UsePrivateIP: hcloud.Ptr(true)}))
	shown := good(client.LoadBalancer.GetByID(ctx, lb.ID))
	that(len(shown.Targets) == 2 && len(shown.Targets[1].Targets) == 1, "targets are missing")
	that(len(shown.Targets[0].HealthStatus) == len(shown.Services), "health is missing")
	end(client.LoadBalancer.DisablePublicInterface(ctx, lb))
	end(client.LoadBalancer.EnablePublicInterface(ctx, lb))
	end(client.LoadBalancer.RemoveLabelSelectorTarget(ctx, lb, "role=web"))
	_, _, err := client.LoadBalancer.AddIPTarget(ctx, lb, hcloud.LoadBalancerAddIPTargetOpts{IP: net.ParseIP("203.0.113.9")})
	refused(hcloud.ErrorCodeIPNotOwned, err)
	_, _, err = client.LoadBalancer.RemoveIPTarget(ctx, lb, net.ParseIP("203.0.113.9"))
	refused("load_balancer_target_not_found", err)
	end(client.LoadBalancer.DetachFromNetwork(ctx, lb, hcloud.LoadBalancerDetachFromNetworkOpts{Network: world.network}))
	end(client.LoadBalancer.ChangeAlgorithm(ctx, lb, hcloud.LoadBalancerChangeAlgorithmOpts{
		Type: hcloud.LoadBalancerAlgorithmTypeLeastConnections}))
	end(client.LoadBalancer.ChangeType(ctx, lb, hcloud.LoadBalancerChangeTypeOpts{
		LoadBalancerType: &hcloud.LoadBalancerType{Name: "lb21"}}))
	end(client.LoadBalancer.ChangeDNSPtr(ctx, lb, primary.IP.String(), hcloud.Ptr("lb.example.com")))
	for _, on := range []bool{true, false} {
		end(client.LoadBalancer.ChangeProtection(ctx, lb, hcloud.LoadBalancerChangeProtectionOpts{Delete: &on}))
	}
	now := time.Now()
	good(client.LoadBalancer.GetMetrics(ctx, lb, hcloud.LoadBalancerGetMetricsOpts{
		Types: []hcloud.LoadBalancerMetricType{hcloud.LoadBalancerMetricOpenConnections}, Start: now.Add(-time.Hour), End: now}))
	acts(client.LoadBalancer.Action, lb)
	end(client.Server.Poweroff(ctx, world.server))
}

func tellServices(lb *hcloud.LoadBalancer, certificates ...*hcloud.Certificate) {
	seconds := func(number int) *time.Duration { return hcloud.Ptr(time.Duration(number) * time.Second) }
	end(client.LoadBalancer.AddService(ctx, lb, hcloud.LoadBalancerAddServiceOpts{
		Protocol: hcloud.LoadBalancerServiceProtocolHTTPS,
		HTTP: &hcloud.LoadBalancerAddServiceOptsHTTP{Certificates: certificates, RedirectHTTP: hcloud.Ptr(true),
			StickySessions: hcloud.Ptr(true), CookieName: hcloud.Ptr("X"), CookieLifetime: seconds(600), TimeoutIdle: seconds(60)},
		HealthCheck: &hcloud.LoadBalancerAddServiceOptsHealthCheck{Protocol: hcloud.LoadBalancerServiceProtocolHTTP,
			Port: hcloud.Ptr(80), Interval: seconds(10), Timeout: seconds(5), Retries: hcloud.Ptr(2),
			HTTP: &hcloud.LoadBalancerAddServiceOptsHealthCheckHTTP{Path: hcloud.Ptr("/up"), TLS: hcloud.Ptr(false),
				StatusCodes: []string{"200"}}}}))
	end(client.LoadBalancer.UpdateService(ctx, lb, 443, hcloud.LoadBalancerUpdateServiceOpts{
		HTTP: &hcloud.LoadBalancerUpdateServiceOptsHTTP{StickySessions: hcloud.Ptr(false)}}))
	end(client.LoadBalancer.DeleteService(ctx, lb, 25))
	services := good(client.LoadBalancer.GetByID(ctx, lb.ID)).Services
	that(len(services) == 1 && services[0].HealthCheck.HTTP.Path == "/up", "another service")
	that(*seconds(600) == services[0].HTTP.CookieLifetime && len(services[0].HTTP.Certificates) == 2, "another cookie")
}

func tellCertificates(zone *hcloud.Zone) (uploaded, managed *hcloud.Certificate) {
	uploaded = good(client.Certificate.CreateCertificate(ctx, hcloud.CertificateCreateOpts{
		Name: "u", Type: hcloud.CertificateTypeUploaded, Certificate: given.Certificate, PrivateKey: given.PrivateKey})).Certificate
	uploaded = good(client.Certificate.Update(ctx, uploaded, hcloud.CertificateUpdateOpts{Name: "uploaded", Labels: labels}))
	made := good(client.Certificate.CreateCertificate(ctx, hcloud.CertificateCreateOpts{
		Name: "m", Type: hcloud.CertificateTypeManaged, DomainNames: []string{zone.Name, "*." + zone.Name}}))
	that(client.Action.WaitFor(ctx, made.Action) != nil, "the first attempt was told to fail")
	end(client.Certificate.RetryIssuance(ctx, made.Certificate))
	managed = good(client.Certificate.GetByID(ctx, made.Certificate.ID))
	that(managed.Status.Issuance == hcloud.CertificateStatusTypeCompleted && managed.Fingerprint != "", "not issued")
	acts(client.Certificate.Action, managed)
	return uploaded, managed
}
