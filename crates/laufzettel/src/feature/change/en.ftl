# What is confirmed after a change

status-set = Status: { $name }
assignee-set = Assignee: { $name }
assignee-cleared = Nobody is assigned
area-set = Area: { $name }
priority-set = Priority: { $name }
queue-set = Queue: { $name }
queue-cleared = In no queue
category-set = Category: { $name }
category-cleared = No category
request-type-set = Request type: { $name }
request-type-cleared = No request type
contact-changed = Contact changed
contact-cleared = No contact
changed = Changed
tags-changed = Tags changed
marks-changed = Marks changed
due-set = Due: { $time }
due-cleared = No deadline
resubmission-set = Comes back: { $time }
resubmission-cleared = Does not come back
marked-unread = Marked as unread
marked-read = Marked as read
trashed = Moved to the bin
spammed = Put aside as spam
restored = Restored
undone = Undone
selection-changed = { $count ->
    [one] { $count } ticket changed
   *[other] { $count } tickets changed
}
selection-refused = { $count ->
    [one] { $count } ticket could not be changed
   *[other] { $count } tickets could not be changed
}

## Why something did not work
not-allowed = You may not do this in this area. An administrator can give you the right.
stale = Somebody else has just changed this ticket. Have a look, then change it again.
unknown-value = This value is gone. Choose another one.
empty-value = Something must stand here.
too-long = This is too long.
no-right-there = You may not work in that area.
undo-too-late = This can no longer be undone.
not-an-address = { $text } is not an e-mail address.
not-a-time = This is not a moment.
