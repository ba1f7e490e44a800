from scratch
LABEL a=b
