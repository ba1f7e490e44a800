# syntax=docker/dockerfile:1
# check=skip=JSONArgsRecommended,StageNameCasing;error=true
FROM alpine:3.20 AS Base
USER 1000
CMD sleep 10
