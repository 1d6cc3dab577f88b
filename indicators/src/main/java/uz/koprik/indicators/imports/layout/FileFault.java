package uz.koprik.indicators.imports.layout;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why a file is refused as a whole, or cannot be read on. */
public enum FileFault implements SentenceKind {
    @English("the file is empty: check its name, or fetch it again")
    EMPTY_FILE,
    @English("the file is in UTF-16; save it as UTF-8")
    UTF_16,
    @English("the file is not text, since it has zero bytes near its beginning: save it as CSV or JSON in UTF-8")
    NO_TEXT,
    @English("the file is not in {charset}: the mapping says so")
    OTHER_CHARSET,
    @English(
            "the text is not UTF-8 and was read as {charset}, which is a guess; state --encoding (encoding=). As it was"
                    + " read: {said}")
    GUESSED_CHARSET,
    @English("no encoding has the name given; use UTF-8, UTF-16, UTF-16LE, UTF-16BE, windows-1251, KOI8-R or another"
            + " name that Java knows")
    UNKNOWN_CHARSET,
    @English("the file is named .gz, but is no such file: pack or fetch it again, or rename it to what it is")
    NO_GZ,
    @English("the file is named .xlsx, but is no such file: save it anew as .xlsx or CSV, or rename it to what it is")
    NO_XLSX,
    @English("the gz file unpacks to more than {times} times its size; unpack it yourself if you trust it, and import"
            + " the result")
    GZ_UNPACKS_TO_MORE,
    @English("the gz file is damaged or cut off: fetch or copy it again")
    DAMAGED_GZ,
    @English("the file has more than {bytes} bytes: split it")
    LARGE_TABLE,
    @English("the file has more than {most} cases: split it; what came before line {line} is taken")
    MANY_CASES,

    @English("the file looks like OpenIOC (XML), which is not read; export it as STIX 2.1, CSV or a list of values")
    OPEN_IOC,
    @English("the file looks like STIX 1.x (XML); convert it to STIX 2.1 (stix2-elevator does) and import the result")
    STIX_1,
    @English("the file looks like a web page (HTML); import it with --text, or copy the values into a list")
    WEB_PAGE,
    @English("the file looks like XML, which is not read; export it as STIX 2.1 or CSV")
    OTHER_XML,
    @English("the file looks like a PDF; import it with --text")
    PDF,
    @English("the file looks like RTF; save it as text, and import it with --text")
    RTF,
    @English("the file looks like an e-mail; import it with --text")
    E_MAIL,

    @English(
            "the file has detection rules ({language}) that look for more than a value; give them to the program that they"
                    + " are for, and import a list of the values")
    DETECTION_RULES,
    @English(
            "the file is a log ({language}), and nobody can say which of its addresses are one's own; import it with --text,"
                    + " or import a list of the values")
    LOG,

    @English("line {line}, column {column}: {said}")
    MALFORMED_JSON,
    @English("line {line}, column {column}, at {pointer}: {said}")
    MALFORMED_JSON_AT,
    @English(
            "this is JSON, but neither STIX nor MISP: its members are {members}; a STIX object has \"type\" and \"id\","
                    + " a bundle or envelope \"objects\", a MISP event \"Event\"")
    OTHER_JSON,
    @English("the JSON is no STIX, MISP or known list of values[: {said}]; its members are {members}; write it as STIX"
            + " 2.1, CSV, or a list of objects with \"value\" and \"type\"")
    JSON_WITHOUT_VALUES,
    @English("the JSON is no STIX, MISP or known list of values; write it as STIX 2.1, CSV, or a list of objects with"
            + " \"value\" and \"type\"")
    JSON_WITHOUT_MEMBERS,
    @English("the file is the manifest of a MISP feed, which has no values: import the event files that it names,"
            + " {file} and so on")
    MISP_MANIFEST,
    @English("a JSON text that is no STIX and no MISP has at most {bytes} bytes")
    LARGE_JSON,

    @English("the table has no rows")
    NO_ROWS,
    @English("{place}, which should be the header: {said}")
    UNUSABLE_HEADER,
    @English("no column is named as the one of the values, and none of the first rows has a known value; the columns"
            + " are {columns}: name one with --column value=NAME (column=value=NAME)")
    NO_COLUMN_OF_VALUES,
    @English("no column is named as the one of the values; considered, with how many of their cells are values:"
            + " {columns}: name it, such as --column value={name} (column=value=NAME)")
    SEVERAL_COLUMNS_OF_VALUES,
    @English("the file has not the layout of {layout}: {said}")
    OTHER_LAYOUT,
    @English("the file has not the layout of {layout}, which is JSON")
    LAYOUT_IS_JSON,
    @English("no column has the name that was given with a role; the columns are {columns}")
    NO_SUCH_COLUMN,
    @English("the file is the index of a MISP feed (hashes.csv): its MD5 values are of attributes, not of files;"
            + " import the event files of the feed")
    MISP_HASHES,
    @English(
            "the file is a list of TLS certificates (SSLBL): its SHA-1 values are of certificates, not of files; import"
                    + " the list of addresses of SSLBL")
    CERTIFICATE_HASHES,
    @English("the table has no header, and no single column has all the values: name the columns from the left, such"
            + " as --columns value,name,- (columns=)")
    NO_HEADER,
    @English("the option columns names two columns for {role}")
    ROLE_TWICE,
    @English("the option columns names no column \"value\"; say which is which, such as --columns name,value")
    NO_ROLE_OF_VALUES,
    @English("no column can be called \"{name}\"; use {roles}, where - leaves a column out")
    UNKNOWN_ROLE,
    @English("the table ends before row {row}, which should name the columns")
    ENDS_BEFORE_HEADER,
    @English("the table has no column \"{name}\", which the mapping names; it has {columns}")
    NO_MAPPED_COLUMN,

    @English("the file is a spreadsheet of the old form (.xls); save it as .xlsx or CSV")
    OLD_SPREADSHEET,
    @English("a workbook has at most {most} MB; save its sheets as CSV")
    LARGE_WORKBOOK,
    @English("the workbook has no sheet")
    NO_SHEET,
    @English("there is no sheet \"{name}\" in the workbook; it has {sheets}")
    NO_SUCH_SHEET,
    @English("the file is no XLSX workbook, or a damaged one; save it anew")
    NO_WORKBOOK,
    @English("the workbook is damaged: a part of its sheet is missing; save it anew")
    MISSING_PART,
    @English("the sheet is damaged after row {row}; save it anew")
    DAMAGED_SHEET,
    @English("the workbook has more than {most} parts; save the sheet alone")
    MANY_PARTS,
    @English("the workbook has a part twice; save it anew")
    PART_TWICE,
    @English("the workbook is damaged or cut off: {said}")
    DAMAGED_WORKBOOK,
    @English("the workbook is damaged in {part}; save it anew")
    DAMAGED_PART,
    @English("the workbook unpacks to more than {times} times its size; save the sheet as CSV")
    WORKBOOK_UNPACKS_TO_MORE,
    @English("the workbook unpacks to more than is read at once; save the sheet as CSV")
    WORKBOOK_TOO_LARGE,
    @English("the workbook cannot be read: {part}, {said}")
    UNREADABLE_PART;
}
