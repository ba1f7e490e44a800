FROM scratch
ENV A=a"b c"d
