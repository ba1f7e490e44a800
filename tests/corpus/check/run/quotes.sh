docker run --name 'my app' --label "a=b c" --env='PASSWORD=p@ss word!' --env "GREETING=\"hi\"" --security-opt="seccomp=unconfined" "redis:7.2" --requirepass 'Qwerty!23456'
docker run -e PASSWORD -e TOKEN= --env-file ./prod.env busybox:1.36 echo "docker run --privileged x"
