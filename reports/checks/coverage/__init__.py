"""Proof that every question, option, rule, resource and sentence of the content is reached by some answers.

A *claim* says that some answers reach an item of the content: that a question is asked, a resource
recommended or a sentence printed. It has two parts: a search for candidate answers, and a test (`holds`) of
the real path or the real plan. A *witness* is a set of answers that passes the test.

The search states what the answers must contain as conjunctions, and the condition solver completes them.
So the time grows with the content and not with the number of possible answers. A candidate may be wrong, the
test may not: a claim whose candidates all fail is reported as an error in the content. To save time, `prover`
lets as many claims as possible share one set of answers, and searches for the others one by one.
"""
