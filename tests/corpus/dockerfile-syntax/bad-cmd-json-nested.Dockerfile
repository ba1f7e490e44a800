FROM scratch
CMD [["a"]]
