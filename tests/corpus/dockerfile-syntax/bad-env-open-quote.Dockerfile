FROM scratch
ENV A="x
