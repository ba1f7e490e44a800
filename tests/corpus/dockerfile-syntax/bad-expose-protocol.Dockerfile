FROM scratch
EXPOSE 80/abc
