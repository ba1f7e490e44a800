FROM node
MAINTAINER Jo Example <jo@example.org>
ADD . /app
WORKDIR app
RUN npm install
RUN npm install -g pm2 nodemon@latest
ENV NODE_ENV production
EXPOSE 3000
CMD npm start
