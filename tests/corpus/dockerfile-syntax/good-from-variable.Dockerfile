ARG X=scratch
FROM $X
LABEL a=b
