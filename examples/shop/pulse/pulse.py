"""Keeps its state beside its program, and hides why it gives up."""
import http.server
import sys

try:
    with open("/srv/pulse/state", "a", encoding="utf-8") as state:
        state.write("started\n")
except OSError:
    sys.exit(3)
http.server.HTTPServer(("", 7100), http.server.SimpleHTTPRequestHandler).serve_forever()
