FROM node:20-alpine
WORKDIR /app
ONBUILD COPY package*.json ./
ONBUILD RUN npm install express
ONBUILD ADD . .
ONBUILD ONBUILD RUN true
ONBUILD FROM alpine
USER node
CMD ["npm", "start"]
