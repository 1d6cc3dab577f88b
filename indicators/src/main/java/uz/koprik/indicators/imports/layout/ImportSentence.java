package uz.koprik.indicators.imports.layout;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** What is often said of a file, a row or a cell. */
public enum ImportSentence implements SentenceKind {
    @English("columns that are not used: {columns}")
    UNUSED_COLUMNS,
    @English("members around the records that are not used: {columns}")
    UNUSED_MEMBERS,
    @English("comments after rules are not used")
    UNUSED_RULE_COMMENTS,
    @English("the actions of rules are not used")
    UNUSED_RULE_ACTIONS,
    @English("the options of rules, after $, are not used")
    UNUSED_RULE_OPTIONS,
    @English("ports, protocols, times and places of rules are not used: the value is blocked as a whole")
    UNUSED_RULE_PARTS,
    @English("comments after names are not used")
    UNUSED_NAME_COMMENTS,
    @English("the folders of files are not used")
    UNUSED_FOLDERS,
    @English("the e-mail address of the owner (column 7) is not used")
    UNUSED_OWNER,
    @English("columns from 8 on are not used")
    UNUSED_FURTHER_COLUMNS,
    @English("members that no record before had: {columns}")
    NEW_MEMBERS,
    @English("objects without a value: {places} and {count} more")
    MORE_WITHOUT_VALUE,
    @English("objects without a value: {places}")
    OBJECTS_WITHOUT_VALUE,
    @English("read as {layout}")
    READ_AS,
    @English("what stands before the header is not used, up to {place}")
    BEFORE_HEADER,
    @English("the table has no header: column {column} has the values")
    NO_HEADER,
    @English("the table has no header: column {column} has the values; the others are not used")
    NO_HEADER_REST,
    @English("the table has no header: column {column} has the values, column {kinds} their kinds")
    NO_HEADER_KINDS,
    @English(
            "the table has no header: column {column} has the values, column {kinds} their kinds; the others are not used")
    NO_HEADER_KINDS_REST,
    @English(
            "numbers in the column {name} are read as 0 CLEAR, 1 GREEN, 2 AMBER, 3 to 5 RED: the strictest that TheHive 4,"
                    + " TheHive 5 and OpenCTI mean by them; words are read as they are")
    SCALE_OF_MARKINGS,
    @English("numbers in the column {name} are read as RED: its name does not say TLP, and scales such as the"
            + " distribution of MISP count the other way; write words, or name the column tlp")
    UNKNOWN_SCALE,
    @English("the text is not UTF-8; read as {charset}, which is a guess: check the result, or state --encoding")
    GUESSED_ENCODING,
    @English("the sheet is not used: {said}")
    UNUSED_SHEET,
    @English("the sheet is hidden in the workbook; it is read as the others are")
    HIDDEN_SHEET,
    @English("cells are merged over several rows: each of these rows has their text, such as a marking or an end of"
            + " validity")
    MERGED_CELLS,
    @English("converted from STIX 2.0 with 1 change, which koprik validate --from-stix20 lists")
    CONVERTED_ONCE,
    @English("converted from STIX 2.0 with {count} changes, which koprik validate --from-stix20 lists")
    CONVERTED,
    @English("the line names a column and is no value")
    NAME_OF_COLUMN,
    @English("the line is about the list and has no value")
    ABOUT_THE_LIST,

