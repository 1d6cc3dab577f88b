package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReader;
import uz.koprik.indicators.store.entries.Erasures;

/**
 * Merges neighbours, and leaves out what erased documents say: each stays as an empty one, so that document {@code n}
 * remains entry {@code n + 1}. A forced merge rewrites each segment by itself that may have terms of erased documents.
 * A segment says up to which erasure it has none.
 */
final class ErasingMergePolicy extends FilterMergePolicy {

    /**
     * The moment of the last erasure that a segment knows, see {@link Erasures#latest}. Earlier versions wrote
     * {@code koprik.erased}, which can be too late: segments with that alone are rewritten.
     */
    private static final String KNOWN = "koprik.erasures";

    private final Erasures erasures;

    ErasingMergePolicy(Erasures erasures) {
        super(new LogDocMergePolicy());
        this.erasures = erasures;
    }

    /** Whether a segment, whose first document is {@code base}, may have terms of erased documents. */
    boolean mayHaveErased(SegmentInfo segment, int base) {
        String known = segment.getAttribute(KNOWN);
        return erasures.anyErasedAfter(
                base + 1L, (long) base + segment.maxDoc(), known == null ? 0 : Long.parseLong(known));
    }

    @Override
    public MergeSpecification findMerges(MergeTrigger trigger, SegmentInfos infos, MergeContext context)
            throws IOException {
        return erasing(super.findMerges(trigger, infos, context), infos);
    }

    @Override
    public MergeSpecification findFullFlushMerges(MergeTrigger trigger, SegmentInfos infos, MergeContext context)
            throws IOException {
        return erasing(super.findFullFlushMerges(trigger, infos, context), infos);
    }

    /** Which segments are to be rewritten, each by itself. */
    @Override
    public MergeSpecification findForcedMerges(
            SegmentInfos infos, int most, Map<SegmentCommitInfo, Boolean> wanted, MergeContext context) {
        Set<SegmentCommitInfo> busy = context.getMergingSegments();
        Map<String, Integer> bases = bases(infos);
        MergeSpecification merges = new MergeSpecification();
        for (SegmentCommitInfo segment : infos) {
            if (!busy.contains(segment) && mayHaveErased(segment.info, bases.get(segment.info.name))) {
                merges.add(new ErasingMerge(List.of(segment), bases));
            }
        }
        return merges.merges.isEmpty() ? null : merges;
    }

    private MergeSpecification erasing(MergeSpecification found, SegmentInfos infos) {
        if (found == null || erasures.latest() == 0) {
            return found;
        }
        Map<String, Integer> bases = bases(infos);
        MergeSpecification merges = new MergeSpecification();
        for (OneMerge merge : found.merges) {
            merges.add(new ErasingMerge(merge.segments, bases));
        }
        return merges;
    }

    /** The first document of each segment, which never changes. */
    private static Map<String, Integer> bases(SegmentInfos infos) {
        Map<String, Integer> bases = new HashMap<>();
        int base = 0;
        for (SegmentCommitInfo segment : infos) {
            bases.put(segment.info.name, base);
            base += segment.info.maxDoc();
        }
        return bases;
    }

    private final class ErasingMerge extends OneMerge {

        private final Map<String, Integer> bases;
        private long known = -1;

        ErasingMerge(List<SegmentCommitInfo> segments, Map<String, Integer> bases) {
            super(segments);
            this.bases = bases;
        }

        @Override
        public void setMergeInfo(SegmentCommitInfo merged) {
            super.setMergeInfo(merged);
            if (merged != null) {
                if (known < 0) { // before the documents are read, which leave out at least what is erased by now
                    known = erasures.latest();
                }
                merged.info.putAttribute(KNOWN, Long.toString(known)); // Lucene calls again when they were read
            }
        }

        @Override
        public CodecReader wrapForMerge(CodecReader reader) throws IOException {
            CodecReader whole = super.wrapForMerge(reader);
            if (!(reader instanceof SegmentReader segment)) {
                throw new IllegalStateException("a reader that is merged belongs to no segment: " + reader);
            }
            int base = bases.get(segment.getSegmentName());
            return erasures.anyErasedAfter(base + 1L, (long) base + reader.maxDoc(), 0)
                    ? new ErasedLeaf(whole, doc -> erasures.erased(base + doc + 1L))
                    : whole;
        }
    }
}
