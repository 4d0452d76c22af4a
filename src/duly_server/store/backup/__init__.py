"""The office as rows in lines of text: taken out at one instant, and brought in elsewhere."""
