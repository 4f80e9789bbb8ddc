"""Credentials of applications and other services, and those known by where they stand. Data, as of 2026-11."""

from __future__ import annotations

from infralint.tables.secret_formats import Format, row

_ADOBE = "https://developer.adobe.com/developer-console/docs/guides/authentication/"
_ASANA = "https://developers.asana.com/docs/oauth"
_DROPBOX = "https://developers.dropbox.com/oauth-guide"
_LINEAR = "https://linear.app/developers/graphql"
_NOTION = "https://developers.notion.com/reference/authentication"
_CURL = "https://curl.se/docs/manpage.html"

SERVICES: tuple[Format, ...] = (
    row("adafruit-key", "app", "Adafruit IO key", "<s:32>", "adafruit-api-key", "https://io.adafruit.com/api/docs/#authentication",
        words="adafruit", entropy=3.0),
    row("adafruit-aio-key", "app", "Adafruit IO key", "aio_<a:28>", "", "https://io.adafruit.com/api/docs/#authentication", entropy=3.0),
    row("adobe-client-id", "identifier", "Adobe client id", "<H:32>", "adobe-client-id", _ADOBE, words="adobe", entropy=2.5),
    row("adobe-secret", "app", "Adobe client secret", "p8e-<x:32>", "adobe-client-secret", _ADOBE),
    row("asana-id", "identifier", "Asana client id", "<d:16>", "asana-client-id", _ASANA, words="asana", entropy=2.0),
    row("asana-secret", "app", "Asana client secret", "<x:32>", "asana-client-secret", _ASANA, words="asana", entropy=3.0),
    row("dropbox-key", "app", "Dropbox app key", "<x:15>", "dropbox-api-token", _DROPBOX, words="dropbox", entropy=2.5),
    row("dropbox-token", "app", "Dropbox access token", "sl.<e:130-1200>", "dropbox-short-lived-api-token", _DROPBOX, words="dropbox", entropy=3.5),
    row("dropbox-long-token", "app", "Dropbox access token", "<x:11>AAAAAAAAAA<e:43>", "dropbox-long-lived-api-token", _DROPBOX, words="dropbox", entropy=3.0),
    row("figma-token", "app", "Figma access token", "figd_<s:40>", "", "https://developers.figma.com/docs/rest-api/authentication/", entropy=3.0),
    row("frameio-token", "app", "Frame.io token", "fio-u-<e:64>", "frameio-api-token", "https://developer.frame.io/docs/getting-started/authentication", entropy=3.0),
    row("freemius-key", "app", "Freemius secret key", "", "g:freemius-secret-key", "https://freemius.com/help/documentation/wordpress-sdk/"),
    row("hubspot-key", "app", "HubSpot API key", "<uuid>", "hubspot-api-key", "https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/overview", words="hubspot"),
    row("hubspot-pat", "app", "HubSpot private app token", "pat-na1-<uuid> pat-eu1-<uuid>", "",
        "https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview"),
    row("intra42-secret", "app", "42 client secret", "s-s4t2ud-<h:64> s-s4t2af-<h:64>", "intra42-client-secret", "https://api.intra.42.fr/apidoc/guides/getting_started", entropy=3.0),
    row("linear-key", "app", "Linear API key", "lin_api_<a:40>", "linear-api-key", _LINEAR),
    row("linear-secret", "app", "Linear client secret", "<h:32>", "linear-client-secret", _LINEAR, words="linear", entropy=2.5),
    row("notion-token", "app", "Notion integration token", "ntn_<d:11><a:35>", "g:notion-api-token", _NOTION, entropy=3.5),
    row("notion-old-token", "app", "Notion integration token", "secret_<a:43>", "", _NOTION, words="notion", entropy=3.5),
    row("nytimes-key", "app", "New York Times API key", "<e:32>", "nytimes-access-token", "https://developer.nytimes.com/get-started",
        words="nytimes newyorktimes", entropy=3.0),
    row("onfido-token", "app", "Onfido live token", "api_live.<s:8-40>.<s:20-60> api_live_ca.<s:8-40>.<s:20-60> api_live_us.<s:8-40>.<s:20-60>",
        "s:detected-onfido-live-api-token", "https://documentation.onfido.com/api/latest/", entropy=2.5),
    row("postman-key", "app", "Postman API key", "PMAK-<h:24>-<h:34>", "postman-api-token", "https://learning.postman.com/docs/developer/postman-api/authentication/", entropy=3.0),
    row("rapidapi-key", "app", "RapidAPI key", "<s:50>", "rapidapi-access-token", "https://docs.rapidapi.com/docs/keys", words="rapidapi", entropy=3.0),
    row("readme-key", "app", "ReadMe API key", "rdme_<x:70>", "readme-api-token", "https://docs.readme.com/main/reference/authentication", entropy=3.0),
    row("typeform-token", "app", "Typeform access token", "tfp_<E:59>", "typeform-api-token", "https://www.typeform.com/developers/get-started/personal-access-token/", entropy=3.0),
    row("mux-secret", "app", "Mux token secret", "<b:75>", "", "https://www.mux.com/docs/core/make-api-requests", words="muxsecret muxtokensecret", entropy=4.0),
    row("clerk-key", "app", "Clerk secret key", "sk_live_<a:40-60> sk_test_<a:40-60>", "", "https://clerk.com/docs/deployments/clerk-environment-variables", words="clerk", entropy=3.0),
    row("jwt", "jwt", "JSON web token", "", "g:jwt s:jwt s:detected-jwt-token c:9", "https://www.rfc-editor.org/rfc/rfc7519", entropy=3.0, check="jwt"),
    row("jwt-base64", "jwt", "JSON web token in base64", "", "jwt-base64", "https://www.rfc-editor.org/rfc/rfc7519", entropy=3.0),
    row("password-hash", "hash", "password hash", "", "s:detected-bcrypt-hash", "https://man7.org/linux/man-pages/man5/crypt.5.html"),
    row("shadow-line", "hash", "line of a shadow file", "", "s:detected-etc-shadow", "https://man7.org/linux/man-pages/man5/shadow.5.html"),
    row("curl-user", "web", "password on a curl command line", "", "g:curl-auth-user", _CURL),
    row("curl-header", "web", "credential in a curl header", "", "g:curl-auth-header", _CURL),
    row("command-password", "web", "password or token on a command line", "", "", "https://cwe.mitre.org/data/definitions/214.html"),
    row("inside-value", "web", "password or key inside a value", "", "", "https://cwe.mitre.org/data/definitions/798.html"),
    row("sshpass", "web", "password on an sshpass command line", "", "s:detected-ssh-password", "https://linux.die.net/man/1/sshpass"),
    row("kubernetes-secret", "manifest", "value in a Kubernetes Secret", "", "g:kubernetes-secret-yaml",
        "https://kubernetes.io/docs/concepts/configuration/secret/"),
    row("nuget-password", "plain", "NuGet source password", "", "g:nuget-config-password", "https://learn.microsoft.com/en-us/nuget/reference/nuget-config-file"),
    row("terraform-password", "plain", "password in Terraform", "", "hashicorp-tf-password", "https://developer.hashicorp.com/terraform/language/values/variables"),
    row("npm-password", "registry", "npm registry password", "", "s:detected-npm-registry-auth-token c:12",
        "https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration"),
    row("service-account", "identifier", "Google service account key file", "", "s:detected-google-gcm-service-account",
        "https://cloud.google.com/iam/docs/keys-create-delete"),
    row("generic", "generic", "random value", "", "generic-api-key c:6", "https://cwe.mitre.org/data/definitions/798.html"),
    row("digits", "plain", "long run of digits", "", "s:detected-generic-api-key s:detected-generic-secret",
        "https://cwe.mitre.org/data/definitions/798.html"),
)  # fmt: skip
