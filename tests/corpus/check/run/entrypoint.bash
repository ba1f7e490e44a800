#!/usr/bin/env bash
set -euo pipefail
runtime=docker
command -v podman >/dev/null && runtime=podman
"$runtime" run --rm --cap-drop all --security-opt=no-new-privileges -v "${PWD}:/work:ro" registry.example.org/lint:5 /work
case "${1-}" in
  debug) exec docker run -it --rm --cap-add=SYS_PTRACE --pid=container:app nicolaka/netshoot:v0.13 ;;
  *) docker run --rm registry.example.org/lint:5 --help ;;
esac
