#!/bin/sh
# docker run --privileged nothing
echo "usage: docker run --privileged image"
printf '%s\n' "docker run -v /:/host image"
: docker run --privileged noop
docker build -t app . && docker push app
docker run --help
docker runner --privileged
alias dr='docker run --rm --privileged alpine:3.20'
