docker compose run --rm web bundle exec rake
docker-compose run -u root web bash
docker service create --name s --mount type=bind,source=/var/run/docker.sock,target=/var/run/docker.sock example/s:1
docker stack deploy -c stack.yml app
