# nothing yet
# FROM alpine:3.20
