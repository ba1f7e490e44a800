FROM scratch
COPY x
