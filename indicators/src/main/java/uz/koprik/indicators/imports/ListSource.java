package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;

/** One value per line; blank lines and comments ({@code #} at the beginning or after a space) are skipped. */
final class ListSource implements ImportReader.Source {

    private final InputLines lines;
    private final Recognition recognition;

    ListSource(InputStream text, Recognition recognition) {
        this.lines = new InputLines(text, ImportOptions.MAX_ROW_BYTES);
        this.recognition = recognition;
    }

    @Override
    public ImportItem next() throws IOException {
        while (true) {
            InputLines.State state = lines.next();
            if (state == InputLines.State.END) {
                return null;
            }
            String where = "line " + lines.number();
            if (state != InputLines.State.TEXT) {
                return new ImportItem.RefusedRow(where, RowReader.reason(state));
            }
            String value = withoutComment(lines.text()).strip();
            if (!value.isEmpty()) {
                Optional<RecognisedValue> known = recognition.recogniseOne(value);
                Optional<String> doubt = known.flatMap(RowReader::doubt);
                if (doubt.isPresent()) {
                    return new ImportItem.RefusedRow(where, doubt.get());
                }
                return known.isEmpty()
                        ? new ImportItem.RefusedRow(where, RowReader.UNKNOWN_VALUE)
                        : new ImportItem.Value(
                                where,
                                known.get(),
                                "",
                                "",
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty());
            }
        }
    }

    private static String withoutComment(String line) {
        for (int hash = line.indexOf('#'); hash >= 0; hash = line.indexOf('#', hash + 1)) {
            if (hash == 0 || line.charAt(hash - 1) == ' ' || line.charAt(hash - 1) == '\t') {
                return line.substring(0, hash);
            }
        }
        return line;
    }
}
