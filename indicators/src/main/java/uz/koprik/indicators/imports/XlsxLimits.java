package uz.koprik.indicators.imports;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import uz.koprik.indicators.imports.layout.FileFault;

/**
 * Unpacks a workbook once to nowhere and counts, since the sizes in its directory are only what its author claims. What
 * is read afterwards has been bounded here: the shared strings and the widest row are kept in memory, sheets are not.
 */
final class XlsxLimits {

    private static final int MAX_PARTS = 2_000;
    private static final long MAX_UNPACKED = 1L << 30;
    private static final long MAX_STRINGS = 128L << 20;
    /**
     * Parts that are neither sheets nor strings nor pictures are read into memory: styles, relations, the list of
     * sheets.
     */
    private static final long MAX_OTHER = 32L << 20;
    /** Output that every input may have. */
    private static final long FREE = 1 << 20;

    private final long packed;
    private long all;

    private XlsxLimits(long packed) {
        this.packed = packed;
    }

    /**
     * Checks a workbook.
     *
     * @return what its sheets have besides cells, by the names of their parts
     * @throws SuspiciousArchive when it unpacks to more than honest workbooks do, its sheets are larger than any, or it
     *     is damaged
     */
    static Map<String, XlsxPart.Shape> check(Path file) throws IOException {
        Map<String, XlsxPart.Shape> shapes = new HashMap<>();
        XlsxLimits limits = new XlsxLimits(Files.size(file));
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_PARTS) {
                throw new SuspiciousArchive(FileFault.MANY_PARTS.of(MAX_PARTS));
            }
            Set<String> names = new HashSet<>();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!names.add(entry.getName())) {
                    throw new SuspiciousArchive(FileFault.PART_TWICE.of());
                }
                try (CountedPart in = limits.new CountedPart(zip.getInputStream(entry))) {
                    XlsxPart.Checked part = XlsxPart.check(entry.getName(), in);
                    if (part.kind() == XlsxPart.Kind.SHEET) {
                        shapes.put(entry.getName(), part.shape());
                    }
                    in.most = switch (part.kind()) {
                        case SHEET, NO_XML -> MAX_UNPACKED;
                        case STRINGS -> MAX_STRINGS;
                        case OTHER -> MAX_OTHER;
                    };
                    in.transferTo(OutputStream.nullOutputStream());
                    in.check();
                }
            }
        } catch (ZipException | EOFException e) {
            throw new SuspiciousArchive(FileFault.DAMAGED_WORKBOOK.of(e.getMessage()), e);
        }
        return shapes;
    }

    /** One part, whose bytes are counted as they are unpacked. */
    private final class CountedPart extends FilterInputStream {

        private long most = MAX_UNPACKED;
        private long one;

        CountedPart(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int n) throws SuspiciousArchive {
            one += n;
            all += n;
            check();
        }

        void check() throws SuspiciousArchive {
            if (all > FREE && all / ImportOptions.DEFAULT_MAX_RATIO > packed) {
                throw new SuspiciousArchive(FileFault.WORKBOOK_UNPACKS_TO_MORE.of(ImportOptions.DEFAULT_MAX_RATIO));
            }
            if (one > most || all > MAX_UNPACKED) {
                throw new SuspiciousArchive(FileFault.WORKBOOK_TOO_LARGE.of());
            }
        }
    }
}
