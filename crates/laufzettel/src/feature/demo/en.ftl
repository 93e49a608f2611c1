# Start page of the demo

title = Demo
company-html = You work for { $company }, an invented company with invented customers.
who = As whom would you like to look around?
temporary = Everything here is temporary: the data vanish when the program ends.
send-html = A mail to { $mailbox }, sent by LMTP to { $place }, appears in the inbox by itself.
sandbox = sandbox
sandbox-html = What you send does not leave this machine: the { $sandbox } shows it as your customers see it.
