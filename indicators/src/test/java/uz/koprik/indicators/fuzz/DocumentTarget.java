package uz.koprik.indicators.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import uz.koprik.indicators.documents.DocumentLimits;
import uz.koprik.indicators.documents.DocumentReader;
import uz.koprik.indicators.documents.DocumentRefused;
import uz.koprik.indicators.documents.DocumentValues;
import uz.koprik.indicators.documents.FoundValue;
import uz.koprik.indicators.observable.text.Recognition;

/** The readers of documents: values with a place and a sentence, or a refusal with a reason. */
public final class DocumentTarget {

    private static final DocumentLimits LIMITS =
            new DocumentLimits(1_000_000, 100, 64 << 20, 200, 3, Duration.ofSeconds(10), 2000);
    private static final DocumentReader READER = new DocumentReader(Recognition.PLAIN, LIMITS);
    private static final Path FILE = file();

    private DocumentTarget() {}

    private static Path file() {
        try {
            Path folder = Files.createTempDirectory("document-target-");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve("document");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by Jazzer once; loads classes before the time of any input is measured. */
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed : Seeds.of(DocumentTarget.class)) {
            tryOut(seed);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        long begun = Findings.processorTime();
        tryOut(input);
        Findings.checkTime(begun);
    }

    private static void tryOut(byte[] input) throws IOException {
        Files.write(FILE, input);
        DocumentValues values;
        try {
            values = READER.read(FILE, "document", Optional.empty());
        } catch (DocumentRefused e) {
            Findings.check(!e.getMessage().isBlank(), "a refusal without a reason");
            return;
        }
        for (FoundValue value : values.values()) {
            Findings.check(!value.places().isEmpty() && value.count() > 0, "a value without a place");
            Findings.check(value.sentence().length() <= 400 + value.spelling().length(), "a sentence that is too long");
        }
    }
}