    @English(
            "the spreadsheet kept only the first digits of the number, so its end is lost: format the column as text, enter"
                    + " it again and export it anew")
    LOST_DIGITS,
    @English("the row is hidden in the workbook, so it is not used: show it to have it imported")
    HIDDEN_ROW,
    @English("the row has no value")
    NO_VALUE,
    @English("the pattern is of another language than STIX, and the row has no value")
    OTHER_PATTERN,
    @English("the pattern cannot be read (STIX 2.1, section 9)")
    UNREADABLE_PATTERN,
    @English("the cell has more than {most} values")
    MANY_VALUES,
    @English("the value is of no known kind; a column \"kind\" can say what it is")
    UNKNOWN_KIND,
    @English("the value is of another kind than its column or type says: it looks like {kind}")
    OTHER_KIND,
    @English("the value is of none of the kinds that its column or type allows")
    FOREIGN_KIND,
    @English("the value looks like a masked payment card: {said}")
    MASKED_CARD,
    @English("not a valid {kind}: {said}")
    INVALID_VALUE,
    @English("the row has {fields} fields, the table {columns} columns")
    MORE_FIELDS,
    @English("the row says that it is not meant for detection, so no indicator is made of it")
    NO_DETECTION,
    @English("the row ends before it begins: valid_until is not later than valid_from")
    ENDS_BEFORE_IT_BEGINS,
    @English("the port is not a number from 0 to 65535")
    WRONG_PORT,
    @English("no kind of observable has this code; leave it empty to have the value recognised")
    UNKNOWN_TYPE,
    @English("values of this type are not taken; kinds are those of koprik search --help, such as ipv4, domain,"
            + " url, sha256, email")
    TYPE_NOT_TAKEN,
    @English("the marking is none of CLEAR, GREEN, AMBER, AMBER+STRICT and RED, and no number from 0 to 5")
    WRONG_MARKING,
    @English("the time is not of the form 2026-11-22 or 2026-11-22T08:30:00Z; dd.MM.yyyy and epochs are taken too,"
            + " day and month between slashes only where one is above 12")
    WRONG_TIME,
    @English("the confidence is not a whole number from 0 to 100")
    WRONG_CONFIDENCE,
    @English("the cell that says whether the row is withdrawn has neither yes nor no")
    WRONG_WITHDRAWN,
    @English("the cell that says whether the row is active has neither yes nor no")
    WRONG_ACTIVE,
    @English("the cell that says whether the row is meant for detection has neither yes nor no")
    WRONG_DETECTION,
    @English("the line is not UTF-8 and its encoding is a guess: state --encoding (encoding=)")
    GUESSED_VALUE,
    @English("the line is not UTF-8; save the file as UTF-8")
    NO_UTF_8,
    @English("the line is longer than {bytes} bytes")
    LONG_LINE,
    @English("a quoted field has no end")
    OPEN_QUOTE,
    @English("a quoted field has no end; lines {first} to {last} are left out")
    OPEN_QUOTE_LINES,
    @English("the row is longer than {bytes} bytes, or a quoted field has no end; lines {first} to {last} are left out")
    LONG_ROW,
    @English("text after the end of a quoted field")
    TEXT_AFTER_QUOTE,
    @English("the object has more than the {bytes} bytes that are allowed")
    LARGE_OBJECT,
    @English("the event has more than the {bytes} bytes that are allowed")
    LARGE_EVENT,

    @English("the row has {fields} cells, the table {columns} columns")
    MORE_CELLS,
    @English("the type of crime is of a-z, 0-9 and hyphens; let the mapping translate what the register says")
    CASE_TYPE,
    @English("the status is open or closed; let the mapping translate what the register says")
    CASE_STATUS,
    @English("a STIX id is expected, such as incident--<uuid>")
    CASE_INCIDENT,
    @English("the time is not of the form {forms}")
    CASE_TIME,
    @English("the value is of no known kind; the mapping can say its kind")
    CASE_KIND,
    @English("the mapping does not translate what stands here")
    NOT_TRANSLATED,
    @English("the amount is not a number with a decimal comma")
    AMOUNT_WITH_COMMA,
    @English("the amount is not a number with a decimal point")
    AMOUNT_WITH_POINT,
    @English("its {field} is not what an earlier row says of the same case")
    CONTRADICTION,
    @English(
            "an earlier row has for the same case another loss under the same note; name a column that distinguishes them")
    OTHER_LOSS;
}
