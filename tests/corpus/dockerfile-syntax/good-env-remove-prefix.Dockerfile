FROM scratch
ENV A=abc
ENV B=${A#a}
