"""What articles say, as data: figures, dates, names, quotations, words, keywords, and which articles are alike.

What one text shows is found by pure functions of it; what many say together is summed, on disk where it is much.
"""
