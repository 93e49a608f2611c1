//! A mail server gives a mail back (RFC 3464).

use super::Letter;

/// A report that a mail could not be delivered. `letter` is the mail that comes back, its
/// Message-ID, sender, recipient and subject; `failed` the address that could not be reached, and
/// `server` the server that says so.
pub fn bounce(letter: &Letter<'_>, server: &str, failed: &str) -> Vec<u8> {
    let date = letter.date("%a, %d %b %Y %H:%M:%S %z");
    let (trace, sender) = (&letter.trace, &letter.from.address);
    let boundary = format!("{trace}.{server}");
    let subject = super::encode::encoded_words("Subject: ", &letter.subject, letter.charset());
    format!(
        "Return-Path: <>\r\n\
         Received: by {server} (Postfix) id {trace}; {date}\r\n\
         From: Mail Delivery System <MAILER-DAEMON@{server}>\r\n\
         To: {sender}\r\n\
         Subject: Undelivered Mail Returned to Sender\r\n\
         Date: {date}\r\n\
         Message-ID: <{trace}@{server}>\r\n\
         Auto-Submitted: auto-replied\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"{boundary}\"\r\n\r\n\
         --{boundary}\r\n\
         Content-Description: Notification\r\n\
         Content-Type: text/plain; charset=us-ascii\r\n\r\n\
         This is the mail system at host {server}.\r\n\r\n\
         I'm sorry to have to inform you that your message could not\r\n\
         be delivered to one or more recipients. It's attached below.\r\n\r\n\
         <{failed}>: host mailstore.{server}[203.0.113.77] said: 552 5.2.2\r\n    \
         <{failed}>: Recipient mailbox is full (in reply to end of DATA command)\r\n\r\n\
         --{boundary}\r\n\
         Content-Description: Delivery report\r\n\
         Content-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; {server}\r\n\
         X-Postfix-Queue-ID: {trace}\r\n\
         Arrival-Date: {date}\r\n\r\n\
         Final-Recipient: rfc822; {failed}\r\n\
         Original-Recipient: rfc822;{failed}\r\n\
         Action: failed\r\n\
         Status: 5.2.2\r\n\
         Remote-MTA: dns; mailstore.{server}\r\n\
         Diagnostic-Code: smtp; 552 5.2.2 <{failed}>: Recipient mailbox is full\r\n\r\n\
         --{boundary}\r\n\
         Content-Description: Undelivered Message Headers\r\n\
         Content-Type: text/rfc822-headers\r\n\r\n\
         From: {sender}\r\n\
         To: {failed}\r\n\
         {subject}\
         Date: {date}\r\n\
         Message-ID: <{id}>\r\n\r\n\
         --{boundary}--\r\n",
        id = letter.message_id,
    )
    .into_bytes()
}
