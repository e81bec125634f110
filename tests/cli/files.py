"""Documents that several tests of the commands use."""

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGq3SF6oVdP2Zt0s5WyUqC0h1yV4M0w0nO0dQ5c5J9mT ops"
NETWORK = "project: shop\nnetworks:\n  internal: {ip_range: 10.0.0.0/16}\n"
"""One network, which takes no time."""
EMPTY = "project: shop\n"
SERVERS = "project: shop\nservers:\n  web: {count: 2, server_type: cx23, image: debian-13, location: fsn1}\n"
"""Two servers, which take about 20 seconds each."""
