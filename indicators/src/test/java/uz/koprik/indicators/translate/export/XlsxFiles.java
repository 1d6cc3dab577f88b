package uz.koprik.indicators.translate.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Looks into workbooks. */
public final class XlsxFiles {

    private XlsxFiles() {}

    /** The XML of all parts, unpacked. */
    public static String parts(byte[] workbook) throws IOException {
        Path file = Files.createTempFile("workbook", ".xlsx");
        try {
            Files.write(file, workbook);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return zip.stream().map(entry -> part(zip, entry)).collect(Collectors.joining("\n"));
            }
        } finally {
            Files.delete(file);
        }
    }

    private static String part(ZipFile zip, ZipEntry entry) {
        try (var in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
