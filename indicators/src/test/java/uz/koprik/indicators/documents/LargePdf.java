package uz.koprik.indicators.documents;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import uz.koprik.indicators.observable.text.Recognition;

/** A PDF of 50 MB with 2,000 pages of text and pictures, and the memory that reading it takes. */
final class LargePdf {

    private static final int PAGES = 2_000;
    private static final int LINES = 40;
    private static final int PICTURE = 22_000;

    private final List<Long> offsets = new ArrayList<>();
    private final OutputStream out;
    private long written;

    private LargePdf(OutputStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("large-pdf-");
        Path file = folder.resolve("large.pdf");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                new LargePdf(out).write();
            }
            long begun = System.nanoTime();
            DocumentValues values = new DocumentReader(Recognition.PLAIN, DocumentLimits.USUAL)
                    .read(file, "large.pdf", Optional.empty());
            System.out.printf(
                    "%d bytes, %d characters, %d values, %d ms, heap at most %d MB of %d MB%n",
                    Files.size(file),
                    values.characters(),
                    values.values().size(),
                    (System.nanoTime() - begun) / 1_000_000,
                    peak() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private void write() throws IOException {
        text("%PDF-1.4\n");
        object("<</Type/Catalog/Pages 2 0 R>>");
        StringBuilder kids = new StringBuilder();
        for (int i = 0; i < PAGES; i++) {
            kids.append(4 + 3 * i).append(" 0 R ");
        }
        object("<</Type/Pages/Count " + PAGES + "/Kids[" + kids + "]>>");
        object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        Random random = new Random(1);
        for (int i = 0; i < PAGES; i++) {
            int number = 4 + 3 * i;
            object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</I "
                    + (number + 2) + " 0 R>>>>/Contents " + (number + 1) + " 0 R>>");
            StringBuilder page = new StringBuilder("BT /F1 9 Tf 12 TL 40 800 Td\n");
            for (int line = 0; line < LINES; line++) {
                page.append("(Line ")
                        .append(line)
                        .append(" of page ")
                        .append(i)
                        .append(" has nothing to report.) Tj T*\n");
            }
            page.append("(The server was evil").append(i).append(".example.net.) Tj ET\n");
            stream("", page.toString().getBytes(StandardCharsets.US_ASCII));
            byte[] picture = new byte[PICTURE];
            random.nextBytes(picture);
            stream(
                    "/Type/XObject/Subtype/Image/Width 100/Height 220/ColorSpace/DeviceGray/BitsPerComponent 8",
                    picture);
        }
        long table = written;
        text("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        for (long offset : offsets) {
            text(String.format(Locale.ROOT, "%010d 00000 n \n", offset));
        }
        text("trailer<</Size " + (offsets.size() + 1) + "/Root 1 0 R>>\nstartxref\n" + table + "\n%%EOF\n");
    }

    private void object(String content) throws IOException {
        offsets.add(written);
        text(offsets.size() + " 0 obj\n" + content + "\nendobj\n");
    }

    private void stream(String entries, byte[] bytes) throws IOException {
        offsets.add(written);
        text(offsets.size() + " 0 obj\n<<" + entries + "/Length " + bytes.length + ">>\nstream\n");
        out.write(bytes);
        written += bytes.length;
        text("\nendstream\nendobj\n");
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.write(bytes);
        written += bytes.length;
    }
}
