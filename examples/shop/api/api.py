"""Answers GET with what the database and the cache say. The standard library alone, so that it builds anywhere."""
import http.server
import os
import socket
import struct


def password():
    """From a file where one is named, as the official images do it; else from the environment."""
    if path := os.environ.get("DATABASE_PASSWORD_FILE"):
        with open(path, encoding="utf-8") as file:
            return file.read().rstrip("\n")
    return os.environ["DATABASE_PASSWORD"]


def message(kind, body):
    return kind + struct.pack("!i", len(body) + 4) + body


def ask_database():
    """Logs in, and says whether the database took the password."""
    with socket.create_connection((os.environ["DATABASE_HOST"], 5432), timeout=2) as peer:
        peer.sendall(message(b"", struct.pack("!i", 196608) + b"user\0shop\0database\0shop\0\0"))
        if peer.recv(1024)[:1] != b"R":
            return "no answer"
        peer.sendall(message(b"p", password().encode() + b"\0"))
        return "ok" if peer.recv(1024)[:1] == b"R" else "wrong password"


def ask_cache():
    with socket.create_connection((os.environ["CACHE_HOST"], 6379), timeout=2) as peer:
        peer.sendall(b"PING\r\n")
        return "ok" if peer.recv(64).startswith(b"+PONG") else "no answer"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            answer = {"database": ask_database(), "cache": ask_cache()}
        except OSError as error:
            answer = {"error": str(error)}
        self.send_response(200 if set(answer.values()) == {"ok"} else 503)
        self.end_headers()
        self.wfile.write((str(answer) + "\n").encode())


http.server.ThreadingHTTPServer(("", 5000), Handler).serve_forever()
