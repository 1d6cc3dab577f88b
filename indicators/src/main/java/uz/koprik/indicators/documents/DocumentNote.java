package uz.koprik.indicators.documents;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** What of a document is not read. */
public enum DocumentNote implements SentenceKind {
    @English("it is too deep inside to be read; only its hash was taken")
    TOO_DEEP_INSIDE,
    @English("{count} of {all} pages have no text layer; nothing was read from them")
    PAGES_WITHOUT_TEXT,
    @English(
            "the text of the mail is RTF only, which is damaged, cut off or too long, and was not read; save the mail as"
                    + " EML")
    RTF_NOT_READ;
}
