docker run -d --isolation=process -v //./pipe/docker_engine://./pipe/docker_engine -p 80:80 mcr.microsoft.com/windows/servercore/iis:ltsc2022
MSYS_NO_PATHCONV=1 docker run --rm -v "$(pwd -W):/src" alpine:3.20 ls /src
