FROM busybox:1.36.1
RUN ["echo" "missing comma"]
CMD ['nginx', '-g', 'daemon off;']
ENTRYPOINT ["httpd", "-f",]
SHELL ["/bin/sh", "-c"]
VOLUME ["/data"]
USER 1000
