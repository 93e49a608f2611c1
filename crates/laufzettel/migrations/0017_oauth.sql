-- Signing in to mail accounts with OAuth 2 (RFC 6749): our registration with a provider, and who signed in.
--
-- oauth_client.client_secret, oauth_login.refresh_token, oauth_login.access_token, oauth_attempt.verifier: sealed.
-- oauth_client.authorize_url, token_url: null: those of the provider.
-- oauth_login.ends_at: when the sign-in ends, if the provider said so.
-- oauth_login.problem: somebody has to sign in again; null: it works.
-- oauth_attempt: somebody was sent to the provider and is expected back.

create table oauth_client (
    id {int} primary key,
    name {text} not null unique,
    client_id {text} not null,
    client_secret {blob},
    secret_ends_at {int},
    tenant {text},
    authorize_url {text},
    token_url {text},
    version {int} not null
);

create table oauth_login (
    client {text} not null,
    account {text} not null,
    refresh_token {blob},
    access_token {blob},
    access_ends_at {int},
    ends_at {int},
    problem {text},
    words {text},
    signed_in_at {int} not null,
    primary key (client, account)
);

create table oauth_attempt (
    state_hash {blob} not null primary key,
    agent {int} not null references agent (id),
    client {text} not null,
    account {text} not null,
    verifier {blob} not null,
    back {text} not null,
    expires_at {int} not null
);
