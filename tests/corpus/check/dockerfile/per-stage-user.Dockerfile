FROM node:20 AS build
USER root
WORKDIR /src
COPY . .
RUN npm ci && npm run build

FROM build AS test
RUN npm test

FROM nginxinc/nginx-unprivileged:1.27.0
USER root
RUN rm -rf /usr/share/nginx/html
USER 101
COPY --from=build /src/dist /usr/share/nginx/html
