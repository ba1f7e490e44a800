FROM node:20-slim
RUN <<EOF
echo "//registry.npmjs.org/:_authToken=npm_q7Zk3W9eVxT0bLr5uNs2Yd8HfJg4Ma1PcB6o" > ~/.npmrc
npm ci
rm ~/.npmrc
EOF
USER node
