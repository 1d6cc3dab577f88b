package uz.koprik.indicators.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** Files inside a mail: their hashes, and their text when they are documents. */
final class Attachments {

    private static final int LONGEST_NAME = 100;

    private final ReadContext context;
    private int number;

    Attachments(ReadContext context) {
        this.context = context;
    }

    /**
     * Takes a file.
     *
     * @param place before its name, such as {@code attachment}
     * @param name as the mail calls it; empty when it does not
     * @param picture whether the text shows it, as it does logos
     */
    void take(String place, String name, boolean picture, InputStream in) throws IOException, DocumentRefused {
        number++;
        String label = label(name);
        String at = place + ' ' + (label.isEmpty() ? Integer.toString(number) : label);
        Path file = context.newFile();
        try {
            MessageDigest sha256 = DocumentReader.digest("SHA-256");
            MessageDigest md5 = DocumentReader.digest("MD5");
            long bytes;
            try (OutputStream out = Files.newOutputStream(file);
                    InputStream hashed = new DigestInputStream(new DigestInputStream(in, sha256), md5)) {
                bytes = hashed.transferTo(out);
            }
            if (bytes == 0) {
                return;
            }
            AttachedFile attached = new AttachedFile(
                    label,
                    HexFormat.of().formatHex(sha256.digest()),
                    HexFormat.of().formatHex(md5.digest()),
                    bytes);
            context.file(attached);
            Optional<DocumentFormat> format = format(file, name);
            hashes(attached, at, picture, format);
            if (format.isPresent()) {
                read(file, format.get(), name, at);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The format of a document; empty for other files, which have hashes only. */
    private static Optional<DocumentFormat> format(Path file, String name) throws IOException {
        try {
            return Optional.of(DocumentFormat.detect(file, name));
        } catch (DocumentRefused noDocument) {
            return Optional.empty();
        }
    }

    private void hashes(AttachedFile file, String at, boolean picture, Optional<DocumentFormat> format)
            throws DocumentRefused {
        String hash = "SHA-256 " + file.sha256();
        boolean text =
                format.isPresent() && (format.get() == DocumentFormat.TEXT || format.get() == DocumentFormat.MARKDOWN);
        context.passage(
                picture
                        ? Passage.doubtful(at, hash, DocumentDoubts.PICTURE_HASH)
                        : text ? Passage.doubtful(at, hash, DocumentDoubts.TEXT_HASH) : Passage.of(at, hash));
        context.passage(Passage.doubtful(at, "MD5 " + file.md5(), DocumentDoubts.OTHER_HASH));
    }

    private void read(Path file, DocumentFormat format, String name, String at) throws IOException, DocumentRefused {
        if (!context.readsInside()) {
            context.part(at).warning(DocumentNote.TOO_DEEP_INSIDE.of());
            return;
        }
        try {
            format.reader().read(file, context.inside(name, at));
        } catch (DocumentRefused e) {
            context.budget().time();
            context.part(at).warning(e.sentence());
        }
    }

    private static String label(String name) {
        String line =
                Sentences.inOneLine(name).replace('"', '\'').replace('/', '_').replace('\\', '_');
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) : line;
    }
}
