FROM alpine:3.20 AS a
SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
RUN cat /etc/passwd | grep root
FROM a AS b
RUN cut -d: -f1 /etc/passwd | sort -u > /users
FROM alpine:3.20 AS c
RUN ls / | wc -l
RUN ls / |& tee /log || true
FROM mcr.microsoft.com/powershell:7.4-alpine-3.17 AS d
SHELL ["pwsh", "-Command"]
RUN Get-ChildItem / | Select-Object Name
FROM a
USER 405
