"""A project in which everything happens that can happen to an object, for golden plans."""

from __future__ import annotations

from tests.cli.files import KEY

HEAD = """project: shop
defaults: {location: fsn1, servers: {image: debian-13, ssh_keys: [ops]}}
variables: {box_password: {default: "Sesame-open-42!", secret: true}}
"""
BEFORE = (
    HEAD
    + """networks:
  internal: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}
firewalls:
  base: {rules: [tcp/22 from 198.51.100.0/24, icmp]}
  web: {rules: [tcp/80]}
servers:
  db: {server_type: cx23, networks: [internal]}
  web-1: {server_type: cx23, firewalls: [base], networks: [internal], labels: {role: web}, user_data: one}
  worker: {server_type: cx23}
volumes:
  data: {size: 50, server: db}
  scratch: {size: 50}
load_balancers:
  lb:
    load_balancer_type: lb11
    networks: [internal]
    services: [{protocol: http, listen_port: 80}]
    targets: [{server: web-1, use_private_ip: true}]
zones:
  shop-example.com:
    records: {www: {A: {ttl: 300, values: [192.0.2.1]}}}
"""
)
AFTER = (
    HEAD
    + """networks:
  internal: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}
firewalls:
  base: {rules: [tcp/22 from 203.0.113.7, icmp]}
  web: {rules: [tcp/80]}
ssh_keys:
  ops: """
    + KEY
    + """
servers:
  db: {server_type: cx23, networks: [internal]}
  web-1:
    server_type: cx33
    firewalls: [base, web]
    networks: [internal]
    labels: {role: web}
    user_data: two
  web-2:
    server_type: cx33
    image: debian-11
    networks: [internal]
    labels: {env: prod, role: web}
    user_data: "db ${servers.db.private_ip}, lb ${load_balancers.edge.ipv4}"
  worker: {server_type: cx23, location: nbg1}
volumes:
  data: {size: 80, server: db}
floating_ips:
  vip: {type: ipv4, home_location: fsn1}
load_balancers:
  edge: {load_balancer_type: lb11, networks: [internal]}
  lb:
    load_balancer_type: lb11
    networks: [internal]
    services: [{protocol: http, listen_port: 80}]
    targets: [{server: web-1, use_private_ip: true}]
zones:
  shop-example.com:
    records: {www: {A: {ttl: 60, values: ["${servers.web-2.ipv4}", 192.0.2.7]}}}
storage_boxes:
  backup: {storage_box_type: bx11, password: "${box_password}"}
"""
)
