# hello
FROM scratch
LABEL a=b
