FROM scratch AS a
FROM a
LABEL a=b
