FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04
ENV DEBIAN_FRONTEND=noninteractive HF_HOME=/models
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip git && rm -rf /var/lib/apt/lists/*
RUN pip3 install torch==2.3.1 --index-url https://download.pytorch.org/whl/cu121
RUN python3 -m pip install transformers accelerate
RUN huggingface-cli login --token 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 && huggingface-cli download org/model
COPY serve.py /srv/
WORKDIR /srv
CMD ["python3", "serve.py"]
