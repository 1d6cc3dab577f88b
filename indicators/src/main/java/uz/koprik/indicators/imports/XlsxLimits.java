package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks a workbook once to nowhere and counts, since the sizes in its directory are only what its author claims. What is
 * read afterwards has been bounded here: the shared strings are kept in memory, sheets are not.
 */
final class XlsxLimits {

    private static final int MAX_PARTS = 2_000;
    private static final long MAX_UNPACKED = 1L << 30;
    private static final long MAX_STRINGS = 128L << 20;
    /** So much may come out whatever went in. */
    private static final long FREE = 1 << 20;

    private XlsxLimits() {}

    /** @throws SuspiciousArchive when it unpacks to more than honest workbooks do, or is damaged */
    static void check(Path file) throws IOException {
        long packed = Files.size(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_PARTS) {
                throw new SuspiciousArchive("the workbook has more than " + MAX_PARTS + " parts; save the sheet alone");
            }
            Set<String> names = new HashSet<>();
            long all = 0;
            byte[] buffer = new byte[64 << 10];
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!names.add(entry.getName())) {
                    throw new SuspiciousArchive("the workbook has a part twice; save it anew");
                }
                long most = entry.getName().endsWith("sharedStrings.xml") ? MAX_STRINGS : MAX_UNPACKED;
                long one = 0;
                try (InputStream in = zip.getInputStream(entry)) {
                    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                        one += n;
                        all += n;
                        check(one, all, most, packed);
                    }
                }
            }
        } catch (ZipException e) {
            throw new SuspiciousArchive("the workbook is damaged or cut off: " + e.getMessage(), e);
        }
    }

    private static void check(long one, long all, long most, long packed) throws SuspiciousArchive {
        if (all > FREE && all / ImportOptions.DEFAULT_MAX_RATIO > packed) {
            throw new SuspiciousArchive(
                    "the workbook unpacks to more than " + ImportOptions.DEFAULT_MAX_RATIO + " times its size; save the sheet as CSV");
        }
        if (one > most || all > MAX_UNPACKED) {
            throw new SuspiciousArchive("the workbook unpacks to more than is read at once; save the sheet as CSV");
        }
    }
}
