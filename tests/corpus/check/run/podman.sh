podman run -d --name db --userns=keep-id --security-opt label=disable -v /srv/db:/var/lib/mysql:Z,U -e MARIADB_ROOT_PASSWORD=toor docker.io/library/mariadb:11
sudo podman run --privileged --rm quay.io/podman/stable podman info
podman pod create --name pod1 -p 8080:80
podman run --pod pod1 --rootfs /srv/rootfs true
nerdctl run -d --cap-add ALL ghcr.io/example/x:1
