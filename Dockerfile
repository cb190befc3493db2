# dialogsum on the CPU.
#   docker build --tag dialogsum .
#   docker run --rm --volume "$PWD/outputs:/home/researcher/outputs" dialogsum train -m strategy=zero_shot,lora
# PIP_EXTRA_INDEX_URL may name an index with torch's CPU builds, which are a tenth of the size.
FROM python:3.11-slim-bookworm AS build
ARG PIP_EXTRA_INDEX_URL=""
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/dialogsum \
    && /opt/dialogsum/bin/pip install --no-cache-dir --requirement requirements.lock
COPY pyproject.toml setup.py train.py evaluate.py README.md LICENSE ./
COPY conf conf
COPY dialogsum dialogsum
RUN /opt/dialogsum/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
COPY --from=build /opt/dialogsum /opt/dialogsum
RUN useradd --create-home --uid 1000 researcher \
    && mkdir /home/researcher/outputs \
    && chown researcher /home/researcher/outputs
USER 1000
WORKDIR /home/researcher
ENV PATH=/opt/dialogsum/bin:$PATH
ENTRYPOINT ["dialogsum"]
CMD ["--help"]
