package uz.koprik.gateway.api.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uz.koprik.gateway.api.common.BrokenImport;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.intake.Outcome;

/**
 * An import that goes on by itself, as its paper and the schema {@code ImportJob} have it. Times are texts of ISO 8601.
 *
 * @param id sorts by the time of submission
 * @param account whose it is
 * @param phase one of {@link Phase}, in lower case
 * @param file name of the file as it was sent; null for none
 * @param bytes size of the file
 * @param tlp marking of rows that have none
 * @param started null while it waits for its turn
 * @param updated when this was last written
 * @param ended null until it has
 * @param counts how far it is
 * @param refusals the first refused rows; null in a list
 * @param objects the first stored objects; null in a list
 * @param notes the first notes; null in a list
 * @param readAs values by the kind as which they were read; null until the end, and for none
 * @param error why it was broken off; null when it was not
 * @param errorCode as in {@link ImportLine.Summary}; {@code unfinished} when the gateway stopped
 * @param errorSentence the error for programs; null in papers of earlier versions, and for one of no known kind
 * @param says how it ended, in a sentence; null until the end
 * @param cancelling true while it has still to notice that it is cancelled
 * @param gateway which runs it; null in answers
 * @param run the life of that gateway; null in answers
 */
record ImportJob(
        String id,
        String account,
        String phase,
        String file,
        long bytes,
        String tlp,
        String submitted,
        String started,
        String updated,
        String ended,
        Counts counts,
        List<ImportLine.RefusalLine> refusals,
        List<Stored> objects,
        List<ImportLine.NoteLine> notes,
        Map<String, Long> readAs,
        String error,
        String errorCode,
        SentenceView errorSentence,
        String says,
        Boolean cancelling,
        String gateway,
        String run) {

    /** The code of the error when the gateway stopped. */
    static final String UNFINISHED = "unfinished";

    private static final Set<String> OPEN = Set.of(Phase.WAITING.code(), Phase.RUNNING.code());

    /** Where an import is. */
    enum Phase {
        /** Others of this gateway come first. */
        WAITING,
        RUNNING,
        /** The whole file was dealt with. */
        DONE,
        /** The file cannot be read on, or the centre cannot go on. */
        FAILED,
        CANCELLED,
        /** The gateway stopped meanwhile. */
        INTERRUPTED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far it is.
     *
     * @param bytesRead of the file, from its begin
     * @param rows rows and objects that were dealt with
     * @param doubtful of the refused, those that a person should confirm
     * @param refusedNotListed of the refused, those without a line of their own; null for none
     * @param seconds since it started
     */
    record Counts(
            long bytesRead,
            long rows,
            long accepted,
            long unchanged,
            long refused,
            long doubtful,
            Long refusedNotListed,
            long noted,
            double seconds) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, null, 0, 0);

        static Counts of(long bytesRead, ImportTally tally) {
            return new Counts(
                    bytesRead,
                    tally.rows(),
                    tally.accepted(),
                    tally.unchanged(),
                    tally.refused(),
                    tally.doubtful(),
                    tally.refusedNotListed(),
                    tally.noted(),
                    tally.seconds());
        }

        private String words() {
            return accepted + " stored, " + unchanged + " there already, " + refused + " refused";
        }
    }

    /** An object of the file that is stored; {@code status} is accepted or unchanged. */
    record Stored(String where, String id, String status) {

        static Stored of(Outcome outcome) {
            return new Stored(
                    outcome.where(), outcome.id(), outcome.status().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Whether it has not ended. */
    boolean open() {
        return OPEN.contains(phase);
    }

    /** What everybody may see who may see the job. */
    ImportJob shown() {
        return new ImportJob(
                id,
                account,
                phase,
                file,
                bytes,
                tlp,
                submitted,
                started,
                updated,
                ended,
                counts,
                refusals,
                objects,
                notes,
                readAs,
                error,
                errorCode,
                errorSentence,
                says,
                cancelling,
                null,
                null);
    }

    /** As {@link #shown}, without what it has of single rows. */
    ImportJob listed() {
        return new ImportJob(
                id,
                account,
                phase,
                file,
                bytes,
                tlp,
                submitted,
                started,
                updated,
                ended,
                counts,
                null,
                null,
                null,
                null,
                error,
                errorCode,
                errorSentence,
                says,
                cancelling,
                null,
                null);
    }

    /** The same, to be cancelled. */
    ImportJob toCancel() {
        return new ImportJob(
                id,
                account,
                phase,
                file,
                bytes,
                tlp,
                submitted,
                started,
                updated,
                ended,
                counts,
                refusals,
                objects,
                notes,
                readAs,
                error,
                errorCode,
                errorSentence,
                says,
                true,
                gateway,
                run);
    }

    /** The same, of a gateway that stopped at {@code moment} or before. */
    ImportJob interrupted(String moment) {
        return new ImportJob(
                id,
                account,
                Phase.INTERRUPTED.code(),
                file,
                bytes,
                tlp,
                submitted,
                started,
                moment,
                moment,
                counts,
                refusals,
                objects,
                notes,
                readAs,
                BrokenImport.GATEWAY_STOPPED.of().text(),
                UNFINISHED,
                SentenceView.of(BrokenImport.GATEWAY_STOPPED.of()),
                sentence(Phase.INTERRUPTED, counts, ""),
                null,
                gateway,
                run);
    }

    /**
     * How an import ended, in words.
     *
     * @param error why it failed; empty when it did not
     */
    static String sentence(Phase phase, Counts counts, String error) {
        String stays = counts.rows() + " rows were dealt with and stay as they are (" + counts.words()
                + "); import the file again for the others: what is stored stays unchanged";
        return switch (phase) {
            case WAITING, RUNNING -> "it has not ended";
            case DONE -> "the whole file was dealt with: " + counts.words();
            case FAILED -> error + "; " + stays;
            case CANCELLED -> "it was cancelled; " + stays;
            case INTERRUPTED -> "the gateway stopped before the import ended; at least " + stays;
        };
    }
}
