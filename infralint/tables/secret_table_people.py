"""Credentials of chat, mail, telephony, payment and commerce. Data, as of 2026-11; see `secret_formats`."""

from __future__ import annotations

from infralint.tables.secret_formats import Format, row

_SLACK = "https://docs.slack.dev/authentication/tokens"
_HOOKS = "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"
_DISCORD = "https://discord.com/developers/docs/reference#authentication"
_TELEGRAM = "https://core.telegram.org/bots/api#authorizing-your-bot"
_MAILGUN = "https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/"
_TWILIO = "https://www.twilio.com/docs/iam/api-keys"
_STRIPE = "https://docs.stripe.com/keys"
_SHOPIFY = "https://shopify.dev/docs/apps/build/authentication-authorization"
_SQUARE = "https://developer.squareup.com/docs/build-basics/access-tokens"
_PLAID = "https://plaid.com/docs/api/#api-access"
_FLUTTERWAVE = "https://developer.flutterwave.com/docs/authentication"
_EASYPOST = "https://docs.easypost.com/docs/authentication"
_LOB = "https://docs.lob.com/#tag/Authentication"
_FINICITY = "https://developer.mastercard.com/open-finance-us/documentation/quick-start-guide/"
_KUCOIN = "https://www.kucoin.com/docs-new/authentication"
_BITTREX = "https://bittrex.github.io/api/v3"
_META = "https://developers.facebook.com/docs/facebook-login/guides/access-tokens/"
_X = "https://docs.x.com/fundamentals/authentication/overview"
_LINKEDIN = "https://learn.microsoft.com/en-us/linkedin/shared/authentication/authentication"
_BIRD = "https://developers.messagebird.com/api/#authentication"
_SENDBIRD = "https://sendbird.com/docs/chat/platform-api/v3/prepare-to-use-api"
_BRAINTREE = "https://developer.paypal.com/braintree/docs/guides/extend/grant/overview"

