#!/bin/sh
podman run --rm --security-opt unmask=ALL --tmpfs /scratch:exec,size=1g registry.example.org/buildah:1 build .
docker run --rm --security-opt systempaths=unconfined registry.example.org/buildkit:1
