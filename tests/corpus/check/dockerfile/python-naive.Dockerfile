FROM python:3
RUN apt-get update
RUN apt-get install libpq-dev gcc
COPY requirements.txt .
RUN pip install -r requirements.txt
RUN pip install gunicorn
COPY . .
ENV DJANGO_SECRET_KEY="django-insecure-9r7m!k3x0q8v"
CMD python manage.py runserver 0.0.0.0:8000
