package uz.koprik.gateway.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.wording.Sentence;

/** Reads one collection from a position to its end, page after page, and hands on pieces that fit into memory. */
final class PageReader implements Runnable {

    /** Size at which a piece is handed on; pages of usual objects are one piece. */
    private static final int PIECE_BYTES = 8 << 20;

    private final TaxiiClient client;
    private final String partner;
    private final String collection;
    private final String addedAfter;
    private final int limit;
    private final BlockingQueue<Piece> pieces;
    private volatile boolean abandoned;

    /** What is handed on. */
    sealed interface Piece {}

    /** Objects of a page, and those of it that were too long to be read. */
    record Objects(List<IncomingObject> offered, List<OversizedObject> oversized) implements Piece {}

    /** An object that was passed over. */
    record OversizedObject(String where, String reason) {}

    /** All objects of a page were handed on; {@code last} when there is no further page. */
    record End(String lastAdded, boolean last) implements Piece {}

    /** The collection was read to its end. */
    record Done() implements Piece {}

    /** It was not; what was handed on before is good. */
    record PageFailure(PartnerFailure failure) implements Piece {}

    PageReader(
            TaxiiClient client,
            String partner,
            String collection,
            String addedAfter,
            int limit,
            BlockingQueue<Piece> pieces) {
        this.client = client;
        this.partner = partner;
        this.collection = collection;
        this.addedAfter = addedAfter;
        this.limit = limit;
        this.pieces = pieces;
    }

    @Override
    public void run() {
        try {
            readAndReport();
        } catch (Throwable bug) {
            // The feed waits for one of these, also after a failure here.
            put(failed(bug));
        }
    }

    private void readAndReport() {
        try {
            read();
            put(new Done());
        } catch (PartnerFailure failure) {
            put(new PageFailure(failure));
        } catch (RuntimeException bug) {
            put(failed(bug));
        }
    }

    private PageFailure failed(Throwable bug) {
        return new PageFailure(new PartnerFailure(
                ExchangeTrouble.PARTNER_READER_FAILED.with(
                        Map.of("partner", partner, Sentence.SAID, bug.getClass().getSimpleName())),
                bug));
    }

    /** Nobody takes pieces any more: reading ends soon. */
    void abandon() {
        abandoned = true;
    }

    private void put(Piece piece) {
        try {
            while (!abandoned && !pieces.offer(piece, BodyStream.STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                // The consumer is busy with the piece before.
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandoned = true;
        }
    }

    private void read() throws PartnerFailure {
        String after = addedAfter;
        String next = "";
        long reached = Long.MIN_VALUE;
        while (true) {
            Pieces page = new Pieces();
            TaxiiClient.PageEnd end;
            try {
                end = client.objects(collection, after, next, limit, page, () -> abandoned);
            } finally {
                // What came before a page broke off is good.
                page.handOn();
            }
            if (abandoned) {
                return;
            }
            // "more" without further objects happens when these are gone or withheld by now.
            boolean last = !end.more() || end.objects() == 0;
            if (end.objects() > 0) {
                put(new End(end.lastAdded(), last));
            }
            if (last) {
                return;
            }
            long lastAdded = StixTimestamp.parse(end.lastAdded());
            boolean further =
                    lastAdded > reached || (!end.next().isEmpty() && !end.next().equals(next) && lastAdded == reached);
            if (!further) {
                throw new PartnerFailure(ExchangeTrouble.PARTNER_SAME_PAGE.with(Map.of("partner", partner)));
            }
            reached = lastAdded;
            next = end.next();
            if (next.isEmpty()) {
                // A server without next is asked from where it stopped.
                after = end.lastAdded();
            }
        }
    }

    /** Collects the objects of one page. */
    private final class Pieces implements TaxiiClient.Sink {

        private List<IncomingObject> offered = new ArrayList<>();
        private List<OversizedObject> oversized = new ArrayList<>();
        private long bytes;

        @Override
        public void object(byte[] object, int index) throws PartnerFailure {
            if (abandoned) {
                throw new PartnerFailure(ExchangeTrouble.PARTNER_STOPPED.with(Map.of("partner", partner)));
            }
            offered.add(new IncomingObject(object, "/objects/" + index));
            bytes += object.length;
            if (bytes >= PIECE_BYTES) {
                handOn();
            }
        }

        @Override
        public void oversized(int index, String reason) {
            oversized.add(new OversizedObject("/objects/" + index, reason));
        }

        void handOn() {
            if (!offered.isEmpty() || !oversized.isEmpty()) {
                put(new Objects(offered, oversized));
                offered = new ArrayList<>();
                oversized = new ArrayList<>();
                bytes = 0;
            }
        }
    }
}
