package uz.koprik.indicators.cases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.wording.SentenceForm;
import uz.koprik.indicators.wording.SentenceKind;

/**
 * Where two merged cases contradicted one another, and what holds now. Cases keep it as a sentence.
 *
 * @param code which contradiction it is
 * @param details what the sentence names, by the names in {@link Code}
 */
public record MergeRemark(Code code, Map<String, String> details) {

    /** The contradictions that there are. */
    public enum Code implements SentenceKind {
        /** The types of crime differ. */
        TYPE("The type of {number} was {was}; {holds} holds."),
        /** The roles of one value differ. */
        ROLE("The role of {kind} {value} was {was} in {number}; {holds} holds."),
        /** One loss is in both cases. */
        SAME_LOSS("The loss of {loss} is in both cases; it is counted once."),
        /** Two losses have the same note and currency. */
        LIKE_LOSS("The loss of {loss} of {number} has the note and currency of {other}; both are kept.");

        @SuppressWarnings("ImmutableEnumChecker") // SentenceForm never changes.
        private final SentenceForm form;

        Code(String sentence) {
            this.form = new SentenceForm(sentence, "kind");
        }

        @Override
        public SentenceForm form() {
            return form;
        }

        /** The names of the details. */
        public List<String> names() {
            return form.names();
        }
    }

    public MergeRemark {
        details = Map.copyOf(details);
        if (!details.keySet().equals(Set.copyOf(code.names()))) {
            throw new IllegalArgumentException("the details of this remark are " + code.names());
        }
    }

    /**
     * Reads a sentence.
     *
     * @param sentence as {@link CaseMerge#remarks} has it
     * @return empty for a sentence that is none of these
     */
    public static Optional<MergeRemark> of(String sentence) {
        for (Code code : Code.values()) {
            Optional<Map<String, String>> details = code.form.read(sentence);
            if (details.isPresent()) {
                return Optional.of(new MergeRemark(code, details.get()));
            }
        }
        return Optional.empty();
    }

    /** The sentence, with its full stop. */
    public String text() {
        return code.form.fill(details);
    }
}
