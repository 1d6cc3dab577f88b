package uz.koprik.indicators.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.MimeConfig;

/** Mails (RFC 5322, MIME): headers, bodies of all encodings, attachments, and mails inside of mails. */
final class MailReader implements FormatReader {

    private static final int LONGEST_LINE = 1 << 20;
    private static final int MOST_HEADERS = 2_000;

    @Override
    public void read(Path file, ReadContext context) throws IOException, DocumentRefused {
        MimeConfig terms = MimeConfig.custom()
                .setMaxLineLen(LONGEST_LINE)
                .setMaxHeaderLen(LONGEST_LINE)
                .setMaxHeaderCount(MOST_HEADERS)
                .setMaxContentLen(-1)
                .setHeadlessParsing(null)
                .build();
        MimeStreamParser parser = new MimeStreamParser(terms);
        MailParts parts = new MailParts(context);
        parser.setContentHandler(parts);
        parser.setContentDecoding(true);
        try (InputStream in = Files.newInputStream(file)) {
            parser.parse(in);
        } catch (DocumentBudget.TooMuch e) {
            throw e.why();
        } catch (MimeException | RuntimeException e) {
            if (e.getCause() instanceof DocumentBudget.TooMuch tooMuch) {
                throw tooMuch.why();
            }
            throw new DocumentRefused(DocumentFault.DAMAGED_MAIL.of(), e);
        }
    }
}
