docker run --pid=host --ipc host --uts=host --userns host --cgroupns=host --network container:vpn debian:12 true
docker container run --pid container:web --ipc=shareable --net none debian:12 true
docker create --privileged=false --name c1 debian:12
docker container create --privileged=true --name c2 debian:12
