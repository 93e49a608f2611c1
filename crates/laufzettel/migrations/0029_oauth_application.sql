-- Signing in as an application (RFC 6749 section 4.4): nobody signs in, Laufzettel itself may open mailboxes.
--
-- oauth_client.sign_in: 'person' or 'application'.
-- oauth_client.access_token: that of the application, sealed.

alter table oauth_client add column sign_in {text} not null default 'person';
alter table oauth_client add column access_token {blob};
alter table oauth_client add column access_ends_at {int};
