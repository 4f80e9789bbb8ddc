"""Credentials of AI providers and of what agents use. Data, as of 2026-11; see `secret_formats`."""

from __future__ import annotations

from infralint.tables.secret_formats import Format, row

AI: tuple[Format, ...] = (
    row("tavily-key", "ai", "Tavily API key", "tvly-<a:20-64> tvly-dev-<s:20-64> tvly-prod-<s:20-64>", "", "https://docs.tavily.com/documentation/api-reference/introduction", entropy=3.0),
    row("nvidia-key", "ai", "NVIDIA API key", "nvapi-<s:60-70>", "", "https://docs.api.nvidia.com/", entropy=3.5),
    row("runpod-key", "ai", "RunPod API key", "rpa_<a:40-60>", "", "https://docs.runpod.io/get-started/api-keys", entropy=3.0),
    row("jina-key", "ai", "Jina AI API key", "jina_<s:58-64>", "", "https://jina.ai/api-dashboard/", entropy=3.5),
    row("firecrawl-key", "ai", "Firecrawl API key", "fc-<h:32>", "", "https://docs.firecrawl.dev/introduction", entropy=3.0),
    row("e2b-key", "ai", "E2B API key", "e2b_<h:40>", "", "https://e2b.dev/docs/api-key", entropy=3.0),
    row("cerebras-key", "ai", "Cerebras API key", "csk-<x:48>", "", "https://inference-docs.cerebras.ai/quickstart", entropy=3.0),
    row("together-token", "ai", "Together AI API key", "tgp_v1_<s:43>", "", "https://docs.together.ai/docs/quickstart", entropy=3.0),
    row("fireworks-key", "ai", "Fireworks AI API key", "fw_<a:22-26>", "", "https://docs.fireworks.ai/getting-started/quickstart", entropy=3.5),
    row("voyage-key", "ai", "Voyage AI API key", "pa-<s:43>", "", "https://docs.voyageai.com/docs/api-key-and-installation", entropy=3.5),
    row("llamacloud-key", "ai", "LlamaCloud API key", "llx-<a:44-52>", "", "https://docs.cloud.llamaindex.ai/api_key", entropy=3.0),
    row("anthropic-refresh-token", "ai", "Anthropic OAuth refresh token", "sk-ant-ort01-<s:93>AA", "", "https://docs.anthropic.com/en/api/overview", entropy=3.5),
    row("model-provider-key", "ai", "AI provider API key", "sk-<a:48>", "", "https://platform.stability.ai/docs/getting-started/authentication", entropy=3.8),
    row("helicone-key", "ai", "Helicone API key", "sk-helicone-<s:30-48>", "", "https://docs.helicone.ai/", entropy=3.0),
    row("gemini-key", "ai", "Gemini API key", "AQ.Ab8<s:45-60>", "", "https://ai.google.dev/gemini-api/docs/api-key", entropy=3.5),
    row("azure-ai-key", "ai", "Azure AI services key", "<a:52>JQQJ9<a:27>", "", "https://learn.microsoft.com/en-us/azure/ai-services/authentication", entropy=3.5),
    row("modal-token", "ai", "Modal token", "ak-<a:22> as-<a:22>", "", "https://modal.com/docs/reference/modal.config", words="modal", entropy=3.0),
    row("replicate-webhook", "ai", "Svix webhook signing secret", "whsec_<b:43>= whsec_<b:42>==", "", "https://docs.svix.com/receiving/verifying-payloads/how", entropy=3.5),
    row("cursor-key", "ai", "Cursor API key", "key_<h:64> crsr_<h:64>", "", "https://docs.cursor.com/en/account/teams/admin-api", entropy=3.0),
    row("windsurf-key", "ai", "Windsurf API key", "sk-ws-01-<s:60-130>", "", "https://docs.windsurf.com/", entropy=3.5),
    row("browserbase-key", "ai", "Browserbase API key", "bb_live_<s:25-40> bb_test_<s:25-40>", "", "https://docs.browserbase.com/introduction/getting-started", entropy=3.0),
    row("apify-token", "ai", "Apify API token", "apify_api_<a:36>", "", "https://docs.apify.com/platform/integrations/api", entropy=3.0),
    row("mem0-key", "ai", "Mem0 API key", "m0-<a:40>", "", "https://docs.mem0.ai/api-reference", entropy=3.5),
    row("wandb-token", "ai", "Weights & Biases API key", "wandb_v1_<w:70-90>", "", "https://docs.wandb.ai/support/find_api_key/", entropy=3.5),
    row("anyscale-secret", "ai", "Anyscale API key", "esecret_<x:26>", "", "https://docs.anyscale.com/", entropy=3.0),
    row("zhipu-key", "ai", "Zhipu AI API key", "<h:32>.<a:16>", "", "https://docs.z.ai/guides/overview/quick-start", words="zhipu zai glm bigmodel", entropy=3.0),
    row("ollama-key", "ai", "Ollama API key", "<h:32>.<s:24>", "", "https://docs.ollama.com/cloud", words="ollama", entropy=3.0),
    row("deepgram-key", "ai", "Deepgram API key", "<h:40>", "", "https://developers.deepgram.com/docs/create-additional-api-keys", words="deepgram", entropy=3.0),
    row("assemblyai-key", "ai", "AssemblyAI API key", "<h:32>", "", "https://www.assemblyai.com/docs/", words="assemblyai", entropy=3.0),
    row("langfuse-public-key", "identifier", "Langfuse public key", "pk-lf-<uuid>", "", "https://langfuse.com/faq/all/where-are-langfuse-api-keys"),
)  # fmt: skip
