# Zones and storage boxes.
resource "hcloud_zone" "z" {
  name   = "example.com"
  mode   = "primary"
  ttl    = 10800
  labels = { note = var.note }
}
resource "hcloud_zone" "z2" {
  name = "example.org"
  mode = "secondary"
  primary_nameservers = [
    { address = "203.5.113.54" },
    { address = "203.5.113.55", port = 5353, tsig_key = "c2VjcmV0LXRoYXQtaXMtbG9uZw==", tsig_algorithm = "hmac-sha256" },
  ]
}
resource "hcloud_zone_rrset" "www" {
  zone              = hcloud_zone.z.name
  name              = "www"
  type              = "A"
  ttl               = 600
  records           = [{ value = "192.0.2.1" }, { value = "192.0.2.2", comment = "c" }]
  change_protection = var.protected
}
resource "hcloud_zone_rrset" "txt" {
  zone    = hcloud_zone.z.name
  name    = "@"
  type    = "TXT"
  records = [{ value = provider::hcloud::txt_record("v=spf1 include:_spf.example.net ${join("", [for i in range(60) : "ip4:192.0.2.${i} "])}~all") }]
}
resource "hcloud_zone_rrset" "soa" {
  zone    = hcloud_zone.z.name
  name    = "@"
  type    = "SOA"
  records = [{ value = "hydrogen.ns.hetzner.com. dns.hetzner.com. 0 86400 10800 3600000 3600" }]
}
resource "hcloud_zone_record" "mx1" {
  zone    = hcloud_zone.z.name
  name    = "@"
  type    = "MX"
  value   = "10 mail.example.net."
  comment = "first"
}
resource "hcloud_zone_record" "mx2" {
  zone  = hcloud_zone.z.name
  name  = "@"
  type  = "MX"
  value = "20 mail2.example.net."
}
resource "hcloud_storage_box" "b" {
  name              = "b"
  storage_box_type  = "bx11"
  location          = "hel1"
  password          = var.password
  ssh_keys          = [hcloud_ssh_key.k.public_key]
  labels            = { note = var.note }
  access_settings   = { reachable_externally = true, samba_enabled = true, ssh_enabled = true, webdav_enabled = true, zfs_enabled = true }
  snapshot_plan     = { max_snapshots = 10, minute = 16, hour = 18, day_of_week = 3 }
  delete_protection = var.protected
}
resource "hcloud_storage_box_snapshot" "s" {
  count          = 2
  storage_box_id = hcloud_storage_box.b.id
  description    = "snap ${var.note}"
}
resource "hcloud_storage_box_subaccount" "s" {
  storage_box_id  = hcloud_storage_box.b.id
  name            = "badger"
  home_directory  = "teams/badger/"
  password        = var.password
  access_settings = { reachable_externally = true, samba_enabled = true }
  description     = "team ${var.note}"
}
