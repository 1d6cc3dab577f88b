package uz.koprik.indicators.imports;

import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.FeedLayout;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixReader;

/**
 * How a file is to be read.
 *
 * @param fileName a hint at the format; may be empty
 * @param format empty to find out
 * @param columns which column is which; empty to take the header row
 * @param recognition recognises values, with the centre's card tokens
 * @param maxObjectBytes longest single object taken
 * @param maxRatio how many times its compressed size a gz file may unpack to
 * @param tlp marking of what is translated from formats where nothing is said of it; empty to leave it unmarked
 * @param hints what else the sender says of the layout
 */
public record ImportOptions(
        String fileName,
        Optional<ImportFormat> format,
        Optional<Columns> columns,
        Recognition recognition,
        int maxObjectBytes,
        int maxRatio,
        Optional<Tlp> tlp,
        Hints hints) {

    /** Longest row of a table or list, in bytes. */
    public static final int MAX_ROW_BYTES = 64 << 10;

    /** Text seldom packs better than 1:20; a bomb reaches 1:1000. */
    public static final int DEFAULT_MAX_RATIO = 200;

    /**
     * What the sender says of the layout.
     *
     * @param named roles of columns by their names without case, blanks and punctuation
     * @param encoding name of the charset; empty to find out
     * @param feed the feed whose layout the file has; empty to find out
     */
    public record Hints(Map<String, ColumnRole> named, String encoding, Optional<FeedLayout> feed) {

        /** Nothing is said. */
        public static final Hints NONE = new Hints(Map.of(), "", Optional.empty());

        public Hints {
            named = Map.copyOf(named);
        }
    }

    public ImportOptions(
            String fileName,
            Optional<ImportFormat> format,
            Optional<Columns> columns,
            Recognition recognition,
            int maxObjectBytes,
            int maxRatio,
            Optional<Tlp> tlp) {
        this(fileName, format, columns, recognition, maxObjectBytes, maxRatio, tlp, Hints.NONE);
    }

    /** Everything found out from the file itself. */
    public static ImportOptions of(String fileName) {
        return new ImportOptions(
                fileName,
                Optional.empty(),
                Optional.empty(),
                Recognition.PLAIN,
                StixReader.MAX_BYTES,
                DEFAULT_MAX_RATIO,
                Optional.empty());
    }

    /** As this, in a stated format. */
    public ImportOptions withFormat(ImportFormat given) {
        return new ImportOptions(
                fileName, Optional.of(given), columns, recognition, maxObjectBytes, maxRatio, tlp, hints);
    }

    /** As this, with columns said rather than read from a header. */
    public ImportOptions withColumns(Columns given) {
        return new ImportOptions(
                fileName, format, Optional.of(given), recognition, maxObjectBytes, maxRatio, tlp, hints);
    }

    /** As this, with a marking for what has none. */
    public ImportOptions withTlp(Tlp given) {
        return new ImportOptions(
                fileName, format, columns, recognition, maxObjectBytes, maxRatio, Optional.of(given), hints);
    }

    /** As this, recognising values the way the centre does. */
    public ImportOptions withRecognition(Recognition given) {
        return new ImportOptions(fileName, format, columns, given, maxObjectBytes, maxRatio, tlp, hints);
    }

    /** As this, with what the sender says of the layout. */
    public ImportOptions withHints(Hints given) {
        return new ImportOptions(fileName, format, columns, recognition, maxObjectBytes, maxRatio, tlp, given);
    }
}
