FROM alpine:3.19.2
RUN apk update && apk add bash && rm -rf /var/cache/apk/*
RUN apk add --no-cache --allow-untrusted ./agent.apk
RUN apk --no-cache add curl~8.5 openssl>3 'python3~=3.11'
RUN apk add --update --no-cache -t .deps gcc=13.2.1_git20231014-r0 && apk del .deps
RUN apk upgrade --no-cache
RUN --mount=type=cache,target=/etc/apk/cache apk add tini=0.19.0-r2
USER guest
ENTRYPOINT ["/sbin/tini", "--"]
