docker \
  run \
  # not a comment inside a continued line
docker run --rm \
  --cap-add SYS_ADMIN \
  --cap-add=NET_ADMIN,NET_RAW \
  --device /dev/fuse \
  --device=/dev/sda:/dev/xvda:rwm \
  --security-opt apparmor:unconfined \
  ubuntu:22.04 \
  bash -c "mount /dev/sda1 /mnt && ls"
