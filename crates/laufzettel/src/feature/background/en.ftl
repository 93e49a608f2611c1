# What runs in the background

title = Background
about = This work is done by itself, with several processes in one of them. If some of it stands still or fails, it is said here. Look into the server's log then.
worker = Work
last = Last
next = Next
result = Result
never = has not run yet
well = in order
failed = failed
late = overdue

intake = Deciding about incoming mails
fetching = Fetching mailboxes
sending = Sending mails
sent-copies = Copies for Sent folders
notices = Notices and closing mails
resubmissions = Tickets that come back
tidying-up = Deleting what is old
files = Deleting unused files
