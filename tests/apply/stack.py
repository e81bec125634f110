"""R14: fourteen resources, every kind, in one document; what the long proofs are made with."""

from __future__ import annotations

from tests.apply.stage import KEY

PASSWORD = "Correct-horse-7-battery"

R14 = f"""
project: shop
defaults:
  location: fsn1
  labels: {{env: prod}}
  servers: {{server_type: cx23, image: debian-13, ssh_keys: [ops]}}
ssh_keys: {{ops: {KEY}}}
networks:
  internal:
    ip_range: 10.0.0.0/16
    subnets: [10.0.1.0/24]
    routes: [{{destination: 10.8.0.0/24, gateway: "${{servers.db.private_ip}}"}}]
placement_groups: {{apart: {{}}}}
firewalls:
  base: {{rules: [icmp, tcp/22 from 203.0.113.7]}}
primary_ips:
  db-ip: {{type: ipv4, auto_delete: false, dns_ptr: db.shop.com}}
servers:
  web:
    firewalls: [base]
    networks: [internal]
    placement_group: apart
    labels: {{env: prod, role: web}}
    dns_ptr: {{ipv6: web.shop.com}}
  db:
    firewalls: [base]
    networks: {{internal: 10.0.1.10}}
    public_net: {{ipv4: db-ip}}
    backups: true
    protect: true
  inner:
    networks: {{internal: 10.0.1.11}}
    public_net: {{ipv4: false, ipv6: false}}
    user_data: "db=${{servers.db.private_ip}}"
volumes:
  pgdata: {{size: 50, format: ext4, server: db, automount: true}}
floating_ips:
  vip: {{type: ipv4, server: web, description: maintenance, dns_ptr: vip.shop.com}}
certificates:
  shop: {{domain_names: [shop.com, www.shop.com]}}
load_balancers:
  lb:
    load_balancer_type: lb11
    algorithm: least_connections
    networks: {{internal: 10.0.1.2}}
    targets: [{{label_selector: role=web, use_private_ip: true}}, {{server: db, use_private_ip: true}}]
    services:
      - protocol: https
        listen_port: 443
        destination_port: 8080
        http: {{certificates: [shop], redirect_http: true, sticky_sessions: true}}
        health_check: {{protocol: http, port: 8080, interval: 10, timeout: 5, http: {{path: /healthz}}}}
zones:
  shop.com:
    ttl: 3600
    records:
      "@": {{A: "${{load_balancers.lb.ipv4}}", AAAA: "${{load_balancers.lb.ipv6}}", TXT: v=spf1 mx -all}}
      www: {{CNAME: "@"}}
      vip: {{A: {{ttl: 60, values: ["${{floating_ips.vip.ip}}"]}}}}
storage_boxes:
  backup:
    storage_box_type: bx11
    password: {PASSWORD}
    ssh_keys: [ops]
    access_settings: {{ssh_enabled: true, reachable_externally: true}}
    snapshot_plan: {{hour: 3, minute: 30, max_snapshots: 7}}
    subaccounts:
      db: {{home_directory: db, password: {PASSWORD}, access_settings: {{ssh_enabled: true}}}}
"""
"""Every kind, every way of referring to another object, everything that takes a call of its own."""

R14_CHANGED = (
    R14.replace("subnets: [10.0.1.0/24]", "subnets: [10.0.1.0/24, 10.0.2.0/24]")
    .replace("rules: [icmp, ", "rules: [")
    .replace("role: web}}", "role: front}}")
    .replace("placement_group: apart", "placement_group: null")
    .replace("protect: true", "protect: false")
    .replace("size: 50", "size: 60")
    .replace("server: web,", "server: db,")
    .replace("algorithm: least_connections", "algorithm: round_robin")
    .replace("destination_port: 8080", "destination_port: 8081")
    .replace("v=spf1 mx -all", "v=spf1 -all")
    .replace("ttl: 60,", "ttl: 120,")
    .replace("max_snapshots: 7", "max_snapshots: 5")
    .replace("{home_directory: db,", "{home_directory: pg,")
)
"""The same with a change of nearly everything, each in place."""
