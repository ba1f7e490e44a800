docker run -m 512m --memory-swap -1 --oom-kill-disable --cpu-shares 512 --pids-limit -1 --ulimit nofile=1024 --ulimit core=0 --cgroup-parent /docker busybox:1.36 true
docker run --memory=0 --cpus=2 --restart always --log-driver none --no-healthcheck busybox:1.36 true
docker run --restart=on-failure:3 --stop-timeout 5 --init --log-opt max-size=1m --log-opt max-file=2 busybox:1.36 true
