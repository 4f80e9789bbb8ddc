"""Credentials of monitoring, data platforms and AI providers. Data, as of 2026-11; see `secret_formats`."""

from __future__ import annotations

from infralint.tables.secret_formats import Format, row

_RELIC = "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/"
_GRAFANA = "https://grafana.com/docs/grafana/latest/administration/service-accounts/"
_GRAFANA_CLOUD = (
    "https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies/"
)
_SENTRY = "https://docs.sentry.io/account/auth-tokens/"
_SUMO = "https://help.sumologic.com/docs/manage/security/access-keys/"
_SCALE = "https://planetscale.com/docs/api/reference/service-tokens"
_CONFLUENT = "https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html"
_AIRTABLE = "https://airtable.com/developers/web/api/authentication"
_LOOKER = "https://cloud.google.com/looker/docs/api-auth"
_OPENAI = "https://platform.openai.com/docs/api-reference/authentication"
_ANTHROPIC = "https://docs.anthropic.com/en/api/admin-api/apikeys/get-api-key"
_HUGGING = "https://huggingface.co/docs/hub/security-tokens"
_LANGSMITH = (
    "https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key"
)

DATA: tuple[Format, ...] = (
    row("datadog-key", "observability", "Datadog application key", "<x:40>", "datadog-access-token",
        "https://docs.datadoghq.com/account_management/api-app-keys/", words="datadog", entropy=3.0),
    row("datadog-api-key", "observability", "Datadog API key", "<h:32>", "", "https://docs.datadoghq.com/account_management/api-app-keys/",
        words="datadog ddapi", entropy=3.0),
    row("datadog-app-key", "observability", "Datadog application key", "<h:40>", "", "https://docs.datadoghq.com/account_management/api-app-keys/",
        words="ddapp", entropy=3.0),
    row("new-relic-user-key", "observability", "New Relic user key", "NRAK-<a:27>", "new-relic-user-api-key", _RELIC, entropy=3.0),
    row("new-relic-browser-key", "observability", "New Relic browser key", "NRJS-<h:19>", "new-relic-browser-api-token", _RELIC),
    row("new-relic-insert-key", "observability", "New Relic insert key", "NRII-<s:32>", "g:new-relic-insert-key", _RELIC),
    row("new-relic-user-id", "observability", "New Relic key", "<x:64>", "new-relic-user-api-id", _RELIC, words="newrelic", entropy=3.0),
    row("new-relic-license", "observability", "New Relic licence key", "<h:36>NRAL", "", _RELIC, entropy=2.5),
    row("grafana-service-account", "observability", "Grafana service account token", "glsa_<a:32>_<H:8>", "grafana-service-account-token", _GRAFANA, entropy=3.0),
    row("grafana-cloud-token", "observability", "Grafana Cloud token", "glc_<b:32-400>", "grafana-cloud-api-token", _GRAFANA_CLOUD, entropy=3.0),
    row("grafana-api-key", "observability", "Grafana API key", "eyJrIjoi<b:70-400>", "grafana-api-key", _GRAFANA, entropy=3.0),
    row("sentry-user-token", "observability", "Sentry user token", "sntryu_<h:64>", "g:sentry-user-token", _SENTRY, entropy=3.0),
    row("sentry-org-token", "observability", "Sentry organisation token", "sntrys_eyJpYXQiO<b:30-300>_<b:43> sntrys_eyJpYXQiO<b:30-300>=_<b:43> sntrys_eyJpYXQiO<b:30-300>==_<b:43>",
        "g:sentry-org-token", _SENTRY, entropy=4.0),
    row("sentry-old-token", "observability", "Sentry auth token", "<h:64>", "sentry-access-token", _SENTRY, words="sentry", entropy=3.0),
    row("dynatrace-token", "observability", "Dynatrace token", "dt0c01.<x:24>.<x:64> dt0c01.<U:24>.<U:64>", "dynatrace-api-token",
        "https://docs.dynatrace.com/docs/dynatrace-api/basics/dynatrace-api-authentication", entropy=3.5),
    row("sumo-id", "identifier", "Sumo Logic access id", "su<a:12>", "sumologic-access-id", _SUMO, words="sumo", entropy=2.8),
    row("sumo-key", "observability", "Sumo Logic access key", "<a:64>", "sumologic-access-token", _SUMO, words="sumo", entropy=3.0),
    row("honeycomb-key", "observability", "Honeycomb ingest key", "hcaik_<x:58>", "", "https://docs.honeycomb.io/get-started/configure/environments/manage-api-keys/", entropy=3.0),
    row("logfire-token", "observability", "Logfire token", "pylf_v1_us_<a:40-50> pylf_v1_eu_<a:40-50>", "",
        "https://logfire.pydantic.dev/docs/how-to-guides/create-write-tokens/", entropy=3.0),
    row("posthog-key", "observability", "PostHog personal API key", "phx_<a:40-50>", "", "https://posthog.com/docs/api", entropy=3.0),
    row("hockeyapp-key", "observability", "HockeyApp key", "<h:32>", "s:detected-hockeyapp", "https://learn.microsoft.com/en-us/appcenter/",
        words="hockey", entropy=3.0),
    row("splunk-token", "observability", "Splunk HEC token", "<uuid>", "",
        "https://docs.splunk.com/Documentation/Splunk/latest/Data/UsetheHTTPEventCollector", words="splunkhec hectoken splunktoken"),
    row("rollbar-token", "observability", "Rollbar access token", "<h:32>", "", "https://docs.rollbar.com/docs/access-tokens",
        words="rollbar", entropy=3.0),
    row("bugsnag-key", "observability", "Bugsnag API key", "<h:32>", "", "https://docs.bugsnag.com/", words="bugsnag", entropy=3.0),
    row("databricks-token", "data", "Databricks personal access token", "dapi<h:32>-<d:1> dapi<h:32>", "databricks-api-token",
        "https://docs.databricks.com/aws/en/dev-tools/auth/pat", entropy=3.0),
    row("planetscale-token", "data", "PlanetScale service token", "pscale_tkn_<E:32-64>", "planetscale-api-token", _SCALE, entropy=3.0),
    row("planetscale-oauth", "data", "PlanetScale OAuth token", "pscale_oauth_<E:32-64>", "planetscale-oauth-token", _SCALE, entropy=3.0),
    row("planetscale-password", "data", "PlanetScale password", "pscale_pw_<E:32-64>", "planetscale-password", _SCALE, entropy=3.0),
    row("clickhouse-key", "data", "ClickHouse Cloud API secret", "4b1d<a:38>", "g:clickhouse-cloud-api-secret-key",
        "https://clickhouse.com/docs/cloud/manage/openapi", entropy=3.0),
    row("confluent-key", "data", "Confluent API key", "<x:16> <U:16>", "confluent-access-token", _CONFLUENT, words="confluent", entropy=2.8),
    row("confluent-secret", "data", "Confluent API secret", "<a:64> <b:64>", "confluent-secret-key", _CONFLUENT, words="confluent", entropy=3.0),
    row("airtable-key", "data", "Airtable API key", "<x:17>", "airtable-api-key", _AIRTABLE, words="airtable", entropy=2.8),
    row("airtable-pat", "data", "Airtable personal access token", "pat<a:14>.<h:64>", "g:airtable-personnal-access-token", _AIRTABLE, entropy=3.0),
    row("algolia-key", "data", "Algolia API key", "<x:32>", "algolia-api-key", "https://www.algolia.com/doc/guides/security/api-keys/",
        words="algolia", entropy=2.8),
    row("contentful-token", "data", "Contentful delivery token", "<e:43>", "contentful-delivery-api-token",
        "https://www.contentful.com/developers/docs/references/authentication/", words="contentful", entropy=3.0),
    row("contentful-pat", "data", "Contentful personal access token", "CFPAT-<s:43>", "",
        "https://www.contentful.com/developers/docs/references/authentication/", entropy=3.0),
    row("mapbox-secret-token", "data", "Mapbox secret token", "sk.eyJ1<s:60-120>.<s:22>", "", "https://docs.mapbox.com/help/dive-deeper/access-tokens/", entropy=3.5),
    row("mapbox-token", "identifier", "Mapbox public token", "pk.<a:60-120>.<s:22>", "mapbox-api-token",
        "https://docs.mapbox.com/help/dive-deeper/access-tokens/", entropy=3.0),
    row("looker-id", "identifier", "Looker client id", "<x:20> <a:20>", "g:looker-client-id", _LOOKER, words="looker", entropy=2.8),
    row("looker-secret", "data", "Looker client secret", "<x:24> <a:24>", "g:looker-client-secret", _LOOKER, words="looker", entropy=2.8),
    row("neon-key", "data", "Neon API key", "napi_<x:64>", "", "https://neon.com/docs/manage/api-keys", entropy=3.0),
    row("atlas-secret", "data", "MongoDB Atlas service account secret", "mdb_sa_sk_<s:40>", "",
        "https://www.mongodb.com/docs/atlas/configure-api-access/", entropy=3.0),
    row("elastic-key", "data", "Elastic API key", "<b:58>== <b:60>", "", "https://www.elastic.co/docs/deploy-manage/api-keys",
        words="elasticapi esapi", entropy=3.5),
    row("pinecone-key", "data", "Pinecone API key", "pcsk_<w:60-80>", "", "https://docs.pinecone.io/guides/projects/manage-api-keys", entropy=3.0),
    row("cloudinary-url", "data", "Cloudinary credentials", "cloudinary://<d:15>:<s:27>@<s:2-40>", "", "https://cloudinary.com/documentation/cloudinary_credentials_tutorial", entropy=3.0),
    row("openai-key", "ai", "OpenAI API key",
        "sk-<a:20>T3BlbkFJ<a:20> sk-proj-<s:20-100>T3BlbkFJ<s:20-100> sk-svcacct-<s:20-100>T3BlbkFJ<s:20-100> sk-admin-<s:20-100>T3BlbkFJ<s:20-100>",
        "openai-api-key", _OPENAI, entropy=3.0),
    row("anthropic-key", "ai", "Anthropic API key", "sk-ant-api03-<s:93>AA", "g:anthropic-api-key", _ANTHROPIC, entropy=3.0),
    row("anthropic-admin-key", "ai", "Anthropic admin API key", "sk-ant-admin01-<s:93>AA", "g:anthropic-admin-api-key", _ANTHROPIC, entropy=3.0),
    row("anthropic-oauth-token", "ai", "Anthropic OAuth token", "sk-ant-oat01-<s:93>AA", "", _ANTHROPIC, entropy=3.0),
    row("huggingface-token", "ai", "Hugging Face access token", "hf_<l:34>", "huggingface-access-token", _HUGGING, entropy=3.0),
    row("huggingface-org-token", "ai", "Hugging Face organisation token", "api_org_<l:34>", "huggingface-organization-api-token", _HUGGING, entropy=3.0),
    row("cohere-key", "ai", "Cohere API key", "<a:40>", "g:cohere-api-token", "https://docs.cohere.com/reference/about", words="cohere coapi", entropy=3.5),
    row("perplexity-key", "ai", "Perplexity API key", "pplx-<a:48>", "g:perplexity-api-key", "https://docs.perplexity.ai/getting-started/quickstart", entropy=3.5),
    row("privateai-key", "ai", "Private AI API key", "<x:32>", "g:privateai-api-token", "https://docs.getprivateai.com/", words="privateai", entropy=3.0),
    row("groq-key", "ai", "Groq API key", "gsk_<a:52>", "", "https://console.groq.com/docs/quickstart", entropy=3.5),
    row("xai-key", "ai", "xAI API key", "xai-<a:80>", "", "https://docs.x.ai/docs/tutorial", entropy=3.5),
    row("replicate-token", "ai", "Replicate API token", "r8_<a:37>", "", "https://replicate.com/docs/topics/security/api-tokens", entropy=3.0),
    row("openrouter-key", "ai", "OpenRouter API key", "sk-or-v1-<h:64>", "", "https://openrouter.ai/docs/api-reference/authentication", entropy=3.0),
    row("langsmith-key", "ai", "LangSmith API key", "lsv2_pt_<h:32>_<h:10> lsv2_sk_<h:32>_<h:10>", "", _LANGSMITH, entropy=3.0),
    row("langfuse-key", "ai", "Langfuse secret key", "sk-lf-<uuid>", "", "https://langfuse.com/faq/all/where-are-langfuse-api-keys"),
    row("deepseek-key", "ai", "DeepSeek API key", "sk-<h:32>", "", "https://api-docs.deepseek.com/", words="deepseek", entropy=3.0),
    row("mistral-key", "ai", "Mistral API key", "<a:32>", "", "https://docs.mistral.ai/getting-started/quickstart/", words="mistral", entropy=3.5),
    row("elevenlabs-key", "ai", "ElevenLabs API key", "sk_<h:48>", "", "https://elevenlabs.io/docs/api-reference/authentication", entropy=3.0),
    row("stability-key", "ai", "Stability AI key", "sk-<a:48>", "", "https://platform.stability.ai/docs/getting-started/authentication",
        words="stability", entropy=3.5),
    row("together-key", "ai", "Together AI key", "<h:64>", "", "https://docs.together.ai/docs/quickstart", words="togetherapi togetherai", entropy=3.0),
    row("wandb-key", "ai", "Weights & Biases key", "<h:40>", "", "https://docs.wandb.ai/support/find_api_key/", words="wandb", entropy=3.0),
)  # fmt: skip
