package uz.koprik.gateway.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PageReaderTest {

    /** A queue in which the first piece finds no memory. */
    private static final class NoMemoryAtFirst extends ArrayBlockingQueue<PageReader.Piece> {

        private static final long serialVersionUID = 1L;

        private boolean failed;

        NoMemoryAtFirst() {
            super(2);
        }

        @Override
        public boolean offer(PageReader.Piece piece, long time, TimeUnit unit) throws InterruptedException {
            if (!failed) {
                failed = true;
                throw new OutOfMemoryError("no room for " + piece.getClass().getSimpleName());
            }
            return super.offer(piece, time, unit);
        }
    }

    /** The feed waits for pieces: it must learn of an error, too, or it waits for ever and all seems well. */
    @Test
    void anErrorOfTheReaderReachesTheOneWhoWaitsForPieces() throws Exception {
        BlockingQueue<PageReader.Piece> pieces = new NoMemoryAtFirst();
        // Without a client reading fails at once, and handing that on fails by an error.
        Thread reader = new Thread(new PageReader(null, "budapest", "exchange", "", 1000, pieces));
        reader.start();
        PageReader.Piece piece = pieces.poll(20, TimeUnit.SECONDS);
        PageReader.PageFailure failed = assertInstanceOf(PageReader.PageFailure.class, piece);
        assertEquals(
                "an internal error while reading from budapest (OutOfMemoryError)",
                failed.failure().getMessage());
        reader.join();
    }
}
