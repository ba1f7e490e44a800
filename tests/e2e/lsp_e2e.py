"""oakum lsp: driven by Neovim's client, and by one that writes the protocol itself."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import tomllib
import unittest

from lsp_client import OAKUM, Client, applied

HERE = pathlib.Path(__file__).resolve().parent
FULL = {
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}, "codeDescriptionSupport": True, "dataSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}, "isPreferredSupport": True},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}},
}
DOCKERFILE = """# syntax=docker/dockerfile:1
FROM debian:12.9
# größer 😀
RUN apt-get update && apt-get install -y --no-install-recommends curl
ADD app /app/😀
USER 1000:1000
HEALTHCHECK CMD ["/app/😀", "--health"]
CMD ["/app/😀"]
"""
COMPOSE = """services:
  web:
    build: .
    privileged: true
    labels: {"😀": "😀"}
    ports: ["8080:80"]
"""


def uri_of(path):
    return pathlib.Path(path).as_uri()


def codes(diagnostics):
    return [diagnostic.get("code") for diagnostic in diagnostics]


def of_rule(diagnostics, rule):
    return next(diagnostic for diagnostic in diagnostics if diagnostic.get("code") == rule)


class Directory(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = pathlib.Path(directory.name).resolve()

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def client(self, capabilities=None, **more):
        client = Client(FULL if capabilities is None else capabilities, **more)
        self.addCleanup(client.stop)
        return client


class Neovim(Directory):
    @classmethod
    def setUpClass(cls):
        if not shutil.which("nvim"):
            raise unittest.SkipTest("nvim is not installed")

    def test_a_person_at_neovim(self):
        dockerfile, compose, result = self.write("Dockerfile", DOCKERFILE), self.write("compose.yaml", COMPOSE), self.path / "seen.json"
        environment = dict(os.environ, OAKUM=OAKUM, RESULT=str(result), HOME=str(self.path), XDG_STATE_HOME=str(self.path / "state"),
                           DOCKER_HOST="unix:///nonexistent/docker.sock")
        done = subprocess.run(["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {HERE / 'lsp_neovim.lua'}"],
                              cwd=self.path, env=environment, capture_output=True, text=True, timeout=120)
        self.assertTrue(result.exists(), done.stdout + done.stderr)
        seen = json.loads(result.read_text(encoding="utf-8"))
        self.assertTrue(seen["ok"], seen.get("problem"))
        self.assertIn("cache-clean", seen["dockerfile"])
        self.assertEqual((seen["add"]["lnum"], seen["add"]["col"]), (4, 0))
        self.assertEqual(seen["hover"]["contents"]["kind"], "markdown")
        self.assertIn("# add-instead-of-copy", seen["hover"]["contents"]["value"])
        self.assertIn("## Why it matters", seen["hover"]["contents"]["value"])
        self.assertEqual(seen["after_fix"], DOCKERFILE.replace("ADD app", "COPY app").splitlines())
        self.assertEqual(seen["fix_all_titles"], ["oakum: fix all that is safe"])
        self.assertEqual(dockerfile.read_bytes(), self.fixed_by_command("Dockerfile", DOCKERFILE.replace("ADD app", "COPY app")))
        self.assertIn("privileged", seen["compose"])
        self.assertEqual((seen["privileged"]["lnum"], seen["privileged"]["col"], seen["privileged"]["end_col"]), (3, 16, 20))
        self.assertNotIn("privileged", seen["compose_after"])
        self.assertEqual(compose.read_text(encoding="utf-8"),
                         COMPOSE.replace("    privileged", "    # oakum ignore=privileged -- reason\n    privileged"))

    def fixed_by_command(self, name, text):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / name
            path.write_text(text, encoding="utf-8")
            subprocess.run([OAKUM, "fix", "-q", "--no-base-images", str(path)], check=True, capture_output=True)
            self.assertNotEqual(path.read_text(encoding="utf-8"), text)
            return path.read_bytes()


class Documents(Directory):
    def test_diagnostics_are_those_of_the_command(self):
        path = self.write("Dockerfile", DOCKERFILE)
        found = self.client().open(uri_of(path), "dockerfile", DOCKERFILE)
        done = subprocess.run([OAKUM, "check", "-q", "--no-base-images", "--format", "json", str(path)], capture_output=True, text=True)
        told = [finding["rule"] for target in json.loads(done.stdout)["targets"] for finding in target["findings"]]
        self.assertEqual(sorted(codes(found)), sorted(told))
        self.assertGreater(len(told), 1)
        add = of_rule(found, "add-instead-of-copy")
        self.assertEqual(add["source"], "oakum")
        self.assertTrue(add["codeDescription"]["href"].startswith("https://"))
        self.assertIn("DL3020", add["data"]["aliases"])

    def test_the_buffer_stands_for_the_file_and_edits_count_utf16(self):
        path = self.write("Dockerfile", "FROM scratch\n")
        client, uri = self.client(), uri_of(path)
        self.assertIn("add-instead-of-copy", codes(client.open(uri, "dockerfile", DOCKERFILE)))
        line = DOCKERFILE.splitlines().index("ADD app /app/😀")
        client.change(uri, 2, {"range": {"start": {"line": line, "character": 13}, "end": {"line": line, "character": 15}}, "text": "😀😀"},
                      {"range": {"start": {"line": line, "character": 17}, "end": {"line": line, "character": 17}}, "text": "x/"},
                      {"range": {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 3}}, "text": "COPY"})
        self.assertNotIn("add-instead-of-copy", codes(client.diagnostics(uri, 2)))
        client.change(uri, 3, {"range": {"start": {"line": line, "character": 0}, "end": {"line": line + 1, "character": 0}}, "text": "ADD 😀 /y/\n"})
        self.assertEqual(of_rule(client.diagnostics(uri, 3), "add-instead-of-copy")["range"]["start"], {"line": line, "character": 0})
        client.change(uri, 4, {"text": "FROM debian:12.9\nRUN echo 😀😀 && sudo ls\n"})
        self.assertEqual(of_rule(client.diagnostics(uri, 4), "sudo")["range"]["start"], {"line": 1, "character": 17})

    def test_a_compose_file_speaks_of_its_dockerfile_only_when_that_is_open(self):
        compose = self.write("compose.yaml", COMPOSE)
        dockerfile = self.write("Dockerfile", "FROM debian:12.9\n")
        client = self.client()
        client.open(uri_of(compose), "yaml", COMPOSE)
        uris = {message["params"]["uri"] for message in client.messages if message.get("method") == "textDocument/publishDiagnostics"}
        self.assertEqual(uris, {uri_of(compose)})
        before = client.open(uri_of(dockerfile), "dockerfile", "FROM debian:12.9\nADD x /x\n")
        self.assertIn("add-instead-of-copy", codes(before))
        self.assertEqual(len(set(map(json.dumps, before))), len(before), "nothing is told twice")

    def test_what_one_reading_refutes_is_not_told(self):
        text = "FROM debian:12.9 AS prod\nUSER 1000\nFROM debian:12.9 AS dev\nUSER 1000\n"
        dockerfile, compose = self.write("Dockerfile", text), self.write("compose.yaml", "services:\n  a: {build: {context: ., target: prod}}\n")
        client = self.client(options={"profile": "strict"})
        self.assertIn("stage-unreachable", codes(client.open(uri_of(dockerfile), "dockerfile", text)), "alone the last stage is what is built")
        client.open(uri_of(compose), "yaml", compose.read_text())
        self.assertNotIn("stage-unreachable", codes(client.last(uri_of(dockerfile))), "the Compose file builds the other one")
        client.tell("textDocument/didClose", {"textDocument": {"uri": uri_of(compose)}})
        self.assertIn("stage-unreachable", codes(client.diagnostics(uri_of(dockerfile), 1)))

    @unittest.skipUnless(shutil.which("shellcheck"), "shellcheck is not installed")
    def test_shellcheck_is_asked_when_opened_and_saved(self):
        text = "FROM debian:12.9\nRUN ls $A\nUSER 1000:1000\n"
        client, uri = self.client(), uri_of(self.write("Dockerfile", text))
        self.assertIn("shellcheck", codes(client.open(uri, "dockerfile", text)))
        client.change(uri, 2, {"range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}}, "text": "ENV B=1\n"})
        self.assertEqual(of_rule(client.diagnostics(uri, 2), "shellcheck")["range"]["start"], {"line": 2, "character": 7})
        client.change(uri, 3, {"range": {"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 4}}, "text": "echo $C; "})
        self.assertNotIn("shellcheck", codes(client.diagnostics(uri, 3)), "not asked while it is typed")
        client.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
        self.assertEqual(codes(client.diagnostics(uri, 3)).count("shellcheck"), 2)

    def test_configuration_and_comments_are_heeded(self):
        self.write(".oakum.yaml", "skip: [add-instead-of-copy]\nno-such-key: 1\n")
        path = self.write("sub/Dockerfile", DOCKERFILE)
        client = self.client()
        found = codes(client.open(uri_of(path), "dockerfile", DOCKERFILE))
        self.assertNotIn("add-instead-of-copy", found)
        self.assertIn("cache-clean", found)
        told = [message["params"]["message"] for message in client.messages if message.get("method") == "window/showMessage"]
        self.assertEqual(len(told), 1)
        self.assertIn("no-such-key", told[0])
        self.write(".oakum.yaml", "skip: [cache-clean]\n")
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(self.path / ".oakum.yaml"), "type": 2}]})
        found = codes(client.diagnostics(uri_of(path), 1))
        self.assertIn("add-instead-of-copy", found)
        self.assertNotIn("cache-clean", found)

    def test_what_cannot_be_read_is_told_at_its_place(self):
        path = self.write("compose.yaml", "services:\n  a: [\n")
        found = self.client().open(uri_of(path), "yaml", path.read_text())
        self.assertEqual([diagnostic["severity"] for diagnostic in found], [1])
        self.assertGreaterEqual(found[0]["range"]["start"]["line"], 1)

    def test_quick_fix_fix_all_and_files_that_are_made(self):
        path = self.write("Dockerfile", "FROM debian:12.9\nADD . /app\nUSER 1000:1000\nCMD [\"/app/run\"]\n")
        self.write(".env", "TOKEN=x\n")
        client, uri = self.client(), uri_of(path)
        found = client.open(uri, "dockerfile", path.read_text())
        for diagnostic in found:
            for action in client.actions(uri, diagnostic["range"]["start"]["line"], diagnostic["range"]["start"]["character"]):
                self.assertTrue(action["title"].startswith("oakum: "))
                if action["kind"] == "quickfix":
                    self.assertIn(action["diagnostics"][0]["code"], action["title"])
                    self.assertIn(action["diagnostics"][0]["code"], codes(found))
                    self.assertTrue(action["edit"]["documentChanges"])
        made = next(action for action in client.actions(uri, 1, 5) if action["diagnostics"][0]["code"] == "dockerignore-secrets")
        create, edit = made["edit"]["documentChanges"]
        self.assertEqual(create, {"kind": "create", "uri": uri_of(self.path / ".dockerignore")})
        self.assertEqual(edit["textDocument"], {"uri": create["uri"], "version": None})
        self.assertNotIn("isPreferred", made, "the image is another without them")
        safe = next(action for action in client.actions(uri, 1, 0) if action["diagnostics"][0]["code"] == "add-instead-of-copy")
        self.assertTrue(safe["isPreferred"])
        client.open(create["uri"], "ignore", edit["edits"][0]["newText"])
        self.assertNotIn("dockerignore-secrets", codes(client.diagnostics(uri, 1)), "not written yet, but open in the editor")
        titles = [action["kind"] for action in client.actions(uri, 0, 0, ["source.fixAll"])]
        self.assertNotIn("source.fixAll.oakum.unsafe", titles, "what editors ask for at each save must not change behaviour")

    def test_fix_all_of_an_untitled_compose_file(self):
        client = self.client()
        text = COMPOSE.replace("    build: .\n", "    image: nginx:1.27.3\n")
        client.open("untitled:Untitled-1", "dockercompose", text)
        unsafe = client.actions("untitled:Untitled-1", 0, 0, ["source.fixAll.oakum.unsafe"])
        self.assertEqual([action["kind"] for action in unsafe], ["source.fixAll.oakum.unsafe"])
        change = unsafe[0]["edit"]["documentChanges"][0]
        self.assertEqual(change["textDocument"], {"uri": "untitled:Untitled-1", "version": 1})
        after = applied(text, change["edits"])
        self.assertNotIn("privileged: true", after)
        self.assertIn("127.0.0.1:8080:80", after)
        self.assertIn('labels: {"😀": "😀"}\n', after)

    def test_settings_can_be_asked_for(self):
        path = self.write("Dockerfile", DOCKERFILE)
        client = self.client({**FULL, "workspace": {**FULL["workspace"], "configuration": True, "didChangeWatchedFiles": {"dynamicRegistration": True}}})
        registered = client.wait(lambda message: message.get("method") == "client/registerCapability")
        self.assertEqual(registered["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles")
        asked = client.wait(lambda message: message.get("method") == "workspace/configuration")
        self.assertEqual(asked["params"], {"items": [{"section": "oakum"}]})
        before = client.open(uri_of(path), "dockerfile", DOCKERFILE)
        client.send({"jsonrpc": "2.0", "id": asked["id"], "result": [{"profile": "hadolint"}]})
        after = client.diagnostics(uri_of(path), 1)
        self.assertNotEqual(codes(before), codes(after))
        self.assertIn("add-instead-of-copy", codes(after))


class Guide(Directory):
    """What docs/editors.md tells people to type."""

    def snippets(self, language):
        text = (HERE.parent.parent / "docs/editors.md").read_text(encoding="utf-8")
        found = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        self.assertTrue(found)
        return found

    def test_neovim_starts_it_as_the_guide_says(self):
        if not shutil.which("nvim"):
            self.skipTest("nvim is not installed")
        snippet = next(text for text in self.snippets("lua") if "start_client" in text)
        self.write("init.lua", snippet + """
            vim.cmd("filetype on")
            vim.cmd("edit Dockerfile")
            local buffer = vim.api.nvim_get_current_buf()
            vim.wait(20000, function() return #vim.diagnostic.get(buffer) > 0 end, 20)
            vim.fn.writefile({ vim.bo.filetype, tostring(#vim.diagnostic.get(buffer)) }, "seen")
            vim.cmd("qall!")""")
        self.write("Dockerfile", DOCKERFILE)
        binaries = self.path / "bin"
        binaries.mkdir()
        (binaries / "oakum").symlink_to(pathlib.Path(OAKUM).resolve())
        environment = dict(os.environ, PATH=f"{binaries}:{os.environ['PATH']}", HOME=str(self.path), XDG_STATE_HOME=str(self.path / "state"))
        done = subprocess.run(["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile init.lua"], cwd=self.path, env=environment,
                              capture_output=True, text=True, timeout=120)
        self.assertTrue((self.path / "seen").exists(), done.stderr)
        filetype, count = (self.path / "seen").read_text().split()
        self.assertEqual(filetype, "dockerfile")
        self.assertGreater(int(count), 1)

    def test_the_other_editors_files_are_well_formed(self):
        helix = tomllib.loads(self.snippets("toml")[0])
        self.assertEqual(helix["language-server"]["oakum"]["args"], ["lsp"])
        self.assertTrue(all("oakum" in language["language-servers"] for language in helix["language"]))
        package, settings = map(json.loads, self.snippets("json"))
        self.assertEqual(package["main"], "./extension.js")
        self.assertIn("source.fixAll.oakum", settings["editor.codeActionsOnSave"])
        documented = set(re.findall(r"^\| `(oakum\.\w+)` \|", (HERE.parent.parent / "docs/editors.md").read_text(encoding="utf-8"), re.MULTILINE))
        self.assertEqual(documented, set(package["contributes"]["configuration"]["properties"]))
        program = self.snippets("js")[0]
        self.assertEqual(sorted(re.findall(r'"onLanguage:(\w+)"', json.dumps(package["activationEvents"]))),
                         sorted(re.findall(r'"(\w+)"', program.partition("languages = [")[2].partition("]")[0])))
        if shutil.which("node"):
            path = self.write("extension.js", program)
            self.assertEqual(subprocess.run(["node", "--check", path], capture_output=True).returncode, 0)


class Hostile(Directory):
    def raw_client(self):
        client = Client()
        self.addCleanup(client.stop)
        return client

    def test_order_and_end(self):
        client = self.raw_client()
        self.assertEqual(client.ask("textDocument/hover", {})["error"]["code"], -32002)
        self.assertEqual(client.ask("initialize", {"capabilities": {}})["result"]["capabilities"]["positionEncoding"], "utf-16")
        self.assertEqual(client.ask("initialize", {"capabilities": {}})["error"]["code"], -32600)
        self.assertEqual(client.ask("no/such", {})["error"]["code"], -32601)
        client.tell("$/cancelRequest", {"id": 1})
        client.tell("$/setTrace", {"value": "off"})
        self.assertEqual(client.end(), 0)

    def test_exit_without_shutdown_and_a_closed_stream_are_failures(self):
        client = self.raw_client()
        client.tell("exit", None)
        self.assertEqual(client.process.wait(30), 1)
        client = self.raw_client()
        client.process.stdin.close()
        self.assertEqual(client.process.wait(30), 1)

    def test_malformed_bodies_are_answered_and_the_server_goes_on(self):
        client = self.raw_client()
        for body, code in [(b"{", -32700), (b"\xff\xfe", -32700), (b"[]", -32600), (b'"x"', -32600), (b'{"id":1}', -32600),
                           (b'{"id":{},"method":"x"}', -32600), (b"[" * 100000, -32600), (b"", -32700),
                           (b'{"id":1,"method":"initialize","params":[1]}', -32602), (b'{"jsonrpc":"2.0","id":"\\ud800","method":"x"}', -32700)]:
            client.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self.assertEqual(client.wait(lambda message: "error" in message)["error"]["code"], code, body[:40])
        self.assertIn("result", client.ask("initialize", {"capabilities": {}}))
        self.assertEqual(client.end(), 0)

    def test_a_header_that_is_none_ends_the_server(self):
        for header in [b"GET / HTTP/1.1\r\n\r\n", b"Content-Length: x\r\n\r\n", b"Content-Length: -5\r\n\r\n", b"x" * 20000]:
            client = self.raw_client()
            client.raw(header)
            self.assertEqual(client.wait(lambda message: "error" in message)["error"]["code"], -32700)
            self.assertEqual(client.process.wait(30), 1)

    def test_notifications_of_nonsense_do_no_harm(self):
        client = self.client()
        for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave",
                       "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles", "initialized", "nonsense"]:
            for params in [None, [], {}, {"textDocument": 7}, {"textDocument": {"uri": 7}}, {"textDocument": {"uri": "file:///x", "text": 1}},
                           {"textDocument": {"uri": "file:///%zz"}, "contentChanges": [{"range": {"start": {"line": -1}}}]}]:
                client.tell(method, params)
        for method in ["textDocument/hover", "textDocument/codeAction", "codeAction/resolve"]:
            for params in [{}, {"textDocument": {"uri": "file:///none"}}, {"textDocument": {"uri": "file:///none"}, "position": {"line": 1e300, "character": 0}},
                           {"data": {"uri": "file:///none", "unsafe": 3}, "title": "x"}]:
                client.ask(method, params)
        self.assertEqual(client.end(), 0)

    def test_hostile_texts_do_no_harm(self):
        client = self.client()
        texts = ["", "\0", "FROM \\\n" * 5000, "RUN " + "a" * 1000000, "services: " + "[" * 50000, "\ufeffFROM x\r\nADD y z", "a: &a [*a]",
                 "FROM x\rADD y z\r", "services:\n  a: &a\n    <<: *a\n"]
        for number, text in enumerate(texts):
            for language in ["dockerfile", "yaml"]:
                uri = f"untitled:{language}{number}"
                client.open(uri, language, text)
                client.actions(uri, 0, 3)
                client.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 2}})
        self.assertEqual(client.end(), 0)


if __name__ == "__main__":
    unittest.main()
