FROM debian:12-slim
ARG RUN_AS=0
USER ${RUN_AS:-1000}
CMD ["/bin/sleep", "infinity"]
