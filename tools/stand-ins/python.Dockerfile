FROM localhost/shop-base:1
RUN ln -s python3 /usr/bin/python
CMD ["python3"]
