FROM scratch
ENV A=${X:+y}
