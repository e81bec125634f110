# Every resource of hetznercloud/hcloud that there is, in one project; see ../test_tofu.py.
terraform {
  required_providers { hcloud = { source = "hetznercloud/hcloud" } }
}
provider "hcloud" { poll_interval = "20ms" }
variable "key" {}
variable "certificate" {}
variable "public_key" {}
variable "password" {}
variable "protected" { default = true }
variable "size" { default = 10 }
variable "note" { default = "one" }
variable "type" { default = "cx23" }
resource "hcloud_ssh_key" "k" {
  name       = "k"
  public_key = var.public_key
}
resource "hcloud_placement_group" "pg" {
  name = "pg"
  type = "spread"
}
resource "hcloud_network" "n" {
  name     = "n"
  ip_range = "10.0.0.0/16"
  labels   = { note = var.note }
}
resource "hcloud_network_subnet" "s" {
  network_id   = hcloud_network.n.id
  type         = "cloud"
  network_zone = "eu-central"
  ip_range     = "10.0.1.0/24"
}
resource "hcloud_network_route" "r" {
  network_id  = hcloud_network.n.id
  destination = "10.100.1.0/24"
  gateway     = "10.0.1.1"
  depends_on  = [hcloud_network_subnet.s]
}
resource "hcloud_firewall" "f" {
  name = "f"
  rule {
    direction   = "in"
    protocol    = "tcp"
    port        = "22"
    source_ips  = ["0.0.0.0/0", "::/0"]
    description = var.note
  }
  rule {
    direction  = "in"
    protocol   = "tcp"
    port       = "any"
    source_ips = ["10.0.0.0/8"]
  }
  apply_to { label_selector = "role=web" }
}
resource "hcloud_primary_ip" "p" {
  name              = "p"
  type              = "ipv4"
  location          = "fsn1"
  auto_delete       = false
  delete_protection = var.protected
}
resource "hcloud_server" "web" {
  count              = 2
  name               = "web${count.index}"
  server_type        = var.type
  image              = "debian-13"
  location           = "fsn1"
  ssh_keys           = [hcloud_ssh_key.k.id]
  labels             = { role = "web" }
  backups            = true
  placement_group_id = hcloud_placement_group.pg.id
  user_data          = "#cloud-config\n"
  public_net {
    ipv4_enabled = true
    ipv4         = count.index == 0 ? hcloud_primary_ip.p.id : null
    ipv6_enabled = true
  }
  network {
    network_id = hcloud_network.n.id
    ip         = "10.0.1.${count.index + 5}"
    alias_ips  = ["10.0.1.${count.index + 15}"]
  }
  depends_on = [hcloud_network_subnet.s]
}
resource "hcloud_server" "db" {
  name        = "db"
  server_type = "cpx22"
  image       = "ubuntu-24.04"
  location    = "fsn1"
  rescue      = "linux64"
  iso         = null
  lifecycle { ignore_changes = [firewall_ids] }
  delete_protection        = var.protected
  rebuild_protection       = var.protected
  shutdown_before_deletion = true
}
resource "hcloud_firewall" "g" { name = "g" }
resource "hcloud_firewall_attachment" "g" {
  firewall_id = hcloud_firewall.g.id
  server_ids  = [hcloud_server.db.id]
}
resource "hcloud_server_network" "db" {
  server_id = hcloud_server.db.id
  subnet_id = hcloud_network_subnet.s.id
  alias_ips = ["10.0.1.77"]
}
resource "hcloud_snapshot" "snap" {
  depends_on  = [hcloud_server_network.db, hcloud_volume.v, hcloud_load_balancer_target.s, hcloud_firewall_attachment.g]
  server_id   = hcloud_server.db.id
  description = var.note
}
resource "hcloud_volume" "v" {
  name      = "v"
  size      = var.size
  server_id = hcloud_server.db.id
  automount = true
  format    = "ext4"
}
resource "hcloud_volume" "w" {
  name              = "w"
  size              = 10
  location          = "fsn1"
  delete_protection = var.protected
}
resource "hcloud_volume_attachment" "w" {
  volume_id = hcloud_volume.w.id
  server_id = hcloud_server.web[0].id
}
resource "hcloud_floating_ip" "fip" {
  type          = "ipv4"
  home_location = "nbg1"
  description   = var.note
}
resource "hcloud_floating_ip_assignment" "fip" {
  floating_ip_id = hcloud_floating_ip.fip.id
  server_id      = hcloud_server.web[1].id
}
resource "hcloud_rdns" "web" {
  server_id  = hcloud_server.web[1].id
  ip_address = hcloud_server.web[1].ipv4_address
  dns_ptr    = "web.example.com"
}
resource "hcloud_rdns" "web6" {
  server_id  = hcloud_server.web[1].id
  ip_address = hcloud_server.web[1].ipv6_address
  dns_ptr    = "web6.example.com"
}
resource "hcloud_rdns" "fip" {
  floating_ip_id = hcloud_floating_ip.fip.id
  ip_address     = hcloud_floating_ip.fip.ip_address
  dns_ptr        = "fip.example.com"
}
resource "hcloud_rdns" "lb" {
  load_balancer_id = hcloud_load_balancer.lb.id
  ip_address       = hcloud_load_balancer.lb.ipv4
  dns_ptr          = "lb.example.com"
}
resource "hcloud_uploaded_certificate" "c" {
  name        = "c"
  private_key = var.key
  certificate = var.certificate
}
resource "hcloud_managed_certificate" "m" {
  name         = "m"
  domain_names = ["example.com", "*.example.com"]
  depends_on   = [hcloud_zone.z]
}
resource "hcloud_load_balancer" "lb" {
  name               = "lb"
  load_balancer_type = "lb11"
  location           = "fsn1"
  algorithm { type = "least_connections" }
  delete_protection = var.protected
}
resource "hcloud_load_balancer_network" "lb" {
  load_balancer_id = hcloud_load_balancer.lb.id
  subnet_id        = hcloud_network_subnet.s.id
  ip               = "10.0.1.100"
}
resource "hcloud_load_balancer_service" "https" {
  load_balancer_id = hcloud_load_balancer.lb.id
  protocol         = "https"
  http {
    certificates    = [hcloud_uploaded_certificate.c.id, hcloud_managed_certificate.m.id]
    sticky_sessions = true
    cookie_name     = "X"
    redirect_http   = true
  }
  health_check {
    protocol = "http"
    port     = 80
    interval = 10
    timeout  = 5
    retries  = 3
    http {
      domain       = "example.com"
      path         = "/healthz"
      response     = "OK"
      tls          = false
      status_codes = ["200"]
    }
  }
}
resource "hcloud_load_balancer_service" "tcp" {
  load_balancer_id = hcloud_load_balancer.lb.id
  protocol         = "tcp"
  listen_port      = 2222
  destination_port = 22
  proxyprotocol    = true
}
resource "hcloud_load_balancer_target" "l" {
  type             = "label_selector"
  load_balancer_id = hcloud_load_balancer.lb.id
  label_selector   = "role=web"
  use_private_ip   = true
  depends_on       = [hcloud_load_balancer_network.lb]
}
resource "hcloud_load_balancer_target" "s" {
  type             = "server"
  load_balancer_id = hcloud_load_balancer.lb.id
  server_id        = hcloud_server.db.id
}
data "hcloud_server_types" "all" {}
data "hcloud_server_type" "cx" { name = "cx23" }
data "hcloud_locations" "all" {}
data "hcloud_images" "all" { with_architecture = ["x86"] }
data "hcloud_load_balancer_types" "all" {}
data "hcloud_storage_box_types" "all" {}
data "hcloud_servers" "web" {
  with_selector = "role=web"
  depends_on    = [hcloud_server.web]
}
data "hcloud_image" "deb" {
  name              = "debian-13"
  with_architecture = "arm"
}
output "servers" { value = [for s in data.hcloud_servers.web.servers : s.name] }
output "cert" { value = hcloud_managed_certificate.m.fingerprint }
