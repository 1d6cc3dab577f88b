package uz.koprik.indicators.imports.layout;

import uz.koprik.indicators.wording.Sentence;
import uz.koprik.indicators.wording.SentenceForm;
import uz.koprik.indicators.wording.SentenceKind;

/** What is often said of a file, a row or a cell. {@link #read} knows the kind of a sentence by its words. */
public enum ImportSentence implements SentenceKind {
    UNUSED_COLUMNS("columns that are not used: {columns}"),
    UNUSED_MEMBERS("members around the records that are not used: {columns}"),
    UNUSED_PARTS("what is not used: {columns}"),
    NEW_MEMBERS("members that no record before had: {columns}"),
    MORE_WITHOUT_VALUE("objects without a value: {places} and {count} more"),
    OBJECTS_WITHOUT_VALUE("objects without a value: {places}"),
    READ_AS("read as {layout}"),
    BEFORE_HEADER("what stands before the header is not used, up to {place}"),
    NO_HEADER("the table has no header: column {column} has the values"),
    NO_HEADER_REST("the table has no header: column {column} has the values; the others are not used"),
    NO_HEADER_KINDS("the table has no header: column {column} has the values, column {kinds} their kinds"),
    NO_HEADER_KINDS_REST(
            "the table has no header: column {column} has the values, column {kinds} their kinds; the others are not used"),
    SCALE_OF_MARKINGS(
            "numbers in the column {name} are read as 0 CLEAR, 1 GREEN, 2 AMBER, 3 to 5 RED: the strictest that TheHive 4,"
                    + " TheHive 5 and OpenCTI mean by them; words are read as they are"),
    UNKNOWN_SCALE("numbers in the column {name} are read as RED: its name does not say TLP, and scales such as the"
            + " distribution of MISP count the other way; write words, or name the column tlp"),
    GUESSED_ENCODING(
            "the text is not UTF-8; read as {charset}, which is a guess: check the result, or state --encoding"),
    UNUSED_SHEET("the sheet is not used: {error}"),
    /** As {@link uz.koprik.indicators.stix.ForgivenFaults} says it. */
    FORGIVEN("taken although it is not valid: {error}"),
    CONVERTED_ONCE("converted from STIX 2.0 with 1 change, which koprik validate --from-stix20 lists"),
    CONVERTED("converted from STIX 2.0 with {count} changes, which koprik validate --from-stix20 lists"),
    NAME_OF_COLUMN("the line names a column and is no value"),
    ABOUT_THE_LIST("the line is about the list and has no value"),

    NO_VALUE("the row has no value"),
    OTHER_PATTERN("the pattern is of another language than STIX, and the row has no value"),
    UNREADABLE_PATTERN("the pattern cannot be read (STIX 2.1, section 9)"),
    MANY_VALUES("the cell has more than {most} values"),
    UNKNOWN_KIND("the value is of no known kind; a column \"kind\" can say what it is"),
    OTHER_KIND("the value is of another kind than its column or type says: it looks like {kind}"),
    FOREIGN_KIND("the value is of none of the kinds that its column or type allows"),
    MASKED_CARD("the value looks like a masked payment card: {error}"),
    INVALID_VALUE("not a valid {kind}: {error}"),
    MORE_FIELDS("the row has {fields} fields, the table {columns} columns"),
    NO_DETECTION("the row says that it is not meant for detection, so no indicator is made of it"),
    ENDS_BEFORE_IT_BEGINS("the row ends before it begins: valid_until is not later than valid_from"),
    WRONG_PORT("the port is not a number from 0 to 65535"),
    UNKNOWN_TYPE("no kind of observable has this code; leave it empty to have the value recognised"),
    TYPE_NOT_TAKEN("values of this type are not taken; kinds are those of koprik search --help, such as ipv4, domain,"
            + " url, sha256, email"),
    WRONG_MARKING("the marking is none of CLEAR, GREEN, AMBER, AMBER+STRICT and RED, and no number from 0 to 5"),
    WRONG_TIME("the time is not of the form 2026-11-22 or 2026-11-22T08:30:00Z; dd.MM.yyyy and epochs are taken too,"
            + " day and month between slashes only where one is above 12"),
    WRONG_CONFIDENCE("the confidence is not a whole number from 0 to 100"),
    WRONG_WITHDRAWN("the cell that says whether the row is withdrawn has neither yes nor no"),
    WRONG_ACTIVE("the cell that says whether the row is active has neither yes nor no"),
    WRONG_DETECTION("the cell that says whether the row is meant for detection has neither yes nor no"),
    GUESSED_VALUE("the line is not UTF-8 and its encoding is a guess: state --encoding (encoding=)"),
    NO_UTF_8("the line is not UTF-8; save the file as UTF-8"),
    LONG_LINE("the line is longer than {bytes} bytes"),
    LARGE_OBJECT("the object has more than the {bytes} bytes that are allowed"),
    LARGE_EVENT("the event has more than the {bytes} bytes that are allowed"),

    MORE_CELLS("the row has {fields} cells, the table {columns} columns"),
    CASE_TYPE("the type of crime is of a-z, 0-9 and hyphens; let the mapping translate what the register says"),
    CASE_STATUS("the status is open or closed; let the mapping translate what the register says"),
    CASE_INCIDENT("a STIX id is expected, such as incident--<uuid>"),
    CASE_TIME("the time is not of the form {forms}"),
    CASE_KIND("the value is of no known kind; the mapping can say its kind"),
    NOT_TRANSLATED("the mapping does not translate what stands here"),
    AMOUNT_WITH_COMMA("the amount is not a number with a decimal comma"),
    AMOUNT_WITH_POINT("the amount is not a number with a decimal point"),
    CONTRADICTION("its {field} is not what an earlier row says of the same case"),
    OTHER_LOSS(
            "an earlier row has for the same case another loss under the same note; name a column that distinguishes them");

    @SuppressWarnings("ImmutableEnumChecker") // SentenceForm never changes.
    private final SentenceForm form;

    ImportSentence(String form) {
        this.form = new SentenceForm(form, "column", "kinds", "charset", "most", "fields", "bytes", "count");
    }

    @Override
    public SentenceForm form() {
        return form;
    }

    /**
     * The sentence in English.
     *
     * @param values in the order of the names
     */
    public String say(Object... values) {
        return Sentence.of(this, values).text();
    }

    /** What a note or the reason of a refused row says. */
    public static Sentence read(String words) {
        return Sentence.read(values(), words);
    }
}
