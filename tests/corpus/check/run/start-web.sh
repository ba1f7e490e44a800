#!/bin/sh
set -eu
docker run -d --name web -p 80:80 nginx
