FROM alpine:3.20
WORKDIR /etc
VOLUME ["/proc", "/var/data"]
VOLUME /dev /sys/fs/cgroup
USER 1000
