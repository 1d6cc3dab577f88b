package uz.koprik.indicators.store.lucene;

import java.time.Duration;

/**
 * What can be set.
 *
 * @param segmentBytes size of a journal file, which takes that room only as it fills
 * @param groupBytes how much may wait for one flush; callers beyond that wait
 * @param indexBufferBytes heap for building the index
 * @param commitEvery how often the index is made durable; what came later is indexed again after a crash
 */
public record LuceneOptions(int segmentBytes, int groupBytes, int indexBufferBytes, Duration commitEvery) {

    /** For a centre with a heap of 1 GiB. */
    public static final LuceneOptions DEFAULT =
            new LuceneOptions(128 << 20, 16 << 20, 32 << 20, Duration.ofSeconds(30));

    public LuceneOptions {
        if (segmentBytes < 1024) {
            throw new IllegalArgumentException("segmentBytes must be at least 1024, not " + segmentBytes);
        }
        if (groupBytes < 1024 || indexBufferBytes < 1 << 20) {
            throw new IllegalArgumentException("groupBytes must be at least 1 KiB and indexBufferBytes at least 1 MiB");
        }
    }
}
