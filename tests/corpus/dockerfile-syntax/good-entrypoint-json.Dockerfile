FROM scratch
ENTRYPOINT ["a"]
