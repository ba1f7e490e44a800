FROM scratch
ENV A=
ENV B=${A:?no}
