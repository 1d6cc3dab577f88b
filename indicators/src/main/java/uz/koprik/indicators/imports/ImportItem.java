package uz.koprik.indicators.imports;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.policy.Tlp;

/** One row or one object of an imported file, with its place in it. */
public sealed interface ImportItem {

    /** For people: {@code line 17}, or the JSON pointer {@code /objects/3}. */
    String where();

    /**
     * A STIX object.
     *
     * @param object as it stands in the file, not parsed yet
     * @param translated whether it was made of something that is not STIX, and so may not know its own time of creation
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record ObjectBytes(String where, byte[] object, boolean translated) implements ImportItem {

        /** One that stands in the file. */
        public ObjectBytes(String where, byte[] object) {
            this(where, object, false);
        }
    }

    /**
     * A value to make an indicator of.
     *
     * @param value what was recognised
     * @param name name or malware family; empty when the file has none
     * @param description empty when the file has none
     * @param labels in the order of the file
     * @param tlp the row's own marking, when it has one
     * @param validFrom microseconds since the epoch, when the row says so
     * @param confidence 0 to 100, when the row says so
     */
    record Value(
            String where,
            RecognisedValue value,
            String name,
            String description,
            List<String> labels,
            Optional<Tlp> tlp,
            Optional<Long> validFrom,
            Optional<Integer> confidence)
            implements ImportItem {

        public Value {
            labels = List.copyOf(labels);
        }
    }

    /** A row that cannot be used, and why; the others go on. */
    record RefusedRow(String where, String reason) implements ImportItem {}

    /** A part of something that was taken otherwise, which STIX has no words for, and why. */
    record ImportNote(String where, String reason) implements ImportItem {}
}
