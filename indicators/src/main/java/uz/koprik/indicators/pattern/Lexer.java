package uz.koprik.indicators.pattern;

/**
 * Cuts a pattern into tokens, one at a time and without objects: {@link #token} is the current one, its text lies
 * between {@link #start} and {@link #end}.
 */
final class Lexer {

    final String text;
    Token token = Token.END;
    int start;
    int end;
    /** Whether the current string has escapes in it. */
    boolean escaped;

    Lexer(String text) {
        this.text = text;
    }

    /** Moves to the next token. */
    void next() throws PatternSyntaxError {
        start = skipSpace(end);
        if (start >= text.length()) {
            end = start;
            token = Token.END;
            return;
        }
        char c = text.charAt(start);
        end = start + 1;
        token = switch (c) {
            case '[' -> Token.LEFT_BRACKET;
            case ']' -> Token.RIGHT_BRACKET;
            case '(' -> Token.LEFT_PAREN;
            case ')' -> Token.RIGHT_PAREN;
            case ':' -> Token.COLON;
            case ',' -> Token.COMMA;
            case '*' -> Token.ASTERISK;
            case '=' -> sign('=', Token.EQUAL, Token.EQUAL);
            case '!' -> {
                if (peek() != '=') {
                    throw error("!=", "!");
                }
                end++;
                yield Token.NOT_EQUAL;
            }
            case '<' -> {
                if (peek() == '>') {
                    end++;
                    yield Token.NOT_EQUAL;
                }
                yield sign('=', Token.LESS_OR_EQUAL, Token.LESS);
            }
            case '>' -> sign('=', Token.GREATER_OR_EQUAL, Token.GREATER);
            case '\'' -> string();
            case '.', '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(c);
            default -> {
                if (isWordStart(c)) {
                    yield word(c);
                }
                throw error("a part of a pattern", "the character " + (c < ' ' ? "U+%04X".formatted((int) c) : c));
            }
        };
    }

    private Token sign(char second, Token both, Token one) {
        if (peek() == second) {
            end++;
            return both;
        }
        return one;
    }

    private Token string() throws PatternSyntaxError {
        escaped = false;
        while (end < text.length()) {
            char c = text.charAt(end++);
            if (c == '\'') {
                return Token.STRING;
            }
            if (c == '\\') {
                escaped = true;
                if (peek() != '\'' && peek() != '\\') {
                    start = end - 1;
                    throw error("\\' or \\\\", "another escape");
                }
                end++;
            }
        }
        throw error("a quote at the end of the string", "the end of the pattern");
    }

    /** {@code [+-]? (0 | [1-9][0-9]*)} or {@code [+-]? [0-9]* . [0-9]+}; a dot before no digit is a step of a path. */
    private Token number(char first) throws PatternSyntaxError {
        boolean signed = first == '+' || first == '-';
        int from = signed ? end : start;
        int at = digits(from);
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            end = digits(at + 1);
            return first == '-' ? Token.NEGATIVE_FLOAT : Token.FLOAT;
        }
        if (at == from) {
            if (signed) {
                throw error("digits after the sign", "something else");
            }
            return Token.DOT;
        }
        if (text.charAt(from) == '0' && at - from > 1) {
            throw error("a number without leading zeros", "a leading zero");
        }
        end = at;
        return first == '-' ? Token.NEGATIVE_INTEGER : Token.INTEGER;
    }

    private int digits(int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private Token word(char first) throws PatternSyntaxError {
        boolean hyphen = false;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '-') {
                hyphen = true;
            } else if (!isWordStart(c) && !isDigit(c)) {
                break;
            }
            end++;
        }
        if (end == start + 1 && peek() == '\'') {
            Token literal =
                    switch (first) {
                        case 't' -> Token.TIMESTAMP;
                        case 'h' -> Token.HEX;
                        case 'b' -> Token.BINARY;
                        default -> null;
                    };
            if (literal != null) {
                int quote = text.indexOf('\'', end + 1);
                if (quote < 0) {
                    throw error("a quote at the end of the literal", "the end of the pattern");
                }
                end = quote + 1;
                return literal;
            }
        }
        return hyphen ? Token.WORD_WITH_HYPHEN : Token.ofWord(text, start, end);
    }

    private int skipSpace(int from) throws PatternSyntaxError {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '/') {
                at = comment(at);
            } else if (isSpace(c)) {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    private int comment(int at) throws PatternSyntaxError {
        if (text.startsWith("//", at)) {
            int to = at;
            while (to < text.length() && text.charAt(to) != '\n' && text.charAt(to) != '\r') {
                to++;
            }
            return to;
        }
        int close = text.startsWith("/*", at) ? text.indexOf("*/", at + 2) : -1;
        if (close < 0) {
            start = at;
            throw error(
                    text.startsWith("/*", at) ? "*/ at the end of the comment" : "a part of a pattern",
                    text.startsWith("/*", at) ? "the end of the pattern" : "the character /");
        }
        return close + 2;
    }

    private char peek() {
        return end < text.length() ? text.charAt(end) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** An error at the start of the current token. */
    PatternSyntaxError error(String expected) {
        boolean literal =
                token == Token.STRING || token == Token.HEX || token == Token.BINARY || token == Token.TIMESTAMP;
        boolean shown = !literal && token != Token.END && end - start <= 64;
        return error(expected, shown ? text.substring(start, end) : token.label());
    }

    PatternSyntaxError error(String expected, String found) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < start; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new PatternSyntaxError(line, start - lineStart + 1, expected, found);
    }
}
