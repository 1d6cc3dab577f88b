package uz.koprik.indicators.documents;

import java.util.List;
import uz.koprik.indicators.wording.Sentence;

/**
 * What stands in a document.
 *
 * @param format how it is written
 * @param title as the document names itself; empty for none
 * @param sha256 of its bytes, hexadecimal
 * @param characters of text that were read
 * @param values each once, in the order of the document
 * @param leftOut values that are not offered, since they are addresses of recipients
 * @param files attached files
 * @param warnings about parts that could not be read, or were guessed
 */
public record DocumentValues(
        DocumentFormat format,
        String title,
        String sha256,
        long characters,
        List<FoundValue> values,
        List<FoundValue> leftOut,
        List<AttachedFile> files,
        List<Warning> warnings) {

    /**
     * What a reader should know of a part.
     *
     * @param place of the part; empty for the document as a whole
     * @param sentence what it is
     */
    public record Warning(String place, Sentence sentence) {

        /** In one line, in English. */
        public String text() {
            return place.isEmpty() ? sentence.text() : place + ": " + sentence.text();
        }
    }

    public DocumentValues {
        values = List.copyOf(values);
        leftOut = List.copyOf(leftOut);
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }
}
