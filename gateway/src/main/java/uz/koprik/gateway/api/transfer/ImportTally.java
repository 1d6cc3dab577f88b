package uz.koprik.gateway.api.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.wording.Sentence;

/** Counts what an import does, and passes on as much of it as is listed. For one thread. */
final class ImportTally implements Importer.Sink {

    /** Who follows an import. */
    interface Follower {

        /**
         * A batch has been dealt with; what it says is stored, is stored.
         *
         * @param refused those of its refusals that are listed
         * @param notes those of its notes that are listed
         * @param stored the outcomes of what was stored, or was there already and was offered again
         */
        void batch(List<ImportLine.RefusalLine> refused, List<ImportLine.NoteLine> notes, List<Outcome> stored)
                throws IOException;
    }

    private final Follower follower;
    private final long listed;
    private final long begun = System.nanoTime();
    private long accepted;
    private long unchanged;
    private long refused;
    private long doubtful;
    private long noted;

    /** @param listed how many refused rows get a line, and how many notes */
    ImportTally(int listed, Follower follower) {
        this.listed = listed;
        this.follower = follower;
    }

    @Override
    public void batch(List<Outcome> stored, int fresh, int known, List<Outcome> bad, List<ImportLine.NoteLine> notes)
            throws IOException {
        accepted += fresh;
        unchanged += known;
        refused += bad.size();
        noted += notes.size();
        doubtful += bad.stream()
                .filter(one -> one.refusal().orElseThrow().code() == Refusal.Code.DOUBTFUL)
                .count();
        int room = (int) Math.min(bad.size(), listed - Math.min(listed, refused - bad.size()));
        follower.batch(
                bad.stream().limit(room).map(ImportLine.RefusalLine::of).toList(),
                notes.stream()
                        .limit(listed - Math.min(listed, noted - notes.size()))
                        .toList(),
                stored);
    }

    long accepted() {
        return accepted;
    }

    long unchanged() {
        return unchanged;
    }

    long refused() {
        return refused;
    }

    /** Of the refused, those that a person should confirm. */
    long doubtful() {
        return doubtful;
    }

    long noted() {
        return noted;
    }

    /** Rows and objects that were dealt with. */
    long rows() {
        return accepted + unchanged + refused;
    }

    /** Of the refused, those that had no line of their own; null for none. */
    Long refusedNotListed() {
        return refused > listed ? refused - listed : null;
    }

    /** Since the begin, to the millisecond. */
    double seconds() {
        return Math.round((System.nanoTime() - begun) / 1e6) / 1000.0;
    }

    ImportLine.Progress progress() {
        return new ImportLine.Progress(accepted, unchanged, refused, rate());
    }

    /** @param error why it was broken off; null, as {@code code}, when it was not */
    ImportLine.Summary summary(Sentence error, ImportFailure code, Importer importer) {
        Map<String, Long> kinds = importer.kinds();
        Map<String, Long> remarks = importer.remarks();
        return new ImportLine.Summary(
                accepted,
                unchanged,
                refused,
                refusedNotListed(),
                noted,
                rate(),
                error.isEmpty(),
                seconds(),
                kinds.isEmpty() ? null : kinds,
                remarks.isEmpty() ? null : remarks,
                error.textOrNull(),
                code == null ? null : code.code(),
                SentenceView.orNull(error));
    }

    private long rate() {
        return Math.round(rows() / Math.max((System.nanoTime() - begun) / 1e9, 1e-3));
    }
}
