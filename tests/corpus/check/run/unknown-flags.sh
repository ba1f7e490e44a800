docker run --privilegd --cap-drp ALL alpine:3.20
docker run --memory
docker run
docker run -- alpine:3.20 --privileged
docker --context prod run -H tcp://x alpine:3.20
docker -H tcp://10.0.0.5:2375 run alpine:3.20 id
