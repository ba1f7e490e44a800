# a comment
# escape=x
FROM scratch
LABEL a=b
