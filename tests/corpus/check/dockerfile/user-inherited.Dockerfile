FROM alpine:3.20.1 AS base
RUN addgroup -S app && adduser -S -G app app
USER app

FROM base AS build
USER 0
RUN apk add --no-cache build-base
RUN make -C /usr/src

FROM base
COPY --from=build /usr/src/out /usr/local/bin/
CMD ["out"]
