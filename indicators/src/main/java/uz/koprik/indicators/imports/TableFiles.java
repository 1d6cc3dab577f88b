package uz.koprik.indicators.imports;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.indicators.imports.layout.FileFault;

/** Opens tables of all formats. */
public final class TableFiles {

    private static final int HEAD = 8 << 10;

    /**
     * How a table is written.
     *
     * @param separator between the fields of a CSV file; empty to find out
     * @param charset of a text; spreadsheets know theirs
     * @param sheet name of the sheet of a spreadsheet; empty for the first
     */
    public record Form(Optional<Character> separator, Charset charset, String sheet) {

        /** Everything found out, UTF-8. */
        public static final Form PLAIN = new Form(Optional.empty(), StandardCharsets.UTF_8, "");
    }

    private TableFiles() {}

    /**
     * Opens a table: XLSX by its first bytes, TSV by its name, anything else as CSV; gz is recognised.
     *
     * @param file on disk, since spreadsheets are read from their end
     * @param name what the sender calls it
     * @throws ImportRefused when it is no table: says why and what to do
     */
    public static Table open(Path file, String name, Form form) throws IOException, ImportRefused {
        byte[] head = new byte[HEAD];
        int length;
        try (InputStream in = FileShape.agreeing(Files.newInputStream(file), name)) {
            length = in.readNBytes(head, 0, HEAD);
        }
        if (length == 0) {
            throw new ImportRefused(FileFault.EMPTY_FILE.of());
        }
        if (length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
            return XlsxTable.open(file, form.sheet(), String::strip);
        }
        if (length > 3 && (head[0] & 0xFF) == 0xD0 && (head[1] & 0xFF) == 0xCF && (head[2] & 0xFF) == 0x11) {
            throw new ImportRefused(FileFault.OLD_SPREADSHEET.of());
        }
        return text(form.charset().equals(StandardCharsets.UTF_8) ? file : inUtf8(file, form.charset()), name, form);
    }

    private static Table text(Path file, String name, Form form) throws IOException, ImportRefused {
        InputStream in = new BufferedInputStream(
                UnpackLimit.of(Files.newInputStream(file), ImportOptions.DEFAULT_MAX_RATIO), HEAD);
        try {
            in.mark(HEAD);
            byte[] bytes = in.readNBytes(HEAD);
            in.reset();
            ImportReader.refuseUnreadable(bytes);
            char separator = form.separator().orElseGet(() -> separator(bytes, name));
            return new DelimitedTable(in, separator);
        } catch (IOException | ImportRefused e) {
            in.close();
            if (e instanceof SuspiciousArchive archive) {
                throw new ImportRefused(archive);
            }
            throw e;
        }
    }

    /** The sign that is most often in the first line, of those that separate fields. */
    private static char separator(byte[] head, String name) {
        String first = new String(head, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".tsv") || lower.endsWith(".tab")) {
            return '\t';
        }
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            long count = first.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    /** A copy in UTF-8 beside the file; who opened the table throws the folder away. */
    private static Path inUtf8(Path file, Charset charset) throws IOException, ImportRefused {
        Path copy = Files.createTempFile(file.toAbsolutePath().getParent(), "utf8-", ".tmp");
        try (BufferedReader in = Files.newBufferedReader(file, charset);
                BufferedWriter out = Files.newBufferedWriter(copy)) {
            in.transferTo(out);
        } catch (CharacterCodingException e) {
            Files.delete(copy);
            throw new ImportRefused(FileFault.OTHER_CHARSET.of(charset.name()), e);
        }
        return copy;
    }
}
