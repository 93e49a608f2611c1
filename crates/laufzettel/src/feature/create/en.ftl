# A new ticket

opening-greeting = Hello,
opening-text = we have registered your request under the number { $number } and are looking into it.
opening-answer = If you would like to add something, please reply to this mail.
