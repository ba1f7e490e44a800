#!/bin/bash
if ! docker ps -q -f name=cache | grep -q .; then
  docker run -d --name cache --restart unless-stopped memcached:1.6 || exit 1
fi
for i in 1 2 3; do docker run -d --name "node$i" --network host example/node:$i; done
CID=$(docker run -d --privileged docker:27-dind)
docker exec -it --privileged "$CID" sh
timeout 10 sudo -E docker run --rm -i --user root example/tool:1 < input.txt > output.txt 2>&1 &
ssh host.example.org 'docker run --privileged example/remote:1'
function up() { docker run --rm -v /var/run/docker.sock:/var/run/docker.sock:ro docker:27-cli "$@"; }
