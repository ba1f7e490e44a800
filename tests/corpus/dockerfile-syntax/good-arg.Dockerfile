FROM scratch
ARG A
ARG B=1
