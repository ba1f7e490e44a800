FROM scratch
SHELL bash -c
