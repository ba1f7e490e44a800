# syntax=docker/dockerfile:1-labs
FROM debian:12-slim
RUN --security=insecure mount -t tmpfs none /mnt
RUN --network=host curl -fsS http://127.0.0.1:3128/pac -o /etc/pac
RUN --mount=type=bind,source=/var/run/docker.sock,target=/var/run/docker.sock docker ps
USER 1000
