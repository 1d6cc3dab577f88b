package uz.koprik.indicators.observable.text;

/** What is to be said of a recognised value. A doubtful one is not signed before a person or a setting says so. */
public enum Remark {
    FILE_NAME(true, "the word looks like the name of a file"),
    PLAIN_WORDS(true, "the word looks like names, code or two sentences with a dot between and no domain"),
    UNKNOWN_ENDING(true, "the name ends in no known top-level domain"),
    ONE_LABEL(true, "the host of the URL is a single word"),
    SPELLED_OUT(true, "dots or the at sign are written as words"),
    NO_COUNTRY(true, "the number names no country with +"),
    VERSION(true, "the numbers look like a version or a section and no address"),
    SHORT_ADDRESS(true, "the word is an address by form alone"),
    WHOLE_PATH(true, "a text that starts with a slash may be the path of a file or of a URL"),
    NO_NETWORK(true, "what follows the address is no prefix length; it is read as the path of a URL"),
    NUMBER_ONLY(true, "the digits have the form of such a number, and no word says what they are"),
    COMMON_WORD(true, "the word before the colon is the name of a messenger, and a common word"),
    DECODED(true, "the value was encoded in the text, and is decoded once"),
    WORD_ENDING(true, "the end of the URL may be the ending of a word in the sentence"),
    NATIONAL_CHECK(
            true,
            "the check digits of the IBAN fit, and those of the account in its country do not: compare it with its source"),
    CUT_OFF(true, "the value is cut off by dots"),
    OPEN_RANGE(true, "the addresses are the first and the last of a range"),
    LOOK_ALIKE(false, "the name has letters that look like those of another script"),
    WILDCARD(false, "the text names all names below the domain"),
    NUMBER_HOST(false, "the host is an address in another writing, and read as browsers read it"),
    ZONE(false, "the zone of the address is left out, since it has a meaning on one machine only"),
    LINK_OF_ACCOUNT(false, "the link names an account or a phone number");

    private final boolean doubtful;
    private final String reason;

    Remark(boolean doubtful, String reason) {
        this.doubtful = doubtful;
        this.reason = reason;
    }

    /** Whether a person must say that the value is meant. */
    public boolean doubtful() {
        return doubtful;
    }

    /** The remark in words, the start of a sentence. */
    public String reason() {
        return reason;
    }
}
