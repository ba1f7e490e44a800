# syntax=docker/dockerfile:1.7-labs
FROM alpine:3.20
COPY a.txt b.txt /dest
COPY --parents --exclude=*.md src/ docs/ /work/
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://mirrors.example.org/linux.tar.xz /
ADD https://git.example.org/team/repo.git#v1.0.0 /repo
ADD rootfs.tar.gz /
ADD *.tgz /opt/
ADD ["a b.txt", "/with space/"]
COPY dist.tar.gz /tmp/
RUN tar -xzf /tmp/dist.tar.gz -C /srv && rm /tmp/dist.tar.gz
COPY relative.conf conf/
COPY --from=alpine:3.20 / /
COPY --chmod=777 run.sh /run.sh
COPY --link --chown=1000 x.conf /etc/x.conf
USER 1000
