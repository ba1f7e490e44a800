FROM alpine:3.20
ENV APP_HOME=/opt/app
ENV PATH=$APP_HOEM/bin:$PATH
ENV ABC=1 DEF=$ABC/lib
WORKDIR $APP_HOME/data
COPY app ${APP_HOME}/bin/
LABEL build="${BUILD_ID:-unknown}" commit=${GIT_SHA}
USER 1000
