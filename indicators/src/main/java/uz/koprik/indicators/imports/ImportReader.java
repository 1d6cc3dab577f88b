package uz.koprik.indicators.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import uz.koprik.indicators.translate.misp.EarlierObjects;

/**
 * Reads a file of any size row by row with bounded memory. A bad row comes out as {@link ImportItem.RefusedRow} and
 * does not stop the others. Not safe for use by several threads.
 */
public final class ImportReader implements AutoCloseable {

    /** How much of a file is looked at to find out what it is. */
    private static final int HEAD = 8 << 10;

    /** What each format does differently. */
    interface Source {
        /** The next item, or null at the end. */
        ImportItem next() throws IOException, ImportRefused;
    }

    private final InputStream in;
    private final ImportFormat format;
    private final Source source;

    private ImportReader(InputStream in, ImportFormat format, Source source) {
        this.in = in;
        this.format = format;
        this.source = source;
    }

    /**
     * Begins to read.
     *
     * @param in the file, packed with gz or not; closed by {@link #close}
     * @throws ImportRefused when it is no file that can be imported
     */
    public static ImportReader open(InputStream in, ImportOptions options) throws IOException, ImportRefused {
        return open(in, options, EarlierObjects.NONE);
    }

    /**
     * Begins to read a file that may have been imported before.
     *
     * @param earlier what earlier imports of MISP events stored; asked by {@link #next}
     */
    public static ImportReader open(InputStream in, ImportOptions options, EarlierObjects earlier)
            throws IOException, ImportRefused {
        try {
            InputStream agreeing = FileShape.agreeing(in, options.fileName());
            InputStream text = new BufferedInputStream(UnpackLimit.of(agreeing, options.maxRatio()), HEAD);
            byte[] head = head(text);
            refuseUnreadable(head);
            ImportFormat format = options.format().orElseGet(() -> ImportFormat.detect(head, options.fileName()));
            if (options.format().isEmpty() && format != ImportFormat.OBJECTS && format != ImportFormat.MISP) {
                FileShape.refuseJson(ImportFormat.start(head));
            }
            if (format == ImportFormat.OBJECTS || format == ImportFormat.SINGLE_OBJECT || format == ImportFormat.MISP) {
                ObjectText.skipMark(text); // readers of tables and lists skip it themselves
            }
            return new ImportReader(in, format, source(text, format, options, earlier));
        } catch (SuspiciousArchive e) {
            throw new ImportRefused(e.getMessage(), e);
        }
    }

    /** What it is read as. */
    public ImportFormat format() {
        return format;
    }

    /**
     * The next row or object, or null at the end.
     *
     * @throws ImportRefused when the file cannot be read on; what came before stays good
     */
    public ImportItem next() throws IOException, ImportRefused {
        try {
            return source.next();
        } catch (SuspiciousArchive e) {
            throw new ImportRefused(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static Source source(InputStream text, ImportFormat format, ImportOptions options, EarlierObjects earlier)
            throws IOException, ImportRefused {
        return switch (format) {
            case OBJECTS -> ObjectsSource.of(text, options.maxObjectBytes());
            case SINGLE_OBJECT -> new SingleObjectSource(text, options.maxObjectBytes());
            case CSV -> TableSource.csv(text, options);
            case TSV -> TableSource.tsv(text, options);
            case LIST -> new ListSource(text, options.recognition());
            case MISP -> new MispSource(text, options, earlier);
        };
    }

    private static byte[] head(InputStream text) throws IOException {
        text.mark(HEAD);
        byte[] head = new byte[HEAD];
        int length = text.readNBytes(head, 0, HEAD);
        text.reset();
        return Arrays.copyOf(head, length);
    }

    static void refuseUnreadable(byte[] head) throws ImportRefused {
        if (head.length == 0) {
            throw new ImportRefused("the file is empty: check its name, or fetch it again");
        }
        boolean utf16 = head.length >= 2
                && ((head[0] == (byte) 0xFE && head[1] == (byte) 0xFF)
                        || (head[0] == (byte) 0xFF && head[1] == (byte) 0xFE));
        if (utf16) {
            throw new ImportRefused("the file is in UTF-16; save it as UTF-8");
        }
        for (byte b : head) {
            if (b == 0) {
                throw new ImportRefused(
                        "the file is not text, since it has zero bytes near its beginning: save it as CSV or JSON in UTF-8");
            }
        }
    }
}
