FROM continuumio/miniconda3:24.5.0-0
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
COPY environment.yml /tmp/environment.yml
RUN conda env create -f /tmp/environment.yml && conda clean -afy
RUN conda install -y numpy scipy=1.13
RUN pip install --trusted-host pypi.example.org --index-url http://pypi.example.org/simple internal-lib==2.1
USER 1000
CMD ["python", "-c", "import scipy"]
