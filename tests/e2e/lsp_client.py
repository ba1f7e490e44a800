"""A client of `oakum lsp` that speaks the protocol itself, byte by byte."""
import json
import os
import select
import subprocess
import time

OAKUM = os.environ["OAKUM"]
SECONDS = 30


class Client:
    def __init__(self, capabilities=None, options=None, root=None, cwd=None):
        environment = dict(os.environ, DOCKER_HOST="unix:///nonexistent/docker.sock")
        self.process = subprocess.Popen([OAKUM, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=cwd, env=environment)
        self.buffer = b""
        self.messages = []
        self.last_id = 0
        if capabilities is not None:
            self.started = self.ask("initialize", {"processId": os.getpid(), "rootUri": root, "capabilities": capabilities,
                                                   "initializationOptions": options})
            self.tell("initialized", {})

    def raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps(message, ensure_ascii=False).encode()
        self.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def tell(self, method, params):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method, params):
        self.last_id += 1
        self.send({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == self.last_id and "method" not in message)

    def message(self, deadline):
        while True:
            head, mark, rest = self.buffer.partition(b"\r\n\r\n")
            if mark:
                size = int(head.split(b":")[1])
                if len(rest) >= size:
                    self.buffer = rest[size:]
                    return json.loads(rest[:size])
            if not select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError("no message came")
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            if not data:
                raise AssertionError("the server ended")
            self.buffer += data

    def wait(self, wanted):
        """The next message that is wanted; what comes before is kept in `messages`."""
        deadline = time.monotonic() + SECONDS
        while True:
            message = self.message(deadline)
            self.messages.append(message)
            if wanted(message):
                return message

    def open(self, uri, language, text):
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}})
        return self.diagnostics(uri, 1)

    def change(self, uri, version, *changes):
        self.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)})

    def diagnostics(self, uri, version):
        def wanted(message):
            params = message.get("params", {})
            return message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri and params.get("version") == version
        return self.wait(wanted)["params"]["diagnostics"]

    def last(self, uri):
        """What was published last for it, of all messages so far."""
        return [message["params"]["diagnostics"] for message in self.messages
                if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri][-1]

    def actions(self, uri, line, character, only=None):
        place = {"line": line, "character": character}
        context = {"diagnostics": []} if only is None else {"diagnostics": [], "only": only}
        return self.ask("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": context})["result"]

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.stdin.close()
        return self.process.wait(SECONDS)

    def stop(self):
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except OSError:
                pass


def applied(text, edits):
    """TextEdits in units of UTF-16 on lines that end in a newline."""
    def offset(position):
        lines = text.split("\n")
        before = sum(len(line) + 1 for line in lines[:position["line"]])
        if position["line"] >= len(lines):
            return len(text)
        line = lines[position["line"]]
        return before + len(line.encode("utf-16-le")[:2 * position["character"]].decode("utf-16-le"))
    for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
        text = text[:offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]):]
    return text