PEOPLE: tuple[Format, ...] = (
    row("slack-bot-token", "chat", "Slack bot token", "xoxb-<d:10-13>-<d:10-13>-<a:15-40> xoxb-<d:10-13>-<d:10-13><s:0-40>",
        "slack-bot-token s:detected-slack-token c:14", _SLACK, entropy=3.0),
    row("slack-old-bot-token", "chat", "Slack bot token", "xoxb-<d:8-14>-<a:18-26>", "slack-legacy-bot-token c:14", _SLACK, entropy=2.0),
    row("slack-user-token", "chat", "Slack user token", "xoxp-<d:10-13>-<d:10-13>-<d:10-13>-<a:28-36> xoxe-<d:10-13>-<d:10-13>-<d:10-13>-<a:28-36>",
        "slack-user-token s:detected-slack-token k:Slack_Token c:14", _SLACK, entropy=2.0),
    row("slack-app-token", "chat", "Slack app token", "xapp-<d:1>-<U:8-14>-<d:10-15>-<a:40-100>", "slack-app-token", _SLACK, entropy=2.0),
    row("slack-config-token", "chat", "Slack configuration token", "xoxe.xoxp-<d:1>-<U:163-166> xoxe.xoxp-<d:1>-<a:160-170> xoxe.xoxb-<d:1>-<a:160-170>",
        "slack-config-access-token", _SLACK, entropy=2.0),
    row("slack-config-refresh-token", "chat", "Slack configuration refresh token", "xoxe-<d:1>-<a:140-150>",
        "slack-config-refresh-token", _SLACK, entropy=2.0),
    row("slack-old-token", "chat", "Slack legacy token",
        "xoxs-<d:6-13>-<d:6-13>-<d:6-13>-<a:10-70> xoxo-<d:6-13>-<d:6-13>-<d:6-13>-<a:10-70>",
        "slack-legacy-token c:14", _SLACK, entropy=2.0),
    row("slack-workspace-token", "chat", "Slack workspace token", "xoxa-<d:1>-<s:8-60> xoxr-<d:1>-<s:8-60> xoxa-<x:8-48> xoxr-<x:8-48>",
        "slack-legacy-workspace-token", _SLACK, entropy=2.0),
    row("slack-webhook", "chat", "Slack webhook",
        "hooks.slack.com/services/T<U:8-11>/B<U:8-11>/<a:24> hooks.slack.com/services/<b:43-56> "
        "hooks.slack.com/workflows/<b:43-56> hooks.slack.com/triggers/<b:43-56>",
        "slack-webhook-url s:detected-slack-webhook ~k:Slack_Webhook", _HOOKS, entropy=3.0),
    row("discord-webhook", "chat", "Discord webhook", "discord.com/api/webhooks/<d:17-20>/<s:60-72> discordapp.com/api/webhooks/<d:17-20>/<s:60-72>",
        "", "https://discord.com/developers/docs/resources/webhook", entropy=3.0),
    row("discord-token", "chat", "Discord token", "<h:64>", "discord-api-token", _DISCORD, words="discord", entropy=3.0),
    row("discord-bot-token", "chat", "Discord bot token", "<s:24-28>.<s:6>.<s:27-38>", "", _DISCORD, words="discord bot", entropy=3.5),
    row("discord-client-id", "identifier", "Discord client id", "<d:18>", "discord-client-id", _DISCORD, words="discord", entropy=2.0),
    row("discord-client-secret", "chat", "Discord client secret", "<e:32>", "discord-client-secret", _DISCORD, words="discord", entropy=2.0),
    row("teams-webhook", "chat", "Microsoft Teams webhook",
        ".webhook.office.com/webhookb2/<x:8>-<x:4>-<x:4>-<x:4>-<x:12>@<x:8>-<x:4>-<x:4>-<x:4>-<x:12>/IncomingWebhook/<x:32>/<x:8>-<x:4>-<x:4>-<x:4>-<x:12>",
        "microsoft-teams-webhook k:MSTeams_Webhook", "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook"),
    row("outlook-webhook", "chat", "Microsoft Teams webhook", "outlook.office.com/webhook/<uuid>@<H:0-8>", "s:detected-outlook-team",
        "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook"),
    row("telegram-token", "chat", "Telegram bot token", "<d:5-16>:A<s:34>", "telegram-bot-api-token s:detected-telegram-bot-api-key", _TELEGRAM,
        words="telegram telegr bot", entropy=3.0),
    row("telegram-long-token", "chat", "Telegram bot token", "<d:8-10>:AA<s:33>", "telegram-bot-api-token s:detected-telegram-bot-api-key", _TELEGRAM, entropy=3.5),
    row("mattermost-token", "chat", "Mattermost access token", "<x:26>", "mattermost-access-token",
        "https://developers.mattermost.com/integrate/reference/personal-access-token/", words="mattermost", entropy=3.0),
    row("gitter-token", "chat", "Gitter access token", "<s:40>", "gitter-access-token", "https://developer.gitter.im/docs/authentication",
        words="gitter", entropy=3.0),
    row("twitch-token", "chat", "Twitch token", "<x:30>", "twitch-api-token", "https://dev.twitch.tv/docs/authentication/", words="twitch", entropy=3.0),
    row("sendgrid-token", "mail", "SendGrid API key", "SG.<s:22>.<s:43>",
        "sendgrid-api-token s:detected-sendgrid-api-key k:SendGrid_API_Key", "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys", entropy=3.0),
    row("sendgrid-odd-token", "mail", "SendGrid API key", "SG.<E:66>", "sendgrid-api-token",
        "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys", words="sendgrid sengrid", entropy=3.0),
    row("mailgun-key", "mail", "Mailgun private API key", "key-<x:32>", "mailgun-private-api-token s:detected-mailgun-api-key k:Mailgun_API_Key", _MAILGUN, entropy=2.5),
    row("mailgun-public-key", "identifier", "Mailgun public key", "pubkey-<h:32>", "mailgun-pub-key", _MAILGUN),
    row("mailgun-signing-key", "mail", "Mailgun signing key", "<h:32>-<h:8>-<h:8>", "mailgun-signing-key", _MAILGUN, words="mailgun", entropy=2.5),
    row("mailchimp-key", "mail", "Mailchimp API key", "<h:32>-us<d:1-2>",
        "mailchimp-api-key s:detected-mailchimp-api-key k:MailChimp_API_Key c:11", "https://mailchimp.com/developer/marketing/guides/quick-start/"),
    row("mandrill-key", "mail", "Mandrill API key", "md-<s:22>", "", "https://mailchimp.com/developer/transactional/guides/quick-start/",
        words="mandrill mailchimp", entropy=3.0),
    row("brevo-key", "mail", "Brevo API key", "xkeysib-<h:64>-<a:16> xsmtpsib-<h:64>-<a:16>", "sendinblue-api-token",
        "https://developers.brevo.com/docs/getting-started"),
    row("resend-key", "mail", "Resend API key", "re_<a:8>_<a:24>", "", "https://resend.com/docs/api-reference/api-keys/create-api-key", entropy=3.5),
    row("postmark-token", "mail", "Postmark token", "<uuid>", "", "https://postmarkapp.com/developer/api/overview", words="postmark"),
    row("beamer-token", "mail", "Beamer API token", "b_<e:44>", "beamer-api-token", "https://www.getbeamer.com/api", words="beamer", entropy=3.0),
    row("twilio-key", "mail", "Twilio API key", "SK<H:32>", "twilio-api-key s:detected-twilio-api-key k:Twilio_API_Key c:18", _TWILIO, entropy=3.0),
    row("twilio-account", "identifier", "Twilio account SID", "AC<h:32>", "", _TWILIO, words="twilio", entropy=2.5),
    row("twilio-auth-token", "mail", "Twilio auth token", "<h:32>", "", _TWILIO, words="twilioauth twiliotoken twiliosecret", entropy=3.0),
    row("messagebird-token", "mail", "MessageBird API token", "<x:25>", "messagebird-api-token", _BIRD, words="messagebird", entropy=3.0),
    row("messagebird-client-id", "identifier", "MessageBird client id", "<uuid>", "messagebird-client-id", _BIRD, words="messagebird"),
    row("sendbird-id", "identifier", "Sendbird application id", "<uuid>", "sendbird-access-id", _SENDBIRD, words="sendbird"),
    row("sendbird-token", "mail", "Sendbird API token", "<h:40>", "sendbird-access-token", _SENDBIRD, words="sendbird", entropy=3.0),
    row("intercom-key", "mail", "Intercom API key", "<e:60>", "intercom-api-key", "https://developers.intercom.com/docs/build-an-integration/learn-more/authentication",
        words="intercom", entropy=3.0),
    row("zendesk-key", "mail", "Zendesk secret key", "<x:40>", "zendesk-secret-key", "https://developer.zendesk.com/api-reference/introduction/security-and-auth/",
        words="zendesk", entropy=3.0),
    row("freshbooks-token", "payment", "FreshBooks access token", "<x:64>", "freshbooks-access-token", "https://www.freshbooks.com/api/authentication",
        words="freshbooks", entropy=3.0),
    row("stripe-key", "payment", "Stripe secret key",
        "sk_live_<a:10-99> sk_prod_<a:10-99> sk_test_<a:10-99>",
        "stripe-access-token s:detected-stripe-api-key s:detected-picatic-api-key k:Stripe_API_Key k:Picatic_API_Key c:17", _STRIPE, entropy=2.0),
    row("stripe-restricted-key", "payment", "Stripe restricted key", "rk_live_<a:10-99> rk_prod_<a:10-99> rk_test_<a:10-99>",
        "stripe-access-token s:detected-stripe-restricted-api-key k:Stripe_Restricted_API_Key ~c:17", _STRIPE, entropy=1.8),
    row("stripe-webhook-secret", "payment", "Stripe webhook signing secret", "whsec_<b:32>", "", "https://docs.stripe.com/webhooks", entropy=3.0),
    row("shopify-token", "payment", "Shopify access token", "shpat_<H:32>", "shopify-access-token", _SHOPIFY),
    row("shopify-custom-token", "payment", "Shopify custom app token", "shpca_<H:32>", "shopify-custom-access-token", _SHOPIFY),
    row("shopify-private-token", "payment", "Shopify private app password", "shppa_<H:32>", "shopify-private-app-access-token", _SHOPIFY),
    row("shopify-secret", "payment", "Shopify shared secret", "shpss_<H:32>", "shopify-shared-secret", _SHOPIFY),
    row("square-token", "payment", "Square access token", "EAAA<s:22-60> sq0atp-<s:22>",
        "square-access-token s:detected-square-access-token k:Square_Access_Token", _SQUARE, entropy=2.5),
    row("square-secret", "payment", "Square application secret", "sq0csp-<s:43>", "~s:detected-square-oauth-secret ~k:Square_OAuth_Secret c:16", _SQUARE, entropy=2.5),
    row("braintree-token", "payment", "PayPal Braintree access token", "access_token$production$<x:16>$<x:32>",
        "s:detected-paypal-braintree-access-token k:PayPal_Braintree_Access_Token", _BRAINTREE),
    row("plaid-token", "payment", "Plaid access token", "access-production-<uuid> access-development-<uuid> access-sandbox-<uuid>", "plaid-api-token", _PLAID),
    row("plaid-client-id", "identifier", "Plaid client id", "<a:24>", "plaid-client-id", _PLAID, words="plaid", entropy=3.0),
    row("plaid-secret", "payment", "Plaid secret", "<a:30>", "plaid-secret-key", _PLAID, words="plaid", entropy=3.0),
    row("razorpay-key", "payment", "Razorpay key id", "rzp_live_<a:14>", "", "https://razorpay.com/docs/api/authentication/", entropy=3.0),
    row("coinbase-token", "payment", "Coinbase access token", "<s:64>", "coinbase-access-token",
        "https://docs.cdp.coinbase.com/get-started/authentication/overview", words="coinbase", entropy=3.0),
    row("kraken-token", "payment", "Kraken API secret", "<B:80-90>", "kraken-access-token", "https://docs.kraken.com/api/docs/guides/global-intro",
        words="kraken", entropy=3.5),
    row("kucoin-key", "payment", "KuCoin API key", "<h:24>", "kucoin-access-token", _KUCOIN, words="kucoin"),
    row("kucoin-secret", "payment", "KuCoin API secret", "<uuid>", "kucoin-secret-key", _KUCOIN, words="kucoin"),
    row("bittrex-key", "payment", "Bittrex API key", "<x:32>", "bittrex-access-key bittrex-secret-key", _BITTREX, words="bittrex", entropy=3.0),
    row("finicity-token", "payment", "Finicity app key", "<h:32>", "finicity-api-token", _FINICITY, words="finicity", entropy=2.5),
    row("finicity-secret", "payment", "Finicity partner secret", "<x:20>", "finicity-client-secret", _FINICITY, words="finicity", entropy=2.5),
    row("finnhub-token", "payment", "Finnhub API key", "<x:20>", "finnhub-access-token", "https://finnhub.io/docs/api/authentication",
        words="finnhub", entropy=2.5),
    row("flutterwave-encryption-key", "payment", "Flutterwave encryption key", "FLWSECK_TEST-<H:12>", "flutterwave-encryption-key", _FLUTTERWAVE, entropy=2.0),
    row("flutterwave-secret-key", "payment", "Flutterwave secret key", "FLWSECK_TEST-<H:32>-X FLWSECK-<H:32>-X", "flutterwave-secret-key", _FLUTTERWAVE, entropy=2.0),
    row("flutterwave-public-key", "identifier", "Flutterwave public key", "FLWPUBK_TEST-<H:32>-X FLWPUBK-<H:32>-X", "flutterwave-public-key", _FLUTTERWAVE, entropy=2.0),
    row("gocardless-token", "payment", "GoCardless access token", "live_<e:40>", "gocardless-api-token",
        "https://developer.gocardless.com/getting-started/api/introduction/", words="gocardless", entropy=3.0),
    row("duffel-token", "payment", "Duffel access token", "duffel_test_<e:43> duffel_live_<e:43>", "duffel-api-token",
        "https://duffel.com/docs/api/overview/authentication"),
    row("easypost-key", "payment", "EasyPost API key", "EZAK<a:54>", "easypost-api-token", _EASYPOST),
    row("easypost-test-key", "payment", "EasyPost test API key", "EZTK<a:54>", "easypost-test-api-token", _EASYPOST),
    row("shippo-token", "payment", "Shippo API token", "shippo_live_<H:40> shippo_test_<H:40>", "shippo-api-token",
        "https://docs.goshippo.com/docs/guides_general/authentication/"),
    row("lob-key", "payment", "Lob API key", "live_<h:35> test_<h:35>", "lob-api-key", _LOB, words="lob"),
    row("lob-public-key", "identifier", "Lob publishable key", "live_pub_<h:31> test_pub_<h:31>", "lob-pub-api-key", _LOB, words="lob"),
    row("etsy-token", "payment", "Etsy keystring", "<x:24>", "etsy-access-token", "https://developers.etsy.com/documentation/essentials/authentication",
        words="etsy", entropy=3.0),
    row("squarespace-token", "payment", "Squarespace API key", "<uuid>", "squarespace-access-token",
        "https://developers.squarespace.com/commerce-apis/authentication-and-permissions", words="squarespace"),
    row("facebook-token", "app", "Facebook app token", "<d:15-16>|<s:27>", "g:facebook-access-token", _META, words="", entropy=3.0),
    row("facebook-page-token", "app", "Facebook access token", "EAACEdEose0cBA<a:20-1000> EAAC<a:100-1000> EAAM<a:100-1000> EAAA<a:100-1000>",
        "g:facebook-page-access-token s:detected-facebook-access-token k:Facebook_Access_Token", _META, entropy=4.0),
    row("facebook-secret", "app", "Facebook app secret", "<h:32>", "g:facebook-secret s:facebook s:detected-facebook-oauth", _META,
        words="facebook fb clientsecret", entropy=3.0),
    row("x-api-key", "app", "X API key", "<x:25>", "twitter-api-key", _X, words="twitter", entropy=3.0),
    row("x-api-secret", "app", "X API secret", "<x:50>", "twitter-api-secret", _X, words="twitter", entropy=3.0),
    row("x-access-token", "app", "X access token", "<d:15-25>-<a:20-40>", "twitter-access-token", _X, words="twitter", entropy=3.0),
    row("x-access-secret", "app", "X access token secret", "<x:45>", "twitter-access-secret", _X, words="twitter", entropy=3.0),
    row("x-bearer-token", "app", "X bearer token", "AAAAAAAAAAAAAAAAAAAAAA<p:80-100>", "twitter-bearer-token", _X, entropy=3.0),
    row("linkedin-client-id", "identifier", "LinkedIn client id", "<x:14>", "linkedin-client-id", _LINKEDIN, words="linkedin", entropy=2.0),
    row("linkedin-secret", "app", "LinkedIn client secret", "<a:16>", "linkedin-client-secret", _LINKEDIN, words="linkedin", entropy=2.5),
    row("flickr-token", "app", "Flickr API key", "<x:32>", "flickr-access-token", "https://www.flickr.com/services/api/misc.api_keys.html",
        words="flickr", entropy=3.0),
)  # fmt: skip
