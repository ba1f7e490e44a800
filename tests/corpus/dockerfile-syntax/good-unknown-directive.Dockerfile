# foo=bar
FROM scratch
LABEL a=b
