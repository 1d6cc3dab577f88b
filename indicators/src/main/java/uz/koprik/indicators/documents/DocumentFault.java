package uz.koprik.indicators.documents;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why a document, or one that is attached to it, cannot be read. */
public enum DocumentFault implements SentenceKind {
    @English("the file is empty: check its name, or fetch it again")
    EMPTY_DOCUMENT,
    @English("the file is no text, Markdown, HTML, PDF, DOCX or mail; save it as one of these")
    NO_DOCUMENT,
    @English("the file is RTF; save it as DOCX or text")
    RTF_DOCUMENT,
    @English("the file is an archive; unpack it and import what is in it")
    ARCHIVE,
    @English("the ZIP archive is damaged or cut off: fetch or copy it again")
    DAMAGED_ARCHIVE,
    @English("the file is a spreadsheet: import it as a table, without --text")
    SPREADSHEET,
    @English("the file is an office document other than DOCX; save it as DOCX or PDF")
    OTHER_OFFICE,
    @English("the file is of an old form of Office, such as .doc; save it as DOCX or PDF")
    OLD_OFFICE,

    @English("the document has no text")
    WITHOUT_TEXT,
    @English("the document is nested too deeply; save it anew")
    DEEP_DOCUMENT,
    @English("the document has more than {most} values; split it")
    MANY_VALUES,
    @English("the document has more than {most} characters of text, the most that is read at once; split it")
    MANY_CHARACTERS,
    @English("the document has more than {most} parts, the most that is read; split it")
    MANY_PARTS_INSIDE,
    @English("the document unpacks to more than {bytes} bytes; if you trust it, save it anew without pictures")
    DOCUMENT_UNPACKS_TO_MORE,
    @English("reading the document took longer than {seconds} s; split it")
    SLOW_DOCUMENT,

    @English("the HTML file is larger than {bytes} bytes; save it as text")
    LARGE_HTML,
    @English("the mail is damaged: fetch it again, or save it anew")
    DAMAGED_MAIL,
    @English("the MSG file is damaged or cut off: fetch it again, or save it as EML")
    DAMAGED_MSG,
    @English("the mail has mails inside of mails, too deep to read; save them apart")
    DEEP_MAIL,
    @English("a text of the mail is longer than {bytes} bytes; save it as a file")
    LONG_TEXT_OF_MAIL,
    @English("the DOCX is damaged or cut off: fetch it again, or save it anew")
    DAMAGED_DOCX,
    @English("the DOCX has more than {most} parts; save it without pictures")
    MANY_PARTS_OF_DOCX,
    @English("the PDF is damaged or cut off: fetch it again, or save it anew")
    DAMAGED_PDF,
    @English("the PDF is encrypted with a password; save it without one")
    ENCRYPTED_PDF,
    @English("the PDF has more than {most} pages; split it")
    MANY_PAGES,
    @English("the PDF has no text layer, as scans have none; recognise its text (OCR) and import the result")
    PDF_WITHOUT_TEXT,
    @English("a part of the PDF unpacks to suspiciously much; if you trust it, save it anew")
    PDF_UNPACKS_TO_MUCH;
}
