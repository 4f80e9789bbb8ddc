# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
LABEL org.opencontainers.image.title="infralint" \
      org.opencontainers.image.description="Policy linter for the infrastructure configs of a repository" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels infralint \
    && git config --system --add safe.directory '*' \
    && useradd --uid 10001 --create-home linter
USER 10001:10001
WORKDIR /work
CMD ["infralint", "check", "."]
