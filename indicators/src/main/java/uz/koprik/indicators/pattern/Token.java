package uz.koprik.indicators.pattern;

/** Kinds of tokens; the labels are what errors call them. */
enum Token {
    LEFT_BRACKET("["),
    RIGHT_BRACKET("]"),
    LEFT_PAREN("("),
    RIGHT_PAREN(")"),
    COLON(":"),
    COMMA(","),
    DOT("."),
    ASTERISK("*"),
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    STRING("a string"),
    INTEGER("a number"),
    NEGATIVE_INTEGER("a negative number"),
    FLOAT("a number"),
    NEGATIVE_FLOAT("a negative number"),
    HEX("a hexadecimal literal"),
    BINARY("a base 64 literal"),
    TIMESTAMP("a timestamp"),
    WORD("a name"),
    WORD_WITH_HYPHEN("a name with a hyphen"),
    END("the end of the pattern"),
    AND("AND"),
    OR("OR"),
    NOT("NOT"),
    FOLLOWEDBY("FOLLOWEDBY"),
    LIKE("LIKE"),
    MATCHES("MATCHES"),
    ISSUPERSET("ISSUPERSET"),
    ISSUBSET("ISSUBSET"),
    EXISTS("EXISTS"),
    LAST("LAST"),
    IN("IN"),
    START("START"),
    STOP("STOP"),
    SECONDS("SECONDS"),
    TRUE("true"),
    FALSE("false"),
    WITHIN("WITHIN"),
    REPEATS("REPEATS"),
    TIMES("TIMES");

    private static final Token[] KEYWORDS = {
        AND,
        OR,
        NOT,
        FOLLOWEDBY,
        LIKE,
        MATCHES,
        ISSUPERSET,
        ISSUBSET,
        EXISTS,
        LAST,
        IN,
        START,
        STOP,
        SECONDS,
        TRUE,
        FALSE,
        WITHIN,
        REPEATS,
        TIMES,
    };

    private final String label;

    Token(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The keyword that stands there, with case, or {@link #WORD}. */
    static Token ofWord(String text, int start, int end) {
        char first = text.charAt(start);
        if (first <= 'Z' || first == 't' || first == 'f') { // all keywords but two are in upper case
            for (Token keyword : KEYWORDS) {
                if (keyword.label.length() == end - start && text.startsWith(keyword.label, start)) {
                    return keyword;
                }
            }
        }
        return WORD;
    }
}
