package main

import (
	"strings"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

func tellZones() *hcloud.Zone {
	made := good(client.Zone.Create(ctx, hcloud.ZoneCreateOpts{Name: "example.com", Mode: hcloud.ZoneModePrimary, TTL: hcloud.Ptr(600),
		RRSets: []hcloud.ZoneCreateOptsRRSet{{Name: "www", Type: hcloud.ZoneRRSetTypeA, Records: records("192.0.2.1")}}}))
	wait(made.Action)
	zone := good(client.Zone.Update(ctx, made.Zone, hcloud.ZoneUpdateOpts{Labels: labels}))
	that(zone.TTL == 600 && zone.RecordCount == 5 && len(zone.AuthoritativeNameservers.Assigned) == 3, "another zone")
	end(client.Zone.ChangeTTL(ctx, zone, hcloud.ZoneChangeTTLOpts{TTL: 3600}))
	for _, on := range []bool{true, false} {
		end(client.Zone.ChangeProtection(ctx, zone, hcloud.ZoneChangeProtectionOpts{Delete: &on}))
	}
	tellRecords(zone)
	text := good(client.Zone.ExportZonefile(ctx, zone)).Zonefile
	that(strings.Contains(text, "$ORIGIN"), "no zone file")
	end(client.Zone.ImportZonefile(ctx, zone, hcloud.ZoneImportZonefileOpts{Zonefile: text + "\nnew\tIN\tA\t192.0.2.9\n"}))
	that(good(client.Zone.GetRRSetByID(ctx, zone, "new/A")).Records[0].Value == "192.0.2.9", "not imported")
	tellSecondary()
	acts(client.Zone.Action, zone)
	return zone
}

func records(values ...string) []hcloud.ZoneRRSetRecord {
	found := []hcloud.ZoneRRSetRecord{}
	for _, value := range values {
		found = append(found, hcloud.ZoneRRSetRecord{Value: value})
	}
	return found
}

func tellRecords(zone *hcloud.Zone) {
	made := good(client.Zone.CreateRRSet(ctx, zone, hcloud.ZoneRRSetCreateOpts{
		Name: "@", Type: hcloud.ZoneRRSetTypeMX, TTL: hcloud.Ptr(300), Labels: labels, Records: records("10 mail.example.net.")}))
	wait(made.Action)
	set := good(client.Zone.UpdateRRSet(ctx, made.RRSet, hcloud.ZoneRRSetUpdateOpts{Labels: map[string]string{}}))
	end(client.Zone.AddRRSetRecords(ctx, set, hcloud.ZoneRRSetAddRecordsOpts{Records: records("20 mail.example.org.")}))
	end(client.Zone.RemoveRRSetRecords(ctx, set, hcloud.ZoneRRSetRemoveRecordsOpts{Records: records("20 mail.example.org.")}))
	end(client.Zone.SetRRSetRecords(ctx, set, hcloud.ZoneRRSetSetRecordsOpts{Records: records("30 mail.example.org.")}))
	end(client.Zone.UpdateRRSetRecords(ctx, set, hcloud.ZoneRRSetUpdateRecordsOpts{
		Records: []hcloud.ZoneRRSetRecord{{Value: "30 mail.example.org.", Comment: "new"}}}))
	end(client.Zone.ChangeRRSetTTL(ctx, set, hcloud.ZoneRRSetChangeTTLOpts{TTL: nil}))
	for _, on := range []bool{true, false} {
		end(client.Zone.ChangeRRSetProtection(ctx, set, hcloud.ZoneRRSetChangeProtectionOpts{Change: &on}))
	}
	found := good(client.Zone.GetRRSetByNameAndType(ctx, zone, "@", hcloud.ZoneRRSetTypeMX))
	that(found.TTL == nil && found.Records[0].Comment == "new" && len(found.Records) == 1, "another set")
	all, err := client.Zone.AllRRSets(ctx, zone)
	check(err)
	that(len(all) == 4, "sets are missing")
	wait(good(client.Zone.DeleteRRSet(ctx, set)).Action)
}

func tellSecondary() {
	made := good(client.Zone.Create(ctx, hcloud.ZoneCreateOpts{Name: "example.org", Mode: hcloud.ZoneModeSecondary,
		PrimaryNameservers: []hcloud.ZoneCreateOptsPrimaryNameserver{{Address: "198.51.100.1"}}}))
	wait(made.Action)
	end(client.Zone.ChangePrimaryNameservers(ctx, made.Zone, hcloud.ZoneChangePrimaryNameserversOpts{
		PrimaryNameservers: []hcloud.ZoneChangePrimaryNameserversOptsPrimaryNameserver{{Address: "198.51.100.2", Port: 5353}}}))
	wait(good(client.Zone.Delete(ctx, made.Zone)).Action)
}
