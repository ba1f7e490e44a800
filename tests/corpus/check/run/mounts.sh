docker run --mount type=bind,source=/etc,target=/host/etc,readonly --mount 'type=bind,src=/,dst=/host,bind-propagation=rshared' -v /proc:/hp:ro -v data:/data --tmpfs /run debian:12 true
docker run -v /:/rootfs:ro,rslave --volume=/var/run:/var/run:ro -v ~/.docker:/root/.docker -v ./src:/src:z quay.io/example/tool:3 scan
