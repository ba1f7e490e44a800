FROM node:18.20-alpine AS build
WORKDIR /repo
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile
RUN corepack enable && pnpm install --frozen-lockfile
RUN yarn global add serve
COPY src ./src
RUN yarn build

FROM nginx:1.27-alpine
COPY --from=build /repo/dist /usr/share/nginx/html
EXPOSE 80
