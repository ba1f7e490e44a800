FROM scratch
ENV A=""
