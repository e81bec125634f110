#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["hetzner"]
# [tool.uv.sources]
# hetzner = { path = ".." }
# ///
"""Serve what the API knows about servers as metrics for Prometheus, or print it once.

HCLOUD_ENDPOINT=sandbox:state.db python examples/metrics_exporter.py --once
HCLOUD_TOKEN=... python examples/metrics_exporter.py --port 9120
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from hetzner import Hetzner, HetznerError, Server


def metrics(client: Hetzner) -> Iterator[str]:
    """Yield everything, with one request for the list and one for each server that runs."""
    end = datetime.now(UTC)
    for server in Server.all(client=client):
        about = f'{{name="{server.name}",type="{server.server_type.name}"}}'
        yield f"hetzner_server_up{about} {int(server.status == 'running')}\n"
        yield f"hetzner_server_traffic_out_bytes{about} {server.outgoing_traffic or 0}\n"
        yield f"hetzner_server_price_month{about} {server.price.monthly.net if server.price else 'NaN'}\n"
        if server.status == "running":
            found = server.metrics("cpu", start=end - timedelta(minutes=5), end=end, step=60)
            yield f"hetzner_server_cpu_percent{about} {found.time_series['cpu'].values[-1][1]}\n"


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--port", type=int, default=9120, help="port on loopback")
    parser.add_argument("--once", action="store_true", help="print them and end")
    options, client = parser.parse_args(), Hetzner(application_name="metrics-exporter")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = "".join(metrics(client)).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text)

    if options.once:
        print("".join(metrics(client)), end="")
    else:
        ThreadingHTTPServer(("127.0.0.1", options.port), Handler).serve_forever()


if __name__ == "__main__":
    try:
        main()
    except HetznerError as error:
        raise SystemExit(f"error: {error}") from None
