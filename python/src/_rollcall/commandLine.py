"""Command lines that are one text, split into words as a platform would. No shell is asked: there are no variables,
wildcards, pipes or redirections."""

import shlex
from typing import List


def split(text: str, platform: str) -> List[str]:
    """The words of a command line. Raises ValueError for a quote that is not closed."""
    return _splitWindows(text) if platform == "win32" else shlex.split(text)


def _splitWindows(text: str) -> List[str]:
    """
    By the rules of Microsoft's C library: words are separated by blanks; quotes keep blanks; before a quote each pair of
    backslashes is one, and one that is left makes the quote a character; two quotes inside quotes are one.
    """
    words: List[str] = []
    word = ""
    isWord = isQuoted = False
    position = 0
    while position < len(text):
        character = text[position]
        if character == "\\":
            end = position
            while end < len(text) and text[end] == "\\":
                end += 1
            count = end - position
            isWord = True
            if end < len(text) and text[end] == '"':
                word += "\\" * (count // 2)
                if count % 2 == 1:
                    word += '"'
                    end += 1
            else:
                word += "\\" * count
            position = end
            continue
        if character == '"':
            isWord = True
            if isQuoted and text[position + 1 : position + 2] == '"':
                word += '"'
                position += 1
            else:
                isQuoted = not isQuoted
        elif character in " \t\r\n" and not isQuoted:
            if isWord:
                words.append(word)
            word, isWord = "", False
        else:
            word += character
            isWord = True
        position += 1
    if isQuoted:
        raise ValueError("No closing quotation")
    if isWord:
        words.append(word)
    return words
