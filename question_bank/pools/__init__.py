"""What an exam may draw from at one moment. How it draws is no matter of the bank."""
