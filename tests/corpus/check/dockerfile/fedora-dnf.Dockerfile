FROM fedora:40
RUN dnf -y install --setopt=install_weak_deps=False podman-5.1.1 buildah && dnf clean all
RUN dnf install -y fuse-overlayfs
RUN dnf install skopeo -y && rm -rf /var/cache/dnf
VOLUME /var/lib/containers
