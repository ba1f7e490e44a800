#!/bin/bash
IMAGE=registry.example.org/app
TAG="${1:-latest}"
OPTS="--privileged --net host"
PORTS=(-p 8080:80 -p 9090:90)
docker run $OPTS "${PORTS[@]}" -e "TOKEN=$TOKEN" -v "${DATA_DIR:-/srv/data}:/data" "$IMAGE:$TAG"
docker run --user "$(id -u):$(id -g)" -v "$HOME/.ssh:/root/.ssh:ro" ${EXTRA} alpine:3.20 "$@"
