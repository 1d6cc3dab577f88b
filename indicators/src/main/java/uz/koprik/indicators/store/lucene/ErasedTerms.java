package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReader;

/** Removes the terms of erased documents from the files of an index, while it is written to and read. */
final class ErasedTerms {

    private static final long PAUSE_MILLIS = 20;

    private final IndexFiles files;
    private final BooleanSupplier stopped;

    /** @param stopped whether the work shall end by an exception */
    ErasedTerms(IndexFiles files, BooleanSupplier stopped) {
        this.files = files;
        this.stopped = stopped;
    }

    /** Writes every segment anew that may have such terms, durably; returns the names of those that had. */
    Set<String> rewrite() throws IOException {
        Set<String> all = new HashSet<>();
        for (Set<String> some = segments(); !some.isEmpty(); some = segments()) {
            if (!all.addAll(some)) {
                pause(); // a merge that began earlier has not ended
            }
            files.writer.forceMerge(1);
        }
        if (!all.isEmpty()) {
            files.commit();
        }
        return all;
    }

    private Set<String> segments() throws IOException {
        Set<String> found = new HashSet<>();
        try (DirectoryReader reader = DirectoryReader.open(files.writer)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                SegmentInfo segment = ((SegmentReader) leaf.reader()).getSegmentInfo().info;
                if (files.merges.mayHaveErased(segment, leaf.docBase)) {
                    found.add(segment.name);
                }
            }
        }
        return found;
    }

    /** Returns when no file of these segments is left, which is when their last reader has ended. */
    void awaitGone(Set<String> segments) throws IOException {
        while (left(segments)) {
            pause();
            files.writer.deleteUnusedFiles();
        }
    }

    private boolean left(Set<String> segments) throws IOException {
        for (String name : files.directory.listAll()) {
            if (segments.contains(IndexFileNames.parseSegmentName(name))) {
                return true;
            }
        }
        return false;
    }

    private void pause() throws IOException {
        if (stopped.getAsBoolean()) {
            throw new IOException("the store is closed");
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while terms were erased", e);
        }
    }
}
