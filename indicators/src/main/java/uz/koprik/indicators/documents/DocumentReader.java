package uz.koprik.indicators.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import uz.koprik.indicators.observable.text.Recognition;

/** Finds the values in a document. Immutable and safe for many threads. */
public final class DocumentReader {

    private final Recognition recognition;
    private final DocumentLimits limits;

    /** @param recognition what it knows of the centre decides which texts are values */
    public DocumentReader(Recognition recognition, DocumentLimits limits) {
        this.recognition = recognition;
        this.limits = limits;
    }

    /**
     * Reads a document.
     *
     * @param file its bytes; attachments lie beside it while they are read
     * @param name as the sender calls it; decides between formats whose contents are alike
     * @param encoding of a text without a byte order mark; empty to guess
     * @throws DocumentRefused when it is of no format that is read, damaged, encrypted, has no text or exceeds a limit
     */
    public DocumentValues read(Path file, String name, Optional<String> encoding) throws IOException, DocumentRefused {
        DocumentFormat format = DocumentFormat.detect(file, name);
        DocumentBudget budget = new DocumentBudget(limits);
        DocumentScan scan = new DocumentScan(recognition, limits.values());
        Path folder = file.toAbsolutePath().getParent();
        try {
            format.reader().read(file, ReadContext.of(budget, scan, encoding, folder, name));
        } catch (DocumentBudget.TooMuch e) {
            throw e.why();
        } catch (StackOverflowError e) {
            throw new DocumentRefused(DocumentFault.DEEP_DOCUMENT.of(), e);
        }
        if (!scan.anyText()) {
            throw new DocumentRefused(DocumentFault.WITHOUT_TEXT.of());
        }
        return new DocumentValues(
                format,
                scan.title(),
                sha256(file),
                budget.characters(),
                scan.values(),
                scan.leftOut(),
                scan.files(),
                scan.warnings());
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = digest("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
