package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.SignerJudge;

/**
 * Which entries are not proven any more, because only keys signed them that were compromised when the entries were
 * added. Judged per set of signers, of which there are as many as keys; so a row costs one comparison.
 */
final class LostProofs {

    private final EntryRows rows;
    private volatile SignerJudge judge = SignerJudge.NONE;
    private volatile Judgement judgement;

    LostProofs(EntryRows rows) {
        this.rows = rows;
    }

    /**
     * The signers of an entry as one text, which is the same for entries that are judged alike: thumbprints, after the
     * producer where that decides which of several signers counts.
     */
    static String signers(String producer, Provenance provenance) {
        List<Provenance.Signer> signers = provenance.signers();
        return switch (signers.size()) {
            case 0 -> "";
            case 1 -> signers.getFirst().kid();
            default -> {
                StringBuilder text =
                        new StringBuilder(provenance.origin() == Provenance.Origin.SIGNED ? producer : "").append('|');
                signers.stream().map(Provenance.Signer::kid).sorted().forEach(kid -> text.append(kid)
                        .append(' '));
                yield text.toString();
            }
        };
    }

    /** From now on {@code judge} decides; pages that were kept before are cut anew where anything is compromised. */
    void judge(SignerJudge newJudge) {
        Judgement before = judgement;
        judge = newJudge;
        Judgement after = new Judgement(newJudge, rows.signers);
        judgement = after.any() ? after : null;
        if (after.any() || before != null) {
            for (long seq = 1; seq <= rows.last(); seq = RowBlock.lastOf(seq) + 1) {
                rows.block(seq).stamp.incrementAndGet();
            }
        }
    }

    /** The judgement in force; null when no key is compromised. */
    Judgement judgement() {
        Judgement now = judgement;
        if (now != null && now.size() < rows.signers.size()) {
            now = new Judgement(judge, rows.signers); // signers that were new since
            judgement = now;
        }
        return now;
    }

    /** Whether the entry at a sequence number is not proven any more. */
    boolean lost(long seq) {
        Judgement now = judgement();
        return now != null && now.of(rows.block(seq), RowBlock.index(seq));
    }

    /** Whether a key that is not compromised signed what has these facts. */
    boolean proves(EntryMetadata facts) {
        String signers = signers(facts.producer().orElse(""), facts.provenance());
        return !signers.isEmpty() && Judgement.from(judge, signers) == SignerJudge.NEVER;
    }

    /**
     * Entries that are not proven any more and have a signature of that key, ascending.
     *
     * @param reader what the reader may see, without regard to proofs
     */
    Page page(String kid, RowFilter reader, EntryTable entryTable, long afterSeq, int limit) {
        Judgement now = judgement();
        BitSet signers = now == null ? new BitSet() : now.with(kid, rows.signers);
        long last = rows.last();
        List<Entry> found = new ArrayList<>();
        if (!signers.isEmpty()) {
            long seq = Math.max(afterSeq, rows.lastAddedBy(now.earliest(signers) - 1)) + 1;
            for (; seq <= last; seq++) {
                RowBlock block = rows.block(seq);
                int row = RowBlock.index(seq);
                if (signers.get(block.signers[row]) && now.of(block, row) && reader.matches(seq)) {
                    if (found.size() == limit) {
                        return new Page(found, true, seq - 1);
                    }
                    entryTable.found(seq).ifPresent(found::add);
                }
            }
        }
        return new Page(found, false, Math.max(afterSeq, last));
    }

    /** From when on each set of signers proves nothing. */
    static final class Judgement {

        private final long[] from;

        private Judgement(SignerJudge judge, StringDictionary signers) {
            from = new long[signers.size()];
            for (int number = 0; number < from.length; number++) {
                from[number] = from(judge, signers.name(number));
            }
        }

        private static long from(SignerJudge judge, String text) {
            if (text.isEmpty()) {
                return SignerJudge.NEVER; // nobody signed it, so it never was proven
            }
            int bar = text.indexOf('|');
            return judge.lostFrom(
                    bar < 0 ? "" : text.substring(0, bar),
                    List.of(text.substring(bar + 1).split(" ")));
        }

        private boolean any() {
            return Arrays.stream(from).anyMatch(moment -> moment != SignerJudge.NEVER);
        }

        private int size() {
            return from.length;
        }

        /** Whether the entry of a row is not proven any more. */
        boolean of(RowBlock block, int row) {
            int signers = block.signers[row];
            return signers < from.length && block.added[row] >= from[signers] && block.firstAdded(row) >= from[signers];
        }

        private long earliest(BitSet signers) {
            return signers.stream().mapToLong(number -> from[number]).min().orElse(SignerJudge.NEVER);
        }

        /** Those that include a key, and prove nothing from some moment on. */
        private BitSet with(String kid, StringDictionary signers) {
            BitSet with = new BitSet();
            for (int number = 0; number < from.length; number++) {
                if (from[number] != SignerJudge.NEVER && signers.name(number).contains(kid)) {
                    with.set(number);
                }
            }
            return with;
        }
    }
}
