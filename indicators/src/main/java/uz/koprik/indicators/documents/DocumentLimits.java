package uz.koprik.indicators.documents;

import java.time.Duration;

/**
 * How much of a document is read.
 *
 * @param characters of text, attachments included
 * @param pages of one PDF
 * @param unpacked bytes that all compressed parts together may unpack to
 * @param parts of a mail or an archive
 * @param depth of documents inside documents; 0 reads no attachments
 * @param time for the whole document
 * @param values different values
 */
public record DocumentLimits(
        long characters, int pages, long unpacked, int parts, int depth, Duration time, int values) {

    /** For documents that people write. */
    public static final DocumentLimits USUAL =
            new DocumentLimits(20_000_000, 10_000, 512L << 20, 2_000, 4, Duration.ofMinutes(2), 20_000);
}
