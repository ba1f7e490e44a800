FROM scratch
CMD --version
