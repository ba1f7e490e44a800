deploy:
	docker run -d --restart always --network=host \
	  --name app $(IMAGE)
