FROM scratch
eNv A=1
