package uz.koprik.gateway.api.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.observable.text.Remark;
import uz.koprik.indicators.stix.ForgivenFaults;
import uz.koprik.indicators.wording.Sentence;

/**
 * What became of one submitted object, as the API shows it.
 *
 * @param where its position in the submission
 * @param id STIX id, when it could be read
 * @param version its version, when it has one
 * @param status accepted, unchanged or refused
 * @param refusal why, when refused
 * @param matches of its values, when it is new
 * @param silenced its values that were not looked for, since a warning list names them
 * @param notes the rules of STIX that it breaks, and was taken with all the same; null when it breaks none
 * @param waits the item of the release desk in which it waits for a second person; null when it waits for nobody
 * @param readAs what a reported value was read as; null for objects
 */
public record OutcomeView(
        String where,
        String id,
        String version,
        String status,
        RefusalView refusal,
        List<MatchView> matches,
        List<SilencedView> silenced,
        List<String> notes,
        String waits,
        ReadValue readAs) {

    /**
     * What a text was read as.
     *
     * @param kind code of its kind
     * @param value in normal form
     * @param remarks what is to be said of it, such as all coins that share the form of an address; null for nothing
     * @param remarkCodes the same for programs
     * @param also what else it names, such as the account of a link; null for nothing
     */
    public record ReadValue(
            String kind, String value, List<String> remarks, List<RemarkView> remarkCodes, List<ReadValue> also) {

        static ReadValue of(RecognisedValue read) {
            List<String> remarks = Stream.concat(
                            read.remarks().stream().map(Remark::reason),
                            ValueRemark.text(read.observable().remarks()).stream())
                    .toList();
            List<ReadValue> also = Recognition.linked(read.observable()).stream()
                    .map(one -> new ReadValue(one.kind().code(), one.value(), null, null, null))
                    .toList();
            return new ReadValue(
                    read.observable().kind().code(),
                    read.observable().value(),
                    remarks.isEmpty() ? null : remarks,
                    RemarkView.of(read),
                    also.isEmpty() ? null : also);
        }
    }

    static OutcomeView of(Outcome outcome, List<ValueMatch> matches, ReadValue readAs, Trust trust) {
        return new OutcomeView(
                outcome.where(),
                outcome.id().isEmpty() ? null : outcome.id(),
                Times.text(outcome.version()),
                outcome.status().name().toLowerCase(Locale.ROOT),
                outcome.refusal().map(RefusalView::of).orElse(null),
                MatchView.of(matches, trust),
                outcome.silenced().stream().map(SilencedView::of).toList(),
                outcome.forgiven().isEmpty()
                        ? null
                        : outcome.forgiven().stream()
                                .map(ForgivenFaults::sentence)
                                .map(Sentence::text)
                                .toList(),
                outcome.deskItem().orElse(null),
                readAs);
    }

    /**
     * A value that was not looked for.
     *
     * @param list the warning list
     * @param entry what stands in it
     */
    record SilencedView(String kind, String value, String list, String entry) {

        static SilencedView of(Correlation.SilencedValue silenced) {
            return new SilencedView(
                    silenced.observable().kind().code(),
                    silenced.observable().value(),
                    silenced.by().list(),
                    silenced.by().entry());
        }
    }

    /**
     * Why an object was refused.
     *
     * @param code stable word
     * @param pointer JSON pointer into the object; empty for the whole
     * @param reason a sentence
     */
    record RefusalView(String code, String pointer, String reason) {

        static RefusalView of(Refusal refusal) {
            return new RefusalView(refusal.code().name().toLowerCase(Locale.ROOT), refusal.pointer(), refusal.reason());
        }
    }

    /**
     * What became of everything that was submitted in one request.
     *
     * @param accepted stored for the first time
     * @param unchanged there already
     * @param refused not stored
     * @param refusedNotListed of them, those that {@code objects} leaves out; null when it has all
     * @param objects one item per object, in the order of the submission
     */
    public record All(long accepted, long unchanged, long refused, Long refusedNotListed, List<OutcomeView> objects) {}

    /** Counts outcomes and keeps what is shown of them, so that no batch stays in memory for the next. */
    public static final class Tally {

        private final int listed;
        private final Trust trust;
        private final List<OutcomeView> objects = new ArrayList<>();
        private ReadValue readAs;
        private long accepted;
        private long unchanged;
        private long refused;

        /**
         * @param listed how many refused objects are shown
         * @param trust by which matching objects are proven
         */
        public Tally(int listed, Trust trust) {
            this.listed = listed;
            this.trust = trust;
        }

        /** Says what the value was read as of which the next outcomes are. */
        public void readAs(RecognisedValue value) {
            readAs = ReadValue.of(value);
        }

        /** @param matches where its values were found before, as far as the caller may see */
        public void add(Outcome outcome, List<ValueMatch> matches) {
            switch (outcome.status()) {
                case ACCEPTED -> accepted++;
                case UNCHANGED -> unchanged++;
                case REFUSED -> refused++;
            }
            if (outcome.status() != Outcome.Status.REFUSED || refused <= listed) {
                objects.add(OutcomeView.of(outcome, matches, readAs, trust));
            }
        }

        public All all() {
            return new All(accepted, unchanged, refused, refused > listed ? refused - listed : null, objects);
        }
    }
}
