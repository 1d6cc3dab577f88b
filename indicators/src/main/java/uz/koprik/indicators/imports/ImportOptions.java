package uz.koprik.indicators.imports;

import java.util.Optional;
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
 */
public record ImportOptions(
        String fileName,
        Optional<ImportFormat> format,
        Optional<Columns> columns,
        Recognition recognition,
        int maxObjectBytes,
        int maxRatio,
        Optional<Tlp> tlp) {

    /** Longest row of a table or list, in bytes. */
    public static final int MAX_ROW_BYTES = 64 << 10;

    /** Text seldom packs better than 1:20; a bomb reaches 1:1000. */
    public static final int DEFAULT_MAX_RATIO = 200;

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
        return new ImportOptions(fileName, Optional.of(given), columns, recognition, maxObjectBytes, maxRatio, tlp);
    }

    /** As this, with columns said rather than read from a header. */
    public ImportOptions withColumns(Columns given) {
        return new ImportOptions(fileName, format, Optional.of(given), recognition, maxObjectBytes, maxRatio, tlp);
    }

    /** As this, with a marking for what has none. */
    public ImportOptions withTlp(Tlp given) {
        return new ImportOptions(fileName, format, columns, recognition, maxObjectBytes, maxRatio, Optional.of(given));
    }

    /** As this, recognising values the way the centre does. */
    public ImportOptions withRecognition(Recognition given) {
        return new ImportOptions(fileName, format, columns, given, maxObjectBytes, maxRatio, tlp);
    }
}
