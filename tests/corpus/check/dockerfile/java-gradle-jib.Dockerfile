FROM gradle:8.8-jdk17 as build
USER gradle
WORKDIR /home/gradle/src
COPY --chown=gradle:gradle . .
RUN gradle --no-daemon installDist

FROM amazoncorretto:17-al2023-headless AS Run
RUN dnf install -y shadow-utils && dnf clean all && groupadd -r app && useradd -r -g app app
COPY --from=build /home/gradle/src/build/install/app /opt/app
USER app:app
CMD ["/opt/app/bin/app"]
