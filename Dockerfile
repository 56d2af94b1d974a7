# The app by itself; compose.yaml puts n8n and its database beside it.
FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 app
WORKDIR /app
COPY requirements.lock requirements-uv.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && uv pip install --system --no-cache --require-hashes -r requirements.lock
COPY . .
RUN mkdir /data && chown app /data
USER app
ENV WORKSPACE=/data/workspace HOST=0.0.0.0 PORT=8000
EXPOSE 8000
CMD ["python", "-m", "assistant", "serve"]
