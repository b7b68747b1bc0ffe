# The party on workerd alone: `workerd serve selfhost/party.capnp`, after `node selfhost/bundle.mjs`.
# Rooms are in PARTY_STORAGE's place, /data/rooms by default: --directory-path rooms=/another/place
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "party", worker = .party),
    (name = "rooms", disk = (path = "/data/rooms", writable = true)),
    # The app's address, where PARTY_TOKEN_JWKS names it: keys come from inside of the network too.
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "*:1999", http = (), service = "party")],
);

const party :Workerd.Worker = (
  modules = [(name = "party.js", esModule = embed "out/party.js")],
  compatibilityDate = "2026-04-24",
  compatibilityFlags = ["no_web_socket_compression"],
  durableObjectNamespaces = [(className = "Main", uniqueKey = "guestlist-main", enableSql = true)],
  durableObjectStorage = (localDisk = "rooms"),
  bindings = [
    (name = "Main", durableObjectNamespace = "Main"),
    (name = "PARTY_TOKEN_JWKS", fromEnvironment = "PARTY_TOKEN_JWKS"),
    (name = "PARTY_PREVIEW_JWKS", fromEnvironment = "PARTY_PREVIEW_JWKS"),
    (name = "APP_ORIGINS", fromEnvironment = "APP_ORIGINS"),
    (name = "PARTY_API_KEY", fromEnvironment = "PARTY_API_KEY"),
    (name = "PARTY_TRUSTED_ISSUERS", fromEnvironment = "PARTY_TRUSTED_ISSUERS"),
    (name = "PARTY_GRACE_SECONDS", fromEnvironment = "PARTY_GRACE_SECONDS"),
    (name = "PARTY_RELAY", fromEnvironment = "PARTY_RELAY"),
    (name = "LIMIT_MESSAGES_PER_SECOND", fromEnvironment = "LIMIT_MESSAGES_PER_SECOND"),
    (name = "LIMIT_MESSAGES_PER_MINUTE", fromEnvironment = "LIMIT_MESSAGES_PER_MINUTE"),
    (name = "LIMIT_CONNECTIONS_PER_ROOM", fromEnvironment = "LIMIT_CONNECTIONS_PER_ROOM"),
    (name = "LIMIT_CONNECTIONS_PER_PERSON", fromEnvironment = "LIMIT_CONNECTIONS_PER_PERSON"),
    (name = "ROOM_RELAYS", fromEnvironment = "ROOM_RELAYS"),
  ],
);
