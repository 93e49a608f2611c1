# Automatic answers

your-request = Your request
