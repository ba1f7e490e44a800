docker run -p 5432:5432 -e POSTGRES_PASSWORD=mysecretpassword postgres
docker run -p 127.0.0.1:6379:6379 redis:7
docker run -p [::]:27017:27017/tcp --publish=0.0.0.0:9200:9200 mongo:7
docker run --expose 22 -p 2222:22 -p 53:53/udp -P linuxserver/openssh-server:9.7
