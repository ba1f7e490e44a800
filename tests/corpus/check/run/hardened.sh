#!/usr/bin/env bash
set -euo pipefail
docker run --rm --detach --name api \
  --user 10001:10001 --read-only --tmpfs /tmp:rw,noexec,nosuid,size=32m \
  --cap-drop=ALL --security-opt no-new-privileges:true \
  --memory 256m --cpus 0.5 --pids-limit 100 \
  --log-opt max-size=10m --health-cmd '/api health' \
  --network back -p 127.0.0.1:8080:8080 \
  registry.example.org/api:1.2@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
