package uz.koprik.indicators.imports;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.wording.Sentence;

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
     * What a row says besides its value.
     *
     * @param name name or malware family; empty when the file has none
     * @param description empty when the file has none
     * @param labels in the order of the file
     * @param tlp the row's own marking, when it has one
     * @param validFrom microseconds since the epoch, when the row says so
     * @param validUntil microseconds since the epoch, when the row says so
     * @param confidence 0 to 100, when the row says so
     * @param revoked whether the producer has withdrawn it
     */
    record Terms(
            String name,
            String description,
            List<String> labels,
            Optional<Tlp> tlp,
            Optional<Long> validFrom,
            Optional<Long> validUntil,
            Optional<Integer> confidence,
            boolean revoked) {

        /** Nothing is said. */
        public static final Terms NONE = new Terms(
                "", "", List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

        public Terms {
            labels = List.copyOf(labels);
        }

        /** With a marking where the row has none. */
        Terms marked(Optional<Tlp> marking) {
            return tlp.isPresent() || marking.isEmpty()
                    ? this
                    : new Terms(name, description, labels, marking, validFrom, validUntil, confidence, revoked);
        }
    }

    /**
     * A value to make an indicator of.
     *
     * @param value what was recognised
     * @param others further values of the same thing, such as other hashes of a file; any of them is enough
     * @param terms what the row says besides
     * @param doubt why a person must confirm the value; empty for a sure one
     */
    record Value(String where, RecognisedValue value, List<Observable> others, Terms terms, String doubt)
            implements ImportItem {

        public Value {
            others = List.copyOf(others);
        }

        public String name() {
            return terms.name();
        }

        public String description() {
            return terms.description();
        }

        public List<String> labels() {
            return terms.labels();
        }

        public Optional<Tlp> tlp() {
            return terms.tlp();
        }

        public Optional<Long> validFrom() {
            return terms.validFrom();
        }

        public Optional<Integer> confidence() {
            return terms.confidence();
        }

        /** All values, the first one first. */
        public List<Observable> observables() {
            return Stream.concat(Stream.of(value.observable()), others.stream()).toList();
        }
    }

    /**
     * A STIX pattern to make an indicator of, which says more than values can.
     *
     * @param pattern checked
     */
    record PatternText(String where, String pattern, Terms terms) implements ImportItem {}

    /** A row that cannot be used, and why; the others go on. */
    record RefusedRow(String where, Sentence sentence) implements ImportItem {

        /** One of no known kind. */
        public RefusedRow(String where, String reason) {
            this(where, Sentence.other(reason));
        }

        /** The sentence in English. */
        public String reason() {
            return sentence.text();
        }
    }

    /** A part of something that was taken otherwise, which STIX has no words for, and why. */
    record ImportNote(String where, Sentence sentence) implements ImportItem {

        /** One of no known kind. */
        public ImportNote(String where, String reason) {
            this(where, Sentence.other(reason));
        }

        /** The sentence in English. */
        public String reason() {
            return sentence.text();
        }
    }
}
