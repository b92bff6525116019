"""Papers of the office in the form of Nghị định 30/2020/NĐ-CP, one module each; Word, and PDF made from it.

A paper is a pure function of a report value. Vietnamese in every language: they are signed and filed.
"""
