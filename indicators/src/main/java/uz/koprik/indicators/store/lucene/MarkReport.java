package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.journal.AcknowledgedMarks;
import uz.koprik.indicators.store.journal.HighWaterMark;

/**
 * What the files beside a journal know of it.
 *
 * @param acknowledged by the mark and the index
 * @param trouble what is wrong with the mark, in words; empty when nothing is
 * @param expected whether a store of this version wrote the index, so that there must be a mark
 */
record MarkReport(Path file, AcknowledgedMarks acknowledged, String trouble, boolean expected) {

    private static final Logger LOG = LoggerFactory.getLogger(MarkReport.class);

    static MarkReport of(Path directory) throws IOException {
        HighWaterMark.MarkReading found = HighWaterMark.read(HighWaterMark.file(directory));
        Optional<IndexFiles.IndexCoverage> seen =
                IndexFiles.seen(directory.resolve("index"), directory.resolve("journal"));
        List<AcknowledgedMarks.Witness> witnesses = seen.map(index -> List.of(
                        new AcknowledgedMarks.Witness("the index in " + directory.resolve("index"), index.entries())))
                .orElse(List.of());
        return new MarkReport(
                HighWaterMark.file(directory),
                new AcknowledgedMarks(found.mark(), witnesses),
                found.trouble(),
                seen.map(IndexFiles.IndexCoverage::marked).orElse(false));
    }

    /** Says what is made anew. */
    void log(long entries) {
        if (trouble.isEmpty()) {
            return;
        }
        if (expected || acknowledged.mark().isPresent() || !trouble.equals("is missing")) {
            LOG.warn(
                    "{} {}: it is made anew from the journal, which ends with entry {}. Whether that was the last one acknowledged is"
                            + " known from the index and the positions of feeds only",
                    file,
                    trouble,
                    entries);
        } else if (entries > 0) {
            LOG.info(
                    "{} is made: from now on a journal that holds fewer than its {} entries is damaged", file, entries);
        }
    }
}
