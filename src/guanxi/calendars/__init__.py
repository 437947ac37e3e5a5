"""Work calendars: the hours of the week, holidays and make-up workdays, and their running totals."""
