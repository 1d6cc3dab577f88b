package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.journal.Disk;

/** A thread of the store that ends by an error is reported, and nobody waits for it any more. */
class ThreadFailureTest {

    @TempDir
    private Path temp;

    private volatile boolean failing;

    private final Disk disk = new Disk() {
        @Override
        public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
            if (failing) {
                throw new OutOfMemoryError("no room");
            }
            Disk.REAL.write(file, bytes, position);
        }
    };

    private static List<Draft> one(int i) {
        return List.of(Drafts.indicator(i).carries("domain:example.com").draft());
    }

    @Test
    void theWriterThatEndsIsReportedAndCallersLearnOfIt() throws Exception {
        CompletableFuture<String> reported = new CompletableFuture<>();
        try (LuceneStore store = LuceneStore.open(temp, LuceneStoreTest.SMALL, disk, System::nanoTime)) {
            store.onThreadFailure((thread, failure) ->
                    reported.complete(thread + " " + failure.getClass().getSimpleName()));
            store.append(one(1));
            failing = true;
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertThrows(StoreUnavailable.class, () -> store.append(one(2))));
            assertEquals("koprik-writer OutOfMemoryError", reported.get(20, TimeUnit.SECONDS));
            failing = false;
            String later = assertTimeoutPreemptively(
                            Duration.ofSeconds(20),
                            () -> assertThrows(StoreUnavailable.class, () -> store.append(one(3))))
                    .getMessage();
            assertTrue(later.contains("ended unexpectedly"), later);
            assertTrue(assertThrows(StoreUnavailable.class, store::check)
                    .getMessage()
                    .contains("koprik-writer"));
            assertTrue(store.latest(Drafts.indicator(1).id()).isPresent(), "reads go on");
        }
        try (LuceneStore store = LuceneStore.open(temp, LuceneStoreTest.SMALL)) {
            assertTrue(store.latest(Drafts.indicator(1).id()).isPresent());
            store.append(one(4));
        }
    }

    @Test
    void whoListensLateLearnsOfAThreadThatEndedBefore() throws Exception {
        try (LuceneStore store = LuceneStore.open(temp, LuceneStoreTest.SMALL, disk, System::nanoTime)) {
            failing = true;
            assertThrows(StoreUnavailable.class, () -> store.append(one(1)));
            CompletableFuture<String> reported = new CompletableFuture<>();
            while (!reported.isDone()) {
                store.onThreadFailure((thread, failure) -> reported.complete(thread));
                Thread.onSpinWait();
            }
            assertEquals("koprik-writer", reported.get());
        }
    }
}
