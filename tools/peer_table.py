"""tools/peers.tsv: what the peers look for. Columns: peer, id, its meaning in our words, and the reason when no rule has it."""
import pathlib
from typing import NamedTuple

# In the order of docs/peers.md.
PEERS = {
    "hadolint": "hadolint",
    "buildkit": "BuildKit's checks",
    "tally": "tally",
    "trivy": "Trivy",
    "checkov": "checkov",
    "kics": "KICS",
    "dockle": "dockle",
    "dive": "dive",
    "cis": "CIS Docker Benchmark, sections 4 and 5",
    "compose-lint": "compose-lint",
    "dclint": "dclint",
    "pss": "Pod Security Standards",
    "kube-linter": "kube-linter",
    "kubesec": "kubesec",
    "polaris": "polaris",
    "kube-score": "kube-score",
    "kubescape": "kubescape",
    "gatekeeper": "Gatekeeper library",
}


class PeerRow(NamedTuple):
    peer: str
    id: str
    meaning: str
    reason: str      # why no rule has it; "" when one has
    elsewhere: bool  # something else of oakum does it: the reason says what


def read_peers():
    rows = []
    text = (pathlib.Path(__file__).parent / "peers.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        peer, name, meaning, reason = (line.split("\t") + [""])[:4]
        rows.append(PeerRow(peer, name, meaning, reason.removeprefix("*"), reason.startswith("*")))
    return rows
