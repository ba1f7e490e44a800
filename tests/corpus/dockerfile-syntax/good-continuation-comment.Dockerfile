FROM scratch
ENV A=1 \
# note \
  B=2
